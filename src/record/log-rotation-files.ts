/** Makes a rotation public: the last checkpoint of each former name, and the log under its present one. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCheckpointText, parseVerifierKeys, type VerifierKey } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { Db } from '../platform/db/index.ts';
import type { Clock } from '../platform/time.ts';
import { Cosigning } from './cosigning.ts';
import { type FormerLog, formerLogs } from './former-log-store.ts';
import { publishMutable, readOrUndefined } from './public-files.ts';
import { type LogHead, readHead } from './publication-store.ts';
import { publishTiles } from './publication-tiles.ts';
import { RecordFault } from './record-fault.ts';
import type { WitnessPolicy } from './witnessing-policy.ts';

/** Where and with whose cosignatures. */
export type RotationFilesOptions = Readonly<{
  db: Db;
  clock: Clock;
  directory: string;
  /** The policy of the old name: its witnesses are asked once to cosign the last checkpoint. */
  witnesses: WitnessPolicy | undefined;
}>;

const UTF8 = new TextEncoder();

/** Files about witnessing that belong to the old name and must not stand beside the new one. */
const OF_THE_OLD_NAME = ['witnessed-checkpoint', 'witnessing.json', 'policy'];

/**
 * Publishes what {@link import('./log-rotation.ts').rotateLog} committed. Safe to repeat: after a crash between the
 * two a second run completes it. Call it while no sequencer runs. Returns whether the old witnesses reached their quorum.
 */
export async function publishRotation(
  options: RotationFilesOptions,
): Promise<Readonly<{ isWitnessed: boolean }>> {
  const { db, directory } = options;
  const [formers, head] = [await formerLogs(db), await readHead(db)];
  const last = formers.at(-1);
  if (last === undefined || head === undefined)
    throw new RecordFault('database-inconsistent', 'the log was never renamed');
  const published = checkpointOf(await readOrUndefined(join(directory, 'checkpoint')));
  const isStillOld = published !== undefined && formers.some(({ origin }) => origin === published.origin);
  const from = published?.size ?? 0;
  const tiles = { db, directory, atStep: async () => undefined };
  const final = headOf(last);
  if (from <= last.size) await publishTiles(tiles, Math.min(from, last.size), final);
  const { note, isWitnessed } = await cosigned(options, last, final);
  await publishMutable(join(directory, 'former', String(last.ordinal), 'checkpoint'), UTF8.encode(note));
  if (published === undefined || isStillOld) {
    await publishTiles(tiles, last.size, head);
    await publishMutable(join(directory, 'checkpoint'), UTF8.encode(head.checkpoint));
    for (const name of OF_THE_OLD_NAME) await rm(join(directory, name), { force: true });
  }
  return { isWitnessed };
}

async function cosigned(
  { db, clock, witnesses }: RotationFilesOptions,
  last: FormerLog,
  head: LogHead,
): Promise<Readonly<{ note: string; isWitnessed: boolean }>> {
  if (witnesses === undefined) return { note: last.checkpoint, isWitnessed: false };
  const cosigning = new Cosigning({ db, clock, policy: witnesses, keys: keysOf(last), everyMs: 1_000 });
  const result = await cosigning.cosign(head, undefined).catch((error: unknown) => {
    // A witness that was led on by a thief contradicts us; the last checkpoint is published all the same.
    if (error instanceof RecordFault) return undefined;
    throw error;
  });
  return result ?? { note: last.checkpoint, isWitnessed: false };
}

const headOf = ({ size, root, edge, checkpoint, replacedAtMs }: FormerLog): LogHead => ({
  size,
  root,
  edge,
  checkpoint,
  signedAtMs: replacedAtMs,
});

const keysOf = ({ keys }: FormerLog): readonly VerifierKey[] => parseVerifierKeys(sha256, keys).keys;

/** The keys of every former name: receipts signed with them stay good. */
export async function formerKeys(db: Db): Promise<readonly VerifierKey[]> {
  return (await formerLogs(db)).flatMap(keysOf);
}

function checkpointOf(bytes: Uint8Array | undefined) {
  const note = new TextDecoder().decode(bytes);
  return parseCheckpointText(note.slice(0, note.indexOf('\n\n') + 1));
}
