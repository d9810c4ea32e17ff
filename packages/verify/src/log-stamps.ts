/** The time-stamps a log publishes beside its tree: `stamps/index.json`, and of each size a checkpoint and a stamp. */

import { type Certificate, MAX_TIME_STAMP_BYTES } from '@lianshu/pki';
import { equalBytes, type JsonValue, parseCanonicalJson } from '@lianshu/statement';
import { MAX_NOTE_BYTES } from '@lianshu/tlog';
import { exactly, listOf, oneOf, type Shape, text, whole } from './json-shape.ts';
import { LogRefusal } from './log-fault.ts';
import { type LogSource, LogSourceError } from './log-source.ts';
import type { Record, RecordContext } from './read-record.ts';
import { openEvidence } from './signed-evidence.ts';
import { checkStamp } from './stamp.ts';

const INDEX = 'stamps/index.json';
/** Two years of one an hour. */
const MOST_STAMPS = 20_000;
const MOST_INDEX_BYTES = 1 << 20;

const shape: Shape = exactly({
  newest: exactly({ size: whole(1), time: text() }),
  sizes: listOf(whole(1)),
  v: oneOf(1),
});

/** What is known of the stamps: how many there are, and of those checked the first and last time stated, ISO. */
export type StampFacts = Readonly<{ sizes: number; checked: number; first?: string; last?: string }>;

/** Sizes of the trees that have a stamp; empty for a log without stamps. Throws {@link LogRefusal}. */
export async function stampedSizes(source: LogSource): Promise<readonly number[]> {
  let bytes: Uint8Array;
  try {
    bytes = await source.read(INDEX, MOST_INDEX_BYTES);
  } catch (error) {
    if (error instanceof LogSourceError && error.code === 'log-not-found') return [];
    throw error;
  }
  const parsed = parseCanonicalJson(bytes);
  const at = parsed.ok ? shape(parsed.value) : parsed.code;
  if (!parsed.ok || at !== undefined)
    throw new LogRefusal({ code: 'stamp-wrong', file: INDEX, detail: at ?? '' });
  const sizes = (parsed.value as Readonly<{ sizes: JsonValue }>).sizes as readonly number[];
  if (sizes.length > MOST_STAMPS)
    throw new LogRefusal({ code: 'stamp-wrong', file: INDEX, detail: `${sizes.length}` });
  return sizes;
}

/**
 * Verifies each stamp: over a checkpoint that the log signed, of the very tree that was read (`record` must have the
 * roots of these sizes), by a pinned certificate. Throws {@link LogRefusal}: `stamp-wrong`, or `log-forked` where the
 * stamped checkpoint is of another tree, which the two files prove.
 */
export async function checkStamps(
  context: RecordContext,
  record: Record,
  { sizes, certificates }: Readonly<{ sizes: readonly number[]; certificates: readonly Certificate[] }>,
): Promise<StampFacts> {
  const { source, primitives, trust, progress } = context;
  const times: string[] = [];
  for (const [i, size] of sizes.entries()) {
    const file = `stamps/${size}.checkpoint`;
    const note = await source.read(file, MAX_NOTE_BYTES);
    const opened = openEvidence(primitives, note, trust, file);
    if (!opened.ok) throw new LogRefusal(opened.fault);
    const detail = `${opened.checkpoint.size} / ${record.opened.checkpoint.size}`;
    if (opened.checkpoint.size !== size) throw new LogRefusal({ code: 'stamp-wrong', file, detail });
    if (size > record.opened.checkpoint.size)
      throw new LogRefusal({ code: source.live ? 'log-rolled-back' : 'log-older-copy', file, detail });
    const root = record.roots.get(size) ?? new Uint8Array();
    if (!equalBytes(root, opened.checkpoint.root)) throw new LogRefusal({ code: 'log-forked', file, detail });
    const stampFile = `stamps/${size}.tsr`;
    const verdict = checkStamp(await source.read(stampFile, MAX_TIME_STAMP_BYTES), note, certificates);
    if (verdict.code !== 'stamped')
      throw new LogRefusal({ code: 'stamp-wrong', file: stampFile, detail: verdict.code });
    times.push(verdict.time);
    progress(i + 1, sizes.length);
  }
  const sorted = times.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  return {
    sizes: sizes.length,
    checked: times.length,
    ...(first === undefined || last === undefined ? {} : { first, last }),
  };
}
