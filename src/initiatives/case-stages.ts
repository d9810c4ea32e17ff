/** The ten stages as the ribbon shows them, from where the law says the case stands. */
import type { CaseCourse, LegalStage } from '../law/index.ts';
import type { Localised, Stage, StageView } from '../web/index.ts';

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

const SHOWN: Readonly<Record<Exclude<LegalStage, 'ended'>, Stage>> = {
  'before-filing': 'propose',
  'formal-check': 'review',
  review: 'review',
  correction: 'review',
  'proposer-check': 'review',
  'proposer-supplement': 'review',
  notice: 'review',
  collecting: 'sign',
  signing: 'sign',
  'raw-count': 'check',
  'signature-check': 'check',
  supplement: 'check',
  establishing: 'check',
  established: 'inform',
  announced: 'inform',
  counting: 'count',
};

/** Shown in the place of the article while a suit or a court's order suspends the case. */
const SUSPENDED: Localised = { 'zh-Hant-TW': '停止中：公投法 §53', en: 'Suspended: Referendum Act §53' };

/** Stages of a running or ended case. Nobody ran the discussion here, so 議 is marked as skipped. */
export function stagesOfCourse({
  stage,
  since,
  outcome,
  signing,
  isSuspended,
  route,
}: CaseCourse): readonly StageView[] {
  const legal = stage === 'ended' ? outcome?.at : stage;
  const shown = legal === undefined || legal === 'ended' ? 'keep' : SHOWN[legal];
  const at = ORDER.indexOf(shown);
  // The stage opens with the act before it; signing itself begins on the first day of its period.
  const began = stage === 'signing' && signing !== undefined ? signing.firstDay : since;
  const hasEnded = outcome !== undefined;
  const wasVoted = outcome?.value === 'voted';
  return ORDER.map((each, index): StageView => {
    // What was delivered had neither proposers nor signers: §§9–13 do not apply (公民投票法 §§14–16).
    const isSkipped = each === 'deliberate' || (route !== 'citizens' && each !== 'notice');
    if (index < at) return { stage: each, state: isSkipped ? 'skipped' : 'done' };
    if (hasEnded) {
      if (index === at) return { stage: each, state: wasVoted ? 'done' : 'ended', on: outcome.on };
      if (each === 'keep') return { stage: each, state: 'now' };
      return { stage: each, state: wasVoted ? 'next' : 'skipped' };
    }
    if (index === at) {
      const isWaiting = stage === 'collecting' || (stage === 'signing' && signing?.hasUrl === false);
      return {
        stage: each,
        state: isWaiting ? 'next' : 'now',
        ...(began === undefined ? {} : { on: began }),
        ...(isSuspended ? { basis: SUSPENDED } : {}),
      };
    }
    return { stage: each, state: index === at + 1 ? 'next' : 'later' };
  });
}

/** Stages of a case told from public reports: what happened before its collection is not in this record. */
export function stagesOfReported(
  state: 'not-yet' | 'open' | 'closed',
  hasEndedHere: boolean,
  period: Readonly<{ firstDay: string; lastDay: string }> | undefined,
): readonly StageView[] {
  const at = ORDER.indexOf('sign');
  return ORDER.map((stage, index): StageView => {
    if (index < at) return { stage, state: stage === 'deliberate' ? 'skipped' : 'done' };
    if (index === at)
      return {
        stage,
        state: state === 'open' ? 'now' : state === 'not-yet' ? 'next' : hasEndedHere ? 'ended' : 'done',
        ...(period ? { on: state === 'closed' ? period.lastDay : period.firstDay } : {}),
      };
    if (state === 'closed' && hasEndedHere) return { stage, state: stage === 'keep' ? 'now' : 'skipped' };
    return { stage, state: index === at + 1 && state === 'open' ? 'next' : 'later' };
  });
}
