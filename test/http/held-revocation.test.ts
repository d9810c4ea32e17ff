/** No usable revocation list: signatures are held for that reason, and settled by the job once lists arrive. */
import { citizen } from '@lianshu/simulators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { heldSignatures } from '../builders/held.ts';
import { eventually } from '../builders/published-log.ts';
import { prepare, send, sign } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({ crl: 'none' });
  await platform.openCase(CASE);
});
afterAll(() => platform?.close());

test('no list at all: I_CRL_STALE, and the program’s own job counts it when lists arrive', async () => {
  const held = heldSignatures(platform, CASE);
  const prepared = await prepare(platform, citizen(1), CASE);
  const commitment = await held.expectHeld(await send(platform, CASE, prepared), 'I_CRL_STALE');
  expect(platform.identity.requests()).toBe(0);
  await platform.publishLists();
  const row = await eventually(async () => {
    const found = await held.heldRow(commitment);
    return found?.outcome == null ? undefined : found;
  }, 15_000);
  expect(row).toMatchObject({ outcome: 'counted', code: null, has_ciphertext: false });
  expect(await held.tagsOf(commitment)).toBe(1);
  await eventually(async () => (await send(platform, CASE, prepared)).status === 201 || undefined);
});

test('lists a day old are no lists: held again', async () => {
  const held = heldSignatures(platform, CASE);
  expect((await sign(platform, citizen(2), CASE)).status).toBe(201);
  platform.clock.moveBy(36 * 3_600_000);
  await held.expectHeld(await sign(platform, citizen(3), CASE), 'I_CRL_STALE');
  await held.settleNow();
  expect((await held.counted())['held']).toBeGreaterThan(0);
});
