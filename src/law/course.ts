/**
 * 程序: where a case stands on a day, from what happened to it. Pure: the same pack, events and day give the same
 * answer, so any case can be replayed under any pack (law.md §2, L-5).
 */
import { ACT_RULES } from './act-rules.ts';
import { daysAfter, type LegalDate } from './deadlines.ts';
import type { Capacity, LegalEvent, LegalEventKind } from './legal-event.ts';
import type { Localised } from './localised.ts';
import type { RulePack } from './rule-pack.ts';
import type { ElectionDay } from './vote-window.ts';
import { begin, lapseUntil, type Walk } from './walk.ts';

/** Why an act is not allowed: its article, and what would be allowed and when. */
export interface LawRefusal {
  readonly code: LawRefusalCode;
  readonly citation: string;
  /** What the law says instead, for people. */
  readonly instead: Localised;
}

export type LawRefusalCode =
  | 'wrong-capacity'
  | 'not-yet-the-day'
  | 'out-of-order'
  | 'case-ended'
  | 'too-late'
  | 'too-early'
  | 'only-once'
  | 'hearing-first'
  | 'not-enough-agree'
  | 'threshold-not-met'
  | 'threshold-met'
  | 'wrong-figure'
  | 'changed-since'
  | 'already-done';

/** An event that the law did not allow when it came; it changed nothing. */
export interface RefusedEvent {
  readonly event: LegalEvent;
  readonly refusal: LawRefusal;
}

/** A case on a day. */
export interface CaseCourse extends Walk {
  readonly today: LegalDate;
  readonly refused: readonly RefusedEvent[];
}

/**
 * Walks the events in order and lets terms lapse up to and including the day before `today`. `closed` are the days on
 * which offices were officially closed for a natural disaster: a term that would end on one ends on the next working day.
 *
 * **What is known on `today`.** An act counts from its legally decisive day, whenever it was entered (a letter counts on
 * its receipt, law.md §6). Of what lies outside the case only that counts which was announced: a closure from the day
 * before it, an election day from its announcement; an act is judged by what was announced on its own day.
 */
export function courseOf(
  pack: RulePack,
  events: readonly LegalEvent[],
  today: LegalDate,
  closed: readonly LegalDate[] = [],
  elections: readonly ElectionDay[] = [],
): CaseCourse {
  const announced = daysAfter(today, 1).lastDay;
  let walk = begin(
    pack,
    closed.filter((day) => day <= announced),
    elections,
    today,
  );
  const refused: RefusedEvent[] = [];
  for (const event of events) {
    if (event.on > today) break;
    walk = lapseUntil(walk, event.on);
    const refusal = refusalOf(walk, event);
    if (refusal === undefined) walk = ACT_RULES[event.kind].apply(walk, event);
    else refused.push({ event, refusal });
  }
  return { ...lapseUntil(walk, today), today, refused };
}

/** Why the law does not allow this event now; undefined when it does. `walk` has lapsed up to the event's day. */
export function refusalOf(walk: Walk, event: LegalEvent): LawRefusal | undefined {
  const rule = ACT_RULES[event.kind];
  if (walk.outcome !== undefined && !rule.inStages.includes('ended'))
    return {
      code: 'case-ended',
      citation: walk.outcome.citation,
      instead: {
        'zh-Hant-TW': `本案已於 ${walk.outcome.on} 終結，不得再為此行為。`,
        en: `The case ended on ${walk.outcome.on}; nothing of this kind may follow.`,
      },
    };
  if (walk.lastOn !== undefined && event.on < walk.lastOn)
    return {
      code: 'out-of-order',
      citation: rule.citation,
      instead: {
        'zh-Hant-TW': `前一行為之日為 ${walk.lastOn}，不得登錄更早之日。`,
        en: `The act before is of ${walk.lastOn}; an earlier day cannot follow it.`,
      },
    };
  if (!rule.inStages.includes(walk.stage)) return outOfStage(rule.citation, event.kind);
  return rule.precondition?.(walk) ?? rule.condition?.(walk, event);
}

function outOfStage(citation: string, kind: LegalEventKind): LawRefusal {
  const { allowedWhen } = ACT_RULES[kind];
  return { code: 'out-of-order', citation, instead: allowedWhen };
}

/** An act that the law allows on the day, by whom, under which provision and until when. */
export interface AllowedAct {
  readonly kind: LegalEventKind;
  readonly name: Localised;
  readonly by: readonly Capacity[];
  readonly citation: string;
  readonly until: LegalDate | undefined;
  readonly allowedWhen: Localised;
  /** What must come first, or can no longer come; undefined when nothing stands in the way. */
  readonly waitsFor: LawRefusal | undefined;
}

/** Everything that belongs to the case's present stage, by act, each with what it still waits for. */
export function allowedActs(course: CaseCourse): readonly AllowedAct[] {
  return (Object.keys(ACT_RULES) as LegalEventKind[]).flatMap((kind) => {
    const { inStages, name, by, citation, allowedWhen, closes, precondition } = ACT_RULES[kind];
    if (!inStages.includes(course.stage)) return [];
    if (course.outcome !== undefined && !inStages.includes('ended')) return [];
    const waitsFor = precondition?.(course);
    const duty = course.duties.find(({ id, status }) => id === closes && status === 'open');
    return [{ kind, name, by, citation, until: duty?.due, allowedWhen, waitsFor }];
  });
}
