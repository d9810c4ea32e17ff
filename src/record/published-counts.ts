import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, parseCanonicalJson } from '@lianshu/statement';
import { z } from 'zod';
import { taipeiTimestamp } from '../platform/time.ts';
import { base64 } from './bytes.ts';
import { type CaseCount, countedOf, waitingOf } from './count-fold.ts';
import { readOrUndefined } from './public-files.ts';
import type { CountOfCase, LogHead } from './publication-store.ts';
import { readWitnessing, type WitnessCount, witnessCountOf } from './witnessing.ts';

/** The numbers of one case and act at one published checkpoint, as `counts/<case>.json` states them. */
export interface PublishedCaseCount {
  readonly counted: number;
  readonly voided: number;
  readonly held: number;
  readonly size: number;
  /** Base64 root hash of the checkpoint. */
  readonly root: string;
  /** Who has cosigned it; absent where the log has no witness policy. */
  readonly witnessed?: WitnessCount;
  /** When it was signed; absent as long as the case has no entry below the published checkpoint. */
  readonly at?: string;
}

const count = z.object({ counted: z.int(), voided: z.int(), held: z.int() });
const file = z.object({
  at: z.string(),
  counts: z.partialRecord(z.enum(['joint-signature', 'proposal-signature']), count),
  root: z.string(),
  size: z.int(),
});

const NONE = { counted: 0, voided: 0, held: 0 };

/**
 * What is public now: pages show these numbers and no newer ones, so that every displayed count equals some
 * checkpoint's. A case without entries yet counts zero at the published checkpoint; before the first
 * publication there is nothing to show.
 */
export async function readPublishedCount(
  publicDirectory: string,
  caseNumber: string,
  act: 'joint-signature' | 'proposal-signature',
): Promise<PublishedCaseCount | undefined> {
  const counted = await countIn(join(publicDirectory, 'counts', `${caseNumber}.json`), act);
  const found = counted ?? (await headOf(publicDirectory).then((head) => head && { ...NONE, ...head }));
  return found && { ...found, ...(await witnessedAt(publicDirectory, found)) };
}

async function countIn(path: string, act: 'joint-signature' | 'proposal-signature') {
  const bytes = await readOrUndefined(path);
  if (bytes === undefined) return undefined;
  const parsed = parseCanonicalJson(bytes);
  const { at, counts, root, size } = file.parse(parsed.ok ? parsed.value : undefined);
  const { counted, voided, held } = counts[act] ?? NONE;
  return { counted, voided, held, at, root, size };
}

/** Size and root of the published checkpoint; undefined before the first publication. */
async function headOf(publicDirectory: string) {
  const checkpoint = await readOrUndefined(join(publicDirectory, 'checkpoint'));
  if (checkpoint === undefined) return undefined;
  const [, size = '', root = ''] = new TextDecoder().decode(checkpoint).split('\n');
  return { root, size: Number(size) };
}

/** The published numbers of any case, as {@link readPublishedCount} gives them. */
export type PublishedCounts = (caseNumber: string) => Promise<PublishedCaseCount | undefined>;

/**
 * Reads counts as {@link readPublishedCount} does, and keeps each parsed file until another stands in its place
 * (files are replaced whole, so a new one is another inode). What all cases share is looked at once for all that
 * ask at the same time.
 */
export function publishedCounts(
  publicDirectory: string,
  act: 'joint-signature' | 'proposal-signature',
): PublishedCounts {
  const kept = new Map<string, Readonly<{ mark: string; value: unknown }>>();
  const read = async <T>(path: string, make: () => Promise<T>): Promise<T> => {
    const mark = await markOf(path);
    const known = kept.get(path);
    if (known?.mark === mark) return known.value as T;
    const value = await make();
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(path, { mark, value });
    return value;
  };
  let shared: ReturnType<typeof look> | undefined;
  const look = async () => {
    const [head, witnessing] = await Promise.all([
      read(join(publicDirectory, 'checkpoint'), () => headOf(publicDirectory)),
      read(join(publicDirectory, 'witnessing.json'), () => readWitnessing(publicDirectory)),
    ]);
    return { head, witnessing };
  };
  return async (caseNumber) => {
    const path = join(publicDirectory, 'counts', `${caseNumber}.json`);
    shared ??= look().finally(() => {
      shared = undefined;
    });
    const [counted, { head, witnessing }] = await Promise.all([read(path, () => countIn(path, act)), shared]);
    const found = counted ?? (head && { ...NONE, ...head });
    if (found === undefined) return undefined;
    const witnessed = witnessCountOf(witnessing, found);
    return witnessed === undefined ? found : { ...found, witnessed };
  };
}

/** Files of so many cases stay in memory. */
const MOST_KEPT = 20_000;

/** Which file stands there: its inode, size and time; empty where there is none. */
async function markOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found === undefined ? '' : `${found.ino}.${found.size}.${found.mtimeNs}`;
}

async function witnessedAt(
  publicDirectory: string,
  checkpoint: Readonly<{ size: number; root: string }>,
): Promise<{ witnessed?: WitnessCount }> {
  const witnessed = witnessCountOf(await readWitnessing(publicDirectory), checkpoint);
  return witnessed === undefined ? {} : { witnessed };
}

/** `counts/<case>.json`: the numbers at exactly the published checkpoint, and which one that is. */
export function countFile(
  caseNumber: string,
  of: readonly CountOfCase[],
  head: LogHead,
  atMs: number,
): Uint8Array {
  const acts = Object.fromEntries(of.map(({ act, count }) => [act, shownCount(count)]));
  return canonicalJson({
    at: taipeiTimestamp(atMs),
    case: caseNumber,
    counts: acts,
    root: base64(head.root),
    size: head.size,
    v: 1,
  });
}

function shownCount(count: CaseCount): Readonly<Record<string, number>> {
  const { signed, settledCounted, settledRefused, voided } = count;
  return {
    counted: countedOf(count),
    held: waitingOf(count),
    settledCounted,
    settledRefused,
    signed,
    voided,
  };
}
