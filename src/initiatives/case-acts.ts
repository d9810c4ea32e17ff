/**
 * 行為: the one place where a statutory act of a case is entered. The law judges it under the case's locked row, by
 * what the record says so far; what follows from it (a period, an end of signing, a new version of the text) is
 * written in the same transaction.
 */
import type { JsonValue } from '@lianshu/statement';
import { type Capacity, type CaseCourse, courseOf, type LawRefusal, rulePack } from '../law/index.ts';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import { legalDateOf, taipeiTimestamp } from '../platform/time.ts';
import type { ActEntry } from '../record/index.ts';
import { effectsOf, type NewText } from './case-effects.ts';
import { closedDays } from './closures.ts';
import { mendsCollection } from './collection-correction.ts';
import { electionDays } from './election-days.ts';
import { foldInitiative, type RecordedAct } from './initiative-facts.ts';
import { lockInitiative, lockNumbers, receivedSpan } from './initiative-store.ts';
import type { InitiativesDeps } from './initiatives.ts';
import { type Judgement, judgeAct } from './judge-act.ts';
import { numberGiven } from './judge-figures.ts';
import { legalEvents } from './legal-events.ts';

/** An act as somebody means to enter it. `capacity` is who acts; the citation is the law's own. */
export interface CaseAct {
  readonly kind: string;
  readonly body: JsonValue;
  readonly capacity: Capacity;
  /** Index of the entry this one replaces, when it mends a wrong one; nothing is overwritten. */
  readonly replaces?: number;
  /** Why the entry it replaces was wrong; public. Required with `replaces`. */
  readonly why?: Why;
  /** Longer texts that the act names by digest: an agency's opinion. Public from its entry on. */
  readonly texts?: readonly string[];
  /** For `correction`: the new text. */
  readonly text?: NewText;
}

/** Chinese, with a translation where there is one. */
export type Why = Readonly<{ 'zh-Hant-TW': string; en?: string }>;

/** What became of it. A refusal changed nothing. */
export type EnterOutcome =
  | Readonly<{ ok: true; id: bigint }>
  | Readonly<{ ok: false; refusal: LawRefusal | 'unknown-case' }>;

/** The acts of cases. */
export interface CaseActs {
  /** Where the case stands on a day (today unless told); undefined when there is no such case. */
  course(caseNumber: string, on?: string): Promise<CaseCourse | undefined>;
  /** What the law says of an act today, without entering it. */
  judge(caseNumber: string, act: CaseAct): Promise<LawRefusal | 'unknown-case' | undefined>;
  /**
   * Enters the act and whatever entries go with it (an `approval`), in the caller's transaction if given. The case's
   * row is locked first, so that two acts never judge the same past.
   */
  enter(caseNumber: string, act: CaseAct, also?: readonly ActEntry[], within?: Tx): Promise<EnterOutcome>;
}

export function createCaseActs({ db, clock, record }: InitiativesDeps): CaseActs {
  const numbered = async (on: Db | Tx): Promise<readonly RecordedAct[]> => [
    ...(await record.actsOfKindAnywhere(on, 'decision')),
    ...(await record.actsOfKindAnywhere(on, 'retraction')),
  ];
  const judged = async (on: Db | Tx, caseNumber: string, act: CaseAct): Promise<Judged> => {
    const [acts, closed] = [await record.acts(on, caseNumber), await closedDays(record, on)];
    const elections = await electionDays(record, on);
    const facts = foldInitiative(caseNumber, acts);
    if (facts === undefined) return 'unknown-case';
    const nowMs = clock.nowMs();
    const { rulePack: pack } = facts.filed;
    const candidate = { ...act, at: taipeiTimestamp(nowMs) };
    const decisions = numberGiven(act) === undefined ? [] : await numbered(on);
    const received = mendsCollection(act, acts) ? await receivedSpan(on, caseNumber) : undefined;
    const today = legalDateOf(nowMs);
    const by = { acts, pack, today, closed, elections, decisions, received };
    const judgement = judgeAct(candidate, by);
    return { ...judgement, acts, closed };
  };
  return {
    async course(caseNumber, on) {
      const acts = await record.acts(db, caseNumber);
      const facts = foldInitiative(caseNumber, acts);
      if (facts === undefined) return undefined;
      const pack = rulePack(facts.filed.rulePack);
      const day = on ?? legalDateOf(clock.nowMs());
      const [closed, elections] = [await closedDays(record, db), await electionDays(record, db)];
      return courseOf(pack, legalEvents(acts), day, closed, elections);
    },

    async judge(caseNumber, act) {
      const result = await judged(db, caseNumber, act);
      return result === 'unknown-case' ? result : result.refusal;
    },

    enter(caseNumber, act, also = [], within) {
      const work = async (tx: Tx): Promise<EnterOutcome> => {
        if (!(await lockInitiative(tx, caseNumber))) return { ok: false, refusal: 'unknown-case' };
        // Two cases established at once must not both find the same number free.
        if (numberGiven(act) !== undefined) await lockNumbers(tx);
        const result = await judged(tx, caseNumber, act);
        if (result === 'unknown-case') return { ok: false, refusal: result };
        if (result.refusal !== undefined) return { ok: false, refusal: result.refusal };
        const nowMs = clock.nowMs();
        const entry: ActEntry = {
          at: taipeiTimestamp(nowMs),
          basis: result.basis,
          body: act.body,
          capacity: act.capacity,
          case: caseNumber,
          kind: act.kind,
          ...(act.replaces === undefined ? {} : { replaces: act.replaces }),
          v: 1,
          ...(act.why === undefined ? {} : { why: act.why }),
        };
        const { acts, course, closed } = result;
        const effects = await effectsOf(tx, { caseNumber, act, acts, course, closed, nowMs });
        const [id] = await record.appendMany(tx, [entry, ...effects, ...also]);
        if (id === undefined) throw new Error('an act without an id');
        return { ok: true, id };
      };
      return within === undefined ? inTransaction(db, work) : work(within);
    },
  };
}

type Judged =
  | 'unknown-case'
  | (Judgement & Readonly<{ acts: readonly RecordedAct[]; closed: readonly string[] }>);
