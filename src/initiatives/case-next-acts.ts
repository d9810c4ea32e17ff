/** 接下來由誰: what may bring a case on where no term runs, by whom and under which article. Pure. */
import { allowedActs, CAPACITY_NAMES, type CaseCourse, citation, type LegalEvent } from '../law/index.ts';
import type { Localised } from '../web/index.ts';

/** An act that the law allows now. */
export type NextActView = Readonly<{ what: Localised; who: Localised; article: Localised }>;

/** Acts by which a case goes on, in the order of the Act; exits, suspensions and repairs are none. */
const FORWARD: ReadonlySet<LegalEvent['kind']> = new Set([
  'accepted',
  'hearing-held',
  'corrected',
  'found-conforming',
  'proposers-sent',
  'proposers-checked',
  'proposer-supplement-ordered',
  'proposer-supplement-filed',
  'notified-to-collect',
  'collected',
  'roster-filed',
  'raw-counted',
  'signers-sent',
  'signers-checked',
  'supplement-ordered',
  'supplement-filed',
  'established',
  'not-established',
  'vote-announced',
  'vote-held',
  'result-announced',
]);

/** Empty for a case that has ended, that is suspended, or for which somebody owes something in a running term. */
export function nextActsOf(course: CaseCourse): readonly NextActView[] {
  const isOwed = course.duties.some(({ status }) => status === 'open' || status === 'overdue');
  if (course.outcome !== undefined || course.isSuspended || isOwed) return [];
  return allowedActs(course)
    .filter(({ kind, waitsFor }) => waitsFor === undefined && FORWARD.has(kind))
    .map(({ name, by, citation: article }) => ({
      what: name,
      who: {
        'zh-Hant-TW': by.map((each) => CAPACITY_NAMES[each]['zh-Hant-TW']).join('或'),
        en: by.map((each) => CAPACITY_NAMES[each].en).join(' or '),
      },
      article: citation(article),
    }));
}
