/** The log that `bench/record.ts` measures: an embedded PostgreSQL, the product's own sequencer and publication. */
import { generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePath, encodeBundle, SIGNATURE_TYPE, TILE_WIDTH, tilePath } from '@lianshu/tlog';
import { cosigner, ed25519Signer } from '@lianshu/tlog/node';
import { type Db, migrate, openDatabase } from '../src/platform/db/index.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres/index.ts';
import { monotonicMs, systemClock } from '../src/platform/time.ts';
// Not through the face: it has pages, which Node does not read unbuilt.
import { Publication } from '../src/record/publication.ts';
import { Sequencer } from '../src/record/sequencer.ts';
import { bodyOf, CASES, INSERT_ACTS, INSERT_SIGNATURES } from './record-entries.ts';

const ORIGIN = 'bench.lianshu.invalid/log';
/** Database, write-ahead log and public files, measured and rounded up. */
const BYTES_PER_ENTRY = 1_600;
const BYTES_BESIDE = 2 * 1024 ** 3;
/** Four full rounds: enough that the sequencer never waits for the next. */
const BATCH = 4 * 4_096;

/** A round of the sequencer: entries in it, and how long it took from the end of the one before. */
export type RoundTime = Readonly<{ entries: number; ms: number }>;

/** One growing log. `close` leaves nothing behind. */
export class World {
  readonly directory: string;
  readonly publicDirectory: string;
  readonly connection: Readonly<{ connectionString: string }>;
  readonly db: Db;
  readonly #server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  readonly #database: ReturnType<typeof openDatabase>;
  readonly #signers = [
    ed25519Signer(ORIGIN, generateKeyPairSync('ed25519').privateKey),
    cosigner(ORIGIN, SIGNATURE_TYPE.mlDsa44, generateKeyPairSync('ml-dsa-44').privateKey, () => 0),
  ];
  readonly #rounds: RoundTime[] = [];
  #sequencer: Sequencer | undefined;
  #publication: Publication | undefined;
  #began = 0;
  /** Signatures inserted so far; the next one bears this number. */
  #signatures = 0;

  static async open(upto: number): Promise<World> {
    const directory = mkdtempSync(join(tmpdir(), 'lianshu-bench-'));
    chmodSync(directory, 0o755);
    try {
      checkSpace(directory, upto);
      const server = await startEmbeddedPostgres({ directory });
      const connection = { connectionString: server.connectionString };
      await migrate(connection, fileURLToPath(new URL('../migrations', import.meta.url)));
      const world = new World(directory, server, openDatabase({ ...connection, max: 3 }));
      await world.reopen();
      await world.#query(INSERT_ACTS, [CASES]);
      return world;
    } catch (error) {
      rmSync(directory, { recursive: true, force: true });
      throw error;
    }
  }

  private constructor(
    directory: string,
    server: Awaited<ReturnType<typeof startEmbeddedPostgres>>,
    database: ReturnType<typeof openDatabase>,
  ) {
    this.directory = directory;
    this.publicDirectory = join(directory, 'public');
    this.connection = { connectionString: server.connectionString };
    this.#server = server;
    this.#database = database;
    this.db = database.db;
  }

  /** Signatures in the log; the number of any of them leads to its commitment. */
  get signatures(): number {
    return this.#signatures;
  }

  /** Ends the sequencer, if one runs, and starts another; returns how long the comparison at its start took. */
  async reopen(): Promise<number> {
    await this.#publication?.stop();
    await this.#sequencer?.stop();
    const sequencer = new Sequencer({
      connection: this.connection,
      origin: ORIGIN,
      signers: this.#signers,
      journalFile: join(this.directory, 'journal'),
      publicDirectory: this.publicDirectory,
      clock: systemClock,
      onFault: (fault) => {
        throw fault;
      },
      onRound: ({ entries }) => {
        const now = monotonicMs();
        this.#rounds.push({ entries, ms: now - this.#began });
        this.#began = now;
      },
    });
    const began = monotonicMs();
    await sequencer.open();
    const took = monotonicMs() - began;
    this.#sequencer = sequencer;
    this.#publication = new Publication({
      db: this.db,
      clock: systemClock,
      directory: this.publicDirectory,
      keys: this.#signers.map(({ key }) => key),
      releasedSize: () => sequencer.released?.size ?? 0,
      everyMs: 60_000,
      onFault: (fault) => {
        throw fault;
      },
    });
    return took;
  }

  /** Enters signatures as pending, in one transaction; returns how long that took. */
  async insert(n: number): Promise<number> {
    const began = monotonicMs();
    await this.#query(INSERT_SIGNATURES, [this.#signatures, n, CASES]);
    this.#signatures += n;
    return monotonicMs() - began;
  }

  /** Runs rounds until nothing is pending; what each took. */
  async drain(): Promise<readonly RoundTime[]> {
    const from = this.#rounds.length;
    this.#began = monotonicMs();
    await this.#sequencer?.drain();
    return this.#rounds.slice(from);
  }

  /** Grows the log by rounds of the sequencer; the next entries are entered while the last are put in order. */
  async grow(signatures: number, onProgress: (signatures: number) => void): Promise<void> {
    while (this.#signatures < signatures) {
      const n = Math.min(BATCH, signatures - this.#signatures);
      await Promise.all([this.drain(), this.insert(n)]);
      onProgress(this.#signatures);
    }
    await this.drain();
  }

  /** Publishes the newest checkpoint; returns how long that took. */
  async publish(): Promise<number> {
    const began = monotonicMs();
    await this.#publication?.publishNow();
    return monotonicMs() - began;
  }

  /**
   * Writes the full tiles and bundles that are due without waiting for the disk after each. Publication then meets
   * every one of them, compares it byte for byte with the database and goes on: the same files, minutes earlier.
   */
  async prewriteFiles(): Promise<void> {
    const size = this.#sequencer?.released?.size ?? 0;
    for (let level = 0, step = TILE_WIDTH; size >= step; level++, step *= TILE_WIDTH)
      for (let index = Math.floor(size / step) - 1; index >= 0; index--) {
        const tile = this.#file(tilePath({ level, index, width: TILE_WIDTH }));
        // Downwards to the newest there is: all below it were written by an earlier call.
        if (existsSync(tile)) break;
        const [row] = await this.#query('select hashes from log_tile where level = $1 and n = $2', [
          level,
          index,
        ]);
        writeFileSync(tile, row?.['hashes'] as Uint8Array);
        if (level === 0) await this.#prewriteBundle(index);
      }
  }

  async #prewriteBundle(index: number): Promise<void> {
    const first = index * TILE_WIDTH;
    const rows = await this.#query('select body from entry where seq >= $1 and seq < $2 order by seq', [
      first,
      first + TILE_WIDTH,
    ]);
    const bytes = encodeBundle(rows.map((row) => row['body'] as Uint8Array));
    writeFileSync(this.#file(bundlePath({ index, width: TILE_WIDTH })), bytes);
  }

  #file(path: string): string {
    const file = join(this.publicDirectory, path);
    mkdirSync(dirname(file), { recursive: true });
    return file;
  }

  /** A query that reads no table. */
  askNothing(): Promise<unknown> {
    return this.#query('select 1', []);
  }

  /** Bytes of the entries with their indexes, of the tiles, and of the whole database. */
  async bytes(): Promise<Readonly<{ entry: number; tiles: number; database: number }>> {
    const [row] = await this.#query(
      `select pg_total_relation_size('entry') + pg_total_relation_size('recorded_commitment') as entry, pg_total_relation_size('log_tile') as tiles,
         pg_database_size(current_database()) as database`,
      [],
    );
    return {
      entry: Number(row?.['entry']),
      tiles: Number(row?.['tiles']),
      database: Number(row?.['database']),
    };
  }

  /** Bytes of write-ahead log so far. */
  async walBytes(): Promise<number> {
    const [row] = await this.#query('select wal_bytes as bytes from pg_stat_wal', []);
    return Number(row?.['bytes']);
  }

  /** Seconds of processor time that this process and the sequencer's own PostgreSQL process have used; Linux only. */
  async processorSeconds(): Promise<number | undefined> {
    const [row] = await this.#query(
      `select pid from pg_stat_activity where application_name = 'lianshu sequencer'`,
      [],
    );
    const stat = `/proc/${row?.['pid']}/stat`;
    if (!existsSync(stat)) return undefined;
    const fields = readFileSync(stat, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const { user, system } = process.cpuUsage();
    // utime and stime, the 14th and 15th field, in ticks of 10 ms.
    return (Number(fields[11]) + Number(fields[12])) / 100 + (user + system) / 1e6;
  }

  async #query(text: string, values: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
    const { rows } = await this.#database.pool.query<Record<string, unknown>>(text, [...values]);
    return rows;
  }

  /** The body of signature `i` as PostgreSQL made it, and as the product would have: they must be the same. */
  async checkBodies(): Promise<void> {
    const [row] = await this.#query(
      `select body from entry where kind = 'joint-signature' order by id limit 1`,
      [],
    );
    const made = Buffer.from((row?.['body'] as Uint8Array | undefined) ?? []);
    if (!made.equals(bodyOf(0))) throw new Error(`not what the product enters: ${made}`);
  }

  async close(): Promise<void> {
    await this.#publication?.stop();
    await this.#sequencer?.stop();
    await this.#database.close();
    await this.#server.stop();
    for (const path of [this.#server.home, this.directory]) rmSync(path, { recursive: true, force: true });
  }
}

function checkSpace(directory: string, upto: number): void {
  const { bavail, bsize } = statfsSync(directory);
  const [free, needed] = [bavail * bsize, upto * BYTES_PER_ENTRY + BYTES_BESIDE];
  if (free >= needed) return;
  const gigabytes = (n: number): string => (n / 1024 ** 3).toFixed(1);
  throw new Error(
    `${upto} entries need about ${gigabytes(needed)} GB in ${tmpdir()}; ${gigabytes(free)} GB are free. ` +
      'Free some, set TMPDIR to a larger disk, or measure fewer with --upto.',
  );
}
