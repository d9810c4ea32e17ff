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
  utf8,
} from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import { describe, expect, it } from 'vitest';
import { commitTo, expectedStatement, isOwnPromise, isOwnReceipt, sealEnvelope } from './envelope.island.ts';

const id = NationalId.parse('A123456789');
if (!(id instanceof NationalId)) throw new Error('the example number must parse');
const secret = Uint8Array.from({ length: 32 }, (_, i) => i);
const expected = {
  caseNumber: '9901',
  mainText: '你是否同意本測試案之主文？',
  textDigest: '65d9a0149b906571ab4280db75e5f996caec11b29f7f85fd4047d48c509cd3d5',
};
const commitment = toBase64Url(signerCommitment(nodePrimitives, id, deriveSalt(nodePrimitives, secret)));
const signedAt = '2026-11-21T12:00:00+08:00';
const now = Date.parse(signedAt) + 1000;
const transaction = 'AAAAAAAAAAAAAAAAAAAAAA';
const bytes = renderJointSignatureStatement({
  ...expected,
  signerCommitment: commitment,
  signedAt,
  transaction,
});
const offered = {
  statement: new TextDecoder().decode(bytes),
  transaction,
  token: 't',
  expiresAt: '2026-11-21T12:10:00+08:00',
};

describe('the statement the page expects', () => {
  it('is byte for byte the one packages/statement renders', () => {
    expect(expectedStatement(expected, commitment, offered, now)).toEqual(bytes);
  });

  it('is a proposal under a draft’s number, and no joint signature will do there, nor the other way round', () => {
    const draft = { ...expected, caseNumber: 'D00001' };
    const { caseNumber, ...fields } = { ...draft, signerCommitment: commitment, signedAt, transaction };
    const proposal = renderProposalStatement({ ...fields, draftId: caseNumber });
    const statement = new TextDecoder().decode(proposal);
    expect(expectedStatement(draft, commitment, { ...offered, statement }, now)).toEqual(proposal);
    expect(expectedStatement(draft, commitment, offered, now)).toBeUndefined();
    expect(expectedStatement(expected, commitment, { ...offered, statement }, now)).toBeUndefined();
  });

  it.each([
    ['another case', { ...offered, statement: offered.statement.replace('9901', '9902') }],
    ['another main text', { ...offered, statement: offered.statement.replace('測試', '別的') }],
    ['another digest', { ...offered, statement: offered.statement.replace('65d9', '65d8') }],
    [
      'another person',
      { ...offered, statement: offered.statement.replace(commitment, `${commitment.slice(1)}A`) },
    ],
    ['another transaction', { ...offered, transaction: 'AAAAAAAAAAAAAAAAAAAAAQ' }],
    ['a line more', { ...offered, statement: `${offered.statement}同意其他一切。\n` }],
    ['no line end', { ...offered, statement: offered.statement.trimEnd() }],
    ['another kind', { ...offered, statement: offered.statement.replace('連署書', '提案書') }],
  ])('refuses %s', (_, other) => {
    expect(expectedStatement(expected, commitment, other, now)).toBeUndefined();
  });

  it('refuses a time more than a day away', () => {
    expect(expectedStatement(expected, commitment, offered, now + 86_400_000)).toBeUndefined();
  });
});

describe('what the client computes itself', () => {
  const signature = Uint8Array.of(0x30, 0x03, 1, 2, 3);
  const certificate = Uint8Array.of(0x30, 0x01, 9);
  const base64 = (part: Uint8Array): string => Buffer.from(part).toString('base64');
  const seal = () =>
    sealEnvelope({
      caseNumber: '9901',
      nationalId: id,
      receiptSecret: secret,
      token: 't',
      statement: bytes,
      signature: `${base64(signature)}\n`,
      certificate: base64(certificate),
    });

  it('commits as the server does', async () => {
    expect(await commitTo(id, secret)).toBe(commitment);
    const leafSecret = deriveLeafSecret(nodePrimitives, secret);
    const evidence = evidenceCommitment(nodePrimitives, { statement: bytes, signature, certificate });
    const sealed = await seal();
    expect(sealed.E).toBe(toBase64Url(evidence));
    expect(sealed.r).toBe(toBase64Url(leafSecret));
    expect(sealed.L).toBe(
      toBase64Url(recordCommitment(nodePrimitives, { caseNumber: '9901', leafSecret, evidence })),
    );
    expect(sealed.body).toEqual({
      nationalId: 'A123456789',
      receiptSecret: toBase64Url(secret),
      token: 't',
      form: 'cms-attached',
      signature: toBase64Url(signature),
      certificate: toBase64Url(certificate),
      recordCommitment: sealed.L,
    });
  });

  it('takes only a receipt that opens to its own commitment', async () => {
    const own = await seal();
    const receipt = (extra: Readonly<Record<string, unknown>>, index = 7): string =>
      `c2sp.org/tlog-proof@v1\nextra ${base64(utf8(JSON.stringify(extra)))}\nindex ${index}\n\nnote\n`;
    const extra = { E: own.E, case: '9901', kind: 'joint-signature', r: own.r, tag: 'x', v: 1 };
    expect(isOwnReceipt(receipt(extra), '9901', own, 7)).toBe(true);
    expect(isOwnReceipt(receipt(extra, 8), '9901', own, 7)).toBe(false);
    expect(isOwnReceipt(receipt({ ...extra, r: own.E }), '9901', own, 7)).toBe(false);
    expect(isOwnReceipt(receipt({ ...extra, E: own.r }), '9901', own, 7)).toBe(false);
    expect(isOwnReceipt(receipt({ ...extra, case: '9902' }), '9901', own, 7)).toBe(false);
    expect(isOwnReceipt('nothing', '9901', own, 7)).toBe(false);
  });

  it('a promise is one’s own only if it names one’s own L and case', async () => {
    const own = await seal();
    const L = Buffer.from(own.L, 'base64url').toString('base64');
    const promise = (l: string, caseNumber: string): string =>
      `x.invalid/log/promise\n${l}\ncase ${caseNumber}\nreceived 2026-11-21T04:00Z\n`;
    expect(isOwnPromise(promise(L, '9901'), '9901', own)).toBe(true);
    expect(isOwnPromise(promise(L, '9902'), '9901', own)).toBe(false);
    const other = `${L.startsWith('A') ? 'B' : 'A'}${L.slice(1)}`;
    expect(isOwnPromise(promise(other, '9901'), '9901', own)).toBe(false);
    expect(isOwnPromise('', '9901', own)).toBe(false);
  });
});
