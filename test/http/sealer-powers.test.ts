/** What a taken-over public process can ask of the sealer, and what nobody can make it forget. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cast } from '@lianshu/simulators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/platform/config.ts';
import { connectSealer } from '../../src/sealer/index.ts';
import { serveSealer } from '../../src/serve-sealer.ts';
import { sign } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform();
  await platform.openCase(CASE);
});
afterAll(() => platform?.close());

test('the socket of intake seals, says who signs in, tells its health, and has no other power', async () => {
  const intake = connectSealer({ socketPath: join(platform.directory, 'sealer.sock') });
  try {
    expect((await intake.health()).ready).toBe(true);
    const asked = [
      intake.settle({ holdKeyId: 'x', ciphertext: new Uint8Array(80) }),
      intake.openCase('9902'),
      intake.forgetHoldKey('2026-01-01'),
      intake.reloadRevocation(),
      intake.countyDays(),
      intake.forgetCountyDay('2026-01-01'),
    ];
    for (const answer of asked) await expect(answer).rejects.toMatchObject({ code: 'sealer-fault' });
  } finally {
    intake.close();
  }
});

test('a lost tag key stops signing and is never made again, or everybody could sign twice', async () => {
  expect((await sign(platform, cast.jiahao, CASE)).status).toBe(201);
  rmSync(join(platform.directory, 'sealer', 'case-keys', `${CASE}.key`));
  await platform.restartSealer();
  await expect(platform.sealer.openCase(CASE)).rejects.toMatchObject({ code: 'case-key-lost' });
  expect((await sign(platform, cast.zhiming, CASE)).status).toBe(500);
});

test('the sealer does not start where it could know the database, or ask for identities in clear', () => {
  const environment = { LIANSHU_DATA: platform.directory, LIANSHU_TRUST_DIRECTORY: platform.directory };
  expect(() => serveSealer(readConfig({ ...environment, DATABASE_URL: 'postgres://x/y' }))).toThrow(
    'database',
  );
  expect(() =>
    serveSealer(
      readConfig({ ...environment, NODE_ENV: 'production', LIANSHU_ICS_URL: 'http://ics.example' }),
    ),
  ).toThrow('https');
});
