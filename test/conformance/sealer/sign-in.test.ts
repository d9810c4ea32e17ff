import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCms, buildRevocationList } from '@lianshu/pki/testing';
import { renderJointSignatureStatement, renderLoginStatement, toBase64Url } from '@lianshu/statement';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SignInOutcome, SignInRequest } from '../../../src/sealer/sealer-types.ts';
import {
  CONFIRMED,
  type SealerWorld,
  SILENT,
  sealRequestFor,
  startWorld,
  TEST_CASE,
  TEST_ID,
  testAuthority,
  testCard,
} from '../../../src/sealer/testing/sealer-world.ts';

const SITE = 'workspace.lianshu.invalid';
const NOON = Date.parse('2026-11-21T12:00:00+08:00');

interface Bend {
  readonly nationalId?: string;
  readonly receivedAtMs?: number;
  /** What is really signed, instead of the login. */
  readonly content?: (transaction: string) => Uint8Array;
}

function signInRequestFor({ nationalId = TEST_ID, receivedAtMs = NOON, content }: Bend = {}): SignInRequest {
  const transaction = toBase64Url(randomBytes(16));
  const statement = { site: SITE, signedAt: '2026-11-21T12:00:00+08:00', transaction };
  const signed = content?.(transaction) ?? renderLoginStatement(statement);
  const signature = Uint8Array.from(buildCms(testCard(), { content: signed, nonce: transaction }));
  return { statement, nationalId, form: 'cms-attached', signature, receivedAtMs };
}

describe('signing in through the sealer 登入', () => {
  let world: SealerWorld;
  const signIn = (request: SignInRequest): Promise<SignInOutcome> => world.client.signIn(request);
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());
  afterEach(() => {
    world.identity.answer = CONFIRMED;
  });

  it('answers a pseudonym under a key of its own, the same each time, and nothing else', async () => {
    const key = readFileSync(join(world.directory, 'person-key', 'person.key'));
    const person = createHmac('sha256', key).update(`LIANSHU-PERSON/1\0${TEST_ID}`).digest();
    const nameProof = createHmac('sha256', key)
      .update('LIANSHU-CARD-NAME/1\0')
      .update(person)
      .update('測試美玲');
    const confirmed = {
      outcome: 'confirmed',
      person: Uint8Array.from(person),
      nameProof: Uint8Array.from(nameProof.digest()),
    };
    for (let i = 0; i < 2; i++) expect(await signIn(signInRequestFor())).toEqual(confirmed);
    expect(world.identity.asked.at(-1)?.nationalId).toBe(TEST_ID);
    const caseKey = readFileSync(join(world.directory, 'case-keys', `${TEST_CASE}.key`));
    expect(Buffer.compare(key, caseKey)).not.toBe(0);
  });

  it('says of a typed name whether it is the one on that card, and nothing of others', async () => {
    const outcome = await signIn(signInRequestFor());
    if (outcome.outcome !== 'confirmed' || outcome.nameProof === undefined) throw new Error('not confirmed');
    const { person, nameProof: proof } = outcome;
    const asked = (claim: Readonly<{ person?: Uint8Array; name: string; proof?: Uint8Array }>) =>
      world.client.isNameOnCard({ person, proof, ...claim });
    expect(await asked({ name: '測試美玲' })).toBe(true);
    expect(await asked({ name: '測試　美玲 ' })).toBe(true);
    for (const name of ['測試阿蘭', '測試美', '', '測試美玲（虛構）'])
      expect(await asked({ name })).toBe(false);
    expect(await asked({ name: '測試美玲', person: new Uint8Array(32) })).toBe(false);
    expect(await asked({ name: '測試美玲', proof: person })).toBe(false);
  });

  it('takes no other statement, and no login of another site', async () => {
    const jointSignature = (transaction: string) =>
      renderJointSignatureStatement({
        caseNumber: TEST_CASE,
        mainText: '示範文字，非公告主文',
        textDigest: '0'.repeat(64),
        signedAt: '2026-11-21T12:00:00+08:00',
        signerCommitment: toBase64Url(randomBytes(32)),
        transaction,
      });
    const elsewhere = (transaction: string) =>
      renderLoginStatement({ site: 'elsewhere.invalid', signedAt: '2026-11-21T12:00:00+08:00', transaction });
    for (const content of [jointSignature, elsewhere])
      expect(await signIn(signInRequestFor({ content }))).toEqual({
        outcome: 'refused',
        check: 8,
        code: 'E_CONTENT_MISMATCH',
      });
  });

  it('gives no signature for a login', async () => {
    const { signature, statement } = signInRequestFor();
    const request = sealRequestFor();
    const { transaction } = statement;
    const outcome = world.client.seal({
      ...request,
      signature,
      statement: { ...request.statement, transaction },
    });
    expect(await outcome).toMatchObject({ outcome: 'refused', code: 'E_CONTENT_MISMATCH' });
  });

  it('refuses a wrong number, an unbound one, an old statement, and one from the future', async () => {
    expect(await signIn(signInRequestFor({ nationalId: 'A123456788' }))).toMatchObject({
      code: 'E_ID_FORMAT',
    });
    expect(await signIn(signInRequestFor({ nationalId: 'B123456780' }))).toMatchObject({ code: 'E_ID_TAIL' });
    world.identity.answer = { outcome: 'refused', code: 'E_ID_NOT_BOUND' };
    expect(await signIn(signInRequestFor())).toMatchObject({ check: 22, code: 'E_ID_NOT_BOUND' });
    world.identity.answer = CONFIRMED;
    world.nowMs = NOON + 12 * 60_000;
    expect(await signIn(signInRequestFor({ receivedAtMs: world.nowMs }))).toMatchObject({
      code: 'E_TX_EXPIRED',
    });
    world.nowMs = NOON - 2 * 60_000;
    expect(await signIn(signInRequestFor({ receivedAtMs: world.nowMs }))).toMatchObject({
      code: 'E_TX_EXPIRED',
    });
    world.nowMs = NOON;
  });

  it('signs nobody in while identity or revocation cannot be asked', async () => {
    world.identity.answer = SILENT;
    expect(await signIn(signInRequestFor())).toEqual({ outcome: 'undecided', reason: 'I_ICS_UNAVAILABLE' });
  });

  it('refuses a revoked card', async () => {
    world.lists = [testAuthority().g2, testAuthority().g3].map((issuer) =>
      buildRevocationList(issuer, [{ serial: testCard().serial }], { number: 2_026_112_111n }),
    );
    await world.client.reloadRevocation();
    expect(await signIn(signInRequestFor())).toMatchObject({ outcome: 'refused', code: 'E_REVOKED' });
  });
});
