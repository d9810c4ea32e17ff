/** How a case ended, for its page: the outcome, since when, by what, and whom it bars until when. */
import { citation, retentionOf, STAGE_NAMES, type TerminalOutcome } from '../law/index.ts';
import type { Localised } from '../web/index.ts';
import type { ClosingView } from './case-closing.tsx';
import { caseMessages } from './case-messages.ts';
import type { CaseMaterial } from './case-view.ts';

/** Undefined while the case runs and signing has not closed. `outcome` is what the list shows of it, too. */
export function closingView(material: CaseMaterial, outcome: Localised | undefined): ClosingView | undefined {
  const { facts, state, course } = material;
  const { opened, decision, filed } = facts;
  const isTold = filed.origin === 'public-reports';
  const ending = isTold ? undefined : course.outcome;
  if (ending === undefined && !(state === 'closed' && opened !== undefined)) return undefined;
  const closedOn = opened === undefined ? {} : { closedOn: opened.lastDay };
  const told = {
    ...(decision ? { consequence: decision.consequence } : {}),
    ...(decision?.article ? { article: decision.article } : {}),
  };
  const retention = isTold ? undefined : retentionOf(course);
  const kept =
    retention === undefined ? {} : { retention: { ...retention, article: citation(retention.citation) } };
  if (ending === undefined)
    return {
      ...kept,
      ...closedOn,
      ...(outcome ? { outcome } : {}),
      ...told,
      ...(isTold || outcome ? {} : { stage: STAGE_NAMES[course.stage] }),
    };
  return {
    ...(opened !== undefined && opened.lastDay < ending.on ? closedOn : {}),
    ...(outcome ? { outcome } : {}),
    meaning: meaningOf(ending.value),
    endedOn: ending.on,
    at: STAGE_NAMES[ending.at],
    by: ending.by,
    article: citation(ending.citation),
    ...kept,
    bars: course.bars.map(({ bar, until }) => ({ whom: bar.whom, until, article: citation(bar.citation) })),
    ...told,
  };
}

const meaningOf = (outcome: TerminalOutcome): Localised => ({
  'zh-Hant-TW': caseMessages('zh-Hant-TW').outcomeWords[outcome],
  en: caseMessages('en').outcomeWords[outcome],
});
