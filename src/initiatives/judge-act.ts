/** What the law says of an act before it is entered, and of one that would stand in the place of another. */
import {
  ACT_RULES,
  type Capacity,
  type CaseCourse,
  courseOf,
  type ElectionDay,
  type LawRefusal,
  type LegalEvent,
  rulePack,
} from '../law/index.ts';
import { collectionRefusal, type Received } from './collection-correction.ts';
import type { RecordedAct } from './initiative-facts.ts';
import { figureRefusal, takenNumber } from './judge-figures.ts';
import { legalEvents, type ReadAct, readActs, standingActs } from './legal-events.ts';
import { plainBasis, plainRefusal } from './plain-acts.ts';

/** An act about to be entered. */
export interface CandidateAct {
  readonly kind: string;
  readonly at: string;
  readonly body: unknown;
  readonly capacity: Capacity;
  readonly replaces?: number;
}

/** What the record and the day say; `closed` are days of official closure. */
export interface JudgedBy {
  readonly acts: readonly RecordedAct[];
  readonly pack: string;
  readonly today: string;
  readonly closed: readonly string[];
  /** Announced days of national elections. */
  readonly elections?: readonly ElectionDay[];
  /** When signatures came, where the act would correct a collection. */
  readonly received?: Received | undefined;
  /** Decisions and retractions of every case, where the act gives a number. */
  readonly decisions?: readonly RecordedAct[];
}

export type Judgement = Readonly<{ refusal: LawRefusal | undefined; basis: string; course: CaseCourse }>;

/** 更正: nothing is overwritten; a new entry says why and stands in the place of the wrong one. */
const MENDING = '平台規則：更正以新件取代並敘明理由，不得覆寫';

/** Kinds whose entries may be replaced. The others did something that a later entry cannot undo. */
const MENDABLE: ReadonlySet<string> = new Set([
  'decision',
  'hearing',
  'check-request',
  'supplement',
  'opinion',
  'notice-to-collect',
  'raw-count',
  'suspension',
  'vote',
  'stop',
  'withdrawal',
  'purpose-notice',
  'announcement',
  'help-contact',
  'collection',
]);
/** Signing was stopped by these, or a contact is owed: their content can be mended, that they happened cannot. */
const NOT_RETRACTED: ReadonlySet<string> = new Set(['stop', 'withdrawal', 'help-contact']);

/** Whether an entry may be replaced by one that says why. */
export const isMendable = ({ kind, body }: RecordedAct): boolean =>
  MENDABLE.has(kind) && !(kind === 'decision' && 'outcome' in (body as object));

/** Whether an entry may be replaced by a `retraction`, which stands for nothing. */
export const isRetractable = (act: RecordedAct): boolean => isMendable(act) && !NOT_RETRACTED.has(act.kind);

export function judgeAct(
  act: CandidateAct,
  { acts, pack, today, closed, elections, received, decisions = [] }: JudgedBy,
): Judgement {
  const candidate: RecordedAct = {
    kind: act.kind,
    at: act.at,
    basis: '',
    body: act.body,
    ...(act.replaces === undefined ? {} : { replaces: act.replaces }),
  };
  const read = readActs([...acts, candidate]);
  const own = read.find((one) => one.act === candidate)?.events ?? [];
  const course = courseOf(
    rulePack(pack),
    read.flatMap(({ events }) => events),
    today,
    closed,
    elections,
  );
  const [first] = own;
  const basis =
    first === undefined ? (plainBasis(act.kind, act.body) ?? MENDING) : ACT_RULES[first.kind].citation;
  const refusal =
    misplaced(act, acts) ??
    refusalAmong(own, act.capacity, course, today) ??
    figureRefusal(candidate, acts, course) ??
    takenNumber(candidate, decisions) ??
    plainRefusal(act, course, standingActs(acts)) ??
    collectionRefusal(candidate, acts, { pack: rulePack(pack), closed, today, received }) ??
    (act.replaces === undefined
      ? undefined
      : laterRefusal(
          read,
          own,
          course,
          courseOf(rulePack(pack), legalEvents(acts), today, closed, elections),
        ));
  return { basis, course, refusal };
}

const mending = (code: LawRefusal['code'], zh: string, en: string): LawRefusal => ({
  code,
  citation: MENDING,
  instead: { 'zh-Hant-TW': zh, en },
});

/** Why the entry it names cannot be replaced by it. */
function misplaced({ kind, replaces }: CandidateAct, acts: readonly RecordedAct[]): LawRefusal | undefined {
  if (replaces === undefined)
    return kind === 'retraction'
      ? mending('out-of-order', '註銷須指明所註銷之件。', 'A retraction names the entry it retracts.')
      : undefined;
  const former = acts.find(({ index }) => index === replaces);
  if (former === undefined)
    return mending(
      'out-of-order',
      '所取代之件不在本案公卷中，或尚未排入公卷；請俟排入後再更正。',
      'The entry to be replaced is not in the record of this case, or has no position yet; wait until it has.',
    );
  if (acts.some((other) => other.replaces === replaces))
    return mending(
      'already-done',
      '該件已被取代；請更正取代它的那一件。',
      'That entry was replaced already; mend the one that replaced it.',
    );
  const fits = kind === 'retraction' ? isRetractable(former) : isMendable(former) && former.kind === kind;
  return fits
    ? undefined
    : mending(
        'out-of-order',
        '該件不得以此件取代：期間與文字版本等已生效果者不能回復，種類不同者亦不得互代。',
        'That entry cannot be replaced by this one: what opened a period or fixed a text cannot be undone, and kinds cannot stand for each other.',
      );
}

/** What was allowed with the former entry must stay allowed with the new one. */
function laterRefusal(
  read: readonly ReadAct[],
  own: readonly LegalEvent[],
  course: CaseCourse,
  before: CaseCourse,
): LawRefusal | undefined {
  const known = new Set(before.refused.map(({ event }) => JSON.stringify(event)));
  const broken = course.refused.find(
    ({ event }) => !own.includes(event) && !known.has(JSON.stringify(event)),
  );
  if (broken === undefined) return undefined;
  const { event, refusal } = broken;
  const { name } = ACT_RULES[event.kind];
  const index = read.find(({ events }) => events.includes(event))?.act.index;
  const where = index === undefined ? '' : `（第 ${index} 件）`;
  return {
    code: refusal.code,
    citation: refusal.citation,
    instead: {
      'zh-Hant-TW': `更正後，其後 ${event.on} 之「${name['zh-Hant-TW']}」${where}即不合規定；請先更正該件。${refusal.instead['zh-Hant-TW']}`,
      en: `With this correction the later “${name.en}” of ${event.on}${index === undefined ? '' : ` (entry ${index})`} would not be allowed; mend that entry first. ${refusal.instead.en}`,
    },
  };
}

function refusalAmong(
  own: readonly LegalEvent[],
  capacity: Capacity,
  course: CaseCourse,
  today: string,
): LawRefusal | undefined {
  for (const event of own) {
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
