import { formatVerifierKey } from '@lianshu/tlog';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logSigners, ORIGIN, type TestLog, testLog } from '../../test/builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { recordCeremony, recordKeys } from './key-record.ts';
import { readEntry } from './prepare-entry.ts';

const signers = logSigners();
const keys = signers.map(({ key }) => key);
const PROMISE = `${ORIGIN}/promise+01020304+AQID`;

let database: WorkerDatabase;
let log: TestLog;
beforeEach(async () => {
  database = await workerDatabase();
  log = testLog(database, signers);
});
afterEach(async () => {
  await log.dispose();
  await database.drop();
});

const deps = () => ({ db: database.db, clock: log.clock, record: log.record });
const events = async (): Promise<readonly unknown[]> =>
  (
    await database.db
      .selectFrom('entry')
      .select('body')
      .where('kind', '=', 'key-event')
      .orderBy('id')
      .execute()
  ).map(({ body }) => {
    const entry = readEntry(body);
    return 'body' in entry ? entry.body : undefined;
  });

describe('what the record says about keys', () => {
  it('names each key of the log and of promises once, and those that came later when they come', async () => {
    await recordKeys(deps(), keys.slice(0, 1), undefined);
    await recordKeys(deps(), keys, PROMISE);
    await recordKeys(deps(), keys, PROMISE);
    expect(await events()).toEqual([
      ...keys.map((key) => ({
        event: 'in-use',
        origin: ORIGIN,
        publicKey: formatVerifierKey(key),
        purpose: 'log',
      })),
      { event: 'in-use', publicKey: PROMISE, purpose: 'promise' },
    ]);
  });

  it('names a ceremony by the digest of its transcript and by nothing else', async () => {
    const transcriptSha256 = 'ab'.repeat(32);
    await recordCeremony(deps(), { purpose: 'log-keys', transcriptSha256 });
    expect(await events()).toEqual([
      { event: 'created', purpose: 'ceremony-log-keys', sha256: transcriptSha256 },
    ]);
    await expect(
      recordCeremony(deps(), { purpose: 'log-keys', transcriptSha256: '主持人' }),
    ).rejects.toMatchObject({ code: 'entry-invalid' });
  });
});
