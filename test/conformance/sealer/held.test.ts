import { buildRevocationList } from '@lianshu/pki/testing';
import { decodeEvidence, openEpoch } from '@lianshu/seal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Held, SealOutcome } from '../../../src/sealer/index.ts';
import {
  CONFIRMED,
  freshLists,
  type SealerWorld,
  SILENT,
  sealRequestFor,
  startWorld,
  TEST_CASE,
  TEST_ID,
  testAuthority,
  testCard,
} from '../../../src/sealer/testing/sealer-world.ts';

const DAY = 86_400_000;

function expectHeld(outcome: SealOutcome): Held {
  if (outcome.outcome !== 'held') throw new Error(`not held: ${outcome.outcome}`);
  return outcome;
}

describe('held signatures 待確認', () => {
  let world: SealerWorld;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it('are held without a tag while the identity service is silent, and settle after a restart', async () => {
    world.identity.answer = SILENT;
    const request = sealRequestFor();
    const held = expectHeld(await world.client.seal(request));
    expect(held).toMatchObject({ reason: 'I_ICS_UNAVAILABLE', caseNumber: TEST_CASE });
    expect(held).not.toHaveProperty('duplicateTag');
    expect(Buffer.from(held.ciphertext).includes(Buffer.from(TEST_ID))).toBe(false);
    expect(await world.client.settle(held)).toEqual({
      outcome: 'still-held',
      recordCommitment: request.recordCommitment,
      reason: 'I_ICS_UNAVAILABLE',
    });

    await world.restart();
    world.identity.answer = CONFIRMED;
    world.nowMs += 3 * DAY;
    const settled = await world.client.settle(held);
    if (settled.outcome !== 'sealed') throw new Error(settled.outcome);
    expect(settled.recordCommitment).toEqual(request.recordCommitment);
    expect(settled.evidenceCommitment).toEqual(held.evidenceCommitment);
    expect(settled.leafSecret).toEqual(held.leafSecret);
    const reader = await openEpoch([world.caseKey.identity], settled.epochs[0]?.wrapped ?? new Uint8Array());
    const { evidence } = settled;
    const record = decodeEvidence(reader.open(evidence.place, settled.recordCommitment, evidence.ciphertext));
    expect(record.receivedAt).toBe('2026-11-21T04:00:00.000Z');
    expect(record.confirmedAt).toBe('2026-11-24T04:00:00.000Z');
    world.nowMs -= 3 * DAY;
  });

  it('are held when the service throws or outlasts the wait', async () => {
    const slow = await startWorld({
      identity: { confirm: () => new Promise(() => {}) },
      identityWaitMs: 30,
    });
    expect(expectHeld(await slow.client.seal(sealRequestFor())).reason).toBe('I_ICS_UNAVAILABLE');
    await slow.close();
  });

  it('are refused in the end when the person is not confirmed', async () => {
    world.identity.answer = SILENT;
    const held = expectHeld(await world.client.seal(sealRequestFor()));
    world.identity.answer = { outcome: 'refused', code: 'E_ID_NOT_BOUND' };
    expect(await world.client.settle(held)).toEqual({
      outcome: 'refused',
      check: 22,
      code: 'E_ID_NOT_BOUND',
      recordCommitment: held.recordCommitment,
    });
  });

  it('keep the revocation proof of the time of receipt when only the identity was missing', async () => {
    world.identity.answer = SILENT;
    const held = expectHeld(await world.client.seal(sealRequestFor()));
    const { g3 } = testAuthority();
    world.lists = [buildRevocationList(g3, [{ serial: testCard().serial }], { number: 2026112111n })];
    await world.client.reloadRevocation();
    world.identity.answer = CONFIRMED;
    expect((await world.client.settle(held)).outcome).toBe('sealed');
    expect(await world.client.seal(sealRequestFor())).toMatchObject({
      outcome: 'refused',
      code: 'E_REVOKED',
    });
  });

  it('are bound to their key and their bytes', async () => {
    const fresh = await startWorld();
    fresh.identity.answer = SILENT;
    const held = expectHeld(await fresh.client.seal(sealRequestFor()));
    const bent = Uint8Array.from(held.ciphertext);
    bent[20] = (bent[20] ?? 0) ^ 1;
    await expect(fresh.client.settle({ ...held, ciphertext: bent })).rejects.toMatchObject({
      code: 'hold-record-unreadable',
    });
    for (const holdKeyId of ['2026-11-21-00000000', '../promise.pem', ''])
      await expect(fresh.client.settle({ ...held, holdKeyId })).rejects.toMatchObject({
        code: 'hold-key-destroyed',
      });

    expect(await fresh.client.forgetHoldKey(held.holdKeyId)).toEqual({ outcome: 'current' });
    const midnight = Date.parse('2026-11-22T00:00:00+08:00');
    fresh.nowMs = midnight + 3_599_999;
    expect(await fresh.client.forgetHoldKey(held.holdKeyId)).toEqual({ outcome: 'current' });
    fresh.nowMs = midnight + 3_600_000;
    expect(await fresh.client.forgetHoldKey(held.holdKeyId)).toEqual({ outcome: 'forgotten' });
    expect(await fresh.client.forgetHoldKey(held.holdKeyId)).toEqual({ outcome: 'absent' });
    await expect(fresh.client.settle(held)).rejects.toMatchObject({ code: 'hold-key-destroyed' });
    await fresh.close();
  });

  it('wait for a fresh revocation list', async () => {
    const stale = await startWorld({
      revocation: { sources: [], reloadEveryMs: 3_600_000 },
    });
    const held = expectHeld(await stale.client.seal(sealRequestFor()));
    expect(held.reason).toBe('I_CRL_STALE');
    expect(stale.identity.asked).toEqual([]);
    expect(await stale.client.settle(held)).toMatchObject({ outcome: 'still-held', reason: 'I_CRL_STALE' });
    await stale.close();

    const later = await startWorld();
    later.lists = [];
    await later.restart();
    const waiting = expectHeld(await later.client.seal(sealRequestFor()));
    later.lists = freshLists();
    expect((await later.client.reloadRevocation()).map(({ crlNumber }) => crlNumber)).toEqual([
      '2026112110',
      '2026112110',
    ]);
    expect((await later.client.settle(waiting)).outcome).toBe('sealed');
    await later.close();
  });
});
