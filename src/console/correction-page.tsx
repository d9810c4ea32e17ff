import type { VNode } from 'preact';
import { RedlineText } from '../initiatives/index.ts';
import type { LawRefusal } from '../law/index.ts';
import { describedBy, ExcessNotice, Field, formatNumber, Notice } from '../web/index.ts';
import { Article, Confirm, type ConsoleFrame, ConsoleLayout, consolePath, speak } from './console-frame.tsx';
import type { CorrectionInput, CorrectionReview } from './correction.ts';

export type CorrectionFault = 'missing' | 'unchanged' | 'personal' | 'unsignable';

export interface CorrectionView {
  readonly input: CorrectionInput;
  readonly fault: CorrectionFault | undefined;
  readonly refusal: LawRefusal | undefined;
  readonly review: CorrectionReview | undefined;
  readonly step: 'form' | 'preview' | 'done';
  /** Last day of the term, where one runs. */
  readonly due: string | undefined;
}

/** `/console/:case/correct`: the new text, its redline, counts and hints, then one confirmation. */
export const CorrectionPage = ({
  frame,
  view,
}: Readonly<{ frame: ConsoleFrame; view: CorrectionView }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const title = t('補正主文與理由書', 'Correct question and reasons');
  const action = consolePath(frame, '/correct');
  const messages: Readonly<Record<CorrectionFault, string>> = {
    missing: t('請填寫主文與理由書。', 'Question and reasons are needed.'),
    unchanged: t(
      '與現行版本完全相同，沒有可登錄的補正。',
      'This is the present version: there is nothing to correct.',
    ),
    personal: t(
      '文字中有看似身分證字號的內容，不得公開。',
      'The text holds what looks like a national ID number; that cannot be made public.',
    ),
    unsignable: t(
      '主文須為單行，且不得含看不見的控制字元。',
      'The question must be one line without invisible characters.',
    ),
  };
  const error = view.fault && messages[view.fault];
  const { input, review } = view;
  return (
    <ConsoleLayout
      frame={frame}
      title={title}
      path="/correct"
      errors={error === undefined ? [] : [{ field: 'mainText', message: error }]}
      refusal={view.refusal}
    >
      {view.step === 'done' ? (
        <Notice kind="strong">
          <p role="status" data-entered="correction">
            <strong>{t('補正已登錄為新版本。', 'The correction is entered as a new version.')}</strong>{' '}
            <a href={consolePath(frame)}>{t('回總覽', 'Back to the overview')}</a>
          </p>
        </Notice>
      ) : (
        <p>
          {t(
            '收受補正通知後三十日內，一次。補正後為新版本，舊版本與差異一併公開；提案人之簽署不因補正失效。',
            'Within 30 days of the order, once. It becomes a new version; the former one and the difference stay public, and the proposers’ signatures stand.',
          )}{' '}
          {view.due === undefined ? null : t(`期限至 ${view.due}。`, `The term ends on ${view.due}. `)}
          <Article language={language} text="公民投票法 §10 III" />
        </p>
      )}
      {view.step === 'preview' && review !== undefined ? (
        <>
          <Reviewed frame={frame} review={review} />
          <Confirm
            language={language}
            action={action}
            article="公民投票法 §10 III"
            what={
              <>
                {t(
                  `第 ${review.version} 版，全文 SHA-256 `,
                  `Version ${review.version}, SHA-256 of the text `,
                )}
                <code class="break">{review.textDigest}</code>
              </>
            }
            consequence={[
              t(
                '補正以一次為限；仍不合規定者駁回。',
                'A correction is made once; what is still defective is rejected.',
              ),
              t(
                '選務機關自收受補正起六十日內再審核。',
                'The commission reviews again within 60 days of receiving it.',
              ),
            ]}
            hidden={{ ...input }}
            button={t('確認補正', 'File the correction')}
            back={action}
          />
        </>
      ) : null}
      {view.step === 'done' ? null : (
        <form method="post" action={action} novalidate>
          {view.step === 'preview' ? <h2>{t('再修改', 'Change it again')}</h2> : null}
          {(
            [
              [
                'mainText',
                t('主文', 'Question'),
                3,
                t(
                  '單行；上限一百字（標點不計）。',
                  'One line; 100 characters at most, punctuation not counted.',
                ),
              ],
              [
                'reasons',
                t('理由書', 'Reasons'),
                12,
                t('一段一行；上限二千字。', 'One paragraph a line; 2,000 characters at most.'),
              ],
              [
                'translatedMainText',
                t('主文英譯（參考，可空白）', 'Question in English (for information, optional)'),
                3,
                undefined,
              ],
              [
                'translatedReasons',
                t('理由書英譯（參考，可空白）', 'Reasons in English (optional)'),
                6,
                undefined,
              ],
            ] as const
          ).map(([name, label, rows, hint]) => {
            const isWrong = name === 'mainText' && error !== undefined;
            return (
              <Field
                key={name}
                id={name}
                label={label}
                hint={hint}
                error={isWrong ? error : undefined}
                language={language}
              >
                <textarea
                  id={name}
                  name={name}
                  rows={rows}
                  lang={name.startsWith('translated') ? 'en' : 'zh-Hant-TW'}
                  aria-describedby={describedBy(name, { hint: hint !== undefined, error: isWrong })}
                >
                  {input[name]}
                </textarea>
              </Field>
            );
          })}
          <p class="buttons">
            <button type="submit" class="button">
              {t('預覽差異（尚不登錄）', 'Preview the difference (enters nothing yet)')}
            </button>
          </p>
        </form>
      )}
    </ConsoleLayout>
  );
};

const Reviewed = ({ frame, review }: Readonly<{ frame: ConsoleFrame; review: CorrectionReview }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const { counts, findings } = review;
  const count = (name: string, is: number, most: number): VNode => (
    <>
      <dt>{name}</dt>
      <dd data-over={is > most ? 'yes' : 'no'}>
        {t(
          `${formatNumber(is)} 字／上限 ${formatNumber(most)}`,
          `${formatNumber(is)} of ${formatNumber(most)} characters`,
        )}
        {is > most
          ? t(
              '：逾字數部分不予公告（不因此不受理）',
              ': the excess is not published (and is no ground of inadmissibility)',
            )
          : ''}
      </dd>
    </>
  );
  return (
    <section aria-labelledby="difference-title">
      <h2 id="difference-title">{t('與現行版本之差異', 'Difference from the present version')}</h2>
      <h3>{t('主文', 'Question')}</h3>
      <p class="redline" lang="zh-Hant-TW" data-redline="question">
        <RedlineText language={language} parts={review.question} />
      </p>
      <h3>{t('理由書', 'Reasons')}</h3>
      <p class="redline" lang="zh-Hant-TW" data-redline="reasons">
        <RedlineText language={language} parts={review.reasons} />
      </p>
      <ExcessNotice language={language} excess={review.excess} />
      <dl class="facts">
        {count(t('主文字數', 'Question'), counts.question, counts.questionMost)}
        {count(t('理由書字數', 'Reasons'), counts.reasons, counts.reasonsMost)}
      </dl>
      <h3>
        {t(
          '用字提醒（不阻擋，由選務機關審核）',
          'Hints on wording (they block nothing; the commission decides)',
        )}
      </h3>
      {findings.length === 0 ? (
        <p>{t('沒有提醒。', 'None.')}</p>
      ) : (
        <ul>
          {findings.map((finding, i) => (
            <li key={i} data-rule={finding.rule}>
              {finding.message[language]} <Article language={language} text={finding.citation} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
