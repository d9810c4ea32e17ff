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
  const bytes = await readOrUndefined(join(publicDirectory, 'counts', `${caseNumber}.json`));
  if (bytes !== undefined) {
    const parsed = parseCanonicalJson(bytes);
    const { at, counts, root, size } = file.parse(parsed.ok ? parsed.value : undefined);
    return {
      ...(counts[act] ?? NONE),
      at,
      root,
      size,
      ...(await witnessedAt(publicDirectory, { root, size })),
    };
  }
  const checkpoint = await readOrUndefined(join(publicDirectory, 'checkpoint'));
  if (checkpoint === undefined) return undefined;
  const [, size = '', root = ''] = new TextDecoder().decode(checkpoint).split('\n');
  const head = { root, size: Number(size) };
  return { ...NONE, ...head, ...(await witnessedAt(publicDirectory, head)) };
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
