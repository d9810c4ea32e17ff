import { equalBytes } from '@lianshu/statement';
import {
  consistencyProof,
  type Sha256,
  TreeEdge,
  tilePath,
  tilesForConsistency,
  verifyConsistency,
} from '@lianshu/tlog';
import { LogRefusal } from './log-fault.ts';
import { readTile } from './log-files.ts';
import { type LogSource, LogSourceError } from './log-source.ts';
import { edgeAt } from './scan-log.ts';

/** A tree by its size and root. */
export type Tree = Readonly<{ size: number; root: Uint8Array }>;

/** Whether the log's tiles prove that the tree `of` began with these leaves. Tiles are unproven: they can only fail. */
async function isPart(sha256: Sha256, source: LogSource, earlier: Tree, of: Tree): Promise<boolean> {
  const tiles = new Map<string, Uint8Array>();
  for (const tile of tilesForConsistency(earlier.size, of.size)) {
    tiles.set(tilePath(tile), (await readTile(source, tile)).bytes);
  }
  const proof = consistencyProof(
    sha256,
    earlier.size,
    of.size,
    (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array(),
  );
  return verifyConsistency(sha256, {
    size1: earlier.size,
    size2: of.size,
    root1: earlier.root,
    root2: of.root,
    proof,
  });
}

/**
 * Whether a later tree began as an earlier one, by the tiles of a log. `later`: proven. `fork`: the tiles prove that it
 * began otherwise. `not-shown`: the tiles are not those of the later tree, or cannot be read; that proves nothing.
 * Never throws for anything the log serves.
 */
export async function proveConsistent(
  sha256: Sha256,
  source: LogSource,
  earlier: Tree,
  later: Tree,
): Promise<'later' | 'fork' | 'not-shown'> {
  if (earlier.size === later.size) return equalBytes(earlier.root, later.root) ? 'later' : 'fork';
  if (earlier.size === 0) {
    return equalBytes(earlier.root, TreeEdge.empty(sha256).root()) ? 'later' : 'fork';
  }
  try {
    if (await isPart(sha256, source, earlier, later)) return 'later';
    const root = (await edgeAt(source, sha256, earlier.size, later.size)).root();
    const isShown = await isPart(sha256, source, { size: earlier.size, root }, later);
    return isShown && !equalBytes(root, earlier.root) ? 'fork' : 'not-shown';
  } catch (error) {
    if (error instanceof LogRefusal || error instanceof LogSourceError) return 'not-shown';
    throw error;
  }
}
