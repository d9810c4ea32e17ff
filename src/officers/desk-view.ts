/** What a case's desk shows: pure, from the course of the case and the actions that wait. */
import type { Initiatives } from '../initiatives/index.ts';
import {
  ACT_RULES,
  type AllowedAct,
  allowedActs,
  type CaseCourse,
  type Duty,
  type LawRefusal,
  type LegalEvent,
  type LegalEventKind,
  OUTCOME_NAMES,
  refusalOf,
} from '../law/index.ts';
import type { Localised } from '../web/index.ts';
import { DESK_ACTS } from './desk-acts.ts';
import { type DeskKind, deskRule } from './desk-rules.ts';

export interface DeskActView {
  readonly kind: DeskKind;
  readonly name: Localised;
  readonly citation: string;
  readonly until: string | undefined;
  readonly isInSession: boolean;
  readonly allowedWhen: Localised;
}

/** An act of this stage that the law does not allow today, and why. */
export type NotYet = DeskActView & Readonly<{ refusal: LawRefusal }>;

export interface DeskView {
  readonly now: readonly DeskActView[];
  readonly notYet: readonly NotYet[];
  /** What others may do in this stage: the lead proposer, the registry. */
  readonly others: readonly AllowedAct[];
}

/** Kinds whose condition asks something only the form will tell. */
const ASKED_LATER: ReadonlySet<LegalEventKind> = new Set([
  'opinion-received',
  'vote-announced',
  'raw-counted',
  'withdrawn',
  'collected',
]);

/** Acts without legal consequence that this case may have now. */
function extraActs(course: CaseCourse): readonly DeskActView[] {
  const isOver = ['announced', 'counting', 'ended'].includes(course.stage);
  const hasOpinion = course.duties.some(({ id, status }) => id === 'give-opinion' && status === 'met');
  const kinds: readonly DeskKind[] = [
    ...(hasOpinion && !isOver ? (['opinion-amended'] as const) : []),
    ...(isOver ? [] : (['purpose-notice'] as const)),
    'announcement',
  ];
  return kinds.map((kind) => ({ kind, ...deskRule(kind), until: undefined }));
}

/** Acts of this desk that the law allows on the day, those it does not yet, and those of others. */
export function deskView(course: CaseCourse): DeskView {
  const now: DeskActView[] = [];
  const notYet: NotYet[] = [];
  const others: AllowedAct[] = [];
  for (const act of allowedActs(course)) {
    if (DESK_ACTS[act.kind] === undefined) {
      others.push(act);
      continue;
    }
    const { kind, name, citation, until, allowedWhen } = act;
    if (kind === 'resumed' && !course.isSuspended) continue;
    const view = {
      kind,
      name,
      citation,
      until,
      allowedWhen,
      isInSession: ACT_RULES[kind].inSession === true,
    };
    const refusal = ASKED_LATER.has(kind)
      ? undefined
      : refusalOf(course, { kind, on: course.today } as LegalEvent);
    if (refusal === undefined) now.push(view);
    else notYet.push({ ...view, refusal });
  }
  return { now: [...now, ...extraActs(course)], notYet, others };
}

/** Said where no source tells how a case ended that ran elsewhere. */
export const OUTCOME_UNCONFIRMED: Localised = {
  'zh-Hant-TW': '未確認（媒體未報導結果）',
  en: 'unconfirmed (no report of the outcome)',
};

type Listed = Awaited<ReturnType<Initiatives['listCases']>>[number];

/**
 * How a case ended, if it did. Of one told from public reports only a reported outcome counts: that a term passed
 * here says nothing of what was filed elsewhere.
 */
export function deskOutcome(facts: Listed['facts'], course: CaseCourse): Localised | undefined {
  const reported = facts.decision?.outcome;
  if (facts.filed.origin === 'public-reports' && (reported === 'unconfirmed' || reported === undefined))
    return reported === undefined && course.outcome === undefined ? undefined : OUTCOME_UNCONFIRMED;
  return course.outcome && OUTCOME_NAMES[course.outcome.value];
}

/** The running or overdue duty whose last day comes first. */
export function nextDuty(course: CaseCourse): Duty | undefined {
  return course.duties
    .filter(({ status, due }) => (status === 'open' || status === 'overdue') && due !== undefined)
    .sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1))[0];
}

/** Days from `from` to `to`, both legal days; negative when `to` is past. */
export const daysFrom = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
