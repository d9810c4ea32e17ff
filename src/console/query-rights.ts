/** 查詢權限: until when a lead proposer may ask for the signing record. 電子連署及查對作業辦法 §6. */
import type { CaseCourse, LawRefusal } from '../law/index.ts';

const ENDED_OUTCOMES = ['deemed-abandoned', 'not-established', 'voted'];
const AFTER_ESTABLISHMENT = ['established', 'announced', 'counting'];

/** Undefined while the right lasts: it ends with 成立, 不成立 or 放棄. */
export function mayQuery({ stage, outcome }: Pick<CaseCourse, 'stage' | 'outcome'>): LawRefusal | undefined {
  const isOver =
    AFTER_ESTABLISHMENT.includes(stage) || (outcome !== undefined && ENDED_OUTCOMES.includes(outcome.value));
  return isOver
    ? {
        code: 'case-ended',
        citation: '電子連署及查對作業辦法 §6',
        instead: {
          'zh-Hant-TW': '查詢權限於公告成立、不成立或視為放棄連署時終止。公開之公卷與統計仍可查閱。',
          en: 'The right to query ended with establishment, non-establishment or deemed abandonment. The public record and its statistics stay open.',
        },
      }
    : undefined;
}
