/** The course of a case as the page tells it: every act in words, with its day and its article. */
import { citation } from '../law/index.ts';
import type { Localised } from '../web/index.ts';
import { deedOf } from './act-words.ts';
import type { CourseEntryView } from './case-course.tsx';
import type { InitiativeFacts, RecordedAct } from './initiative-facts.ts';

/** What is known of a case that ran elsewhere begins with the collection of its access code. */
const COLLECTED: Localised = { 'zh-Hant-TW': '領取系統認證碼', en: 'Access code collected' };
const COLLECTION_BASIS = '公民投票法 §10 IX；電子連署及查對作業辦法 §4';

/** Newest day first; within a day, the latest entry first. */
export function courseView(acts: readonly RecordedAct[], facts: InitiativeFacts): readonly CourseEntryView[] {
  const entries = [...acts].reverse().flatMap((recorded): CourseEntryView[] => {
    const told = facts.filed.origin === 'public-reports';
    const isCollection = told && recorded.kind === 'initiative-filed';
    const deed = isCollection ? { what: COLLECTED } : deedOf(recorded, facts);
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

/** The day the act is about; for cases told from reports that is not the day it was entered here. */
function dayOf(recorded: RecordedAct, facts: InitiativeFacts): string {
  if (recorded.kind === 'opened' && facts.opened) return facts.opened.firstDay;
  if (recorded.kind === 'closed' && facts.opened) return facts.opened.lastDay;
  if (recorded.kind === 'statistics' && facts.statistics)
    return facts.statistics.series.at(-1)?.on ?? recorded.at.slice(0, 10);
  const { on } = recorded.body as { readonly on?: unknown };
  return typeof on === 'string' ? on : recorded.at.slice(0, 10);
}
