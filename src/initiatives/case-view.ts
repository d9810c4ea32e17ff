import { citation } from '../law/index.ts';
import { addLegalDays, legalDateOf, startOfLegalDay } from '../platform/time.ts';
import type { PublishedCaseCount } from '../record/index.ts';
import type { Localised, Stage, StageView } from '../web/index.ts';
import type { CaseCountView } from './case-count.tsx';
import type { CourseEntryView } from './case-course.tsx';
import type { CaseTextView, CaseView } from './case-page.tsx';
import type { ClosedCaseView, OpenCaseView } from './home-page.tsx';
import type { InitiativeFacts, Outcome, RecordedAct, SubjectMatter } from './initiative-facts.ts';
import type { TextVersion } from './initiative-store.ts';

/**
 * From folded facts to what the pages show. Pure: the same facts, counts and instant give the same page, so a
 * status is never stored and never stale.
 */

export interface CaseMaterial {
  readonly facts: InitiativeFacts;
  readonly state: 'not-yet' | 'open' | 'closed';
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

const OUTCOME: Readonly<Record<Exclude<Outcome, 'unconfirmed'>, Localised>> = {
  inadmissible: { 'zh-Hant-TW': '不受理', en: 'Inadmissible' },
  rejected: { 'zh-Hant-TW': '駁回', en: 'Rejected' },
  withdrawn: { 'zh-Hant-TW': '撤回', en: 'Withdrawn' },
  'deemed-abandoned': { 'zh-Hant-TW': '視為放棄連署', en: 'Deemed abandoned' },
  'not-established': { 'zh-Hant-TW': '不成立', en: 'Not established' },
  established: { 'zh-Hant-TW': '成立', en: 'Established' },
  stopped: { 'zh-Hant-TW': '停止', en: 'Stopped' },
};

const ORDER: readonly Stage[] = [
  'notice',
  'deliberate',
  'propose',
  'review',
  'sign',
  'check',
  'inform',
  'count',
  'respond',
  'keep',
];

export function outcomeOf(facts: InitiativeFacts): Localised | undefined {
  const outcome = facts.decision?.outcome;
  return outcome === undefined || outcome === 'unconfirmed' ? undefined : OUTCOME[outcome];
}

/** Where the case stands now: only signing is run here so far, so a case is before, in or after it. */
function stagesOf({ facts, state }: CaseMaterial): readonly StageView[] {
  const at = ORDER.indexOf('sign');
  const established = facts.decision?.outcome === 'established';
  // An outcome nobody has confirmed leaves the later stages open.
  const hasEndedHere = !established && outcomeOf(facts) !== undefined;
  return ORDER.map((stage, index): StageView => {
    if (index < at) return { stage, state: stage === 'deliberate' ? 'skipped' : 'done' };
    if (index === at)
      return {
        stage,
        state: state === 'open' ? 'now' : state === 'not-yet' ? 'next' : hasEndedHere ? 'ended' : 'done',
        ...(facts.opened ? { on: state === 'closed' ? facts.opened.lastDay : facts.opened.firstDay } : {}),
      };
    if (state === 'closed' && hasEndedHere) return { stage, state: stage === 'keep' ? 'now' : 'skipped' };
    return { stage, state: index === at + 1 && state === 'open' ? 'next' : 'later' };
  });
}

function daysLeft(lastDay: string, nowMs: number): number {
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
    recountCommand: `curl -s ${logUrl}/counts/${facts.caseNumber}.json\ncurl -s ${logUrl}/checkpoint`,
  };
}

const act = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

const DEEDS: Readonly<Record<string, Localised>> = {
  'initiative-filed': act('案件登錄', 'Case entered'),
  version: act('公告主文與理由書', 'Text announced'),
  opened: act('開始連署', 'Signing opened'),
  closed: act('連署截止', 'Signing closed'),
  decision: act('結果', 'Outcome'),
  statistics: act('統計資料', 'Statistics'),
};

/** What is known of a case that ran elsewhere begins with the collection of its access code. */
const COLLECTED = act('領取系統認證碼', 'Access code collected');
const COLLECTION_BASIS = '公民投票法 §10 IX；電子連署及查對作業辦法 §4';

function detailOf(recorded: RecordedAct, facts: InitiativeFacts): Localised | undefined {
  const { opened } = facts;
  if (recorded.kind === 'opened' && opened)
    return act(
      `連署期間 ${opened.firstDay} 至 ${opened.lastDay}（末日遇例假日不順延；當日二十四時止為專案預設）；門檻 ${opened.threshold.toLocaleString('en')} 人。`,
      `Signing runs from ${opened.firstDay} to ${opened.lastDay} (a weekend does not extend it; that it ends at 24:00 is a default of this project); threshold ${opened.threshold.toLocaleString('en')}.`,
    );
  if (recorded.kind === 'decision') return facts.decision?.consequence;
  return undefined;
}

/** The course of the case, newest day first; within a day, the latest entry first. */
function courseView(acts: readonly RecordedAct[], facts: InitiativeFacts): readonly CourseEntryView[] {
  const entries = [...acts].reverse().flatMap((recorded): CourseEntryView[] => {
    const told = facts.filed.origin === 'public-reports';
    const isCollection = told && recorded.kind === 'initiative-filed';
    const what = isCollection ? COLLECTED : DEEDS[recorded.kind];
    // Numbers of the press stand in the chart with their sources, not among the acts.
    if (!what || recorded.kind === 'statistics') return [];
    const detail = detailOf(recorded, facts);
    const source = recorded.kind === 'decision' ? facts.decision?.source : undefined;
    return [
      {
        on: dayOf(recorded, facts),
        what,
        ...(detail ? { detail } : {}),
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
  if (recorded.kind === 'decision' && facts.decision) return facts.decision.on;
  if (recorded.kind === 'statistics' && facts.statistics)
    return facts.statistics.series.at(-1)?.on ?? recorded.at.slice(0, 10);
  const { on } = recorded.body as { readonly on?: unknown };
  if (typeof on === 'string') return on;
  return recorded.at.slice(0, 10);
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

export function caseView(
  material: CaseMaterial,
  acts: readonly RecordedAct[],
  version: TextVersion | undefined,
): CaseView {
  const { facts, state, nowMs } = material;
  const { filed, opened, decision, statistics } = facts;
  const outcome = outcomeOf(facts);
  return {
    caseNumber: facts.caseNumber,
    title: filed.subject,
    kind: SUBJECT_MATTER[filed.subjectMatter],
    leadProposer: filed.leadProposer,
    mode: MODE[opened?.mode ?? 'electronic'],
    demonstrationText: filed.isInvented === true,
    ...(filed.plainWords ? { problem: filed.plainWords } : {}),
    stages: stagesOf(material),
    ...(version ? { text: textView(facts, version) } : {}),
    opinions: [],
    ...(opened ? { period: { firstDay: opened.firstDay, lastDay: opened.lastDay } } : {}),
    ...(state === 'open' && opened
      ? {
          signing: {
            daysLeft: daysLeft(opened.lastDay, nowMs),
            ...(filed.helpContact ? { helpContact: filed.helpContact } : {}),
          },
        }
      : {}),
    ...(state === 'closed' && opened
      ? {
          closing: {
            closedOn: opened.lastDay,
            ...(outcome ? { outcome } : {}),
            ...(decision ? { consequence: decision.consequence } : {}),
            ...(decision?.article ? { article: decision.article } : {}),
          },
        }
      : {}),
    count: countView(material),
    ...(statistics && statistics.series.length > 1
      ? { series: { origin: 'press' as const, points: statistics.series } }
      : {}),
    course: courseView(acts, facts),
    recorded: filed.origin === 'here',
  };
}

export function openCaseView(material: CaseMaterial): OpenCaseView {
  const { facts, nowMs, count } = material;
  const lastDay = facts.opened?.lastDay ?? addLegalDays(legalDateOf(nowMs), 0);
  return {
    caseNumber: facts.caseNumber,
    title: facts.filed.subject,
    stage: 'sign',
    lastDay,
    daysLeft: daysLeft(lastDay, nowMs),
    verified: count?.counted ?? 0,
    threshold: facts.opened?.threshold ?? 0,
    demonstrationText: facts.filed.isInvented === true,
  };
}

export function closedCaseView({ facts, count }: CaseMaterial): ClosedCaseView {
  const outcome = outcomeOf(facts);
  const reported = facts.statistics?.series.at(-1)?.value;
  return {
    caseNumber: facts.caseNumber,
    title: facts.filed.subject,
    closedOn: facts.opened?.lastDay ?? facts.filed.at.slice(0, 10),
    threshold: facts.opened?.threshold ?? 0,
    ...(outcome ? { outcome } : {}),
    ...(facts.filed.origin === 'here' ? { verified: count?.counted ?? 0 } : {}),
    ...(reported === undefined ? {} : { reported }),
  };
}
