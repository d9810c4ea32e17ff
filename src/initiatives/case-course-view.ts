/** The course of a case as the page tells it: every act in words, with its day and its article. */
import { citation } from '../law/index.ts';
import type { Localised } from '../web/index.ts';
import { approvalOf, deedOf } from './act-words.ts';
import type { CourseEntryView } from './case-course.tsx';
import { COURSE_GROUPS, type CourseGroup, groupOf } from './case-course-groups.ts';
import { type InitiativeFacts, openedIn, type RecordedAct } from './initiative-facts.ts';

/** What is known of a case that ran elsewhere begins with the collection of its access code. */
const COLLECTED: Localised = { 'zh-Hant-TW': '領取系統認證碼', en: 'Access code collected' };
const COLLECTION_BASIS = '公民投票法 §10 IX；電子連署及查對作業辦法 §4';

const viewed = new WeakMap<readonly RecordedAct[], readonly CourseEntryView[]>();

/** Newest day first; within a day, the latest entry first. Worked out once for an array of acts. */
export function courseView(acts: readonly RecordedAct[], facts: InitiativeFacts): readonly CourseEntryView[] {
  const known = viewed.get(acts);
  if (known !== undefined) return known;
  const entries = entriesOf(acts, facts);
  viewed.set(acts, entries);
  return entries;
}

function entriesOf(acts: readonly RecordedAct[], facts: InitiativeFacts): readonly CourseEntryView[] {
  const replacedBy = new Map(
    acts.flatMap((act) => (act.replaces === undefined ? [] : [[act.replaces, act] as const])),
  );
  const told = facts.filed.origin === 'public-reports';
  const entries = acts.flatMap((recorded, position): CourseEntryView[] => {
    const isCollection = told && recorded.kind === 'initiative-filed';
    const approved = recorded.kind === 'approval' ? approvedBefore(acts, position)?.index : undefined;
    const said = approved === undefined ? deedOf(recorded, facts) : approvalOf(approved);
    const deed = isCollection ? { what: COLLECTED } : said;
    // Numbers of the press stand in the chart with their sources, not among the acts.
    if (!deed || recorded.kind === 'statistics') return [];
    const source = recorded.kind === 'decision' ? facts.decision?.source : undefined;
    const newer = recorded.index === undefined ? undefined : replacedBy.get(recorded.index);
    const { index, replaces, why } = recorded;
    return [
      {
        id: index === undefined || told ? `act-${position + 1}` : `entry-${index}`,
        on: dayOf(recorded, facts),
        at: recorded.at,
        group: isCollection ? 'signing' : groupOf(recorded.kind),
        ...deed,
        article: citation(isCollection ? COLLECTION_BASIS : recorded.basis),
        ...(index === undefined || told ? {} : { index }),
        ...(index === undefined && !told ? { isPending: true } : {}),
        ...(newer === undefined ? {} : { replacedBy: { index: newer.index, why: whyOf(newer.why) } }),
        ...(replaces === undefined ? {} : { replaces: { index: replaces, why: whyOf(why) } }),
        ...(source ? { source } : {}),
      },
    ];
  });
  // A stable sort of the reversed list: of two on one day, the later entered stands first.
  return entries.reverse().sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1));
}

/** The act that an approval was entered with: the last one before it, the versions it brought aside. */
const approvedBefore = (acts: readonly RecordedAct[], position: number): RecordedAct | undefined =>
  acts.slice(0, position).findLast(({ kind }) => kind !== 'version');

const whyOf = (why: RecordedAct['why']): Localised =>
  why === undefined
    ? { 'zh-Hant-TW': '', en: '' }
    : { 'zh-Hant-TW': why['zh-Hant-TW'], en: why.en || why['zh-Hant-TW'] };

/** The day the act is about; for cases told from reports that is not the day it was entered here. */
function dayOf(recorded: RecordedAct, facts: InitiativeFacts): string {
  if (recorded.kind === 'opened') return openedIn(recorded.body, facts)?.firstDay ?? recorded.at.slice(0, 10);
  // Before a supplement opened signing again it had ended on another day: never later than it was entered.
  if (recorded.kind === 'closed' && facts.opened) {
    const entered = recorded.at.slice(0, 10);
    return facts.opened.lastDay < entered ? facts.opened.lastDay : entered;
  }
  if (recorded.kind === 'statistics' && facts.statistics)
    return facts.statistics.series.at(-1)?.on ?? recorded.at.slice(0, 10);
  const { on } = recorded.body as { readonly on?: unknown };
  return typeof on === 'string' ? on : recorded.at.slice(0, 10);
}

/** Entries on one page of the course. */
export const COURSE_PAGE = 100;

/** A part of the course: one group of entries, page by page. */
export interface CoursePart {
  readonly group: CourseGroup;
  /** 1 holds the newest. */
  readonly page: number;
  readonly pages: number;
  readonly entries: readonly CourseEntryView[];
  /** Of the whole group. */
  readonly total: number;
  /** Groups that have entries, with how many. */
  readonly groups: readonly Readonly<{ group: CourseGroup; n: number }>[];
}

/** @param page beyond the last one shows the last one */
export function coursePart(
  all: readonly CourseEntryView[],
  group: CourseGroup = 'all',
  page = 1,
): CoursePart {
  const counts = new Map<CourseGroup, number>([['all', all.length]]);
  for (const entry of all) counts.set(entry.group, (counts.get(entry.group) ?? 0) + 1);
  const of = group === 'all' ? all : all.filter((entry) => entry.group === group);
  const pages = Math.max(1, Math.ceil(of.length / COURSE_PAGE));
  const shown = Math.min(page, pages);
  return {
    group,
    page: shown,
    pages,
    entries: of.slice((shown - 1) * COURSE_PAGE, shown * COURSE_PAGE),
    total: of.length,
    groups: COURSE_GROUPS.flatMap((each) => {
      const n = counts.get(each) ?? 0;
      return n === 0 && each !== group ? [] : [{ group: each, n }];
    }),
  };
}
