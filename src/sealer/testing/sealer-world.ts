import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildCms,
  buildRevocationList,
  createAuthority,
  issueCard,
  type ListBend,
  rsaKey,
  TEST_NOW_MS,
  type TestAuthority,
  type TestCard,
} from '@lianshu/pki/testing';
import { type CaseKey, generateCaseKey } from '@lianshu/seal';
import {
  deriveLeafSecret,
  deriveSalt,
  evidenceCommitment,
  NationalId,
  recordCommitment,
  renderJointSignatureStatement,
  renderProposalStatement,
  signerCommitment,
  toBase64Url,
} from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import type { IdentityConfirmation, IdentityOutcome, IdentityRequest } from '../../credentials/index.ts';
import { connectSealer } from '../sealer-client.ts';
import { type RunningSealer, runSealer, type SealerConfig, type SealerLogLine } from '../sealer-process.ts';
import type { SealerClient, SealRequest } from '../sealer-types.ts';

/** A fictitious number of the documentation's golden vector. */
export const TEST_ID = 'A123456789';
export const TEST_CASE = '9901';
export const SECRET = 'a shared secret for tests, 32 characters or more';
const ORIGIN = 'demo.lianshu.invalid/log';

export const CONFIRMED: IdentityOutcome = { outcome: 'confirmed', proof: { service: 'test', code: '0' } };
export const SILENT: IdentityOutcome = { outcome: 'unavailable', code: 'I_ICS_UNAVAILABLE' };

/** The identity service as a test wants it; remembers what it was asked. */
export class FakeIdentity implements IdentityConfirmation {
  answer: IdentityOutcome = CONFIRMED;
  readonly asked: IdentityRequest[] = [];

  async confirm(requests: readonly IdentityRequest[]): Promise<readonly IdentityOutcome[]> {
    this.asked.push(...requests);
    return requests.map(() => this.answer);
  }
}

let authority: TestAuthority | undefined;
let card: TestCard | undefined;

/** Root and issuers, made once per process: RSA keys are dear. */
export function testAuthority(): TestAuthority {
  authority ??= createAuthority({ rsaBits: 2048, simulated: true });
  return authority;
}

export function testCard(): TestCard {
  card ??= issueCard(testAuthority().g3, rsaKey(2048), 1n);
  return card;
}

/** Lists of both issuers, of which nobody here is on. */
export function freshLists(bend: ListBend = {}): readonly Uint8Array[] {
  const { g2, g3 } = testAuthority();
  return [g2, g3].map((issuer) => buildRevocationList(issuer, [{ serial: Uint8Array.of(7) }], bend));
}

/** What a test may bend in an otherwise valid request. */
export interface RequestBend {
  readonly act?: SealRequest['act'];
  readonly signedAct?: SealRequest['act'];
  readonly caseNumber?: string;
  readonly nationalId?: string;
  readonly card?: TestCard;
  readonly form?: SealRequest['form'];
  readonly receivedAtMs?: number;
  readonly signingTimeMs?: number;
}

/** A valid request, as intake would send it. */
export function sealRequestFor(bend: RequestBend = {}): SealRequest {
  const signer = bend.card ?? testCard();
  const act = bend.act ?? 'joint-signature';
  const caseNumber = bend.caseNumber ?? TEST_CASE;
  const nationalId = bend.nationalId ?? TEST_ID;
  const id = NationalId.parse(nationalId);
  if (!(id instanceof NationalId)) throw new Error('not a number');
  const receiptSecret = Uint8Array.from(randomBytes(32));
  const transaction = toBase64Url(randomBytes(16));
  const fields = {
    mainText: '示範文字，非公告主文',
    textDigest: '65d9a0149b906571ab4280db75e5f996caec11b29f7f85fd4047d48c509cd3d5',
    signedAt: '2026-11-21T12:00:00+08:00',
    transaction,
    signerCommitment: toBase64Url(
      signerCommitment(nodePrimitives, id, deriveSalt(nodePrimitives, receiptSecret)),
    ),
  };
  const content =
    (bend.signedAct ?? act) === 'joint-signature'
      ? renderJointSignatureStatement({ ...fields, caseNumber })
      : renderProposalStatement({ ...fields, draftId: caseNumber });
  const form = bend.form ?? 'cms-attached';
  const signature = Uint8Array.from(
    buildCms(signer, {
      content,
      nonce: transaction,
      detached: form === 'cms-detached',
      ...(bend.signingTimeMs === undefined ? {} : { signingTimeMs: bend.signingTimeMs }),
    }),
  );
  const evidence = evidenceCommitment(nodePrimitives, {
    statement: content,
    signature,
    certificate: signer.certificate,
  });
  const leafSecret = deriveLeafSecret(nodePrimitives, receiptSecret);
  const { signerCommitment: _, ...statement } = fields;
  return {
    act,
    statement: { ...statement, caseNumber },
    nationalId,
    receiptSecret,
    form,
    signature,
    recordCommitment: recordCommitment(nodePrimitives, { caseNumber, leafSecret, evidence }),
    receivedAtMs: bend.receivedAtMs ?? TEST_NOW_MS,
  };
}

/** The joint-signature statement a request of {@link sealRequestFor} signed. */
export function statementOf(request: SealRequest): Uint8Array {
  const id = NationalId.parse(request.nationalId);
  if (!(id instanceof NationalId)) throw new Error('not a number');
  const salt = deriveSalt(nodePrimitives, request.receiptSecret);
  const commitment = toBase64Url(signerCommitment(nodePrimitives, id, salt));
  return renderJointSignatureStatement({ ...request.statement, signerCommitment: commitment });
}

/** A sealer at work with everything a test can move. */
export interface SealerWorld {
  readonly client: SealerClient;
  readonly identity: FakeIdentity;
  readonly caseKey: CaseKey;
  readonly directory: string;
  readonly port: number;
  readonly logged: readonly SealerLogLine[];
  /** What the revocation source gives at the next reload. */
  lists: readonly Uint8Array[];
  nowMs: number;
  /** Stops the process and starts another on the same directory. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** An empty state directory with recipients for one case. */
export function stateDirectory(caseKey: CaseKey): string {
  const directory = mkdtempSync(join(tmpdir(), 'sealer-'));
  mkdirSync(join(directory, 'recipients'), { mode: 0o700 });
  const recipients = JSON.stringify({ evidence: [caseKey.recipient], roster: [caseKey.recipient] });
  for (const caseNumber of [TEST_CASE, '9902'])
    writeFileSync(join(directory, 'recipients', `${caseNumber}.json`), recipients, { mode: 0o600 });
  return directory;
}

/** Everything `runSealer` needs but where it listens; `bend` replaces any of it. */
export function sealerConfig(directory: string, bend: Partial<SealerConfig> = {}): SealerConfig {
  return {
    stateDirectory: directory,
    control: 'same',
    listen: { host: '127.0.0.1', port: 0, secret: SECRET },
    origin: ORIGIN,
    trust: { pins: testAuthority().pins, certificates: testAuthority().certificates, production: false },
    identity: new FakeIdentity(),
    identityWaitMs: 300,
    revocation: { sources: [{ name: 'test', read: async () => freshLists() }], reloadEveryMs: 3_600_000 },
    workerUrl: new URL('../sealer-worker.ts', import.meta.url),
    workers: 1,
    maxInFlight: 64,
    nowMs: () => TEST_NOW_MS,
    randomBytes,
    log: () => {},
    ...bend,
  };
}

/** Starts a sealer with a fake identity service and current lists, and opens the test case. */
export async function startWorld(bend: Partial<SealerConfig> = {}): Promise<SealerWorld> {
  const caseKey = await generateCaseKey('x25519');
  const directory = stateDirectory(caseKey);
  const identity = new FakeIdentity();
  const logged: SealerLogLine[] = [];
  const moving = { lists: freshLists(), nowMs: TEST_NOW_MS };
  const config = sealerConfig(directory, {
    identity,
    revocation: {
      sources: [{ name: 'test', read: async () => moving.lists }],
      reloadEveryMs: 3_600_000,
    },
    nowMs: () => moving.nowMs,
    log: (line) => logged.push(line),
    ...bend,
  });
  let running = await runSealer(config);
  let client = connectTo(running);
  await client.openCase(TEST_CASE);
  return {
    get client() {
      return client;
    },
    get port() {
      return running.port ?? 0;
    },
    get lists() {
      return moving.lists;
    },
    set lists(lists) {
      moving.lists = lists;
    },
    get nowMs() {
      return moving.nowMs;
    },
    set nowMs(nowMs) {
      moving.nowMs = nowMs;
    },
    identity,
    caseKey,
    directory,
    logged,
    async restart() {
      client.close();
      await running.close();
      running = await runSealer(config);
      client = connectTo(running);
    },
    async close() {
      client.close();
      await running.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function connectTo(running: RunningSealer): SealerClient {
  return connectSealer({ host: '127.0.0.1', port: running.port ?? 0, secret: SECRET });
}
