import type { VNode } from 'preact';
import {
  describedBy,
  ErrorSummary,
  Field,
  type FieldError,
  type Language,
  localPath,
  Notice,
  QuotingChinese,
} from '../web/index.ts';
import { FieldDifference, redlineOf } from './compare-page.tsx';
import { type DraftFrame, DraftShell } from './draft-frame.tsx';
import type { DraftHints, PartCount } from './draft-hints.ts';
import { FIELD_HINTS, FIELD_LABELS, MATTER_LABELS } from './draft-labels.ts';
import type { DraftMerge } from './draft-merge.ts';
import type { DraftVersion } from './draft-store.ts';
import {
  DRAFT_FIELDS,
  type DraftField,
  type DraftText,
  EMPTY_DRAFT,
  FIELD_MOST,
  isSameText,
  MATTERS,
  PARAGRAPH_FIELDS,
} from './draft-text.ts';
import { draftingMessages } from './drafting-messages.ts';
import { CountLine, Findings, fieldLanguage } from './text-parts.tsx';

export type EditView = Readonly<{
  /** What the form shows: the newest version, an older one, or what was typed. */
  text: DraftText;
  /** The version the editor began from; saving asks whether it is still the newest. */
  base: number;
  /** An older version that the form starts from. */
  from?: number;
  tooLong: readonly DraftField[];
  /** Somebody saved meanwhile; `text` is what both together might be. */
  conflict?: Readonly<{ newest: DraftVersion; merge: DraftMerge }>;
  /** Nothing can be saved any more, and why. */
  blocked?: 'frozen' | 'full';
  /** Counts and hints of `text`. */
  hints?: DraftHints;
  isUnsaved?: boolean;
}>;

/** `/drafts/:id/edit`: the form of a draft. It comes back with everything that was typed, whatever was wrong. */
export const EditPage = ({ frame, view }: Readonly<{ frame: DraftFrame; view: EditView }>): VNode => {
  const { language, open } = frame;
  const t = draftingMessages(language);
  const errors: readonly FieldError[] = view.tooLong.map((field) => ({
    field,
    message: t.faultLong(FIELD_LABELS[field][language], FIELD_MOST[field]),
  }));
  return (
    <DraftShell frame={frame} title={t.editTitle}>
      <ErrorSummary language={language} errors={errors} />
      {view.conflict === undefined ? null : (
        <Conflict language={language} conflict={view.conflict} text={view.text} />
      )}
      {view.blocked === undefined ? null : (
        <section class="error-summary" role="alert" tabIndex={-1} autofocus data-blocked={view.blocked}>
          <p>{view.blocked === 'frozen' ? t.frozenEdit : t.fullVersions}</p>
        </section>
      )}
      {view.isUnsaved ? (
        <Notice>
          <Looked language={language} view={view} />
        </Notice>
      ) : null}
      {view.from === undefined ? null : <p>{t.editFromVersion(view.from)}</p>}
      <form method="post" action={localPath(language, `/drafts/${open.draft.id}/edit`)} novalidate>
        <input type="hidden" name="base" value={view.base} />
        {DRAFT_FIELDS.map((field) => (
          <Asked
            key={field}
            language={language}
            field={field}
            value={view.text[field]}
            error={errors.find((error) => error.field === field)?.message}
            count={view.hints?.counts.find(({ part }) => part === field)}
          />
        ))}
        <p class="buttons">
          {view.blocked === undefined ? (
            <button type="submit" class="button" name="act" value="save">
              {t.save}
            </button>
          ) : null}
          <button type="submit" class="button button-quiet" name="act" value="hints">
            {t.look}
          </button>
        </p>
      </form>
      {view.hints === undefined || isSameText(view.text, EMPTY_DRAFT) ? null : (
        <section id="hints" aria-labelledby="hints-title">
          <h2 id="hints-title">{t.hints}</h2>
          <p class="hint">{t.hintsNote}</p>
          <Findings language={language} findings={view.hints.findings} text={view.text} />
        </section>
      )}
    </DraftShell>
  );
};

/** Said at the top, where the page begins after looking; the hints themselves stand below the long form. */
const Looked = ({ language, view }: Readonly<{ language: Language; view: EditView }>): VNode => {
  const t = draftingMessages(language);
  if (isSameText(view.text, EMPTY_DRAFT)) return <p role="status">{t.nothingWritten}</p>;
  const found = view.hints?.findings.length ?? 0;
  const gap = language === 'en' ? ' ' : '';
  return (
    <p role="status" data-looked={found}>
      {t.unsaved}
      {gap}
      {found === 0 ? t.hintsFound(0) : <a href="#hints">{t.hintsFound(found)}</a>}
    </p>
  );
};

const REQUIRED_TO_COLLECT: ReadonlySet<DraftField> = new Set(['subjectZh', 'matter', 'mainText', 'reasons']);

const Asked = ({
  language,
  field,
  value,
  error,
  count,
}: Readonly<{
  language: Language;
  field: DraftField;
  value: string;
  error: string | undefined;
  count: PartCount | undefined;
}>): VNode => {
  const t = draftingMessages(language);
  const hint = FIELD_HINTS[field]?.[language];
  const label = `${FIELD_LABELS[field][language]}${REQUIRED_TO_COLLECT.has(field) ? '' : t.optional}`;
  const described = describedBy(field, { hint: hint !== undefined, error: error !== undefined });
  return (
    <Field id={field} label={label} hint={hint} error={error} language={language}>
      <Control language={language} field={field} value={value} described={described} />
      {count === undefined ? null : <CountLine language={language} count={count} isLive />}
    </Field>
  );
};

/** Lines a field is given before it scrolls. */
const ROWS: Readonly<Partial<Record<DraftField, number>>> = {
  mainText: 3,
  reasons: 14,
  problemZh: 4,
  problemEn: 4,
  mainTextEn: 3,
  reasonsEn: 8,
};

const Control = ({
  language,
  field,
  value,
  described,
}: Readonly<{
  language: Language;
  field: DraftField;
  value: string;
  described: string | undefined;
}>): VNode => {
  const common = { id: field, name: field, 'aria-describedby': described };
  if (field === 'matter')
    return (
      <select {...common}>
        <option value="">{draftingMessages(language).choose}</option>
        {MATTERS.map((matter) => (
          <option key={matter} value={matter} selected={matter === value}>
            {MATTER_LABELS[matter][language]}
          </option>
        ))}
      </select>
    );
  if (ROWS[field] !== undefined || PARAGRAPH_FIELDS.has(field))
    return (
      <textarea {...common} rows={ROWS[field] ?? 4} lang={fieldLanguage(field)} autocomplete="off">
        {/* A parser drops the first line break of a textarea; no kept text begins with one. */}
        {value}
      </textarea>
    );
  return <input {...common} type="text" lang={fieldLanguage(field)} autocomplete="off" value={value} />;
};

/** What the other saved, beside what was typed here: field by field, and what became of each in the form. */
const Conflict = ({
  language,
  conflict,
  text,
}: Readonly<{
  language: Language;
  conflict: NonNullable<EditView['conflict']>;
  text: DraftText;
}>): VNode => {
  const t = draftingMessages(language);
  const { newest, merge } = conflict;
  const differences = redlineOf(language, newest.text, text);
  return (
    <section
      class="error-summary"
      role="alert"
      tabIndex={-1}
      autofocus
      aria-labelledby="conflict-title"
      data-conflict={newest.version}
    >
      <h2 id="conflict-title">
        <QuotingChinese
          language={language}
          text={t.conflictTitle(newest.authorLabel ?? t.lead, newest.version)}
        />
      </h2>
      <p>{t.conflictText}</p>
      <ul>
        {merge.fields.map(({ field, kind }) => (
          <li key={field} data-merge={`${field}:${kind}`}>
            <a href={`#${field}`}>{FIELD_LABELS[field][language]}</a>
            {language === 'en' ? ': ' : '：'}
            {t.conflictKind[kind]}
          </li>
        ))}
      </ul>
      {differences.length === 0 ? null : <h3>{t.conflictDiff}</h3>}
      {differences.map((difference) => (
        <details key={difference.field} open={merge.fields.some(({ field }) => field === difference.field)}>
          <summary>{FIELD_LABELS[difference.field][language]}</summary>
          <FieldDifference language={language} difference={difference} />
        </details>
      ))}
    </section>
  );
};
