import { join } from 'node:path';
import { parseCanonicalJson } from '@lianshu/statement';
import { z } from 'zod';
import { readOrUndefined } from './public-files.ts';

/** The numbers of one case and act at one published checkpoint, as `counts/<case>.json` states them. */
export interface PublishedCaseCount {
  readonly counted: number;
  readonly voided: number;
  readonly held: number;
  readonly size: number;
  /** Base64 root hash of the checkpoint. */
  readonly root: string;
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
    return { ...(counts[act] ?? NONE), at, root, size };
  }
  const checkpoint = await readOrUndefined(join(publicDirectory, 'checkpoint'));
  if (checkpoint === undefined) return undefined;
  const [, size = '', root = ''] = new TextDecoder().decode(checkpoint).split('\n');
  return { ...NONE, root, size: Number(size) };
}
