/** The published log as a stranger reads it: files on disk, `@lianshu/tlog` and the log's keys, nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCanonicalJson } from '@lianshu/statement';
import {
  bundlePath,
  decodeBundle,
  leafHash,
  openCheckpoint,
  parseVerifierKeys,
  rootOf,
  tileWidth,
  type VerifierKey,
} from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import type { TestPlatform } from '../platform.ts';

export interface PublishedLog {
  readonly size: number;
  /** Every entry's bytes, by index. */
  readonly bytes: readonly Uint8Array[];
  readonly entries: readonly Readonly<Record<string, unknown>>[];
}

export const keysOf = (platform: TestPlatform): readonly VerifierKey[] => {
  const { keys, badLines } = parseVerifierKeys(sha256, platform.verifierKeys.join('\n'));
  if (badLines.length > 0) throw new Error('a verifier key cannot be read');
  return keys;
};

/** Reads checkpoint and bundles; throws unless signatures and root hold. Undefined before the first publication. */
export function readPublishedLog(platform: TestPlatform): PublishedLog | undefined {
  const folder = join(platform.directory, 'public', 'log');
  let note: string;
  try {
    note = readFileSync(join(folder, 'checkpoint'), 'utf8');
  } catch {
    return undefined;
  }
  const opened = openCheckpoint(nodeNotePrimitives, note, { logKeys: keysOf(platform) });
  if (!opened.ok) throw new Error(opened.code);
  const { size, root } = opened.checkpoint;
  const bytes: Uint8Array[] = [];
  for (let index = 0; bytes.length < size; index += 1) {
    const width = tileWidth(0, index, size);
    const bundle = decodeBundle(readFileSync(join(folder, bundlePath({ index, width }))), width);
    if (!bundle) throw new Error(`bundle ${index} cannot be read`);
    bytes.push(...bundle);
  }
  const hashes = bytes.map((entry) => leafHash(sha256, entry));
  if (Buffer.compare(rootOf(sha256, hashes), root) !== 0) throw new Error('the root differs');
  const entries = bytes.map((entry) => {
    const parsed = parseCanonicalJson(entry);
    if (!parsed.ok) throw new Error('an entry is not canonical JSON');
    return parsed.value as Readonly<Record<string, unknown>>;
  });
  return { size, bytes, entries };
}

/** Repeats `look` until it gives something; throws after `ms`. */
export async function eventually<T>(
  look: () => Promise<T | undefined> | T | undefined,
  ms = 8_000,
): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** The index under which a commitment stands in the published log, as soon as it does. */
export const publishedIndex = (platform: TestPlatform, commitment: string): Promise<number> =>
  eventually(() => {
    const index = readPublishedLog(platform)?.entries.findIndex((e) => e['commitment'] === commitment) ?? -1;
    return index < 0 ? undefined : index;
  });
