import type { VNode } from 'preact';
import type { LawRefusal } from '../law/index.ts';
import { formatNumber, type Localised, Notice } from '../web/index.ts';
import { Article, type ConsoleFrame, ConsoleLayout, speak } from './console-frame.tsx';

export interface WithdrawView {
  /** From the record; undefined where it does not say. */
  readonly proposers: number | undefined;
  /** How many of them must agree in writing. */
  readonly needed: number | undefined;
  /** Why a withdrawal is not possible now. */
  readonly refusal: LawRefusal | undefined;
  readonly leadProposer: Localised;
  readonly today: string;
}

/** `/console/:case/withdraw`: the written notice to print, sign and hand in with the proposers' agreements. */
export const WithdrawPage = ({
  frame,
  view,
}: Readonly<{ frame: ConsoleFrame; view: WithdrawView }>): VNode => {
  const { language, number, subject } = frame;
  const t = speak(language);
  const title = t('撤回提案', 'Withdraw the proposal');
  const { proposers, needed, refusal, leadProposer, today } = view;
  const many = proposers === undefined ? '＿＿＿' : formatNumber(proposers);
  const half = needed === undefined ? '＿＿＿' : formatNumber(needed);
  return (
    <ConsoleLayout frame={frame} title={title} path="/withdraw" refusal={refusal}>
      <p>
        {t(
          '於通知領取（連署）前，經提案人二分之一以上同意，由領銜人以書面撤回。',
          'Before the notice to collect, in writing by the lead proposer with at least half of the proposers agreeing.',
        )}{' '}
        <Article language={language} text="公民投票法 §11" />
      </p>
      {refusal === undefined ? (
        <>
          <Notice kind="strong">
            <p data-entered="nothing">
              {t(
                '本頁不撤回任何東西。請列印下列撤回書，簽章後連同提案人之書面同意，送交中央選舉委員會；由二位承辦人員查核登錄後，本案始終結。',
                'This page withdraws nothing. Print the notice below, sign it, and hand it in at the Central Election Commission with the proposers’ written agreements. The case ends only when two officers have checked them and entered the withdrawal.',
              )}
            </p>
          </Notice>
          <ul>
            <li data-needed={needed}>
              {t(
                `依公卷，本案提案人 ${many} 人；須有 ${half} 人以上書面同意。`,
                `By the record this case has ${many} proposers; ${half} or more must agree in writing.`,
              )}
            </li>
            <li>
              {t(
                '本案終結後不得回復；同一事項得另行提案（法律未定限制）。',
                'Once it has ended the case does not come back; the matter may be proposed anew (no bar is stated).',
              )}
            </li>
          </ul>
          <section class="preview" aria-labelledby="notice-title" lang="zh-Hant-TW" data-notice={number}>
            <h2 id="notice-title">公民投票案提案撤回書</h2>
            <p>受文者：中央選舉委員會</p>
            <p>
              主旨：撤回「{subject['zh-Hant-TW']}」公民投票案（案號 {number}）之提案。
            </p>
            <p>
              說明：依公民投票法第十一條，經提案人二分之一以上同意，由領銜人以書面撤回。本案提案人 {many}{' '}
              人，檢附提案人書面同意 ＿＿＿＿ 份。
            </p>
            <p>領銜人：{leadProposer['zh-Hant-TW']}　（簽名或蓋章）＿＿＿＿＿＿＿＿</p>
            <p>日期：＿＿＿＿ 年 ＿＿ 月 ＿＿ 日（列印日 {today}）</p>
          </section>
        </>
      ) : null}
    </ConsoleLayout>
  );
};
