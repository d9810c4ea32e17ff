/**
 * Entries per second through the sequencer on a real database, and whether the cost stays flat as the log
 * grows: `node bench/record.ts [largest log, default 1000000]`. Prints ratios of one run in about 40 s.
 *
 * The log is grown to its later sizes by bulk SQL (entries, tiles and right edge as the sequencer itself would
 * leave them), because sequencing a million entries first would take longer than the measurement.
 */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkpointText, leafHash, SIGNATURE_TYPE, signNote, TreeEdge } from '@lianshu/tlog';
import { cosigner, ed25519Signer, sha256 } from '@lianshu/tlog/node';
import { inTransaction, migrate, openDatabase } from '../src/platform/db/index.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres/index.ts';
import { monotonicMs, systemClock } from '../src/platform/time.ts';
// Not through the face: it has pages, which Node does not read unbuilt.
import { publicRecord } from '../src/record/public-record.ts';
import { Sequencer } from '../src/record/sequencer.ts';

const ORIGIN = 'bench.lianshu.invalid/log';
const SMALL = 10_000;
const LARGE = Number(process.argv[2] ?? 1_000_000);
const MEASURED = 16_000;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
const bodyOf = (i: number): string => {
  const commitment = digest(`L${i}`);
  return `{"case":"9901","commitment":"${commitment}","kind":"joint-signature","tag":"${commitment}","v":1}`;
};

const directory = mkdtempSync(join(tmpdir(), 'lianshu-bench-'));
chmodSync(directory, 0o755);
const server = await startEmbeddedPostgres({ directory });
const connection = { connectionString: server.connectionString };
await migrate(connection, fileURLToPath(new URL('../migrations', import.meta.url)));
const { db, pool, close } = openDatabase({ ...connection, max: 2 });
const record = publicRecord([]);
const signers = [
  ed25519Signer(ORIGIN, generateKeyPairSync('ed25519').privateKey),
  cosigner(ORIGIN, SIGNATURE_TYPE.mlDsa44, generateKeyPairSync('ml-dsa-44').privateKey, () => 0),
];
let next = 0;

async function withSequencer<T>(work: (sequencer: Sequencer) => Promise<T>): Promise<T> {
  const sequencer = new Sequencer({
    connection,
    origin: ORIGIN,
    signers,
    journalFile: join(directory, 'journal'),
    publicDirectory: join(directory, 'public'),
    clock: systemClock,
    onFault: (fault) => {
      throw fault;
    },
  });
  await sequencer.open();
  try {
    return await work(sequencer);
  } finally {
    await sequencer.stop();
  }
}

/** Appends entries as intake does (batches of 100, their own transactions); returns milliseconds. */
async function append(n: number): Promise<number> {
  const began = monotonicMs();
  for (let at = 0; at < n; at += 100) {
    const entries = Array.from({ length: 100 }, () => JSON.parse(bodyOf(next++)));
    await inTransaction(db, (tx) => record.appendMany(tx, entries));
  }
  return monotonicMs() - began;
}

/** Entries per second of the sequencer alone, everything pending beforehand. */
async function sequenceRate(): Promise<number> {
  await append(MEASURED);
  return withSequencer(async (sequencer) => {
    const began = monotonicMs();
    await sequencer.drain();
    return (MEASURED / (monotonicMs() - began)) * 1_000;
  });
}

/** Grows the log to `size` entries behind the sequencer's back, leaving what it would have left. */
async function grow(size: number): Promise<void> {
  const { rows } = await pool.query<{ edge: Uint8Array; size: bigint }>('select edge, size from log');
  let edge = TreeEdge.decode(sha256, rows[0]?.edge ?? new Uint8Array());
  if (edge === undefined) throw new Error('no right edge');
  while (edge.size < size) {
    const first = edge.size;
    const n = Math.min(20_000, size - first);
    const bodies = Array.from({ length: n }, () => bodyOf(next++));
    await pool.query(
      `insert into entry (seq, kind, initiative, commitment, is_act, body)
       select $1::bigint + o - 1, 'joint-signature', '9901', sha256(convert_to(b, 'UTF8')), false, convert_to(b, 'UTF8')
       from unnest($2::text[]) with ordinality as t (b, o)`,
      [first, bodies],
    );
    const step = edge.append(bodies.map((body) => leafHash(sha256, Buffer.from(body))));
    edge = step.edge;
    for (const tile of step.fullTiles) {
      await pool.query('insert into log_tile values ($1, $2, $3)', [tile.level, tile.index, tile.bytes]);
    }
  }
  const head = { origin: ORIGIN, size: edge.size, root: edge.root() };
  await pool.query('update log set size = $1, root = $2, edge = $3, checkpoint = $4', [
    head.size,
    head.root,
    edge.encode(),
    signNote(checkpointText(head), signers),
  ]);
}

try {
  await withSequencer((sequencer) => sequencer.drain());
  await grow(SMALL);
  await sequenceRate(); // warm
  const small = await sequenceRate();
  await grow(LARGE);
  await pool.query('analyze');
  const large = await sequenceRate();
  const appendMs = await append(5_000);
  await withSequencer((sequencer) => sequencer.drain());
  console.log(`sequenced at ${SMALL} entries: ${Math.round(small)}/s`);
  console.log(`sequenced at ${LARGE} entries: ${Math.round(large)}/s`);
  console.log(`cost per entry, large : small = ${(small / large).toFixed(2)} (flat: about 1)`);
  console.log(`against the target of 10,000/s: ${(large / 10_000).toFixed(2)}`);
  console.log(`appended in batches of 100, one connection: ${Math.round((5_000 / appendMs) * 1_000)}/s`);
} finally {
  await close();
  await server.stop();
  for (const path of [server.home, directory]) rmSync(path, { recursive: true, force: true });
}
