import type { VNode } from 'preact';
import { describedBy, ErrorSummary, Field, type Language, localPath, Notice } from '../web/index.ts';
import { letterKeyDigest } from './check-store.ts';
import { deskMessages } from './desk-messages.ts';
import { letterMessages } from './letter-messages.ts';

export interface LetterPageProps {
  readonly language: Language;
  readonly number: string;
  readonly key: string | undefined;
  readonly hasLetter: boolean;
  readonly typed: string;
  readonly isWrong: boolean;
  readonly isSaved: boolean;
}

/** `/console/:number/deleted`: the lead proposer's key, and the list that was sealed to it. */
export const LetterPage = (props: LetterPageProps): VNode => {
  const { language, number, key, isWrong } = props;
  const t = letterMessages(language);
  const path = localPath(language, `/console/${number}/deleted`);
  const message = `${t.letterKey}${deskMessages(language).colon}${t.letterKeyWrong}`;
  return (
    <div class="wrap prose">
      <p class="case-meta">
        <a href={localPath(language, `/console/${number}`)}>{t.letterBack(number)}</a>
      </p>
      <h1>{t.letterTitle}</h1>
      <p class="lede">{t.letterLede}</p>
      <ErrorSummary language={language} errors={isWrong ? [{ field: 'recipient', message }] : []} />
      {props.isSaved ? (
        <Notice kind="strong">
          <p role="status">{t.letterKeySaved}</p>
        </Notice>
      ) : null}
      {key === undefined ? null : (
        <p>
          {t.letterNow}
          {deskMessages(language).colon}
          <code class="value">{key}</code>
          <br />
          SHA-256 <code class="value">{letterKeyDigest(key)}</code>
          <br />
          <span class="hint">{t.letterCompare}</span>
        </p>
      )}
      <form method="post" action={path} novalidate>
        <Field
          id="recipient"
          label={t.letterKey}
          hint={t.letterKeyHint}
          error={isWrong ? t.letterKeyWrong : undefined}
          language={language}
        >
          <input
            id="recipient"
            name="recipient"
            value={props.typed}
            autocomplete="off"
            spellcheck={false}
            aria-invalid={isWrong || undefined}
            aria-describedby={describedBy('recipient', { hint: true, error: isWrong })}
          />
        </Field>
        <button type="submit" class="button">
          {t.letterKeyButton}
        </button>
      </form>
      <h2>{t.letterList}</h2>
      {props.hasLetter ? (
        <>
          <p>
            <a href={`${path}/letter.age`} download>
              {t.letterDownload}
            </a>
          </p>
          <p class="hint">{t.letterOpen}</p>
        </>
      ) : (
        <p>{t.letterNone}</p>
      )}
    </div>
  );
};
