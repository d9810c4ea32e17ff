import type { ComponentChildren, VNode } from 'preact';
import { Alert } from './alert.tsx';
import type { Language } from './language.ts';
import { webMessages } from './web-messages.ts';

/** One error of a form: the id of the field it belongs to and the sentence that says what to do. */
export type FieldError = Readonly<{ field: string; message: string }>;

/**
 * The summary at the top of a form that came back: takes the focus on load (`autofocus` on a focusable region
 * needs no script), and each message leads to its field.
 */
export const ErrorSummary = ({
  language,
  errors,
}: Readonly<{ language: Language; errors: readonly FieldError[] }>): VNode | null => {
  if (errors.length === 0) return null;
  return (
    <Alert id="error-summary-title" title={webMessages(language).errorTitle}>
      <ul>
        {errors.map((error) => (
          <li key={error.field}>
            <a href={`#${error.field}`}>{error.message}</a>
          </li>
        ))}
      </ul>
    </Alert>
  );
};

/** A labelled field with its hint and its error; the control names both through {@link describedBy}. */
export const Field = ({
  id,
  label,
  hint,
  error,
  language,
  children,
}: Readonly<{
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  language: Language;
  children: ComponentChildren;
}>): VNode => (
  <div class={error === undefined ? 'field' : 'field field-erroneous'}>
    <label for={id}>{label}</label>
    {hint === undefined ? null : (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {error === undefined ? null : (
      <p class="field-error" id={`${id}-error`}>
        <span class="visually-hidden">{webMessages(language).errorPrefix}</span>
        {error}
      </p>
    )}
    {children}
  </div>
);

/** The `aria-describedby` of a field that has a hint, an error or both. */
export const describedBy = (
  id: string,
  parts: Readonly<{ hint?: boolean; error?: boolean }>,
): string | undefined =>
  [parts.hint ? `${id}-hint` : '', parts.error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
