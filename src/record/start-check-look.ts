/** The start check without a start: for `lianshu doctor`. Opens a connection that can write nothing, and closes it. */
import type { ConnectionOptions } from '../platform/db/index.ts';
import { readConditionOn, type StoredCondition } from './record-condition-store.ts';
import { checkAtStart, type StartCheck } from './start-check.ts';
import { checkDeeply } from './start-check-deep.ts';
import type { Finding } from './start-check-finding.ts';
import { appliedMigrations, connectToLook, isSequencerRunning } from './start-check-store.ts';

/** What to look at; `onProgress` asks for the deep check and hears of it. */
export type Look = Omit<StartCheck, 'client' | 'more'> &
  Readonly<{
    connection: ConnectionOptions;
    onProgress?: ((done: number, total: number) => void) | undefined;
  }>;

/** What was seen. Without the tables of this release nothing of the log can be compared. */
export type Seen = Readonly<{
  /** Number and SHA-256 of each applied migration. */
  migrations: ReadonlyMap<number, string>;
  condition: StoredCondition | undefined;
  isSequencerRunning: boolean;
  findings: readonly Finding[];
}>;

/** The oldest schema in which the comparison can run. */
const NEEDED_MIGRATION = 7;

/** The deep check meets what the plain one has found: each finding once. */
const each = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values(),
];

/** Looks once. Throws only where the database cannot be reached or a file cannot be read. */
export async function lookAtRecord(look: Look): Promise<Seen> {
  const client = await connectToLook(look.connection);
  try {
    const migrations = await appliedMigrations(client);
    const sees = { migrations, isSequencerRunning: await isSequencerRunning(client) };
    if (!migrations.has(NEEDED_MIGRATION)) return { ...sees, condition: undefined, findings: [] };
    const { onProgress, publicDirectory } = look;
    const { findings } = await checkAtStart({
      ...look,
      client,
      ...(onProgress === undefined
        ? {}
        : {
            more: (snapshot, tree, published) =>
              checkDeeply({ publicDirectory, onProgress }, snapshot, tree, published),
          }),
    });
    return { ...sees, condition: await readConditionOn(client), findings: each(findings) };
  } finally {
    await client.end();
  }
}

/** Whether a sequencer is running on this database. Throws only where the database cannot be reached. */
export async function sequencerRuns(connection: ConnectionOptions): Promise<boolean> {
  const client = await connectToLook(connection);
  try {
    return await isSequencerRunning(client);
  } finally {
    await client.end();
  }
}
