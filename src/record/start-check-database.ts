/** The database against itself: row, right edge, signature, indexes, and the tiles at the right edge. */
import {
  hashesOf,
  leafHash,
  openCheckpoint,
  rootOf,
  TILE_WIDTH,
  TreeEdge,
  type VerifierKey,
} from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { sameBytes } from './bytes.ts';
import type { LogRow } from './sequencer-store.ts';
import { type Finding, shown } from './start-check-finding.ts';
import { entriesBetween, firstGap, indexesFrom, type Snapshot, tileCounts } from './start-check-store.ts';
import { StoredTree } from './start-check-tree.ts';

/** A clock set back by less is waited for by the rounds; by more, a person must look. */
export const TOLERATED_STEP_BACK_MS = 10_000;

/** Indexes counted at each start, from the right: the cost stays flat as the log grows. The deep check counts all. */
const COUNTED_AT_START = 1_048_576;
/** Hashes of each level compared with the tile below them, from the right. */
const COMPARED_BELOW = 4;

/** What the check knows of the log it expects. */
export type ExpectedLog = Readonly<{
  origin: string;
  /** One of them must have signed what the database and the public folder hold. */
  keys: readonly VerifierKey[];
  nowMs: number;
}>;

/** The findings, and the tree for further comparisons; undefined when the edge gives none. */
export async function checkDatabase(
  client: Snapshot,
  row: LogRow | undefined,
  expected: ExpectedLog,
): Promise<Readonly<{ findings: readonly Finding[]; tree: StoredTree | undefined }>> {
  if (row === undefined) {
    const { highest } = await indexesFrom(client, 0);
    const findings: Finding[] =
      highest >= 0
        ? [refuse('database-indexes', { ours: { size: 0 }, facts: { highest } })]
        : [{ code: 'database-empty', severity: 'ok', where: 'log', ours: { size: 0 } }];
    return { findings, tree: new StoredTree(client, TreeEdge.empty(sha256)) };
  }
  const ours = shown(row);
  const edge = TreeEdge.decode(sha256, row.edge);
  if (row.origin !== expected.origin) {
    return { findings: [refuse('database-other-log', { facts: { found: row.origin } })], tree: undefined };
  }
  if (edge === undefined || edge.size !== row.size || !sameBytes(edge.root(), row.root)) {
    const theirs = edge && shown({ size: edge.size, root: edge.root() });
    return { findings: [refuse('database-edge', { ours, ...(theirs ? { theirs } : {}) })], tree: undefined };
  }
  const tree = new StoredTree(client, edge);
  const findings = [
    ...checkSigned(row, expected),
    ...checkClock(row, expected.nowMs),
    ...(await checkIndexes(client, row.size, Math.max(0, row.size - COUNTED_AT_START))),
    ...(await checkTileCounts(client, row.size)),
    ...(await checkEdgeEntries(client, tree)),
    ...(await checkEdgeLevels(tree)),
  ];
  if (findings.length > 0) return { findings, tree };
  return { findings: [{ code: 'database-ok', severity: 'ok', where: 'log', ours }], tree };
}

const refuse = (
  code: Finding['code'],
  rest: Partial<Pick<Finding, 'where' | 'ours' | 'theirs' | 'facts'>>,
): Finding => ({ code, severity: 'refuse', where: 'log', ...rest });

function checkSigned(row: LogRow, { keys, origin }: ExpectedLog): readonly Finding[] {
  const ours = shown(row);
  const opened = openCheckpoint(nodeNotePrimitives, row.checkpoint, { logKeys: keys });
  if (!opened.ok) return [refuse('database-checkpoint', { ours, facts: { cause: opened.code } })];
  const { checkpoint } = opened;
  const isSame =
    checkpoint.origin === origin && checkpoint.size === row.size && sameBytes(checkpoint.root, row.root);
  return isSame ? [] : [refuse('database-checkpoint', { ours, theirs: shown(checkpoint) })];
}

function checkClock(row: LogRow, nowMs: number): readonly Finding[] {
  const behindMs = row.signedAtMs - nowMs;
  if (behindMs <= 0) return [];
  const severity = behindMs > TOLERATED_STEP_BACK_MS ? 'refuse' : 'warn';
  return [{ code: 'clock-behind', severity, where: 'clock', facts: { seconds: Math.ceil(behindMs / 1000) } }];
}

/** Every index from `from` up to the size exactly once, and none beyond. */
export async function checkIndexes(
  client: Snapshot,
  size: number,
  from: number,
): Promise<readonly Finding[]> {
  const { count, highest } = await indexesFrom(client, from);
  if (highest !== size - 1)
    return [refuse('database-indexes', { where: 'entry', ours: { size }, facts: { highest } })];
  if (count === size - from) return [];
  const gap = await firstGap(client, from, size);
  return [refuse('database-gap', { where: 'entry', ours: { size }, facts: { index: gap ?? from } })];
}

async function checkTileCounts(client: Snapshot, size: number): Promise<readonly Finding[]> {
  const stored = await tileCounts(client);
  const findings: Finding[] = [];
  for (let level = 0; level <= 7; level++) {
    const expected = Math.floor(size / TILE_WIDTH ** (level + 1));
    const found = stored.get(level) ?? 0;
    if (found !== expected)
      findings.push(
        refuse('database-tile-missing', {
          where: 'log_tile',
          ours: { size },
          facts: { level, found, expected },
        }),
      );
  }
  return findings;
}

/** The last full tile of leaf hashes and the unfinished one, against the entries under them. */
async function checkEdgeEntries(client: Snapshot, tree: StoredTree): Promise<readonly Finding[]> {
  const lastFull = Math.max(0, Math.floor(tree.size / TILE_WIDTH) - 1);
  for (const { index, body } of await entriesBetween(client, lastFull * TILE_WIDTH, tree.size)) {
    const stored = await tree.hash(0, index);
    if (stored !== undefined && sameBytes(stored, leafHash(sha256, body))) continue;
    const facts = { level: 0, tile: Math.floor(index / TILE_WIDTH), entry: index };
    return [refuse('database-tile-differs', { where: 'entry', ours: { size: tree.size }, facts })];
  }
  return [];
}

/** The rightmost hashes of each higher level, against the full tile each of them is the root of. */
async function checkEdgeLevels(tree: StoredTree): Promise<readonly Finding[]> {
  for (
    let level = 1, n = Math.floor(tree.size / TILE_WIDTH);
    n > 0;
    level++, n = Math.floor(n / TILE_WIDTH)
  ) {
    for (let position = Math.max(0, n - COMPARED_BELOW); position < n; position++) {
      const below = await tree.tile(level - 1, position, TILE_WIDTH);
      const hash = await tree.hash(level, position);
      if (below !== undefined && hash !== undefined && sameBytes(rootOf(sha256, hashesOf(below)), hash))
        continue;
      const facts = { level: level - 1, tile: position };
      return [refuse('database-tile-differs', { where: 'log_tile', ours: { size: tree.size }, facts })];
    }
  }
  return [];
}
