/**
 * Prepares the pool in a process of its own: registers the cases in the template database, lets invented citizens
 * sign real statements with simulated cards, and has a real sealer judge every envelope twice, once with the
 * identity service answering and once with it silent. Nothing is stored but the cases.
 * Arguments: connection string of the template, data folder, pool file, number of envelopes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateCaseKey } from '@lianshu/seal';
import {
  citizen,
  IDENTITY_SERVICE_PATH,
  sharedAuthority,
  signStatement,
  startIdentityService,
} from '@lianshu/simulators';
import { deriveSalt, NationalId, signerCommitment, toBase64Url } from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import { formatVerifierKey } from '@lianshu/tlog';
import { icsConfirmation, icsPost } from '../../src/credentials/index.ts';
import { createInitiatives, INITIATIVE_KINDS } from '../../src/initiatives/index.ts';
import { createOperatorKeys, operatorKeyStore } from '../../src/operator-keys.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { readKeyFile } from '../../src/platform/key-file.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { systemClock } from '../../src/platform/time.ts';
import { logSigners, publicRecord } from '../../src/record/index.ts';
import { connectSealer, runSealer, type SealOutcome } from '../../src/sealer/index.ts';
import { openTransaction } from '../../src/signing/open-transaction.ts';
import { signInitiative } from '../../src/signing/sign-initiative.ts';
import { jointSignatureRequest } from '../../src/signing/signing-contract.ts';
import { requestBody } from '../builders/signer.ts';
import { CAMPAIGN_CASES, CAMPAIGN_ORIGIN, type Envelope, writePool } from './pool.ts';

const [connectionString = '', directory = '', poolFile = '', wanted = '0'] = process.argv.slice(2);
const session = 'campaigncampaigncampai';
const { nowMs } = systemClock;
const randomBytes = (length: number) => systemRandom.bytes(length);

const state = join(directory, 'sealer');
mkdirSync(join(state, 'recipients'), { recursive: true, mode: 0o700 });
createOperatorKeys(directory);
const tokenKey = readKeyFile(join(directory, 'keys', 'token.key'));

const authority = await sharedAuthority();
const identity = await startIdentityService(authority, { port: 0 });
const service = await authority.serviceClient('lianshu');
const socketPath = join(directory, 'sealer.sock');
const controlPath = join(directory, 'control.sock');
const runningSealer = await runSealer({
  stateDirectory: state,
  listen: { socketPath, socketMode: 0o600 },
  control: { socketPath: controlPath, socketMode: 0o600 },
  origin: CAMPAIGN_ORIGIN,
  trust: {
    pins: authority.anchors(),
    certificates: authority.anchors().map(({ name }) => authority.authority(name).certificate),
    production: false,
  },
  identity: icsConfirmation({
    clientCertificate: service.certificate,
    clientKey: service.keys.privateKey,
    post: icsPost(`${identity.url}${IDENTITY_SERVICE_PATH}`, fetch),
    nowMs,
    randomBytes,
    onFault: () => undefined,
  }),
  // Longer than a loaded machine needs; a silent service is waited for in full, many envelopes at once.
  identityWaitMs: 2_000,
  revocation: {
    sources: [
      {
        name: 'simulated lists',
        read: async () => [
          authority.revocationList('SIM-MOICA-G2'),
          authority.revocationList('SIM-MOICA-G3'),
        ],
      },
    ],
    reloadEveryMs: 3_600_000,
  },
  workerUrl: pathToFileURL(join(readConfig({}).projectRoot, 'src/sealer/sealer-worker.ts')),
  workers: 1,
  maxInFlight: 512,
  nowMs,
  randomBytes,
  log: () => undefined,
});
const sealer = connectSealer({ socketPath }, { socketPath: controlPath });

const { db, close } = openDatabase({ connectionString });
const initiatives = createInitiatives({
  db,
  clock: systemClock,
  record: publicRecord(INITIATIVE_KINDS),
  logUrl: '',
  publishedCount: async () => undefined,
});
const [trustees, ministry] = [await generateCaseKey('x25519'), await generateCaseKey('x25519')];
for (const caseNumber of CAMPAIGN_CASES) {
  const recipients = { evidence: [trustees.recipient], roster: [ministry.recipient, trustees.recipient] };
  writeFileSync(join(state, 'recipients', `${caseNumber}.json`), JSON.stringify(recipients), { mode: 0o600 });
  await initiatives.register({
    caseNumber,
    filed: {
      subject: { 'zh-Hant-TW': '測試案', en: 'Test case' },
      leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
      subjectMatter: 'principle',
      rulePack: 'tw.referendum.national@2025-12-03',
      origin: 'here',
      isInvented: true,
    },
    collectedOn: new Date(nowMs() - 3 * 86_400_000).toISOString().slice(0, 10),
    mode: 'electronic',
    text: {
      heading: ['示範文字，非公告主文'],
      mainText: '你是否同意本測試案之主文？',
      reasons: ['一、測試。'],
    },
  });
  await sealer.openCase(caseNumber);
}

const announcedText = initiatives.announcedText;

/** Signs once and lets the sealer judge: whatever passes `signInitiative` up to storing. */
async function judge(caseNumber: string, body: Record<string, string>): Promise<SealOutcome> {
  let judged: SealOutcome | undefined;
  const taken = await signInitiative(
    {
      tokenKey,
      announcedText,
      sealer: { seal: async (request) => (judged = await sealer.seal(request)) },
      known: async () => undefined,
      leadPerson: async () => undefined,
      take: async () => ({ outcome: 'stored' }),
    },
    {
      caseNumber,
      session,
      receivedAtMs: nowMs(),
      request: jointSignatureRequest.parse(body),
      isSecretOurs: false,
    },
  );
  if (taken.outcome !== 'taken' || judged === undefined)
    throw new Error(`a prepared envelope was not taken: ${JSON.stringify(taken)}`);
  return judged;
}

async function sign(person: number, caseNumber: string): Promise<Record<string, string>> {
  const { nationalId } = citizen(person);
  const parsed = NationalId.parse(nationalId);
  if (!(parsed instanceof NationalId)) throw new Error('not a national ID');
  const receiptSecret = randomBytes(32);
  const commitment = signerCommitment(nodePrimitives, parsed, deriveSalt(nodePrimitives, receiptSecret));
  const offered = await openTransaction(
    { clock: systemClock, random: systemRandom, tokenKey, announcedText },
    { caseNumber, session, signerCommitment: toBase64Url(commitment) },
  );
  if (offered.outcome !== 'offered') throw new Error(`no statement: ${offered.code}`);
  const card =
    authority.cardOf(citizen(person)) ?? (await authority.issueCard(citizen(person), { reuseKeys: true }));
  const signed = signStatement(card, offered.statement, {
    form: 'cms-attached',
    nonce: offered.transaction,
    nowMs: nowMs(),
  });
  return requestBody(caseNumber, { ...offered, cookie: '', receiptSecret, nationalId }, signed);
}

/** Every eighth person signs a second time, with another envelope: it must never count. */
const TWICE_EVERY = 8;
const signed: { person: number; caseNumber: string; body: Record<string, string> }[] = [];
for (let person = 0; signed.length < Number(wanted); person += 1) {
  const caseNumber = CAMPAIGN_CASES[person % CAMPAIGN_CASES.length] ?? '';
  for (let nth = 0; nth < (person % TWICE_EVERY === 0 ? 2 : 1); nth += 1)
    signed.push({ person, caseNumber, body: await sign(person, caseNumber) });
}
const sealed = await Promise.all(signed.map(({ caseNumber, body }) => judge(caseNumber, body)));
identity.state.fault = 'silent';
const held = await Promise.all(signed.map(({ caseNumber, body }) => judge(caseNumber, body)));
identity.state.fault = 'none';
const envelopes: Envelope[] = [];
for (const [i, { person, caseNumber, body }] of signed.entries()) {
  const [first, second] = [sealed[i], held[i]];
  if (first?.outcome !== 'sealed' || second?.outcome !== 'held')
    throw new Error(`envelope ${i} is ${first?.outcome} and ${second?.outcome}, not sealed and held`);
  const settled = await sealer.settle(second);
  if (settled.outcome !== 'sealed') throw new Error(`envelope ${i} settles as ${settled.outcome}`);
  const commitment = body['recordCommitment'] ?? '';
  // The wire's shapes have the same fields; only their lists are not marked as unchangeable.
  const judged = { sealed: first, held: second, settled } as Pick<Envelope, 'sealed' | 'held' | 'settled'>;
  envelopes.push({ person, caseNumber, commitment, body, ...judged });
}
const { promiseKey } = await sealer.health();
const signers = logSigners(
  operatorKeyStore(readConfig({ LIANSHU_DATA: directory })),
  CAMPAIGN_ORIGIN,
  systemClock,
);
const logKeys = signers
  .map(
    ({ key }) => `${formatVerifierKey(key)}
`,
  )
  .join('');
const cookie = `__Host-lianshu=${session}`;
writeFileSync(poolFile, writePool({ cookie, preparedAtMs: nowMs(), promiseKey, logKeys, envelopes }));

sealer.close();
await runningSealer.close();
await identity.close();
await close();
