import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  canonicalJson,
  deriveLeafSecret,
  deriveSalt,
  duplicateTag,
  evidenceCommitment,
  NationalId,
  publicTag,
  recordCommitment,
  signerCommitment,
  toBase64Url,
  utf8,
} from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import {
  bundlePath,
  checkpointText,
  encodeBundle,
  formatVerifierKey,
  leafHash,
  rootOf,
  signNote,
} from '@lianshu/tlog';
import { ed25519Signer, sha256 } from '@lianshu/tlog/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CaseKey, formatIdentityFile, generateCaseKey } from './case-key.ts';
import { EpochSealer } from './epoch-sealer.ts';
import { type EvidenceRecord, encodeEvidence, encodeRosterRecord } from './evidence-record.ts';
import { formatExport } from './export-file.ts';
import { EXIT, runOpen } from './open-command.ts';

const CASE = '9901';
const TAG_KEY = new Uint8Array(32).fill(7);
const log = ed25519Signer('test.lianshu.invalid/log', generateKeyPairSync('ed25519').privateKey);
const idOf = (text: string): NationalId => {
  const id = NationalId.parse(text);
  if (!(id instanceof NationalId)) throw new Error('no national ID');
  return id;
};

/** One signature as the house holds it; the fields after `entry` are what a betrayal bends. */
interface Signature {
  readonly evidence: EvidenceRecord;
  readonly commitment: Uint8Array;
  readonly tag: Uint8Array;
  readonly rosterId: string;
}

/** What an honest house makes of one person's card signature; `bend` is done before `L` is computed. */
function signatureOf(nationalId: string, bend: Partial<EvidenceRecord> = {}): Signature {
  const secret = bend.receiptSecret ?? new Uint8Array(randomBytes(32));
  const salt = deriveSalt(nodePrimitives, secret);
  const committed = toBase64Url(signerCommitment(nodePrimitives, idOf(nationalId), salt));
  const evidence: EvidenceRecord = {
    act: 'joint-signature',
    caseNumber: CASE,
    statement: `全國性公民投票案電子連署書\n規格：LIANSHU-TBS/1\n案號：${CASE}\n連署人承諾：${committed}\n`,
    form: 'cms-attached',
    signature: randomBytes(64),
    certificate: new Uint8Array(createHash('sha256').update(nationalId).digest()),
    nationalId,
    receiptSecret: secret,
    tagSecret: new Uint8Array(randomBytes(32)),
    identityConfirmation: { service: 'ics' },
    revocationProof: { issuerSki: '47'.repeat(20), crlNumber: '1', crlSha256: 'ab'.repeat(32) },
    policyVersion: 'LIANSHU-VP/1',
    warnings: [],
    receivedAt: '2026-11-21T04:00:00.000Z',
    confirmedAt: '2026-11-21T04:00:00.180Z',
    ...bend,
  };
  const { signature, certificate } = evidence;
  const opening = { statement: utf8(evidence.statement), signature, certificate };
  const commitment = recordCommitment(nodePrimitives, {
    caseNumber: CASE,
    leafSecret: deriveLeafSecret(nodePrimitives, secret),
    evidence: evidenceCommitment(nodePrimitives, opening),
  });
  const tag = duplicateTag(nodePrimitives, TAG_KEY, 'joint-signature', idOf(evidence.nationalId));
  return {
    evidence,
    commitment,
    tag: publicTag(nodePrimitives, evidence.tagSecret, tag),
    rosterId: nationalId,
  };
}

const entryOf = ({ commitment, tag }: Signature) => ({
  case: CASE,
  commitment: toBase64Url(commitment),
  kind: 'joint-signature',
  tag: toBase64Url(tag),
  v: 1,
});
type Entry = Readonly<Record<string, string | number>>;

let key: CaseKey;
beforeAll(async () => {
  key = await generateCaseKey('x25519');
});

async function exported(
  part: 'evidence' | 'roster',
  records: readonly (readonly [Uint8Array, Uint8Array])[],
): Promise<string> {
  const epoch = await EpochSealer.begin({
    caseNumber: CASE,
    part,
    recipients: [key.recipient],
    nowMs: 0,
    randomBytes,
  });
  const sealed = records.map(([recordCommitment, plaintext]) => ({
    recordCommitment,
    epochId: epoch.epochId,
    ...epoch.seal(recordCommitment, plaintext),
  }));
  let text = '';
  for await (const line of formatExport({ caseNumber: CASE, act: 'joint-signature', part }, [epoch], sealed))
    text += line;
  return text;
}

interface House {
  readonly sealed: readonly Signature[];
  readonly roster?: readonly Signature[];
  readonly entries?: readonly Entry[];
}

/** Runs the audit over a house as the command does, and gives what it said. */
async function auditOf(
  { sealed, roster = sealed, entries = sealed.map(entryOf) }: House,
  bend: Record<string, string | Uint8Array> = {},
) {
  const bytes = entries.map((entry) => canonicalJson(entry));
  const root = rootOf(
    sha256,
    bytes.map((entry) => leafHash(sha256, entry)),
  );
  const checkpoint = checkpointText({ origin: log.key.name, size: bytes.length, root });
  const files: Record<string, string | Uint8Array> = {
    evidence: await exported(
      'evidence',
      sealed.map((one) => [one.commitment, encodeEvidence(one.evidence)]),
    ),
    roster: await exported(
      'roster',
      roster.map((one) => [one.commitment, encodeRosterRecord(one.rosterId)]),
    ),
    key: formatIdentityFile(key),
    tags: TAG_KEY,
    'keys.txt': `${formatVerifierKey(log.key)}\n`,
    'log/checkpoint': signNote(checkpoint, [log]),
    [`log/${bundlePath({ index: 0, width: bytes.length })}`]: encodeBundle(bytes),
    ...bend,
  };
  const said = { out: '', err: '', written: '' };
  const fileAt = (path: string): Buffer => {
    const content = files[path];
    if (content === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return Buffer.from(content);
  };
  const argv =
    'audit evidence roster --identity key --tag-key tags --log log --keys keys.txt --json --out found';
  const exit = await runOpen(argv.split(' '), {
    readText: async (path) => fileAt(path).toString('utf8'),
    readBytes: async (path) => fileAt(path),
    readLines: async function* (path) {
      yield* fileAt(path).toString('utf8').trimEnd().split('\n');
    },
    write: async (_, content) => {
      said.written += content;
    },
    print: (text) => {
      said.out += text;
    },
    complain: (text) => {
      said.err += text;
    },
  });
  return { exit, said, result: JSON.parse(said.out) as Record<string, unknown> };
}

const [ANN, BEN, CAI] = ['A123456789', 'B123456780', 'C123456781'];

describe('lianshu-open audit', () => {
  it('agrees with an honest house, and tells totals only', async () => {
    const { exit, result, said } = await auditOf({ sealed: [ANN, BEN, CAI].map((id) => signatureOf(id)) });
    expect(exit).toBe(EXIT.opened);
    expect(result).toMatchObject({
      outcome: 'agrees',
      counted: 3,
      evidence: 3,
      roster: 3,
      persons: 3,
      findings: {},
    });
    expect(said.written).toBe('');
    expect(said.out + said.err).not.toMatch(/[A-Z]\d{9}/);
  });

  it('follows held, settled and voided entries', async () => {
    const [held, voided, again] = [signatureOf(ANN), signatureOf(BEN), signatureOf(BEN)];
    const named = { act: 'joint-signature', case: CASE, v: 1 };
    const waiting = { ...named, commitment: toBase64Url(randomBytes(32)), kind: 'held' };
    const entries = [
      { ...named, commitment: toBase64Url(held.commitment), kind: 'held' },
      waiting,
      { ...named, index: 0, kind: 'settled', outcome: 'counted', tag: toBase64Url(held.tag) },
      entryOf(voided),
      { ...named, ground: '§8', index: 3, kind: 'void' },
      // The supplement 補提 of the person who was excluded.
      entryOf(again),
      { ...entryOf(signatureOf(CAI)), case: '9902' },
    ];
    const { result } = await auditOf({ sealed: [held, voided, again], entries });
    expect(result).toMatchObject({ outcome: 'agrees', counted: 2, voided: 1, waiting: 1, persons: 2 });
  });

  it('finds one real signature that was logged twice', async () => {
    const ann = signatureOf(ANN);
    const { statement, signature, certificate } = ann.evidence;
    const copy = signatureOf(ANN, { statement, signature, certificate });
    const { exit, result, said } = await auditOf({ sealed: [ann, copy, signatureOf(BEN)] });
    expect(exit).toBe(EXIT.differs);
    expect(result['findings']).toEqual({ 'person-twice': 1, 'evidence-twice': 1, 'statement-differs': 1 });
    expect(result).toMatchObject({ counted: 3, persons: 2 });
    expect(said.written).toContain(toBase64Url(copy.commitment));
    // Another statement of the same card is another signature, and still one person.
    const second = await auditOf({ sealed: [ann, signatureOf(ANN)] });
    expect(second.result['findings']).toEqual({ 'person-twice': 1 });
  });

  const ann = signatureOf(ANN);
  const ben = signatureOf(BEN);
  const other = signatureOf(CAI);
  const swapped = { ...ann, evidence: { ...ann.evidence, nationalId: BEN } };
  const houses: readonly (readonly [string, House, Record<string, number>])[] = [
    [
      'another person in the roster',
      { sealed: [ann], roster: [{ ...ann, rosterId: BEN }] },
      { 'roster-other-person': 1 },
    ],
    ['a person in no roster', { sealed: [ann, ben], roster: [ben] }, { 'roster-missing': 1 }],
    ['a person in the roster only', { sealed: [ann], roster: [ann, ben] }, { 'roster-surplus': 1 }],
    [
      'an entry without evidence',
      { sealed: [ann], entries: [ann, ben].map(entryOf) },
      { 'evidence-missing': 1 },
    ],
    ['evidence without an entry', { sealed: [ann, ben], entries: [entryOf(ben)] }, { 'entry-missing': 1 }],
    [
      'a tag of nobody',
      { sealed: [ann], entries: [{ ...entryOf(ann), tag: toBase64Url(other.tag) }] },
      { 'tag-differs': 1 },
    ],
    [
      'evidence of another person under the same commitment',
      { sealed: [swapped] },
      { 'statement-differs': 1, 'tag-differs': 1, 'roster-other-person': 1 },
    ],
    [
      'another electronic signature under the same commitment',
      { sealed: [{ ...ann, evidence: { ...ann.evidence, signature: randomBytes(64) } }] },
      { 'commitment-differs': 1 },
    ],
    [
      'a secret of another length',
      {
        sealed: [
          signatureOf(ANN, { tagSecret: new Uint8Array(32) }),
          { ...ben, evidence: { ...ben.evidence, receiptSecret: new Uint8Array(8) } },
        ],
      },
      { 'record-malformed': 1 },
    ],
  ];
  it.each(houses)('finds %s', async (_, house, findings) => {
    const { exit, result } = await auditOf(house);
    expect(exit).toBe(EXIT.differs);
    expect(result['findings']).toEqual(findings);
  });

  it('goes on after a record that was changed, and names it', async () => {
    const honest = await exported(
      'evidence',
      [ann, ben].map((one) => [one.commitment, encodeEvidence(one.evidence)]),
    );
    const edited = honest.replace(
      /("ciphertext":"..)(.)/,
      (_, start: string, letter: string) => start + (letter === 'A' ? 'B' : 'A'),
    );
    const { exit, result } = await auditOf({ sealed: [ann, ben] }, { evidence: edited });
    expect(exit).toBe(EXIT.differs);
    expect(result['findings']).toEqual({ 'record-unreadable': 1 });
  });

  it('refuses a log that nobody it trusts signed, or that is another tree', async () => {
    const house = { sealed: [ann] };
    const stranger = ed25519Signer(log.key.name, generateKeyPairSync('ed25519').privateKey);
    const path = `log/${bundlePath({ index: 0, width: 1 })}`;
    for (const [code, bend] of [
      ['log-not-signed', { 'keys.txt': `${formatVerifierKey(stranger.key)}\n` }],
      ['log-differs', { [path]: encodeBundle([canonicalJson(entryOf(ben))]) }],
      ['log-incomplete', { [path]: new Uint8Array(3) }],
      ['tag-key-malformed', { tags: new Uint8Array(31) }],
      ['no-identity', { key: formatIdentityFile(await generateCaseKey('x25519')) }],
      ['export-malformed', { evidence: '{}\n' }],
      ['export-truncated', { roster: (await exported('roster', [])).split('\n').slice(0, 1).join('\n') }],
    ] as const) {
      const { exit, result } = await auditOf(house, bend);
      expect([exit, result], code).toEqual([EXIT.notOpened, { outcome: 'not-opened', code }]);
    }
  });
});
