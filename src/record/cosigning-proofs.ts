/** Consistency proofs for witnesses. */
import { consistencyProof, TreeEdge, tilesForConsistency } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { Db } from '../platform/db/index.ts';
import { fullTilesOf, type LogHead } from './publication-store.ts';
import { RecordFault } from './record-fault.ts';
import { tilesAt } from './tiles-at.ts';

/** Proves that this head continues the tree of `size1`, 0 ≤ size1 ≤ its size. Each proof is built once: witnesses are mostly at one size. */
export function proofsTo(db: Db, head: LogHead): (size1: number) => Promise<readonly Uint8Array[]> {
  const fetchFull = fullTilesOf(db);
  const made = new Map<number, Promise<readonly Uint8Array[]>>();
  const build = async (size1: number): Promise<readonly Uint8Array[]> => {
    const edge = TreeEdge.decode(sha256, head.edge);
    if (edge === undefined) throw new RecordFault('database-inconsistent', 'the right edge cannot be read');
    const readTile = await tilesAt(edge, tilesForConsistency(size1, head.size), fetchFull);
    return consistencyProof(sha256, size1, head.size, readTile);
  };
  return (size1) => {
    const proof = made.get(size1) ?? build(size1);
    made.set(size1, proof);
    return proof;
  };
}
