/**
 * The deep check: everything that is stored once more from the entries up. Tiles of every level, the root, the
 * counts, and every published tile and bundle. Reads one snapshot, batch by batch; memory does not grow with the log.
 */
import { leafHash, TILE_WIDTH, TreeEdge } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { sameBytes } from './bytes.ts';
import { type CaseCount, countKey, effectOf, ZERO_COUNT } from './count-fold.ts';
import type { Act, RecordEntry } from './entry.ts';
import { readEntry } from './prepare-entry.ts';
import { checkIndexes } from './start-check-database.ts';
import { type Finding, shown } from './start-check-finding.ts';
import { checkFilesAt } from './start-check-public.ts';
import { entriesBetween, type Snapshot, storedCounts } from './start-check-store.ts';
import type { StoredTree } from './start-check-tree.ts';

/** What the deep check is told. */
export type DeepCheck = Readonly<{
  publicDirectory: string;
  /** After each batch; entries of `total` that have been looked at. */
  onProgress: (done: number, total: number) => void;
}>;

const BATCH = 16 * TILE_WIDTH;
/** More of one kind say nothing new. */
const MOST_FINDINGS = 20;

type Raw = { readonly level: number; readonly index: number; readonly bytes: Uint8Array };

/** Runs inside the snapshot of `checkAtStart`, with the size of the public checkpoint (0 if there is none). */
export async function checkDeeply(
  check: DeepCheck,
  snapshot: Snapshot,
  tree: StoredTree,
  published: number,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [...(await checkIndexes(snapshot, tree.size, 0))];
  const counts = new Map<string, CaseCount>();
  let edge = TreeEdge.empty(sha256);
  for (let from = 0; from < tree.size && findings.length < MOST_FINDINGS; from += BATCH) {
    const to = Math.min(tree.size, from + BATCH);
    const bodies = (await entriesBetween(snapshot, from, to)).map(({ body }) => body);
    for (const body of bodies) count(counts, readEntryOrNothing(body));
    const step = edge.append(bodies.map((body) => leafHash(sha256, body)));
    edge = step.edge;
    for (const tile of step.fullTiles) {
      findings.push(...(await compareTile(tree, tile)));
      if ((tile.index + 1) * TILE_WIDTH ** (tile.level + 1) <= published)
        findings.push(...(await checkFilesAt(snapshot, tree, check.publicDirectory, tile)));
    }
    check.onProgress(to, tree.size);
  }
  if (findings.length === 0 && !sameBytes(edge.root(), tree.edge.root())) {
    const [ours, theirs] = [
      shown({ size: tree.size, root: tree.edge.root() }),
      shown({ size: edge.size, root: edge.root() }),
    ];
    findings.push({ code: 'database-edge', severity: 'refuse', where: 'entry', ours, theirs });
  }
  if (findings.length === 0) findings.push(...(await compareCounts(snapshot, counts)));
  return findings.slice(0, MOST_FINDINGS);
}

async function compareTile(tree: StoredTree, { level, index, bytes }: Raw): Promise<readonly Finding[]> {
  const stored = await tree.tile(level, index, TILE_WIDTH);
  if (stored !== undefined && sameBytes(stored, bytes)) return [];
  const at = stored === undefined ? 0 : bytes.findIndex((byte, i) => byte !== stored[i]);
  const facts = { level, tile: index, hash: Math.floor(at / 32) };
  return [
    {
      code: 'database-tile-differs',
      severity: 'refuse',
      where: 'log_tile',
      ours: { size: tree.size },
      facts,
    },
  ];
}

/** An entry that cannot be read has another leaf hash than was logged, and its tile says so. */
function readEntryOrNothing(body: Uint8Array): RecordEntry | undefined {
  try {
    return readEntry(body);
  } catch {
    return undefined;
  }
}

function count(counts: Map<string, CaseCount>, entry: RecordEntry | undefined): void {
  const effect = entry && effectOf(entry);
  if (effect === undefined) return;
  const key = countKey(effect.caseNumber, effect.act);
  const before = counts.get(key) ?? ZERO_COUNT;
  counts.set(key, { ...before, [effect.raises]: before[effect.raises] + 1 });
}

async function compareCounts(
  snapshot: Snapshot,
  counted: ReadonlyMap<string, CaseCount>,
): Promise<readonly Finding[]> {
  const stored = new Map<string, CaseCount>();
  for (const { caseNumber, act, count: of } of await storedCounts(snapshot))
    stored.set(countKey(caseNumber, act as Act), of);
  const findings: Finding[] = [];
  for (const key of new Set([...stored.keys(), ...counted.keys()])) {
    const [is, should] = [stored.get(key) ?? ZERO_COUNT, counted.get(key) ?? ZERO_COUNT];
    const column = (Object.keys(ZERO_COUNT) as (keyof CaseCount)[]).find((name) => is[name] !== should[name]);
    if (column === undefined) continue;
    const facts = { case: key, column, stored: is[column], recounted: should[column] };
    findings.push({ code: 'database-count', severity: 'refuse', where: 'case_count', facts });
  }
  return findings;
}
