/**
 * 啟動比對: the comparison before a sequencer serves (trust.md §1). The database against itself, the checkpoint
 * journal, the public files and every witness. Whatever is ahead of the database means that the database lost
 * something that was shown or promised; going on would fork the log for ever. Nothing here writes.
 */
import type { VerifierKey } from '@lianshu/tlog';
import { witnessIdOf } from './cosigning-store.ts';
import { type JournalReading, readJournal } from './journal.ts';
import type { LogRow, SequencerConnection } from './sequencer-store.ts';
import { checkDatabase, type ExpectedLog } from './start-check-database.ts';
import { type Finding, type Severity, worst } from './start-check-finding.ts';
import { checkJournal } from './start-check-journal.ts';
import { checkPublic, type PublicEvidence, readPublicEvidence } from './start-check-public.ts';
import { cosignedSizes, inSnapshot, type Snapshot } from './start-check-store.ts';
import type { StoredTree } from './start-check-tree.ts';
import {
  type AskedWitnesses,
  askAll,
  checkWitnesses,
  isUncosigned,
  type WitnessEvidence,
} from './start-check-witnesses.ts';

/** Everything the check looks at. */
export type StartCheck = Readonly<{
  client: SequencerConnection;
  origin: string;
  /** Keys of this log; one of them must have signed what the database and the public folder hold. */
  keys: readonly VerifierKey[];
  journalFile: string;
  publicDirectory: string;
  /**
   * A person states that no later state of this log exists elsewhere: it moved to this machine without its journal,
   * or all its witnesses are new and remember nothing.
   */
  adoptWithoutJournal: boolean;
  witnessing: AskedWitnesses;
  nowMs: number;
  /** Runs in the same snapshot when the tree can be read: the deep check. */
  more?: (snapshot: Snapshot, tree: StoredTree, published: number) => Promise<readonly Finding[]>;
}>;

/** What came out. `row` and `journal` are what the findings are about. */
export type StartCheckResult = Readonly<{
  severity: Severity;
  findings: readonly Finding[];
  row: LogRow | undefined;
  journal: JournalReading;
  /** See `isUncosigned`. */
  isUncosigned: boolean;
}>;

type Evidence = Readonly<{
  journal: JournalReading;
  published: PublicEvidence;
  /** See `cosignedSizes`. Read before the witnesses are asked, so that they must know of all of it. */
  cosigned: ReadonlyMap<string, number>;
  witnesses: readonly WitnessEvidence[];
}>;

/**
 * Compares. Works beside a running sequencer too: what lies outside the database is read first, and a database is
 * never behind what it let out earlier. Throws only where something cannot be read at all.
 */
export async function checkAtStart(check: StartCheck): Promise<StartCheckResult> {
  const { origin, keys, journalFile, publicDirectory, witnessing } = check;
  const journal = await readJournal(journalFile);
  const published = await readPublicEvidence(publicDirectory);
  const asked = witnessing.policy?.policy.witnesses.map(({ key }) => witnessIdOf(key)) ?? [];
  const cosigned = await cosignedSizes(check.client, origin, asked);
  const witnesses = await askAll(witnessing, { origin, logKeys: keys });
  return inSnapshot(check.client, async (snapshot, row) => {
    const findings = await compare(check, snapshot, row, { journal, published, cosigned, witnesses });
    const note = published.checkpoint && new TextDecoder().decode(published.checkpoint);
    const isNew = isUncosigned(witnessing, { published: note, cosigned });
    return { severity: worst(findings), findings, row, journal, isUncosigned: isNew };
  });
}

async function compare(
  check: StartCheck,
  snapshot: Snapshot,
  row: LogRow | undefined,
  { journal, published, cosigned, witnesses }: Evidence,
): Promise<readonly Finding[]> {
  const expected: ExpectedLog = check;
  const { findings, tree } = await checkDatabase(snapshot, row, expected);
  // Without a tree nothing else can be compared with the database.
  if (tree === undefined) return findings;
  const open = await checkPublic(snapshot, tree, published, expected);
  const note = published.checkpoint && new TextDecoder().decode(published.checkpoint);
  const isTraceless =
    tree.size > 0 &&
    journal.state === 'missing' &&
    published.checkpoint === undefined &&
    !check.adoptWithoutJournal;
  const trace: readonly Finding[] = isTraceless
    ? [{ code: 'no-trace', severity: 'refuse', where: check.journalFile, ours: { size: tree.size } }]
    : await checkJournal(tree, journal, check.journalFile, check.adoptWithoutJournal);
  return [
    ...findings,
    ...trace,
    ...open.findings,
    ...(await checkWitnesses(tree, check.witnessing, witnesses, {
      published: note,
      cosigned,
      mayAdopt: check.adoptWithoutJournal,
    })),
    ...((await check.more?.(snapshot, tree, open.checkpoint?.size ?? 0)) ?? []),
  ];
}
