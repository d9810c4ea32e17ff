/** The course of a case as the page tells it: every act in words, with its day and its article. */
import { citation } from '../law/index.ts';
import type { Localised } from '../web/index.ts';
import { type Deed, deedOf } from './act-words.ts';
import type { CourseEntryView } from './case-course.tsx';
import type { InitiativeFacts, RecordedAct } from './initiative-facts.ts';
import { mendingWords } from './office-words.ts';

/** What is known of a case that ran elsewhere begins with the collection of its access code. */
const COLLECTED: Localised = { 'zh-Hant-TW': '領取系統認證碼', en: 'Access code collected' };
const COLLECTION_BASIS = '公民投票法 §10 IX；電子連署及查對作業辦法 §4';

/** Newest day first; within a day, the latest entry first. */
export function courseView(acts: readonly RecordedAct[], facts: InitiativeFacts): readonly CourseEntryView[] {
  const replacedBy = new Map(
    acts.flatMap((act) => (act.replaces === undefined ? [] : [[act.replaces, act] as const])),
  );
  const entries = [...acts].reverse().flatMap((recorded): CourseEntryView[] => {
    const told = facts.filed.origin === 'public-reports';
    const isCollection = told && recorded.kind === 'initiative-filed';
    const deed = isCollection ? { what: COLLECTED } : mended(deedOf(recorded, facts), recorded, replacedBy);
    // Numbers of the press stand in the chart with their sources, not among the acts.
    if (!deed || recorded.kind === 'statistics') return [];
    const source = recorded.kind === 'decision' ? facts.decision?.source : undefined;
    return [
      {
        on: dayOf(recorded, facts),
        ...deed,
        article: citation(isCollection ? COLLECTION_BASIS : recorded.basis),
        ...(recorded.index === undefined || told ? {} : { index: recorded.index }),
        ...(source ? { source } : {}),
      },
    ];
  });
  return entries.sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1));
}

/** An entry that replaces another says which and why; one that was replaced stays where it is and says so. */
function mended(
  deed: Deed | undefined,
  { index, replaces, why }: RecordedAct,
  replacedBy: ReadonlyMap<number, RecordedAct>,
): Deed | undefined {
  if (deed === undefined) return undefined;
  const newer = index === undefined ? undefined : replacedBy.get(index);
  const mark = newer === undefined ? undefined : mendingWords.replacedBy(newer.index);
  const reason =
    replaces === undefined || why === undefined ? undefined : mendingWords.replaces(replaces, why);
  return {
    ...deed,
    ...(mark === undefined ? {} : { what: joined(deed.what, mark, '') }),
    ...(reason === undefined ? {} : { detail: deed.detail ? joined(reason, deed.detail, '\n') : reason }),
  };
}

const joined = (a: Localised, b: Localised, between: string): Localised => ({
  'zh-Hant-TW': `${a['zh-Hant-TW']}${between}${b['zh-Hant-TW']}`,
  en: `${a.en}${between}${b.en}`,
});

/** The day the act is about; for cases told from reports that is not the day it was entered here. */
function dayOf(recorded: RecordedAct, facts: InitiativeFacts): string {
  if (recorded.kind === 'opened' && facts.opened) return facts.opened.firstDay;
  if (recorded.kind === 'closed' && facts.opened) return facts.opened.lastDay;
  if (recorded.kind === 'statistics' && facts.statistics)
    return facts.statistics.series.at(-1)?.on ?? recorded.at.slice(0, 10);
  const { on } = recorded.body as { readonly on?: unknown };
  return typeof on === 'string' ? on : recorded.at.slice(0, 10);
}
