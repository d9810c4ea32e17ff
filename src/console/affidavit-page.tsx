import type { VNode } from 'preact';
import { CardForm, CardStep, NationalIdEntry, SignElsewhere } from '../credentials/index.ts';
import type { LawRefusal } from '../law/index.ts';
import { type AssetLink, type FieldError, Notice } from '../web/index.ts';
import { AFFIDAVIT_CLAUSES, AFFIDAVIT_TITLE } from './affidavit-text.ts';
import { AFFIDAVIT_WORDS } from './affidavit-words.ts';
import { Article, type ConsoleFrame, ConsoleLayout, consolePath, speak } from './console-frame.tsx';

export interface AffidavitView {
  readonly refusal: LawRefusal | undefined;
  /** Filed already, one way or the other. */
  readonly filed: 'signed' | 'handed-in' | undefined;
  readonly isDone: boolean;
  /** What is to be signed; absent where nothing may be signed now. */
  readonly offer:
    | Readonly<{ statement: string; transaction: string; token: string; cardComponent: string }>
    | undefined;
  readonly errors: readonly FieldError[];
  readonly script: AssetLink | undefined;
  /** The card's account alone can sign: an account without a card hands it in. */
  readonly hasCard: boolean;
}

/** `/console/:case/affidavit`: the text, the statement that is signed, and the two ways to file it. */
export const AffidavitPage = ({
  frame,
  view,
}: Readonly<{ frame: ConsoleFrame; view: AffidavitView }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const title = t(AFFIDAVIT_TITLE, 'Affidavit for the e-system');
  const { offer } = view;
  return (
    <ConsoleLayout
      frame={frame}
      title={title}
      path="/affidavit"
      errors={view.errors}
      refusal={view.refusal}
      script={offer && view.script}
    >
      {view.filed === undefined && !view.isDone ? null : (
        <Notice kind="strong">
          <p role="status" data-affidavit={view.isDone ? 'signed' : view.filed}>
            <strong>
              {view.filed === 'handed-in'
                ? t('切結書已由承辦人員登錄為書面送交。', 'The affidavit is recorded as handed in on paper.')
                : t('切結書已簽署並登錄。', 'The affidavit is signed and entered.')}
            </strong>{' '}
            <a href={consolePath(frame, '/collect')}>
              {t('下一步：領取系統認證碼', 'Next: collect the access code')}
            </a>
          </p>
        </Notice>
      )}
      <section aria-labelledby="text-title">
        <h2 id="text-title">{t('全文', 'Full text')}</h2>
        <div lang="zh-Hant-TW">
          {AFFIDAVIT_CLAUSES.map((clause) => (
            <p key={clause.en}>{clause['zh-Hant-TW']}</p>
          ))}
        </div>
        {language === 'en' ? (
          <details class="quiet-details">
            <summary>Translation (for information; the Chinese text is what is signed)</summary>
            {AFFIDAVIT_CLAUSES.map((clause) => (
              <p key={clause.en}>{clause.en}</p>
            ))}
          </details>
        ) : null}
        <p class="hint">
          {t(
            '選務機關之切結書格式未公布（未確認）；本文依辦法所定事項擬定，為專案預設。',
            'The commission’s own form is not published (unconfirmed); this text follows what the regulation asks and is a project default.',
          )}{' '}
          <Article language={language} text="電子連署及查對作業辦法 §4" />
        </p>
      </section>
      {offer === undefined ? null : <Sign frame={frame} view={view} offer={offer} />}
      {view.filed !== undefined || view.isDone || view.refusal !== undefined ? null : (
        <section aria-labelledby="paper-title">
          <h2 id="paper-title">{t('或書面送交選務機關', 'Or hand it in at the commission')}</h2>
          <p>
            {t(
              '列印本頁全文，親自簽名或蓋章，與本人自然人憑證一併送交；由承辦人員登錄後，即可領取系統認證碼。',
              'Print this text, sign or seal it in person, and bring it with your own citizen certificate. Once an officer has recorded it, the access code can be collected.',
            )}
          </p>
        </section>
      )}
    </ConsoleLayout>
  );
};

type Offer = NonNullable<AffidavitView['offer']>;

const Sign = ({
  frame,
  view,
  offer,
}: Readonly<{ frame: ConsoleFrame; view: AffidavitView; offer: Offer }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const errorOf = (field: string) => view.errors.find((one) => one.field === field)?.message;
  if (!view.hasCard)
    return (
      <p class="notice">
        {t(
          '您不是以自然人憑證登入，不能在此簽署。',
          'You are not signed in with a citizen certificate and cannot sign here.',
        )}
      </p>
    );
  const signatureError = errorOf('signature');
  return (
    <CardForm
      action={consolePath(frame, '/affidavit')}
      labelledBy="sign-title"
      offer={offer}
      hidden={{ token: offer.token, envelope: '' }}
      isUpload={signatureError !== undefined}
    >
      <h2 id="sign-title">{t('以領銜人憑證簽署', 'Sign with the lead proposer’s certificate')}</h2>
      <NationalIdEntry
        language={language}
        words={AFFIDAVIT_WORDS.nationalIdWords(language)}
        error={errorOf('national-id')}
      />
      <h3>{t('卡片將簽署的文字', 'What the card signs')}</h3>
      <pre class="statement" lang="zh-Hant-TW">
        {offer.statement}
      </pre>
      <p class="hint">
        {t(
          '本件不是提案書，也不是連署書；十分鐘內有效。簽署後即登錄「已提出切結書」，公卷不含您的姓名以外之個人資料。',
          'This is neither a proposal nor a joint signature, and is good for ten minutes. Signing enters “affidavit filed” in the record, which holds no personal data of it.',
        )}
      </p>
      <CardStep
        language={language}
        act={{
          button: t('以卡片簽署並提出切結書', 'Sign with the card and file'),
          busySending: t('驗證並登錄中…', 'Verifying and entering…'),
          failureTitle: t('切結書沒有提出。', 'The affidavit was not filed.'),
          failures: AFFIDAVIT_WORDS.cardFailures,
        }}
      />
      <SignElsewhere
        language={language}
        statement={offer.statement}
        name="lianshu-affidavit"
        error={signatureError}
        words={{
          elsewhereDownload: t(
            '下載要簽署的文字，不要改動任何文字。',
            'Download the statement and change nothing in it.',
          ),
          downloadStatement: t('下載要簽署的文字', 'Download the statement'),
          uploadButton: t('上傳並提出切結書', 'Upload and file the affidavit'),
        }}
      />
    </CardForm>
  );
};
