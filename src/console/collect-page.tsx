import type { VNode } from 'preact';
import type { LawRefusal } from '../law/index.ts';
import { formatNumber, Notice } from '../web/index.ts';
import { CodeOnce } from './code-pages.tsx';
import { Article, Confirm, type ConsoleFrame, ConsoleLayout, consolePath, speak } from './console-frame.tsx';
import { PaperSheet } from './paper-sheet.tsx';

export type CollectMode = 'paper' | 'code' | 'both';

export interface CollectView {
  /** Modes that are not collected yet. */
  readonly open: readonly CollectMode[];
  readonly collected: readonly ('paper' | 'code')[];
  readonly hasAffidavit: boolean;
  readonly chosen: CollectMode | undefined;
  readonly refusal: LawRefusal | undefined;
  readonly isMissing: boolean;
  readonly step: 'form' | 'preview' | 'done';
  /** The period that collecting today would begin; undefined where it is fixed already. */
  readonly period: Readonly<{ firstDay: string; lastDay: string }> | undefined;
  /** The new code, shown this once. */
  readonly code: string | undefined;
  readonly threshold: number | undefined;
}

const NAMES = {
  code: { zh: '電子（系統認證碼）', en: 'Electronic (access code)' },
  paper: { zh: '紙本（連署人名冊格式）', en: 'Paper (roster format)' },
  both: { zh: '紙本與電子', en: 'Paper and electronic' },
} as const;

/** `/console/:case/collect`: which mode, what each means, and collecting it. */
export const CollectPage = ({ frame, view }: Readonly<{ frame: ConsoleFrame; view: CollectView }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const title = view.collected.length === 0 ? t('領取', 'Collect') : t('連署方式', 'Modes of signing');
  const action = consolePath(frame, '/collect');
  const missing = t('請選擇一種方式。', 'Choose a mode.');
  const { chosen } = view;
  return (
    <ConsoleLayout
      frame={frame}
      title={title}
      path="/collect"
      errors={view.isMissing ? [{ field: 'mode-code', message: missing }] : []}
      refusal={view.refusal}
    >
      {view.code === undefined ? null : <CodeOnce frame={frame} code={view.code} />}
      {view.step === 'done' && view.code === undefined ? (
        <Notice kind="strong">
          <p role="status" data-entered="collection">
            <strong>{t('已領取並登錄。', 'Collected and entered.')}</strong>
          </p>
        </Notice>
      ) : null}
      {view.step === 'preview' && chosen !== undefined ? (
        <Confirm
          language={language}
          action={action}
          article="公民投票法 §10 IX、§12 II；電子連署及查對作業辦法 §4、§6"
          what={`${t('領取：', 'Collect: ')}${t(NAMES[chosen].zh, NAMES[chosen].en)}`}
          consequence={[
            ...(view.period === undefined
              ? [
                  t(
                    '連署期間已由最早領取之日確定，不因加領而延長。',
                    'The period was fixed by the earliest collection; a further mode does not extend it.',
                  ),
                ]
              : [
                  t(
                    `連署期間自領取翌日起六個月：${view.period.firstDay} 至 ${view.period.lastDay}，末日遇例假日不順延。此日一經領取即確定。`,
                    `The six months begin on the day after collection: ${view.period.firstDay} to ${view.period.lastDay}; a weekend does not move it. Collecting fixes them.`,
                  ),
                  t(
                    '領取當日不得連署；期間第一日零時起才開始。',
                    'Nobody signs on the day of collection; signing begins at 00:00 of the first day.',
                  ),
                ]),
            ...(chosen === 'paper'
              ? []
              : [
                  t(
                    '系統認證碼只顯示一次，請備紙筆；系統只留存無法還原的雜湊。',
                    'The access code is shown once: have pen and paper ready. The system keeps a hash that cannot be turned back.',
                  ),
                  t(
                    '之後以憑證與認證碼取得連署網址，電子連署才會開放。',
                    'Electronic signing opens once you obtain the signing address with certificate and code.',
                  ),
                ]),
          ]}
          hidden={{ mode: chosen }}
          button={t('確認領取', 'Collect')}
          back={action}
        />
      ) : null}
      {view.step === 'form' ? (
        <>
          <Advice frame={frame} view={view} />
          {view.open.length === 0 ? (
            <p>{t('兩種方式均已領取。', 'Both modes are collected.')}</p>
          ) : (
            <form method="post" action={action} novalidate>
              <fieldset>
                <legend>{t('領取哪一種', 'Which mode')}</legend>
                {view.open.map((mode) => (
                  <p key={mode} class="choice">
                    <input
                      type="radio"
                      name="mode"
                      id={`mode-${mode}`}
                      value={mode}
                      checked={chosen === mode}
                    />{' '}
                    <label for={`mode-${mode}`}>{t(NAMES[mode].zh, NAMES[mode].en)}</label>
                  </p>
                ))}
              </fieldset>
              {view.hasAffidavit || !view.open.includes('code') ? null : (
                <p class="hint">
                  {t('電子連署須先提出切結書：', 'Electronic signing needs the affidavit first: ')}
                  <a href={consolePath(frame, '/affidavit')}>{t('使用電子連署系統切結書', 'affidavit')}</a>
                </p>
              )}
              <p class="buttons">
                <button type="submit" class="button">
                  {t('預覽（尚不登錄）', 'Preview (enters nothing yet)')}
                </button>
              </p>
            </form>
          )}
        </>
      ) : null}
    </ConsoleLayout>
  );
};

const Advice = ({ frame, view }: Readonly<{ frame: ConsoleFrame; view: CollectView }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  return (
    <section aria-labelledby="advice-title">
      <h2 id="advice-title">{t('選擇的考量', 'What to weigh')}</h2>
      <ul>
        <li>
          {t(
            '只收電子：沒有寫錯、裝訂與搬運；但約只有一成八的選舉人持有有效卡片（2025 年 12 月之報導），還要讀卡機與電腦。第 9001 案只收電子，累計 132,198 人，未達門檻。',
            'Electronic only: no slips, binding or boxes; but only about 18 % of electors hold a valid card (press, December 2025), and they need reader and computer. Case 9001 was electronic only and reached 132,198.',
          )}
        </li>
        <li>
          {t(
            '只收紙本：人人能簽；歷來志工案仍有 8.7 % 至 9.5 % 不合格，一般 11 % 至 18 %，並須逐鄉鎮裝訂成冊。',
            'Paper only: everybody can sign; volunteers’ rosters lost 8.7–9.5 %, others 11–18 %, and sheets must be bound by township.',
          )}
          <PaperSheet language={language} />
        </li>
        <li>
          {t(
            '兩者並行：紙本與電子合計門檻；同一人兩邊都簽只算一次，以電子為準。',
            'Both: they count together; who signs both ways counts once, electronically.',
          )}{' '}
          <Article language={language} text="電子連署及查對作業辦法 §8、§9" />
        </li>
        <li>
          {t(
            '期間內隨時可以加領另一方式（專案預設：法律未禁止），期間不延長。已領取的方式不能退回，可以停止宣傳。',
            'The other mode may be added at any time in the period (project default: the law is silent); the period stays. What was collected cannot be returned; one may simply stop using it.',
          )}
        </li>
        {view.threshold === undefined ? null : (
          <li>
            {t(
              `門檻 ${formatNumber(view.threshold)} 人。`,
              `The threshold is ${formatNumber(view.threshold)}. `,
            )}
            <a href={consolePath(frame, '/progress')}>{t('安全餘裕', 'Safety margin')}</a>
          </li>
        )}
      </ul>
      {view.collected.length === 0 ? null : (
        <p data-collected={view.collected.join(' ')}>
          {t('已領取：', 'Collected: ')}
          {view.collected.map((mode) => t(NAMES[mode].zh, NAMES[mode].en)).join(t('、', ', '))}
        </p>
      )}
    </section>
  );
};
