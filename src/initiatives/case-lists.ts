import { STAGE_NAMES } from '../law/index.ts';
import { legalDateOf } from '../platform/time.ts';
import { type CaseMaterial, daysLeft, outcomeOf } from './case-view.ts';
import type { BeforeCaseView, ClosedCaseView, OpenCaseView } from './home-page.tsx';

/** Rows of the neutral list, one view for each of its three parts. */

/** A case that takes signatures today. */
export function openCaseView(material: CaseMaterial): OpenCaseView {
  const { facts, nowMs, count } = material;
  const lastDay = facts.opened?.lastDay ?? legalDateOf(nowMs);
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

/** A case that is over, or whose signing is. */
export function closedCaseView({ facts, course, count }: CaseMaterial): ClosedCaseView {
  const outcome = outcomeOf({ facts, course });
  const reported = facts.statistics?.series.at(-1)?.value;
  return {
    caseNumber: facts.caseNumber,
    title: facts.filed.subject,
    closedOn: facts.opened?.lastDay ?? course.outcome?.on ?? facts.filed.at.slice(0, 10),
    threshold: facts.opened?.threshold ?? 0,
    ...(outcome ? { outcome } : {}),
    ...(facts.filed.origin === 'here' ? { verified: count?.counted ?? 0 } : {}),
    ...(reported === undefined ? {} : { reported }),
  };
}

/** A case between its filing and its signing, with what is due next. */
export function beforeCaseView({ facts, course, nowMs }: CaseMaterial): BeforeCaseView {
  const next = course.duties
    .filter(({ status }) => status === 'open' || status === 'overdue')
    .sort((a, b) => ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1))[0];
  return {
    caseNumber: facts.caseNumber,
    title: facts.filed.subject,
    stage: STAGE_NAMES[course.stage],
    demonstrationText: facts.filed.isInvented === true,
    ...(next?.due === undefined
      ? {}
      : {
          due: {
            what: next.what,
            on: next.due,
            daysLeft: daysLeft(next.due, nowMs),
            isLate: next.status === 'overdue',
          },
        }),
  };
}
