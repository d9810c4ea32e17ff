import type { VNode } from 'preact';
import type { LawRefusal } from '../law/index.ts';
import { describedBy, Field, Notice } from '../web/index.ts';
import {
  Article,
  Confirm,
  type ConsoleFrame,
  ConsoleLayout,
  consolePath,
  Day,
  publicAddress,
  speak,
} from './console-frame.tsx';

/** The code, once. */
export const CodeOnce = ({ frame, code }: Readonly<{ frame: ConsoleFrame; code: string }>): VNode => {
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
  return (
    <ConsoleLayout frame={frame} title={title} path="/code" refusal={view.refusal}>
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
            t('公卷會記載發給新碼，不含碼本身。', 'The record says that a code was issued, never the code.'),
          ]}
          hidden={{}}
          button={t('確認領取新碼', 'Draw the new code')}
          back={consolePath(frame)}
        />
      ) : null}
    </ConsoleLayout>
  );
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
  return (
    <ConsoleLayout
      frame={frame}
      title={title}
      path="/address"
      errors={error === undefined ? [] : [{ field: 'code', message: error }]}
      refusal={view.refusal}
    >
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
    </ConsoleLayout>
  );
};
