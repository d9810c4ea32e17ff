import { type CaseCourse, courseOf, type ElectionDay, type LegalEvent, rulePack } from '../law/index.ts';
import type { Db } from '../platform/db/index.ts';
import type { PublicRecord, RecordedAct } from '../record/index.ts';
import { movedLastDay } from './closures.ts';
import { foldInitiative, type InitiativeFacts, type RecordedAct as ToldAct } from './initiative-facts.ts';
import { legalEvents } from './legal-events.ts';

/**
 * The acts of cases as they were last read, each case's kept until something was entered or logged about it. Acts are
 * never changed, so equal marks mean equal acts: a page asks one cheap query instead of reading every act again.
 */
export interface CaseShelf {
  /** As `PublicRecord.acts`. The same array as before where nothing changed. */
  acts(caseNumber: string): Promise<readonly RecordedAct[]>;
  /** Of every case that has any, in two queries at most. */
  allActs(): Promise<ReadonlyMap<string, readonly RecordedAct[]>>;
}

interface Kept {
  readonly mark: string;
  readonly acts: readonly RecordedAct[];
}

/** Acts kept in memory in all; beyond that the cases asked for longest ago are read again when needed. */
const MOST_ACTS = 100_000;

/** @returns a shelf over one record; it holds nothing that is not in the database */
export function caseShelf(db: Db, record: Pick<PublicRecord, 'actsOfMany' | 'marks'>): CaseShelf {
  const kept = new Map<string, Kept>();
  let held = 0;

  const drop = (caseNumber: string): void => {
    held -= kept.get(caseNumber)?.acts.length ?? 0;
    kept.delete(caseNumber);
  };
  const keep = (caseNumber: string, found: Kept): void => {
    drop(caseNumber);
    kept.set(caseNumber, found);
    held += found.acts.length;
    for (const oldest of kept.keys()) {
      if (held <= MOST_ACTS || oldest === caseNumber) break;
      drop(oldest);
    }
  };

  const read = async (caseNumber?: string): Promise<ReadonlyMap<string, readonly RecordedAct[]>> => {
    const marks = await record.marks(db, caseNumber);
    const changed = marks.filter((mark) => kept.get(mark.caseNumber)?.mark !== markText(mark));
    const fresh = await record.actsOfMany(
      db,
      changed.map((mark) => mark.caseNumber),
    );
    const all = new Map<string, readonly RecordedAct[]>();
    for (const mark of marks) {
      const acts = fresh.get(mark.caseNumber) ?? kept.get(mark.caseNumber)?.acts ?? [];
      all.set(mark.caseNumber, acts);
    }
    for (const [number, acts] of fresh) keep(number, { mark: markOfActs(acts), acts });
    return all;
  };

  return {
    allActs: () => read(),
    acts: async (caseNumber) => (await read(caseNumber)).get(caseNumber) ?? [],
  };
}

const markText = ({ acts, logged }: Readonly<{ acts: number; logged: number }>): string =>
  `${acts}/${logged}`;

/** From what was read itself, which may be newer than the mark asked for before it. */
const markOfActs = (acts: readonly RecordedAct[]): string =>
  markText({ acts: acts.length, logged: acts.filter(({ index }) => index !== undefined).length });

interface Told {
  readonly facts: InitiativeFacts | undefined;
  readonly events: readonly LegalEvent[];
  day?: string;
  course?: CaseCourse;
}

/** What was folded from an array of acts, as long as somebody holds that array. */
const told = new WeakMap<readonly ToldAct[], Told>();

/**
 * Facts and course of a case from its acts; worked out once for an array, a day, and the days of closures and elections.
 * Undefined: never filed.
 */
export function factsOfActs(
  caseNumber: string,
  acts: readonly ToldAct[],
  today: string,
  closed: readonly string[] = [],
  elections: readonly ElectionDay[] = [],
): Readonly<{ facts: InitiativeFacts; course: CaseCourse }> | undefined {
  let known = told.get(acts);
  if (known === undefined) {
    known = { facts: foldInitiative(caseNumber, acts), events: legalEvents(acts) };
    told.set(acts, known);
  }
  const { facts, events } = known;
  if (facts === undefined) return undefined;
  const day = [
    today,
    ...closed,
    ...elections.map(({ announcedOn, day: on }) => `${announcedOn}/${on}`),
  ].join();
  if (known.course === undefined || known.day !== day) {
    known.course = courseOf(rulePack(facts.filed.rulePack), events, today, closed, elections);
    known.day = day;
  }
  const { opened } = facts;
  if (opened === undefined || closed.length === 0) return { facts, course: known.course };
  const lastDay = movedLastDay(opened.lastDay, closed);
  return { facts: { ...facts, opened: { ...opened, lastDay } }, course: known.course };
}
