/** 相似案件: public cases that resemble a draft, and whether one of them bars it (公投法 §12 IV, §32; rule L14). */
import type { CaseSearch, Initiatives } from '../initiatives/index.ts';
import { type CaseCourse, type LegalDate, monthsAfter, OUTCOME_NAMES, STAGE_NAMES } from '../law/index.ts';
import { barOfVote, isPastNumber, type PastCase, type PastCases } from '../past-cases/index.ts';
import { isDraftNumber, type Proposals } from '../proposals/index.ts';
import type { Localised } from '../web/index.ts';
import type { DraftText } from './draft-text.ts';

/** One public case, or draft that collects or collected proposers, beside a draft. */
export interface LikeCase {
  readonly caseNumber: string;
  /** What to call it, where that is not its number. */
  readonly label?: Localised;
  /** Where it is public, without its language. */
  readonly path: string;
  readonly title: Localised;
  readonly stage: Localised;
  /** Whole percent. */
  readonly likeness: number;
  /** Whole words that both say, longest first. */
  readonly shared: readonly string[];
  /** A bar that runs today, should both be the same matter: that is for the commission to judge. */
  readonly bar?: Readonly<{
    whom: 'anyone' | 'the-original-proposers';
    citation: string;
    until: LegalDate;
    /** The bar may end up to a week earlier: the day from which it runs is not known here. */
    isLatest?: true;
  }>;
}

export interface LikeCasesDeps {
  readonly search: CaseSearch;
  readonly initiatives: Pick<Initiatives, 'findCase'>;
  readonly proposals: Pick<Proposals, 'find'>;
  readonly pastCases: Pick<PastCases, 'find'>;
}

const COLLECTING: Localised = { 'zh-Hant-TW': '草案（提案階段）', en: 'draft (proposal stage)' };

const MOST_SHOWN = 6;
const MOST_WORDS = 5;
/** Below this two questions have hardly more in common than their language. */
const LEAST_PERCENT = 15;
/** From here on a running bar is worth a warning. */
const ALIKE_PERCENT = 35;

/** The cases most like a draft, bars first among equals. Empty for a draft that says nothing yet. */
export async function likeCases(
  { search, initiatives, proposals, pastCases }: LikeCasesDeps,
  text: DraftText,
  today: LegalDate,
  /** The draft's own public number. */
  own?: string,
): Promise<readonly LikeCase[]> {
  const found = await search.similar(`${text.subjectZh}\n${text.mainText}`, MOST_SHOWN * 2);
  const cases: LikeCase[] = [];
  for (const { caseNumber, likeness, shared } of found) {
    const percent = Math.round(likeness * 100);
    if (percent < LEAST_PERCENT || cases.length >= MOST_SHOWN || caseNumber === own) continue;
    const alike = { caseNumber, likeness: percent, shared: shared.slice(0, MOST_WORDS) };
    if (isPastNumber(caseNumber)) {
      const past = await pastCases.find(caseNumber);
      if (past !== undefined) cases.push({ ...alike, ...pastCaseOf(past, today) });
      continue;
    }
    if (isDraftNumber(caseNumber)) {
      const draft = await proposals.find(caseNumber);
      // A draft that was filed is found again as its case.
      if (draft === undefined || draft.state === 'filed') continue;
      const title = draft.facts.opened.subject;
      cases.push({ ...alike, title, stage: COLLECTING, path: `/drafts/${caseNumber}` });
      continue;
    }
    const material = (await initiatives.findCase(caseNumber))?.material;
    if (material === undefined) continue;
    const { facts, course } = material;
    const reported = facts.decision?.outcome;
    const bar = percent < ALIKE_PERCENT ? undefined : barOn(today, course, facts.decision);
    cases.push({
      ...alike,
      path: `/initiatives/${caseNumber}`,
      title: facts.filed.subject,
      stage: stageOf(reported, course.outcome?.value) ?? STAGE_NAMES[course.stage],
      ...(bar === undefined ? {} : { bar }),
    });
  }
  return cases;
}

/** A vote held outside this platform. Its title is Chinese in both languages. */
function pastCaseOf(
  one: PastCase,
  today: LegalDate,
): Pick<LikeCase, 'label' | 'path' | 'title' | 'stage' | 'bar'> {
  const year = one.voteOn.slice(0, 4);
  const bar = barOfVote(one);
  return {
    label: { 'zh-Hant-TW': `歷次公投第 ${one.number} 案`, en: `Past referendum ${one.number}` },
    path: `/past-cases#case-${one.number}`,
    title: { 'zh-Hant-TW': one.title, en: one.title },
    stage: one.passed
      ? { 'zh-Hant-TW': `${year} 年公投通過`, en: `passed in ${year}` }
      : { 'zh-Hant-TW': `${year} 年公投不通過`, en: `not passed in ${year}` },
    ...(bar === undefined || bar.until < today
      ? {}
      : { bar: { ...bar, whom: 'anyone' as const, isLatest: true as const } }),
  };
}

function stageOf(reported: string | undefined, ended: string | undefined): Localised | undefined {
  const names: Readonly<Record<string, Localised>> = OUTCOME_NAMES;
  return (
    (reported === undefined ? undefined : names[reported]) ?? (ended === undefined ? undefined : names[ended])
  );
}

function barOn(
  today: LegalDate,
  { bars, pack }: CaseCourse,
  decision: Readonly<{ outcome: string; on: string }> | undefined,
): LikeCase['bar'] {
  const running = bars.find(
    ({ from, until, bar }) => from <= today && today <= until && bar.whom !== 'the-proposing-body',
  );
  if (running !== undefined && running.bar.whom !== 'the-proposing-body')
    return { whom: running.bar.whom, citation: running.bar.citation, until: running.until };
  // A case told from public reports lacks the acts from which its bar would follow; its reported outcome has it.
  if (decision?.outcome !== 'deemed-abandoned') return undefined;
  const bar = pack.parameters.bars.value?.find(({ after }) => after === 'deemed-abandoned');
  if (bar === undefined || bar.whom === 'the-proposing-body') return undefined;
  const until = monthsAfter(decision.on, bar.years * 12).lastDay;
  return today <= until ? { whom: bar.whom, citation: bar.citation, until } : undefined;
}
