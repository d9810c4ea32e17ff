/**
 * 行為: the one place where a statutory act of a case is entered. The law judges it under the case's locked row, by
 * what the record says so far; what follows from it (a period, an end of signing, a new version of the text) is
 * written in the same transaction.
 */
import type { JsonValue } from '@lianshu/statement';
import {
  ACT_RULES,
  type Capacity,
  type CaseCourse,
  courseOf,
  type LawRefusal,
  type LegalEvent,
  rulePack,
} from '../law/index.ts';
import { inTransaction, type Tx } from '../platform/db/index.ts';
import { legalDateOf, taipeiTimestamp } from '../platform/time.ts';
import type { ActEntry } from '../record/index.ts';
import { effectsOf, type NewText } from './case-effects.ts';
import { foldInitiative, type RecordedAct } from './initiative-facts.ts';
import { lockInitiative } from './initiative-store.ts';
import type { InitiativesDeps } from './initiatives.ts';
import { legalEvents } from './legal-events.ts';

/** An act as somebody means to enter it. `capacity` is who acts; the citation is the law's own. */
export interface CaseAct {
  readonly kind: string;
  readonly body: JsonValue;
  readonly capacity: Capacity;
  /** Index of the entry this one replaces, when it mends a wrong one; nothing is overwritten. */
  readonly replaces?: number;
  /** For `correction`: the new text. */
  readonly text?: NewText;
}

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
  const judged = (acts: readonly RecordedAct[], caseNumber: string, act: CaseAct): Judged => {
    const facts = foldInitiative(caseNumber, acts);
    if (facts === undefined) return 'unknown-case';
    const nowMs = clock.nowMs();
    return judgeAct(acts, { ...act, at: taipeiTimestamp(nowMs) }, facts.filed.rulePack, legalDateOf(nowMs));
  };
  return {
    async course(caseNumber, on) {
      const acts = await record.acts(db, caseNumber);
      const facts = foldInitiative(caseNumber, acts);
      return (
        facts && courseOf(rulePack(facts.filed.rulePack), legalEvents(acts), on ?? legalDateOf(clock.nowMs()))
      );
    },

    async judge(caseNumber, act) {
      const result = judged(await record.acts(db, caseNumber), caseNumber, act);
      return result === 'unknown-case' ? result : result.refusal;
    },

    enter(caseNumber, act, also = [], within) {
      const work = async (tx: Tx): Promise<EnterOutcome> => {
        if (!(await lockInitiative(tx, caseNumber))) return { ok: false, refusal: 'unknown-case' };
        const acts = await record.acts(tx, caseNumber);
        const result = judged(acts, caseNumber, act);
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
        };
        const effects = await effectsOf(tx, { caseNumber, act, acts, course: result.course, nowMs });
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
  | Readonly<{ refusal: LawRefusal | undefined; basis: string; course: CaseCourse }>;

/** The new act's events are those that the record with it has and the record without it has not. */
function judgeAct(
  acts: readonly RecordedAct[],
  act: CaseAct & Readonly<{ at: string }>,
  pack: string,
  today: string,
): Exclude<Judged, 'unknown-case'> {
  const candidate: RecordedAct = {
    kind: act.kind,
    at: act.at,
    basis: '',
    body: act.body,
    ...(act.replaces === undefined ? {} : { replaces: act.replaces }),
  };
  const before = legalEvents(acts);
  const events = legalEvents([...acts, candidate]);
  const added = withoutEach(events, before);
  const course = courseOf(rulePack(pack), events, today);
  const [first] = added;
  const basis = first === undefined ? '平台規則' : ACT_RULES[first.kind].citation;
  return { basis, course, refusal: refusalAmong(added, act.capacity, course, today) };
}

function refusalAmong(
  added: readonly LegalEvent[],
  capacity: Capacity,
  course: CaseCourse,
  today: string,
): LawRefusal | undefined {
  for (const event of added) {
    const { by, citation, name } = ACT_RULES[event.kind];
    if (!by.includes(capacity))
      return {
        code: 'wrong-capacity',
        citation,
        instead: {
          'zh-Hant-TW': `「${name['zh-Hant-TW']}」非此身分所得為。`,
          en: `“${name.en}” is not for this capacity.`,
        },
      };
    if (event.on > today)
      return {
        code: 'not-yet-the-day',
        citation,
        instead: {
          'zh-Hant-TW': `所載之日 ${event.on} 尚未到來；今日為 ${today}。`,
          en: `The day ${event.on} has not come; today is ${today}.`,
        },
      };
    const refused = course.refused.find((one) => one.event === event);
    if (refused !== undefined) return refused.refusal;
  }
  return undefined;
}

/** What remains of `events` when each of `known` took away one equal event: the same act a second time is new. */
function withoutEach(events: readonly LegalEvent[], known: readonly LegalEvent[]): readonly LegalEvent[] {
  const left = new Map<string, number>();
  for (const event of known) {
    const text = JSON.stringify(event);
    left.set(text, (left.get(text) ?? 0) + 1);
  }
  return events.filter((event) => {
    const text = JSON.stringify(event);
    const remaining = left.get(text) ?? 0;
    if (remaining > 0) left.set(text, remaining - 1);
    return remaining === 0;
  });
}
