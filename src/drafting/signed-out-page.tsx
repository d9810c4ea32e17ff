import type { VNode } from 'preact';
import { type Language, localPath } from '../web/index.ts';
import { FIELD_LABELS } from './draft-labels.ts';
import { DRAFT_FIELDS, type DraftField } from './draft-text.ts';
import { draftingMessages } from './drafting-messages.ts';
import { fieldLanguage } from './text-parts.tsx';

/** What a person wrote; everything else a form sends goes along unseen. A confirmation is not repeated for anybody. */
const WRITTEN = [...DRAFT_FIELDS.filter((field) => field !== 'matter'), 'body', 'label', 'nameZh', 'nameEn'];
const NOT_REPEATED = 'sure';

/** Whether a form holds anything that somebody would miss. */
export const hasWritten = (values: Readonly<Record<string, string>>): boolean =>
  WRITTEN.some((name) => (values[name] ?? '').trim() !== '');

/**
 * In answer to a form that was sent after the session had ended: nothing of it was kept, and nothing of it is lost. Says
 * nothing of a draft: only what was just sent comes back.
 */
export const SignedOutPage = ({
  language,
  path,
  values,
}: Readonly<{
  language: Language;
  /** Where the form was sent, without its language. */
  path: string;
  values: Readonly<Record<string, string>>;
}>): VNode => {
  const t = draftingMessages(language);
  const entries = Object.entries(values).filter(([name]) => name !== NOT_REPEATED);
  return (
    <div class="wrap drafting">
      <section
        class="error-summary"
        role="alert"
        tabIndex={-1}
        autofocus
        aria-labelledby="out-title"
        data-signed-out
      >
        <h1 id="out-title">{t.outTitle}</h1>
        <p>{t.outText}</p>
        <p>
          <a href={localPath(language, '/sign-in')} target="_blank" rel="noopener">
            {t.outSignIn}
          </a>
        </p>
      </section>
      <form method="post" action={localPath(language, path)} novalidate>
        {entries
          .filter(([name]) => !WRITTEN.includes(name))
          .map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
        {entries
          .filter(([name]) => WRITTEN.includes(name))
          .map(([name, value]) => (
            <div key={name} class="field">
              <label for={name}>{labelOf(language, name)}</label>
              <textarea
                id={name}
                name={name}
                rows={value.length > 200 ? 10 : 3}
                lang={isField(name) ? fieldLanguage(name) : undefined}
              >
                {value}
              </textarea>
            </div>
          ))}
        <p class="buttons">
          <button type="submit" class="button">
            {t.outAgain}
          </button>
        </p>
      </form>
    </div>
  );
};

const isField = (name: string): name is DraftField => (DRAFT_FIELDS as readonly string[]).includes(name);

function labelOf(language: Language, name: string): string {
  const t = draftingMessages(language);
  if (isField(name)) return FIELD_LABELS[name][language];
  const others: Readonly<Record<string, string>> = {
    body: t.comment,
    label: t.inviteLabel,
    nameZh: t.nameZh,
    nameEn: t.nameEn,
  };
  return others[name] ?? name;
}
