import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@lianshu/statement';
import { describe, expect, it } from 'vitest';
import type { FoldedAct } from './record-fold.ts';
import { watchApprovals } from './watch-approvals.ts';

const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

interface Officer {
  readonly name: string;
  readonly keys: Readonly<{ privateKey: KeyObject; publicKey: KeyObject }>;
}
const officer = (text: string, edwards = false): Officer => ({
  name: sha256(text).toString('hex'),
  keys: edwards ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' }),
});
const shufen = officer('a');
const guoqiang = officer('b', true);
const stranger = officer('c');
const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' });

type Loose = Readonly<{ kind: string; body: JsonValue; case?: string; capacity?: string; replaces?: number }>;

const folded = (...acts: readonly Loose[]): readonly FoldedAct[] =>
  acts.map(
    (act, index) =>
      ({ at: '2026-03-01T10:00:00+08:00', basis: 'x', capacity: 'commission', ...act, index }) as FoldedAct,
  );

const keyEvent = (
  { name, keys }: Officer,
  event = 'in-use',
  purpose = 'officer-mandate:commission',
): Loose => ({
  kind: 'key-event',
  capacity: 'operator',
  body: {
    event,
    purpose,
    sha256: name,
    publicKey: keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
  },
});

const CASE = '9400';
const accepted: Loose = { kind: 'decision', case: CASE, body: { decides: 'accepted', on: '2026-03-01' } };

interface Bent {
  readonly nonce?: string;
  readonly challenge?: string;
  readonly flags?: number;
  readonly type?: string;
  readonly signer?: Officer;
}

function assertion(by: Officer, digest: Uint8Array, bent: Bent = {}): JsonValue {
  const bound = sha256('LIANSHU-APPROVAL/1', Uint8Array.of(0), digest).toString('base64url');
  const said = {
    type: bent.type ?? 'webauthn.get',
    challenge: bent.challenge ?? bound,
    origin: 'https://o.invalid',
  };
  const clientData = Buffer.from(JSON.stringify(said));
  const authenticatorData = Buffer.concat([sha256('o.invalid'), Buffer.of(bent.flags ?? 5, 0, 0, 0, 1)]);
  const signed = Buffer.concat([authenticatorData, sha256(clientData)]);
  const { privateKey } = (bent.signer ?? by).keys;
  const algorithm = privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return {
    key: by.name,
    clientDataJSON: clientData.toString('base64url'),
    authenticatorData: authenticatorData.toString('base64url'),
    signature: sign(algorithm, signed, privateKey).toString('base64url'),
  };
}

function approval(of: Loose, by: readonly Officer[] = [shufen, guoqiang], bent: Bent = {}): Loose {
  const nonce = bent.nonce ?? 'AAAAAAAAAAAAAAAAAAAAAA';
  const { kind, body, capacity = 'commission', replaces } = of;
  const act = { body, capacity, kind, ...(replaces === undefined ? {} : { replaces }) };
  const digest = sha256(canonicalJson({ act, case: of.case ?? '', nonce, v: 1 }));
  const approvals = by.map((one, i) => assertion(one, digest, i === 1 ? bent : {}));
  return { kind: 'approval', case: CASE, body: { action: digest.toString('hex'), nonce, approvals } };
}

const KEYS = [keyEvent(shufen), keyEvent(guoqiang)];
const found = (...acts: readonly Loose[]) =>
  watchApprovals(folded(...acts)).map(({ code, detail }) => `${code} ${detail.replace(/^entry /, '')}`);

describe('approvals, from outside', () => {
  it('finds nothing wrong with two officers over one act, with whatever follows from the act between', () => {
    expect(found(...KEYS, accepted, approval(accepted))).toEqual([]);
    const version: Loose = { kind: 'version', case: CASE, body: {}, capacity: 'system' };
    expect(found(...KEYS, accepted, version, approval(accepted))).toEqual([]);
    const mended = { ...accepted, replaces: 2 };
    const more = { nonce: 'BBBBBBBBBBBBBBBBBBBBBA' };
    expect(found(...KEYS, accepted, approval(accepted), mended, approval(mended, undefined, more))).toEqual(
      [],
    );
  });

  it('asks for none before the first officer’s key, and of no act that needs none', () => {
    expect(found(accepted)).toEqual([]);
    expect(found(accepted, ...KEYS)).toEqual([]);
    const filed: Loose = {
      kind: 'supplement',
      case: CASE,
      body: { step: 'filed' },
      capacity: 'lead-proposer',
    };
    const signed: Loose = { kind: 'affidavit', case: CASE, body: { step: 'signed' } };
    const issued: Loose = { kind: 'access-code', case: CASE, body: { step: 'issued' } };
    expect(found(...KEYS, filed, signed, issued)).toEqual([]);
  });

  it('asks for none of an ending re-told from public reports, and of every other', () => {
    const outcome: Loose = { kind: 'decision', case: CASE, body: { outcome: 'rejected' } };
    const origin = (name: string): Loose => ({
      kind: 'initiative-filed',
      case: CASE,
      body: { origin: name },
      capacity: 'operator',
    });
    const [own, retold] = [origin('here'), origin('public-reports')];
    expect(found(...KEYS, retold, outcome)).toEqual([]);
    expect(found(own, outcome, ...KEYS)).toEqual([]);
    expect(found(...KEYS, outcome)).toEqual(['approval-missing 2 (decision)']);
    expect(found(...KEYS, own, outcome)).toEqual(['approval-missing 3 (decision)']);
    expect(found(...KEYS, own, outcome, approval(outcome))).toEqual([]);
    // Nor is a case of this house told anew as another's, nor a case told of decided here.
    expect(found(...KEYS, own, retold, outcome)).toEqual(['approval-missing 4 (decision)']);
    expect(found(...KEYS, { ...retold, case: '9401' }, outcome)).toEqual(['approval-missing 3 (decision)']);
    expect(found(...KEYS, retold, accepted)).toEqual(['approval-missing 3 (decision)']);
  });

  it.each([
    ['access-code', 'ended'],
    ['affidavit', 'handed-in'],
    ['supplement', 'ordered'],
  ])('misses it on %s, step %s', (kind, step) => {
    expect(found(...KEYS, { kind, case: CASE, body: { step } })).toEqual([`approval-missing 2 (${kind})`]);
  });

  it.each([
    'decision',
    'hearing',
    'check-request',
    'opinion',
    'notice-to-collect',
    'raw-count',
    'stop',
    'suspension',
    'vote',
  ])('misses it on %s', (kind) => {
    const act: Loose = { kind, case: CASE, body: { decides: 'accepted' }, capacity: 'legislature' };
    expect(found(...KEYS, act)).toEqual([`approval-missing 2 (${kind})`]);
  });

  it('an act changed after it was approved is not the one approved', () => {
    const other: Loose = { ...accepted, body: { decides: 'rejected', on: '2026-03-01' } };
    const wrong = ['approval-wrong 3 (approval): no-such-act', 'approval-missing 2 (decision)'];
    expect(found(...KEYS, other, approval(accepted))).toEqual(wrong);
    expect(found(...KEYS, { ...accepted, capacity: 'court' }, approval(accepted))).toEqual(wrong);
    expect(found(...KEYS, { ...accepted, case: '9401' }, approval(accepted))).toEqual(wrong);
  });

  it.each<[string, Loose]>([
    ['same-key', approval(accepted, [shufen, shufen])],
    ['key-unknown', approval(accepted, [shufen, stranger])],
    ['malformed', approval(accepted, [shufen])],
    ['malformed', approval(accepted, [shufen, guoqiang, stranger])],
    ['not-over-this-act', approval(accepted, undefined, { challenge: 'AAAA' })],
    ['not-over-this-act', approval(accepted, undefined, { type: 'webauthn.create' })],
    ['user-not-verified', approval(accepted, undefined, { flags: 1 })],
    ['user-not-verified', approval(accepted, undefined, { flags: 4 })],
    ['signature-wrong', approval(accepted, [guoqiang, shufen], { signer: stranger })],
  ])('%s', (fault, wrong) => {
    expect(found(...KEYS, accepted, wrong)).toEqual([
      `approval-wrong 3 (approval): ${fault}`,
      'approval-missing 2 (decision)',
    ]);
  });

  it('a key counts from its announcement to its end, for its own office, and only of the two kinds', () => {
    const after = (...keys: readonly Loose[]) => found(...keys, accepted, approval(accepted)).at(0) ?? '';
    expect(after(keyEvent(shufen))).toContain('key-unknown');
    for (const event of ['replaced', 'destroyed', 'compromised'])
      expect(after(...KEYS, keyEvent(guoqiang, event))).toContain('key-ended');
    expect(after(keyEvent(shufen), keyEvent(guoqiang, 'in-use', 'officer-mandate:agency'))).toContain(
      'key-unknown',
    );
    expect(after(keyEvent(shufen), keyEvent({ ...guoqiang, keys: curve }))).toContain('key-unknown');
    expect(found(...KEYS, accepted, approval(accepted), keyEvent(guoqiang, 'replaced'))).toEqual([]);
  });

  it('one approval covers one act once', () => {
    expect(found(...KEYS, accepted, approval(accepted), accepted, approval(accepted))).toEqual([
      'approval-wrong 5 (approval): repeated',
      'approval-missing 4 (decision)',
    ]);
  });
});
