/** Looks for secrets in anything: bytes in every plausible spelling, and any text that reads as a national ID. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { NationalId } from '@lianshu/statement';
import type pg from 'pg';

/** Something that must be nowhere, and the name it is reported under. */
export interface Secret {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Place {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Databases of other test files write there at the same time: only numbers that were named are looked for. */
  readonly isShared?: boolean;
}

type Needle = Readonly<{ name: string; spelling: string; bytes: Buffer }>;

/** The part of a base64 text that does not depend on what stands before and after, for each of three alignments. */
function base64Cores(bytes: Uint8Array, encoding: 'base64' | 'base64url'): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString(encoding)
      .replace(/=+$/, '');
    const whole = Math.floor(((shift + bytes.length) * 8) / 6);
    return text.slice(shift === 0 ? 0 : shift + 1, whole);
  });
}

function needlesOf({ name, bytes }: Secret): Needle[] {
  const raw = Buffer.from(bytes);
  const spellings: [string, Buffer][] = [
    ['plain', raw],
    ['hex', Buffer.from(raw.toString('hex'))],
    ['HEX', Buffer.from(raw.toString('hex').toUpperCase())],
    ['utf16le', Buffer.from(raw.toString('latin1'), 'utf16le')],
    ['percent', Buffer.from(encodeURIComponent(raw.toString('latin1')))],
    ...(['base64', 'base64url'] as const).flatMap((encoding) =>
      base64Cores(bytes, encoding).map((core): [string, Buffer] => [encoding, Buffer.from(core)]),
    ),
  ];
  const distinct = new Map<string, Needle>();
  for (const [spelling, needle] of spellings) {
    const text = needle.toString('latin1');
    if (!distinct.has(text)) distinct.set(text, { name, spelling, bytes: needle });
  }
  return [...distinct.values()];
}

/** One pass for all needles: their first two bytes in a table, then the few that begin so. */
function searcher(needles: readonly Needle[]): (haystack: Buffer) => ReadonlySet<Needle> {
  const prefixes = new Uint8Array(1 << 16);
  const byPrefix = Map.groupBy(needles, ({ bytes }) => bytes.readUInt16BE(0));
  for (const prefix of byPrefix.keys()) prefixes[prefix] = 1;
  return (haystack) => {
    const found = new Set<Needle>();
    let window = 0;
    for (let i = 0; i < haystack.length; i += 1) {
      window = ((window << 8) | (haystack[i] ?? 0)) & 0xff_ff;
      if (prefixes[window] !== 1 || i < 1) continue;
      for (const needle of byPrefix.get(window) ?? [])
        if (haystack.subarray(i - 1, i - 1 + needle.bytes.length).equals(needle.bytes)) found.add(needle);
    }
    return found;
  };
}

const BOUNDED_ID = /(?<![A-Za-z0-9+/_-])[A-Z][12]\d{8}(?![A-Za-z0-9+/_-])/g;

/** Every find as `place: name (spelling)`; a number nobody named is `a national ID`. `known` are decoys. */
export function findPersonalData(
  secrets: readonly Secret[],
  places: Iterable<Place>,
  known: ReadonlySet<string> = new Set(),
): string[] {
  const search = searcher(secrets.flatMap(needlesOf));
  const finds: string[] = [];
  for (const place of places) {
    const haystack = Buffer.from(place.bytes.buffer, place.bytes.byteOffset, place.bytes.length);
    for (const { name, spelling } of search(haystack)) finds.push(`${place.name}: ${name} (${spelling})`);
    if (place.isShared) continue;
    for (const [text] of haystack.toString('latin1').matchAll(BOUNDED_ID))
      if (NationalId.parse(text) instanceof NationalId && !known.has(text))
        finds.push(`${place.name}: a national ID`);
  }
  return finds;
}

/** Every file below a folder; one that vanishes meanwhile is nobody's leftover. */
export function* filesBelow(folder: string, name = folder): Generator<Place> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    try {
      yield { name: `${name}/${relative(folder, path)}`, bytes: readFileSync(path) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}

/** Every row of every table as text, and every `bytea` as its bytes. */
export async function tablesOf(pool: pg.Pool): Promise<Place[]> {
  const { rows: columns } = await pool.query<{ table: string; column: string; type: string }>(
    `select c.table_name as table, c.column_name as column, c.data_type as type
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema not in ('pg_catalog', 'information_schema') and t.table_type = 'BASE TABLE'`,
  );
  const places: Place[] = [];
  for (const table of new Set(columns.map((column) => column.table))) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from "${table}" t`);
    places.push({ name: `table ${table}`, bytes: Buffer.from(rows.map(({ row }) => row).join('\n')) });
  }
  for (const { table, column, type } of columns) {
    if (type !== 'bytea') continue;
    const { rows } = await pool.query<{ value: string | null }>(
      `select encode("${column}", 'hex') as value from "${table}"`,
    );
    const bytes = Buffer.concat(rows.map(({ value }) => Buffer.from(`${value ?? ''}00`, 'hex')));
    places.push({ name: `table ${table}.${column}`, bytes });
  }
  return places;
}

/** The file of the write-ahead log that is written to now. */
export async function currentSegment(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ name: string }>('select pg_walfile_name(pg_current_wal_lsn()) as name');
  return rows[0]?.name ?? '';
}

/**
 * The files of the database server that can hold our rows: this database's own, the write-ahead log from
 * `since` on (what comes before is of other tests, what comes after the current one is recycled), its log file.
 */
export async function* databaseFiles(pool: pg.Pool, since: string): AsyncGenerator<Place> {
  await pool.query('checkpoint');
  const { rows } = await pool.query<{ folder: string; oid: string }>(
    `select current_setting('data_directory') as folder, oid::text from pg_database where datname = current_database()`,
  );
  const { folder = '', oid = '' } = rows[0] ?? {};
  yield* filesBelow(join(folder, 'base', oid), 'base');
  const now = await currentSegment(pool);
  for (const name of readdirSync(join(folder, 'pg_wal')))
    if (/^[0-9A-F]{24}$/.test(name) && name >= since && name <= now)
      yield { name: `pg_wal/${name}`, bytes: readFileSync(join(folder, 'pg_wal', name)), isShared: true };
  yield* filesBelow(join(folder, 'pg_stat'), 'pg_stat');
  const log = join(folder, '..', 'postgres.log');
  yield { name: 'postgres.log', bytes: readFileSync(log), isShared: true };
}
