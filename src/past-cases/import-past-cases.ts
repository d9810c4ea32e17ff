import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import type { Clock } from '../platform/time.ts';
import type { PastCase } from './past-case.ts';
import { listPastCases, putPastCase } from './past-case-store.ts';

/** What an import does, case by case. Cases that the file does not name stay. */
export interface ImportPlan {
  readonly added: readonly PastCase[];
  readonly changed: readonly PastCase[];
  readonly unchanged: readonly PastCase[];
}

export interface ImportDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Puts a title into the index of words, under the case's number, in the import's transaction. */
  readonly index: (tx: Tx, caseNumber: string, title: string) => Promise<void>;
}

/** @returns what an import would do, without doing it */
export async function planImport(db: Db | Tx, cases: readonly PastCase[]): Promise<ImportPlan> {
  const held = new Map((await listPastCases(db)).map((one) => [one.number, textOf(one)] as const));
  const differs = (one: PastCase): boolean => held.get(one.number) !== textOf(one);
  return {
    added: cases.filter(({ number }) => !held.has(number)),
    changed: cases.filter((one) => held.has(one.number) && differs(one)),
    unchanged: cases.filter((one) => !differs(one)),
  };
}

/** Enters the cases of a file in one transaction. Safe to repeat. */
export async function importPastCases(
  { db, clock, index }: ImportDeps,
  cases: readonly PastCase[],
): Promise<ImportPlan> {
  return inTransaction(db, async (tx) => {
    const plan = await planImport(tx, cases);
    for (const one of [...plan.added, ...plan.changed]) await putPastCase(tx, one, clock.nowMs());
    for (const { number, title } of cases) await index(tx, String(number), title);
    return plan;
  });
}

const textOf = (one: PastCase): string =>
  JSON.stringify(
    [
      one.number,
      one.voteOn,
      one.title,
      one.leadProposer,
      one.yes,
      one.no,
      one.invalid,
      one.electors,
      one.turnout,
      one.passed,
      one.source,
    ].map(String),
  );
