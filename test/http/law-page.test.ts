/** Which texts of the law are in force: said in the record at start and when one changes, and on `/law`. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../src/platform/db/index.ts';
import { monitored } from '../builders/monitor.ts';
import { fileCase } from '../builders/office.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const OLD = 'tw.referendum.national@2019-06-21';
const NEW = 'tw.referendum.national@2025-12-03';
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['sequencer', 'public', 'jobs'] });
});
afterAll(() => platform?.close());

interface Policy {
  readonly inForce: string;
  readonly packs: Readonly<Record<string, string>>;
  readonly release: string;
}
async function policies(): Promise<readonly Policy[]> {
  const { rows } = await platform.database.pool.query<{ body: Uint8Array }>(
    "select body from entry where kind = 'policy' order by id",
  );
  return rows.map(({ body }) => (JSON.parse(Buffer.from(body).toString()) as { body: Policy }).body);
}

test('the first start says every pack with its digest, and the one in force', async () => {
  const [first, ...more] = await policies();
  expect(more).toEqual([]);
  expect(first).toMatchObject({ inForce: NEW, release: expect.stringMatching(/^lianshu \d/) });
  for (const path of ['/law', '/en/law']) {
    const page = await (await fetch(`${platform.url}${path}`)).text();
    for (const [id, digest] of Object.entries(first?.packs ?? {})) {
      expect(page).toContain(id);
      expect(page).toContain(digest);
    }
    expect(page).toContain(`data-pack="${NEW}" data-in-force="yes"`);
    expect(page).toContain(`data-transition="${NEW}"`);
  }
});

test('another start with the same packs says nothing new', async () => {
  await platform.restartServer();
  expect(await policies()).toHaveLength(1);
});

test('a start that finds other packs in the record says so; a case filed before keeps its own', async () => {
  await fileCase(platform, '9850');
  const before = (await platform.running.initiatives.course('9850'))?.pack.id;
  const { pool } = platform.database;
  const [first] = await policies();
  // As an older release of the program would have said it.
  const former = { ...first, inForce: OLD, packs: { ...first?.packs, [NEW]: '0'.repeat(64) } };
  await inTransaction(platform.database.db, (tx) =>
    platform.running.record.append(tx, {
      v: 1,
      kind: 'policy',
      at: '2025-12-01T00:00:00+08:00',
      capacity: 'operator',
      basis: '測試',
      body: former as never,
    }),
  );
  await expect.poll(async () => (await policies()).length, { timeout: 20_000 }).toBe(3);
  expect((await policies()).at(-1)).toMatchObject({ inForce: NEW, packs: first?.packs ?? {} });
  expect((await platform.running.initiatives.course('9850'))?.pack.id).toBe(before);
  await expect
    .poll(
      async () => (await pool.query("select 1 from entry where kind = 'policy' and seq is null")).rowCount,
      {
        timeout: 20_000,
      },
    )
    .toBe(0);
  expect(await monitored(platform)).not.toMatch(/malformed|unknown-kind/);
});
