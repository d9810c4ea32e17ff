/** What `lianshu doctor` looks at besides the log: schema, keys, disk, clock, and what the processes see. */
import { readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HouseCode } from './doctor-messages.ts';
import { readMigrations } from './platform/db/index.ts';
import type { Finding, Seen } from './record/index.ts';

/** See {@link Finding}. */
export type HouseFinding = Finding<HouseCode>;

/** Schema, condition and sequencer, from what was seen in the database. */
export function houseOfDatabase(seen: Seen, migrationsFolder: string): readonly HouseFinding[] {
  return [...schemaFindings(seen, migrationsFolder), ...conditionFindings(seen)];
}

function schemaFindings({ migrations }: Seen, folder: string): readonly HouseFinding[] {
  const files = readMigrations(folder);
  const where = 'schema_migration';
  const missing = files.filter(({ number }) => !migrations.has(number)).map(({ name }) => name);
  if (missing.length > 0)
    return [{ code: 'schema-behind', severity: 'refuse', where, facts: { missing: missing.join(', ') } }];
  const changed = files.find(({ number, sha256 }) => migrations.get(number) !== sha256);
  if (changed !== undefined)
    return [{ code: 'schema-differs', severity: 'refuse', where, facts: { name: changed.name } }];
  return migrations.size > files.length
    ? [{ code: 'schema-newer', severity: 'warn', where }]
    : [{ code: 'schema-ok', severity: 'ok', where }];
}

function conditionFindings({ condition, isSequencerRunning }: Seen): readonly HouseFinding[] {
  const running: HouseFinding = isSequencerRunning
    ? { code: 'sequencer-running', severity: 'ok', where: 'pg_locks' }
    : { code: 'sequencer-absent', severity: 'warn', where: 'pg_locks' };
  if (condition === undefined) return [running];
  const facts = { reasons: condition.reasons.join(', ') };
  const where = 'record_condition';
  if (condition.state === 'serving') return [{ code: 'condition-serving', severity: 'ok', where }, running];
  const code = condition.state === 'refused' ? 'condition-refused' : 'condition-read-only';
  // A note of what was: whether a start would be refused now, the comparison says.
  return [{ code, severity: 'warn', where, facts }, running];
}

/** Modes of all key files below a folder. */
export function keyFileFindings(folder: string): readonly HouseFinding[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' }).filter(
    (entry) => entry.isFile(),
  );
  if (files.length === 0) return [{ code: 'keys-missing', severity: 'refuse', where: folder }];
  if (process.platform === 'win32') return [];
  const exposed = files.flatMap((entry): readonly HouseFinding[] => {
    const where = join(entry.parentPath, entry.name);
    const mode = statSync(where).mode & 0o777;
    if ((mode & 0o077) === 0) return [];
    return [{ code: 'key-exposed', severity: 'refuse', where, facts: { mode: mode.toString(8) } }];
  });
  return exposed.length > 0 ? exposed : [{ code: 'keys-ok', severity: 'ok', where: folder }];
}

const LOW_MIB = 1_024;
const FULL_MIB = 64;

/** Free space where journal and public files lie. */
export function diskFinding(folder: string): HouseFinding {
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 1_048_576);
  const facts = { free };
  if (free < FULL_MIB) return { code: 'disk-full', severity: 'refuse', where: folder, facts };
  if (free < LOW_MIB) return { code: 'disk-low', severity: 'warn', where: folder, facts };
  return { code: 'disk-ok', severity: 'ok', where: folder, facts };
}

/** The journal's own time against the clock; a few seconds are a matter of the file system. */
export function journalClockFindings(journalFile: string, nowMs: number): readonly HouseFinding[] {
  const written = statSync(journalFile, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const seconds = Math.floor((written - nowMs) / 1_000);
  return seconds > 10
    ? [{ code: 'clock-behind-journal', severity: 'warn', where: journalFile, facts: { seconds } }]
    : [];
}
