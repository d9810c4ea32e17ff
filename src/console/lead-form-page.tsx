import type { VNode } from 'preact';
import type { LawRefusal } from '../law/index.ts';
import { describedBy, Field, formatNumber, Notice } from '../web/index.ts';
import { Article, Confirm, type ConsoleFrame, ConsoleLayout, consolePath, speak } from './console-frame.tsx';
import type { FormFacts, FormFault, LeadForm } from './lead-forms.ts';

export interface LeadFormView {
  readonly form: LeadForm;
  readonly facts: FormFacts;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FormFault[];
  readonly refusal: LawRefusal | undefined;
  /** `preview`: what was typed is good and the law allows it. */
  readonly step: 'form' | 'preview' | 'done';
}

/** One simple act: form, preview with article and consequence, and what was entered. */
export const LeadFormPage = ({
  frame,
  view,
}: Readonly<{ frame: ConsoleFrame; view: LeadFormView }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const { form, facts, values, faults, refusal, step } = view;
  const title = form.title[language];
  const action = consolePath(frame, form.path);
  const errors = faults.map(({ field, message }) => ({ field, message: message[language] }));
  return (
    <ConsoleLayout frame={frame} title={title} path={form.path} errors={errors} refusal={refusal}>
      {step === 'done' ? (
        <Notice kind="strong">
          <p role="status" data-entered={form.path.slice(1)}>
            <strong>{t('已登錄於公卷。', 'Entered in the public record.')}</strong>{' '}
            {form.path === '/file' ? (
              <a href={consolePath(frame, '/receipt')}>
                {t('提出收據（可列印）', 'Receipt of filing (printable)')}
              </a>
            ) : (
              <a href={consolePath(frame)}>{t('回總覽', 'Back to the overview')}</a>
            )}
          </p>
        </Notice>
      ) : (
        <>
          {form.intro.map((line) => (
            <p key={line.en}>{line[language]}</p>
          ))}
          <p>
            <Article language={language} text={form.article} />
          </p>
        </>
      )}
      {form.path === '/file' && step === 'form' ? <DryRun frame={frame} facts={facts} /> : null}
      {step === 'preview' ? (
        <Confirm
          language={language}
          action={action}
          article={form.article}
          what={
            form.fields.length === 0 ? (
              form.title[language]
            ) : (
              <ul>
                {form.fields.map(({ name, label }) => (
                  <li key={name}>
                    {label[language]}
                    {t('：', ': ')}
                    {values[name]}
                  </li>
                ))}
              </ul>
            )
          }
          consequence={form.consequence(facts, values).map((line) => line[language])}
          hidden={Object.fromEntries(form.fields.map(({ name }) => [name, values[name] ?? '']))}
          button={form.button[language]}
          back={action}
        />
      ) : null}
      {step === 'form' ? (
        <form method="post" action={action} novalidate>
          {form.fields.map((field) => {
            const error = errors.find((one) => one.field === field.name)?.message;
            const described = describedBy(field.name, {
              hint: field.hint !== undefined,
              error: error !== undefined,
            });
            return (
              <Field
                key={field.name}
                id={field.name}
                label={field.label[language]}
                hint={field.hint?.[language]}
                error={error}
                language={language}
              >
                <textarea id={field.name} name={field.name} rows={3} aria-describedby={described}>
                  {values[field.name] ?? ''}
                </textarea>
              </Field>
            );
          })}
          <p class="buttons">
            <button type="submit" class="button">
              {t('預覽（尚不登錄）', 'Preview (enters nothing yet)')}
            </button>
          </p>
        </form>
      ) : null}
    </ConsoleLayout>
  );
};

/** What filing now would mean, in numbers. */
const DryRun = ({ frame, facts }: Readonly<{ frame: ConsoleFrame; facts: FormFacts }>): VNode | null => {
  const { language } = frame;
  const t = speak(language);
  const { threshold, electronic } = facts;
  if (threshold === undefined) return null;
  const gap = threshold - electronic;
  return (
    <section aria-labelledby="dry-title" data-dry-run={gap > 0 ? 'short' : 'enough'}>
      <h2 id="dry-title">{t('試算：現在提出會怎樣', 'Dry run: if you filed now')}</h2>
      <dl class="facts">
        <dt>{t('電子（公開數字）', 'Electronic (public count)')}</dt>
        <dd>{formatNumber(electronic)}</dd>
        <dt>{t('門檻（百分之一點五，進位）', 'Threshold (1.5 %, rounded up)')}</dt>
        <dd>{formatNumber(threshold)}</dd>
        <dt>{t('清查', 'Raw count')}</dt>
        <dd>
          {gap > 0
            ? t(
                `電子部分不足 ${formatNumber(gap)} 人：紙本至少須有這麼多，否則不受理。`,
                `${formatNumber(gap)} short: paper must bring at least as many, else inadmissible.`,
              )
            : t(
                '電子部分已達門檻。查對仍會剔除一部分，請看安全餘裕。',
                'The electronic part alone reaches it. The check still excludes some: see the margin.',
              )}
        </dd>
      </dl>
      <p>
        <a href={consolePath(frame, '/progress')}>{t('安全餘裕', 'Safety margin')}</a>
        {t('、', ', ')}
        <a href={consolePath(frame, '/timeline')}>
          {t('提出與不提出之效果', 'what filing and not filing mean')}
        </a>
      </p>
    </section>
  );
};
