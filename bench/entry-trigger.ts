/**
 * What `entry_is_what_it_says` (migration 0020) adds to entering a signature: `node bench/entry-trigger.ts`, about a
 * minute. 10⁴ entries with the trigger and without, in turn, one row a statement and 500; processor time of the
 * PostgreSQL process where the system tells it (Linux), which other work on the machine changes less than time.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate } from '../src/platform/db/migrate.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres/index.ts';
import { monotonicMs } from '../src/platform/time.ts';

const ENTRIES = 10_000;
const ROUNDS = 9;
const TRIGGER = 'entry_is_what_it_says';

/** Distinct commitments, so that every other trigger and index works as in life. */
const VALUES = `
  select 'joint-signature', '9901', l, false, convert_to('{"case":"9901","commitment":"'
    || rtrim(translate(encode(l, 'base64'), '+/', '-_'), '=') || '","kind":"joint-signature","tag":"'
    || rtrim(translate(encode(sha256(l), 'base64'), '+/', '-_'), '=') || '","v":1}', 'UTF8')`;
const INSERT = 'insert into entry (kind, initiative, commitment, is_act, body)';

const statements = (rows: number): string => `do $$ begin
  for i in 1 .. ${ENTRIES / rows} loop
    ${INSERT} ${VALUES} from (
      select sha256(convert_to(i || ' ' || n, 'UTF8')) as l from generate_series(1, ${rows}) n) made;
  end loop;
end $$`;

/** Processor time of the server's process so far, in milliseconds; ten at a time on most systems. */
function processorMs(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

async function measure(client: pg.Client, pid: number, rows: number): Promise<void> {
  const took = {
    on: { processor: [] as number[], time: [] as number[] },
    off: { processor: [] as number[], time: [] as number[] },
  };
  for (let round = 0; round <= ROUNDS; round++)
    for (const state of round % 2 === 0 ? (['on', 'off'] as const) : (['off', 'on'] as const)) {
      await client.query('begin');
      await client.query(`alter table entry ${state === 'on' ? 'enable' : 'disable'} trigger ${TRIGGER}`);
      const [processor, began] = [processorMs(pid), monotonicMs()];
      await client.query(statements(rows));
      const time = monotonicMs() - began;
      const used = processor === undefined ? Number.NaN : (processorMs(pid) ?? Number.NaN) - processor;
      await client.query('rollback');
      // The first round warms up.
      if (round === 0) continue;
      took[state].processor.push(used);
      took[state].time.push(time);
    }
  const perEntry = (ms: number): string => ((ms * 1_000) / ENTRIES).toFixed(1);
  for (const what of ['processor', 'time'] as const) {
    const [on, off] = [median(took.on[what]), median(took.off[what])];
    console.log(
      `${String(rows).padStart(4)} rows a statement, ${what.padEnd(9)}: with ${perEntry(on)}, without ${perEntry(off)}, the trigger ${perEntry(on - off)} µs an entry`,
    );
  }
}

const directory = mkdtempSync(join(tmpdir(), 'lianshu-bench-'));
chmodSync(directory, 0o755);
const postgres = await startEmbeddedPostgres({ directory });
try {
  const { connectionString } = postgres;
  await migrate({ connectionString }, fileURLToPath(new URL('../migrations', import.meta.url)));
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query("insert into initiative (number) values ('9901')");
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  for (const size of [1, 500]) await measure(client, rows[0]?.pid ?? 0, size);
  await client.end();
} finally {
  await postgres.stop();
  rmSync(postgres.home, { recursive: true, force: true });
  rmSync(directory, { recursive: true, force: true });
}
