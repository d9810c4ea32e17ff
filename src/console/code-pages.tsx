import type { VNode } from 'preact';
import type { LawRefusal } from '../law/index.ts';
import { describedBy, ErrorSummary, Field, formatNumber, Notice } from '../web/index.ts';
import {
  Article,
  Confirm,
  type ConsoleFrame,
  ConsoleShell,
  consolePath,
  Day,
  publicAddress,
  Refused,
  speak,
} from './console-frame.tsx';

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
  return frame.layout({
    title: `${title} ${frame.number}`,
    erroneous: view.refusal !== undefined || view.isMissing,
    children: (
      <ConsoleShell frame={frame} title={title} path="/collect">
        <ErrorSummary
          language={language}
          errors={view.isMissing ? [{ field: 'mode-code', message: missing }] : []}
        />
        {view.refusal === undefined ? null : <Refused language={language} refusal={view.refusal} />}
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
      </ConsoleShell>
    ),
  });
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

/** The code, once. */
const CodeOnce = ({ frame, code }: Readonly<{ frame: ConsoleFrame; code: string }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  return (
    <Notice kind="strong" title={t('系統認證碼（只顯示這一次）', 'Access code (shown this once)')}>
      <p role="status">
        <code class="access-code" data-code>
          {code}
        </code>
      </p>
      <p>
        {t(
          '請現在抄下並妥善保管，不要交給任何人。重新整理也不會再顯示；遺失時向選務機關申報註銷，再以憑證領新碼。',
          'Write it down now and give it to nobody. Reloading does not show it again; if it is lost, the commission ends it and you draw a new one with the certificate.',
        )}
      </p>
      <p>
        <a href={consolePath(frame, '/address')}>
          {t('下一步：取得連署網址', 'Next: obtain the signing address')}
        </a>
      </p>
    </Notice>
  );
};

export interface NewCodeView {
  readonly refusal: LawRefusal | undefined;
  readonly code: string | undefined;
}

/** `/console/:case/code`: a further code, after a loss or for a supplement. */
export const NewCodePage = ({ frame, view }: Readonly<{ frame: ConsoleFrame; view: NewCodeView }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const title = t('新系統認證碼', 'New access code');
  return frame.layout({
    title: `${title} ${frame.number}`,
    erroneous: view.refusal !== undefined,
    children: (
      <ConsoleShell frame={frame} title={title} path="/code">
        {view.refusal === undefined ? null : <Refused language={language} refusal={view.refusal} />}
        {view.code === undefined ? null : <CodeOnce frame={frame} code={view.code} />}
        {view.refusal === undefined && view.code === undefined ? (
          <Confirm
            language={language}
            action={consolePath(frame, '/code')}
            article="電子連署及查對作業辦法 §4、§8 III"
            what={t('領取新系統認證碼', 'Draw a new access code')}
            consequence={[
              t(
                '舊碼不再有效；新碼只顯示一次。',
                'The former code no longer holds; the new one is shown once.',
              ),
              t(
                '公卷會記載發給新碼，不含碼本身。',
                'The record says that a code was issued, never the code.',
              ),
            ]}
            hidden={{}}
            button={t('確認領取新碼', 'Draw the new code')}
            back={consolePath(frame)}
          />
        ) : null}
      </ConsoleShell>
    ),
  });
};

export interface AddressView {
  readonly refusal: LawRefusal | undefined;
  readonly fault: 'wrong' | 'locked' | 'none' | 'missing' | undefined;
  /** Whether this session was opened with certificate and this case's code. */
  readonly bySession: boolean;
  /** Set once the address is obtained. */
  readonly opens: Readonly<{ firstDay: string; lastDay: string; isOpen: boolean }> | undefined;
}

/** `/console/:case/address`: certificate and code give the signing address (辦法 §6). */
export const AddressPage = ({ frame, view }: Readonly<{ frame: ConsoleFrame; view: AddressView }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const title = t('取得連署網址', 'Obtain the signing address');
  const messages = {
    wrong: t(
      '認證碼不符。連續五次不符會鎖定十五分鐘。',
      'This is not the code. Five failures in a row lock it for 15 minutes.',
    ),
    locked: t('連續五次不符，已鎖定十五分鐘。', 'Five failures in a row: locked for 15 minutes.'),
    none: t(
      '目前沒有有效的認證碼：尚未領取、已註銷，或補提須用新碼。',
      'No code is in use: not collected, ended, or a supplement needs a new one.',
    ),
    missing: t('請輸入系統認證碼。', 'Enter the access code.'),
  };
  const error = view.fault && messages[view.fault];
  const address = `${publicAddress(frame)}/sign`;
  return frame.layout({
    title: `${title} ${frame.number}`,
    erroneous: error !== undefined || view.refusal !== undefined,
    children: (
      <ConsoleShell frame={frame} title={title} path="/address">
        <ErrorSummary
          language={language}
          errors={error === undefined ? [] : [{ field: 'code', message: error }]}
        />
        {view.refusal === undefined ? null : <Refused language={language} refusal={view.refusal} />}
        {view.opens === undefined ? (
          <>
            <p>
              {t(
                '領銜人以本人憑證登入，並輸入系統認證碼，取得連署網址後始得收連署。',
                'The lead proposer signs in with the own certificate and enters the access code; collection begins once the signing address is obtained.',
              )}{' '}
              <Article language={language} text="電子連署及查對作業辦法 §6" />
            </p>
            <form method="post" action={consolePath(frame, '/address')} novalidate>
              {view.bySession ? (
                <p>{t('您這次登入已輸入本案認證碼。', 'You entered this case’s code when you signed in.')}</p>
              ) : (
                <Field
                  id="code"
                  label={t('系統認證碼', 'Access code')}
                  hint={t(
                    '四組、每組五碼；大小寫與連字號均可。',
                    'Four groups of five; case and hyphens do not matter.',
                  )}
                  error={error}
                  language={language}
                >
                  <input
                    id="code"
                    name="code"
                    type="text"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck={false}
                    maxLength={60}
                    aria-describedby={describedBy('code', { hint: true, error: error !== undefined })}
                  />
                </Field>
              )}
              <p class="hint">
                {t(
                  '確認後登錄「取得連署網址」，電子連署自領取翌日零時起開放（已過則立即開放）。登錄即公開，不得刪改。',
                  'Confirming enters this act; electronic signing opens at 00:00 of the day after collection (at once if that has passed). The entry is public for good.',
                )}
              </p>
              <p class="buttons">
                <button type="submit" class="button">
                  {t('確認，取得連署網址', 'Confirm and obtain the address')}
                </button>
              </p>
            </form>
          </>
        ) : (
          <Notice kind="strong" title={t('連署網址', 'Signing address')}>
            <p role="status">
              <a href={address} class="break" data-signing-address>
                {address}
              </a>
            </p>
            <p>
              {t('開放期間：', 'Open from ')}
              <Day language={language} iso={view.opens.firstDay} />
              {t(' 零時至 ', ' 00:00 to ')}
              <Day language={language} iso={view.opens.lastDay} />
              {t(' 二十四時（專案預設）。', ' 24:00 (project default).')}
            </p>
            {view.opens.isOpen ? null : (
              <p data-not-yet>
                {t(
                  '今天是領取當日，尚不得連署：期間自領取翌日起算，今天送出的連署會被拒絕（公民投票法 §12 II）。',
                  'Today is the day of collection: nobody can sign yet. The period runs from the day after, and what is sent today is refused (Referendum Act §12 II).',
                )}
              </p>
            )}
            <p>
              <a href={consolePath(frame, '/materials')}>{t('海報與嵌入', 'Posters and embed code')}</a>
            </p>
          </Notice>
        )}
      </ConsoleShell>
    ),
  });
};
