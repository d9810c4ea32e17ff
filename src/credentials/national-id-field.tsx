import type { ComponentChildren, VNode } from 'preact';
import { describedBy, Field, type Language } from '../web/index.ts';
import { IdPad } from './id-pad.tsx';
import type { NationalIdWords } from './national-id-words.ts';

/**
 * The field of the national ID. Never filled in by the server: a number typed once is not printed into a page.
 * `children` follow the field; `describedByToo` names one of them that says more about what was typed.
 */
export const NationalIdField = ({
  language,
  label,
  hint,
  error,
  describedByToo,
  children,
}: Readonly<{
  language: Language;
  label: string;
  hint: string;
  error: string | undefined;
  describedByToo?: string;
  children?: ComponentChildren;
}>): VNode => {
  const parts = [describedBy('national-id', { hint: true, error: error !== undefined }), describedByToo];
  return (
    <Field id="national-id" label={label} hint={hint} error={error} language={language}>
      <input
        class="id-field mono"
        id="national-id"
        name="nationalId"
        type="text"
        required
        maxLength={20}
        autocomplete="off"
        autocapitalize="characters"
        autocorrect="off"
        spellcheck={false}
        aria-describedby={parts.filter(Boolean).join(' ')}
      />
      {children}
    </Field>
  );
};

/** The field with what the island needs: the state of what was typed, and the on-screen keys. */
export const NationalIdEntry = ({
  language,
  words,
  error,
}: Readonly<{ language: Language; words: NationalIdWords; error: string | undefined }>): VNode => (
  <NationalIdField
    language={language}
    label={words.nationalId}
    hint={words.nationalIdHint}
    error={error}
    describedByToo="id-status"
  >
    <p class="id-status" id="id-status" role="status">
      <span class="id-ok" data-id="ok" hidden>
        {words.idOk}
      </span>
      {Object.entries(words.idFaults).map(([code, text]) => (
        <span key={code} data-id={code} hidden>
          {text}
        </span>
      ))}
    </p>
    <p class="hint" data-script hidden>
      {words.nationalIdPad}
    </p>
    <IdPad words={words} />
  </NationalIdField>
);
