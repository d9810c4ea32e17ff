/** Revocation lists are missing: what a signer gets when OCSP says good, revoked or nothing. */
import { type AuthorityServer, citizen, sharedAuthority, startAuthorityServer } from '@lianshu/simulators';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { heldSignatures } from '../builders/held.ts';
import { eventually, publishedIndex } from '../builders/published-log.ts';
import { prepare, send, sign, storedRows } from '../builders/signer.ts';
import { cardOf, startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let service: AuthorityServer;
let platform: TestPlatform;
let held: ReturnType<typeof heldSignatures>;

beforeAll(async () => {
  service = await startAuthorityServer(await sharedAuthority(), { port: 0 });
  platform = await startPlatform({
    surfaces: ['public', 'sequencer'],
    crl: 'none',
    ocspUrl: `${service.url}/ocsp`,
  });
  await platform.openCase(CASE);
  held = heldSignatures(platform, CASE);
});
afterAll(async () => {
  await platform?.close();
  await service?.close();
});
afterEach(() => {
  service.faults.ocsp = 'none';
});

test('good: counted at once, with a receipt', async () => {
  const answer = await sign(platform, citizen(300), CASE);
  expect(answer.status).toBe(201);
  expect(answer.body['receipt']).toEqual(expect.any(String));
  expect(await held.tagsOf(answer.body['commitment'])).toBe(1);
  expect((await held.counted())['signed']).toBe(1);
});

test('revoked, suspended: refused in words, nothing stored', async () => {
  for (const [number, act, code] of [
    [301, 'revoke', 'E_REVOKED'],
    [302, 'suspend', 'E_SUSPENDED'],
  ] as const) {
    const prepared = await prepare(platform, citizen(number), CASE);
    platform.authority[act](await cardOf(platform, citizen(number)));
    const before = await storedRows(platform, CASE);
    expect(await send(platform, CASE, prepared)).toMatchObject({ status: 422, body: { code } });
    expect(await storedRows(platform, CASE)).toBe(before);
  }
});

test('silent: held and promised; counted once it answers', async () => {
  service.faults.ocsp = 'http-503';
  const prepared = await prepare(platform, citizen(303), CASE);
  const answer = await send(platform, CASE, prepared);
  const commitment = await held.expectHeld(answer, 'I_OCSP_UNAVAILABLE');
  expect(answer.body['promise']).toEqual(expect.any(String));
  await publishedIndex(platform, commitment);
  await held.settleNow();
  expect((await held.heldRow(commitment))?.outcome).toBeNull();

  service.faults.ocsp = 'none';
  expect(await held.settled(commitment)).toEqual({ outcome: 'counted', code: null });
  expect(
    await eventually(async () => (await send(platform, CASE, prepared)).status === 201 || undefined),
  ).toBe(true);
});

test('unknown to the service: held; a list that arrives decides', async () => {
  service.faults.ocsp = 'unknown-status';
  const commitment = await held.expectHeld(await sign(platform, citizen(304), CASE), 'I_OCSP_UNKNOWN');
  const lost = await held.expectHeld(await sign(platform, citizen(305), CASE), 'I_OCSP_UNKNOWN');
  platform.authority.revoke(await cardOf(platform, citizen(305)));
  platform.authority.publishLists({ thisUpdateMs: platform.clock.nowMs() - 1_000 });
  await platform.publishLists();
  expect(await held.settled(commitment)).toEqual({ outcome: 'counted', code: null });
  expect(await held.settled(lost)).toEqual({ outcome: 'refused', code: 'E_REVOKED' });
});
