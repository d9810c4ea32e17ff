/** 進展: what followers of a case are told, from where the law says the case stands. Pure. */
import { CAPACITY_NAMES, type CaseCourse, OUTCOME_NAMES, STAGE_NAMES } from '../law/index.ts';
import type { NewsRow } from './subscription-store.ts';

/** The course's present news. A key stays the same as long as the fact does, so that nothing is told twice. */
export function newsOf(course: CaseCourse): readonly NewsRow[] {
  const news: NewsRow[] = [];
  const { stage, since, outcome } = course;
  if (outcome !== undefined) {
    const name = OUTCOME_NAMES[outcome.value];
    news.push({
      key: `outcome ${outcome.value} ${outcome.on}`,
      zh: `結果：${name['zh-Hant-TW']}（${outcome.on}；${outcome.citation}）`,
      en: `Outcome: ${name.en} (${outcome.on}; ${outcome.citation})`,
    });
  } else if (stage === 'signing' && !isOpen(course)) {
    // Told on the day it begins; until then the case only waits.
  } else {
    const name = STAGE_NAMES[stage];
    const from = stage === 'signing' ? course.signing?.firstDay : since;
    const [zhSince, enSince] = from === undefined ? ['', ''] : [`（${from} 起）`, ` (since ${from})`];
    news.push({
      key: `stage ${stage} ${since ?? ''}`,
      zh: `進入階段：${name['zh-Hant-TW']}${zhSince}`,
      en: `Stage: ${name.en}${enSince}`,
    });
  }
  for (const { id, from, who, what, due, status, citation } of course.duties) {
    if (status !== 'overdue' && status !== 'waived') continue;
    const by = CAPACITY_NAMES[who];
    news.push({
      key: `overdue ${id} ${from}`,
      zh: `逾期：${what['zh-Hant-TW']}，應由${by['zh-Hant-TW']}於 ${due ?? '未確認之日'} 前完成（${citation}）`,
      en: `Overdue: ${what.en}, owed by ${by.en} until ${due ?? 'a day not confirmed'} (${citation})`,
    });
  }
  return news;
}

const isOpen = ({ signing, today }: CaseCourse): boolean =>
  signing !== undefined && signing.hasUrl !== false && signing.firstDay <= today;
