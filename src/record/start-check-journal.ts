/** Whatever else knows of the log, against the database: it must be a beginning of what the database holds. */
import { consistencyProof, tilesForConsistency, verifyConsistency } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { sameBytes } from './bytes.ts';
import type { JournalLine, JournalReading } from './journal.ts';
import { type Finding, type ShownHead, shown } from './start-check-finding.ts';
import type { StoredTree } from './start-check-tree.ts';

/** How a head known elsewhere stands to the database. `ours` is the database at the size that decides. */
export type Standing =
  | Readonly<{ stands: 'prefix' }>
  | Readonly<{ stands: 'ahead' | 'differs'; ours: ShownHead; theirs: ShownHead }>;

/** Compares a head known elsewhere with the database's tree. */
export async function standingOf(tree: StoredTree, known: JournalLine): Promise<Standing> {
  const theirs = shown(known);
  const root = tree.edge.root();
  if (known.size > tree.size) return { stands: 'ahead', ours: shown({ size: tree.size, root }), theirs };
  const then = await tree.edgeAt(known.size);
  const ours = shown({ size: known.size, root: then?.root() });
  if (then === undefined || !sameBytes(then.root(), known.root)) return { stands: 'differs', ours, theirs };
  // The tiles give this root; that the newest root was built on it is a second statement.
  if (!(await isConsistent(tree, known)))
    return { stands: 'differs', ours: shown({ size: tree.size, root }), theirs };
  return { stands: 'prefix' };
}

async function isConsistent(tree: StoredTree, { size, root }: JournalLine): Promise<boolean> {
  if (size === 0 || size === tree.size) return true;
  const tiles = new Map<string, Uint8Array>();
  for (const { level, index, width } of tilesForConsistency(size, tree.size)) {
    const bytes = await tree.tile(level, index, width);
    if (bytes === undefined) return false;
    tiles.set(`${level}/${index}`, bytes);
  }
  const proof = consistencyProof(
    sha256,
    size,
    tree.size,
    ({ level, index }) => tiles.get(`${level}/${index}`) ?? new Uint8Array(),
  );
  return verifyConsistency(sha256, {
    size1: size,
    size2: tree.size,
    root1: root,
    root2: tree.edge.root(),
    proof,
  });
}

/** The journal, as it was read before the database. */
export async function checkJournal(
  tree: StoredTree,
  journal: JournalReading,
  where: string,
  mayAdopt: boolean,
): Promise<readonly Finding[]> {
  const ours = { size: tree.size };
  switch (journal.state) {
    case 'missing':
      if (tree.size === 0) return [];
      return mayAdopt
        ? [{ code: 'journal-adopted', severity: 'warn', where, ours }]
        : [{ code: 'journal-missing', severity: 'refuse', where, ours }];
    case 'unreadable':
      return [{ code: 'journal-unreadable', severity: 'refuse', where, facts: { offset: journal.offset } }];
    case 'contradicts-itself': {
      const [a, b] = [shown(journal.a), shown(journal.b)];
      return [{ code: 'journal-contradicts-itself', severity: 'refuse', where, ours: a, theirs: b }];
    }
    case 'read': {
      const torn: Finding[] =
        journal.tornBytes === 0
          ? []
          : [{ code: 'journal-torn-line', severity: 'warn', where, facts: { bytes: journal.tornBytes } }];
      if (journal.last === undefined) return torn;
      const standing = await standingOf(tree, journal.last);
      if (standing.stands === 'prefix')
        return [...torn, { code: 'journal-ok', severity: 'ok', where, theirs: shown(journal.last) }];
      const { stands, theirs } = standing;
      const code = stands === 'ahead' ? 'journal-ahead' : 'journal-differs';
      return [...torn, { code, severity: 'refuse', where, ours: standing.ours, theirs }];
    }
    default:
      return journal satisfies never;
  }
}
