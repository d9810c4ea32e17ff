import { randomBytes } from 'node:crypto';
import { buildCms } from '@lianshu/pki/testing';
import { openLetter } from '@lianshu/seal';
import { renderAffidavitStatement, renderLoginStatement, toBase64Url } from '@lianshu/statement';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AffidavitRequest } from '../../../src/sealer/sealer-types.ts';
import {
  type SealerWorld,
  startWorld,
  TEST_CASE,
  TEST_ID,
  testCard,
} from '../../../src/sealer/testing/sealer-world.ts';

const SIGNED_AT = '2026-11-21T12:00:00+08:00';
const NOON = Date.parse(SIGNED_AT);
const DIGEST = 'ab'.repeat(32);

function requestFor(
  bend: { caseNumber?: string; content?: (transaction: string) => Uint8Array } = {},
): AffidavitRequest {
  const transaction = toBase64Url(randomBytes(16));
  const statement = {
    caseNumber: bend.caseNumber ?? TEST_CASE,
    textDigest: DIGEST,
    signedAt: SIGNED_AT,
    transaction,
  };
  const signed = bend.content?.(transaction) ?? renderAffidavitStatement(statement);
  const signature = Uint8Array.from(buildCms(testCard(), { content: signed, nonce: transaction }));
  return { statement, nationalId: TEST_ID, form: 'cms-attached', signature, receivedAtMs: NOON };
}

describe('an affidavit through the sealer 切結書', () => {
  let world: SealerWorld;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it('is sealed to the evidence recipients, who find everything that proves it', async () => {
    const request = requestFor();
    const outcome = await world.client.sealAffidavit(request);
    if (outcome.outcome !== 'sealed') throw new Error(JSON.stringify(outcome));
    expect(outcome.statement).toEqual(Uint8Array.from(renderAffidavitStatement(request.statement)));
    expect(Buffer.from(outcome.evidence).includes(Buffer.from(TEST_ID))).toBe(false);
    const letter = JSON.parse(await openLetter([world.caseKey.identity], outcome.evidence));
    expect(letter).toMatchObject({
      format: 'LIANSHU-AFFIDAVIT-EVIDENCE/1',
      statement: new TextDecoder().decode(outcome.statement),
      signature: toBase64Url(request.signature),
      id: TEST_ID,
      revocation: { crl_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(Buffer.from(letter.certificate, 'base64url').length).toBeGreaterThan(500);
  });

  it('names the person of a sign-in', async () => {
    const login = {
      site: 'workspace.invalid',
      signedAt: SIGNED_AT,
      transaction: toBase64Url(randomBytes(16)),
    };
    const content = renderLoginStatement(login);
    const signature = Uint8Array.from(buildCms(testCard(), { content, nonce: login.transaction }));
    const { nationalId, form, receivedAtMs } = requestFor();
    const signedIn = await world.client.signIn({
      statement: login,
      nationalId,
      form,
      signature,
      receivedAtMs,
    });
    const sealed = await world.client.sealAffidavit(requestFor());
    expect(sealed).toMatchObject({
      outcome: 'sealed',
      person: signedIn.outcome === 'confirmed' ? signedIn.person : undefined,
    });
  });

  it('takes no other statement: another case, another text, a login', async () => {
    const other = (change: object) => (transaction: string) =>
      renderAffidavitStatement({
        caseNumber: TEST_CASE,
        textDigest: DIGEST,
        signedAt: SIGNED_AT,
        transaction,
        ...change,
      });
    const login = (transaction: string) =>
      renderLoginStatement({ site: 'workspace.invalid', signedAt: SIGNED_AT, transaction });
    for (const content of [other({ caseNumber: '9999' }), other({ textDigest: 'cd'.repeat(32) }), login])
      expect(await world.client.sealAffidavit(requestFor({ content }))).toEqual({
        outcome: 'refused',
        check: 8,
        code: 'E_CONTENT_MISMATCH',
      });
  });

  it('is nothing for a case without recipients', async () => {
    await expect(world.client.sealAffidavit(requestFor({ caseNumber: '8888' }))).rejects.toMatchObject({
      code: 'case-not-ready',
    });
  });
});
