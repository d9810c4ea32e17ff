/** Connections to PostgreSQL: one way of reading every type, UTC sessions, an optional restricted role. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { Temporal } from '../time.ts';
import type { Database } from './schema.ts';

/** Typed queries on the platform's schema. */
export type Db = Kysely<Database>;

/** How to reach a database, and as whom. */
export type ConnectionOptions = Readonly<{
  connectionString: string;
  /** Shown by the server in `pg_stat_activity`. */
  applicationName?: string;
  /** `set role` for every session, e.g. `lianshu_intake`; the login role must be a member of it. */
  role?: string;
}>;

const OID = { bytea: 17, int8: 20, date: 1082, timestamptz: 1184 } as const;

/**
 * How values arrive: `int8` as bigint, `date` as `YYYY-MM-DD`, `timestamptz` as `Temporal.Instant` (whole
 * microseconds), `bytea` as `Uint8Array`. They are sent as bigint, string, ISO string and `Uint8Array`.
 */
const types = new pg.TypeOverrides();
types.setTypeParser(OID.int8, BigInt);
types.setTypeParser(OID.date, (text) => text);
types.setTypeParser(OID.timestamptz, (text) => Temporal.Instant.from(text));
types.setTypeParser(OID.bytea, (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')));

/** The configuration shared by pooled and single connections. */
function clientConfig(options: ConnectionOptions): pg.ClientConfig {
  const settings = ['-c TimeZone=UTC', '-c synchronous_commit=on'];
  if (options.role !== undefined) {
    if (!/^[a-z_]+$/.test(options.role)) throw new RangeError(`not a role name: ${options.role}`);
    settings.push(`-c role=${options.role}`);
  }
  return {
    connectionString: options.connectionString,
    application_name: options.applicationName ?? 'lianshu',
    options: settings.join(' '),
    types,
  };
}

/** No connection came free in time: nothing was asked of the database. The edge answers that it is overloaded. */
export class DatabaseBusy extends Error {
  override readonly name = 'DatabaseBusy';
  readonly statusCode = 503;
}

/** What `pg` says, without a code, when it waited in vain. */
const WAITED = /timeout exceeded when trying to connect|terminated due to connection timeout/;

/**
 * A pool of at most `max` connections and typed queries over it. Two are enough for a batcher; pages need few.
 * Sessions that idle inside a transaction are ended by the server after ten seconds. Queries throw
 * {@link DatabaseBusy} when no connection is free within `waitMs`.
 */
export function openDatabase(
  options: ConnectionOptions & Readonly<{ max?: number; waitMs?: number }>,
): Readonly<{ db: Db; pool: pg.Pool; close(): Promise<void> }> {
  const pool = new pg.Pool({
    ...clientConfig(options),
    max: options.max ?? 10,
    idle_in_transaction_session_timeout: 10_000,
    statement_timeout: 30_000,
    connectionTimeoutMillis: options.waitMs ?? 10_000,
  });
  // An idle connection that breaks is replaced; the error would otherwise end the process.
  pool.on('error', () => undefined);
  // One in use that breaks between two queries has nobody listening either: the next query says so.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const connect = () =>
    pool.connect().catch((error: unknown) => {
      if (error instanceof Error && WAITED.test(error.message)) throw new DatabaseBusy(error.message);
      throw error;
    });
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: { options: pool.options, connect, end: () => pool.end() } }),
  });
  return { db, pool, close: () => db.destroy() };
}

/** One connection of one's own, for session locks and LISTEN. The caller connects and ends it. */
export function singleConnection(options: ConnectionOptions): pg.Client {
  return new pg.Client(clientConfig(options));
}
