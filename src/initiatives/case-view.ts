import { CAPACITY_NAMES, type CaseCourse, citation, type Duty, whoMay } from '../law/index.ts';
import { legalDateOf, startOfLegalDay } from '../platform/time.ts';
import type { PublishedCaseCount } from '../record/index.ts';
import type { Localised } from '../web/index.ts';
import { closingView } from './case-closing-view.ts';
import type { CaseCountView } from './case-count.tsx';
import type { CourseGroup } from './case-course-groups.ts';
import { coursePart, courseView } from './case-course-view.ts';
import type { DutyView, SuspensionView } from './case-next.tsx';
import { nextActsOf } from './case-next-acts.ts';
import { opinionViews } from './case-opinions-view.ts';
import type { CaseView } from './case-page.tsx';
import { stagesOfCourse, stagesOfReported } from './case-stages.ts';
import type { CaseTextView } from './case-texts.tsx';
import type { InitiativeFacts, Outcome, RecordedAct, SubjectMatter } from './initiative-facts.ts';
import type { TextVersion } from './initiative-store.ts';
import { opinionsOf } from './opinions.ts';

/**
 * From folded facts to what the pages show. Pure: the same facts, counts and instant give the same page, so a
 * status is never stored and never stale.
 */

export interface CaseMaterial {
  readonly facts: InitiativeFacts;
  readonly state: 'not-yet' | 'open' | 'closed';
  /** Where the law says the case stands, from its acts and the day. */
  readonly course: CaseCourse;
  readonly count: PublishedCaseCount | undefined;
  readonly nowMs: number;
  /** Public address of the log. */
  readonly logUrl: string;
}

const SUBJECT_MATTER: Readonly<Record<SubjectMatter, Localised>> = {
  principle: { 'zh-Hant-TW': '立法原則之創制', en: 'Initiative of a legislative principle' },
  statute: { 'zh-Hant-TW': '法律之複決', en: 'Referendum on a statute' },
  policy: { 'zh-Hant-TW': '重大政策之創制或複決', en: 'Initiative or referendum on a major policy' },
};

const MODE: Readonly<Record<'electronic' | 'paper-and-electronic', Localised>> = {
  electronic: { 'zh-Hant-TW': '僅電子連署', en: 'Electronic only' },
  'paper-and-electronic': { 'zh-Hant-TW': '紙本與電子連署', en: 'Paper and electronic' },
};

const OUTCOME: Readonly<Record<Exclude<Outcome, 'unconfirmed'> | 'voted', Localised>> = {
  voted: { 'zh-Hant-TW': '已投票', en: 'Voted' },
  inadmissible: { 'zh-Hant-TW': '不受理', en: 'Inadmissible' },
  rejected: { 'zh-Hant-TW': '駁回', en: 'Rejected' },
  withdrawn: { 'zh-Hant-TW': '撤回', en: 'Withdrawn' },
  'deemed-abandoned': { 'zh-Hant-TW': '視為放棄連署', en: 'Deemed abandoned' },
  'not-established': { 'zh-Hant-TW': '不成立', en: 'Not established' },
  established: { 'zh-Hant-TW': '成立', en: 'Established' },
  stopped: { 'zh-Hant-TW': '停止', en: 'Stopped' },
};

/** Whether the lead proposer may supply proposers now (公民投票法 §10 VII). */
const isSupplied = ({ stage, duties }: CaseCourse): boolean =>
  stage === 'proposer-supplement' &&
  duties.some(({ id, status }) => id === 'supplement-proposers' && status === 'open');

/**
 * How the case ended, if it did. Of a case told from public reports the record lacks what happened elsewhere, so
 * nothing is inferred from a term that passed: only a reported outcome counts.
 */
export function outcomeOf({ facts, course }: Pick<CaseMaterial, 'facts' | 'course'>): Localised | undefined {
  const reported = facts.decision?.outcome;
  if (reported !== undefined) return reported === 'unconfirmed' ? undefined : OUTCOME[reported];
  if (facts.filed.origin === 'public-reports' || course.outcome === undefined) return undefined;
  return OUTCOME[course.outcome.value];
}

function stagesOf({ facts, course, state }: CaseMaterial) {
  if (facts.filed.origin === 'here') return stagesOfCourse(course);
  const hasEnded = facts.decision?.outcome !== 'established' && outcomeOf({ facts, course }) !== undefined;
  return stagesOfReported(state, hasEnded, facts.opened);
}

/** What is owed now; of a case that ran elsewhere nobody owes anything here. */
function dutiesOf({ facts, course }: CaseMaterial): readonly DutyView[] {
  if (facts.filed.origin === 'public-reports') return [];
  return course.duties.flatMap((duty): DutyView[] => {
    const { status } = duty;
    // What was late before the end is told in the course; nobody owes it any more.
    const isOver = course.outcome !== undefined && status !== 'open';
    return !isOver && (status === 'open' || status === 'overdue' || status === 'waived')
      ? [dutyView(duty, status, course)]
      : [];
  });
}

function dutyView(duty: Duty, state: DutyView['state'], { today, isSuspended }: CaseCourse): DutyView {
  const { who, what, due, citation: article, termStatus, agency } = duty;
  return {
    who: agency === undefined ? CAPACITY_NAMES[who] : { 'zh-Hant-TW': agency, en: agency },
    what,
    article: citation(article),
    isAuthority: who !== 'lead-proposer',
    state,
    ...(due === undefined ? {} : { due }),
    // While the case is suspended no day is counted down.
    ...(due === undefined || isSuspended
      ? {}
      : state === 'open'
        ? { daysLeft: daysLeft(due, startOfLegalDay(today)) }
        : { daysLate: daysLeft(today, startOfLegalDay(due)) }),
    ...(termStatus === 'confirmed' ? {} : { mark: termStatus }),
  };
}

/** A suit or a court's order suspends the case, and what our pack makes of its terms meanwhile. */
function suspensionView({ pack }: CaseCourse, from: string): SuspensionView {
  const { value, status } = pack.parameters.isSuspensionHolding;
  return { from, isHolding: value === true, ...(status === 'confirmed' ? {} : { mark: status }) };
}

/** Where a case is listed: taking signatures, before that, or over. */
export const listOf = (material: CaseMaterial): 'open' | 'before' | 'closed' => {
  if (material.state === 'open') return 'open';
  const isOver = material.facts.filed.origin === 'here' && material.course.outcome !== undefined;
  return material.state === 'closed' || isOver ? 'closed' : 'before';
};

/** Whole days from today to the last day; 0 on that day and after it. */
export function daysLeft(lastDay: string, nowMs: number): number {
  const days = (startOfLegalDay(lastDay) - startOfLegalDay(legalDateOf(nowMs))) / 86_400_000;
  return Math.max(0, Math.round(days));
}

export function countView({ facts, count, logUrl }: CaseMaterial): CaseCountView {
  const threshold = facts.opened?.threshold ?? 0;
  if (facts.filed.origin === 'public-reports') {
    const last = facts.statistics?.series.at(-1);
    return last
      ? { threshold, origin: 'press', reported: last.value, on: last.on, source: last.source }
      : { threshold, origin: 'none' };
  }
  if (!count) return { threshold, origin: 'none' };
  return {
    threshold,
    origin: 'record',
    electronicOnly: facts.opened?.mode === 'electronic',
    electronic: count.counted + count.voided,
    excluded: count.voided,
    checkpoint: { size: count.size, root: count.root, ...(count.at === undefined ? {} : { at: count.at }) },
    ...(count.witnessed === undefined ? {} : { witnessed: count.witnessed }),
    recountCommand: `npx lianshu-verify count ${facts.caseNumber} --log ${logUrl} --keys FILE`,
  };
}

function textView(facts: InitiativeFacts, version: TextVersion): CaseTextView {
  const translation = facts.versions.find((v) => v.version === version.version)?.translation;
  return {
    mainText: version.mainText,
    reasons: version.reasons,
    ...(translation
      ? { mainTextTranslation: translation.mainText, reasonsTranslation: translation.reasons }
      : {}),
    version: version.version,
    publishedOn:
      facts.versions.find((v) => v.version === version.version)?.on ?? legalDateOf(version.publishedAtMs),
    digest: version.digest,
    fileHref: `/initiatives/${facts.caseNumber}/texts/${version.version}.txt`,
  };
}

/** What a page shows beside the case itself: which part of the course, and what this installation offers. */
export interface Shown {
  readonly group?: CourseGroup | undefined;
  readonly page?: number | undefined;
  /** Absolute address of the page. */
  readonly url: string;
  readonly hasMail: boolean;
  /** Texts of agencies' opinions by digest. */
  readonly opinionTexts: ReadonlyMap<string, string>;
}

export function caseView(
  material: CaseMaterial,
  acts: readonly RecordedAct[],
  version: TextVersion | undefined,
  shown: Shown,
): CaseView {
  const { facts, state, course, nowMs } = material;
  const { filed, opened, statistics } = facts;
  const outcome = outcomeOf(material);
  const closing = closingView(material, outcome);
  const recorded = filed.origin === 'here';
  const opinions = recorded ? opinionsOf(acts, course) : [];
  const texts = (version?.version ?? 0) + opinions.reduce((n, { versions }) => n + versions.length, 0);
  return {
    caseNumber: facts.caseNumber,
    title: filed.subject,
    kind: SUBJECT_MATTER[filed.subjectMatter],
    leadProposer: filed.leadProposer,
    ...(opened ? { mode: MODE[opened.mode] } : {}),
    demonstrationText: filed.isInvented === true,
    ...(filed.plainWords ? { problem: filed.plainWords } : {}),
    ...(facts.delivered ? { delivered: facts.delivered } : {}),
    stages: stagesOf(material),
    duties: dutiesOf(material),
    nextActs: recorded ? nextActsOf(course) : [],
    ...(course.isSuspended && recorded && course.suspendedOn !== undefined
      ? { suspension: suspensionView(course, course.suspendedOn) }
      : {}),
    ...(version ? { text: textView(facts, version) } : {}),
    opinions: opinionViews(facts.caseNumber, opinions, shown.opinionTexts),
    isWhole: course.days.filed !== undefined || facts.delivered !== undefined,
    isComparable: texts > 1,
    ...(filed.proposal ? { proposers: filed.proposal } : {}),
    ...(filed.proposal && isSupplied(course) ? { suppliedBy: filed.proposal.draft } : {}),
    ...(opened ? { period: { firstDay: opened.firstDay, lastDay: opened.lastDay } } : {}),
    ...(state === 'open' && opened
      ? {
          signing: {
            daysLeft: daysLeft(opened.lastDay, nowMs),
            whoMay: whoMay(course.pack, 'sign', opened.lastDay),
            ...(filed.helpContact ? { helpContact: filed.helpContact } : {}),
          },
        }
      : {}),
    ...(closing ? { closing } : {}),
    ...(opened ? { count: countView(material) } : {}),
    ...(statistics && statistics.series.length > 1
      ? { series: { origin: 'press' as const, points: statistics.series } }
      : {}),
    course: coursePart(courseView(acts, facts), shown.group, shown.page),
    share: {
      url: shown.url,
      hasMail: shown.hasMail && recorded && course.outcome === undefined,
      hasFeeds: recorded,
    },
    recorded,
  };
}
