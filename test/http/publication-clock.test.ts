/** Nobody learns of the record faster than it is published, however often he asks. */
import { citizen } from '@lianshu/simulators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepare, send, sign } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({ publishEveryMs: 3_600_000 });
  await platform.openCase(CASE);
});
afterAll(() => platform?.close());

const get = async (path: string) => {
  const response = await fetch(`${platform.url}${path}`);
  return { status: response.status, text: await response.text() };
};

test('a repeat gets the first proof again, and the public state waits for publication', async () => {
  const [early, ...others] = [1, 2, 3, 4].map((i) => citizen(600 + i));
  if (!early) throw new Error('unreachable');
  const own = await prepare(platform, early, CASE);
  const first = await send(platform, CASE, own);
  expect(first.status).toBe(201);
  const published = (await get('/log/checkpoint')).text;
  for (const person of others) {
    expect((await sign(platform, person, CASE)).status).toBe(201);
    const again = await send(platform, CASE, own);
    expect(again.body['receipt']).toBe(first.body['receipt']);
    const state = await get(`/v1/receipts/${String(first.body['commitment'])}`);
    expect(state.status).toBe(202);
    expect(JSON.parse(state.text)).toEqual({ state: 'pending', case: CASE });
  }
  expect((await get('/log/checkpoint')).text).toBe(published);
});
