/** The checks that need another release, another text, another method or another trust store. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TrustStore } from '@lianshu/pki';
import { cast } from '@lianshu/simulators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueToken, readToken } from '../../src/signing/transaction-token.ts';
import { prepare, send, storedRows } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform();
  await platform.openCase(CASE);
});
afterAll(() => platform?.close());

test('1 E_METHOD_DISABLED：行動憑證尚待釋示，不能用來連署', async () => {
  const { body, offered } = await prepare(platform, cast.jiahao, CASE);
  for (const method of ['phone', 'wallet', 'twca'])
    expect(await send(platform, CASE, { body: { ...body, method }, offered })).toMatchObject({
      body: { code: 'E_METHOD_DISABLED', check: 1 },
    });
  expect(await send(platform, CASE, { body: { ...body, method: 'fax' }, offered })).toMatchObject({
    body: { code: 'E_FORMAT', check: 1 },
  });
  expect(await storedRows(platform, CASE)).toBe(0);
});

test('4 E_TBS_VERSION：別的版本所發的連署書', async () => {
  const { body, offered } = await prepare(platform, cast.jiahao, CASE);
  const session = offered.cookie.split('=')[1] ?? '';
  const key = new Uint8Array(readFileSync(join(platform.directory, 'keys', 'token.key')));
  const transaction = readToken(key, session, offered.token);
  if (!transaction) throw new Error('the test must be able to read its own token');
  const token = issueToken(key, session, { ...transaction, specification: 'LIANSHU-TBS/2' });
  expect(await send(platform, CASE, { body: { ...body, token }, offered })).toMatchObject({
    body: { code: 'E_TBS_VERSION', check: 4 },
  });
  expect(await storedRows(platform, CASE)).toBe(0);
});

test('5 E_TEXT_CHANGED：公告的文字在簽署前換了版本；先前收下的仍得到同樣的收執', async () => {
  const early = await prepare(platform, cast.zhiming, CASE);
  const first = await send(platform, CASE, early);
  expect(first.status).toBe(201);
  const late = await prepare(platform, cast.jiahao, CASE);
  const file = Buffer.from('示範文字，非公告主文\n主文\n你是否同意改過的主文？\n');
  await platform.database.pool.query(
    `insert into initiative_version (initiative, version, text_file, text_sha256, main_text, published_at)
     values ($1, 2, $2, $3, '你是否同意改過的主文？', now())`,
    [CASE, file, createHash('sha256').update(file).digest()],
  );
  expect(await send(platform, CASE, late)).toMatchObject({ body: { code: 'E_TEXT_CHANGED', check: 5 } });
  const again = await send(platform, CASE, early);
  expect(again.status).toBe(201);
  expect(again.body['commitment']).toBe(first.body['commitment']);
  const fresh = await send(platform, CASE, await prepare(platform, cast.jiahao, CASE));
  expect(fresh.status).toBe(201);
});

test('13 E_SIM_IN_PROD：正式環境拒絕模擬的根憑證，即使釘選表謊稱它不是模擬的', () => {
  const anchors = platform.authority.anchors();
  const certificates = anchors.map(({ name }) => platform.authority.authority(name).certificate);
  const nowMs = platform.clock.nowMs();
  const load = (pins: Parameters<typeof TrustStore.load>[0]) =>
    TrustStore.load(pins, certificates, { production: true, nowMs });
  for (const pins of [anchors, anchors.map((pin) => ({ ...pin, simulated: false }))])
    expect(() => load(pins)).toThrowError(expect.objectContaining({ code: 'E_SIM_IN_PROD' }));
});

test('19 E_CHAIN：發證機關的憑證本身過期時，一律先收下、不計入、不占位置', async () => {
  const later = await startPlatform();
  try {
    const years = 25 * 365 * 86_400_000;
    later.clock.moveBy(years);
    await later.openCase(CASE);
    await later.sealer.reloadRevocation();
    const person = cast.chenghan;
    const nowMs = later.clock.nowMs();
    await later.authority.issueCard(person, {
      validFromMs: nowMs - 86_400_000,
      validToMs: nowMs + years,
      reuseKeys: true,
    });
    const answer = await send(later, CASE, await prepare(later, person, CASE));
    expect(answer).toMatchObject({ status: 202, body: { held: true, reason: 'E_CHAIN' } });
    const { rows } = await later.database.pool.query('select 1 from joint_signature');
    expect(rows).toEqual([]);
  } finally {
    await later.close();
  }
});
