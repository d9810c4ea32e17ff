import type { VNode } from 'preact';
import { type RedlinePart, RedlineText, redline } from '../initiatives/index.ts';
import type { Language } from '../web/index.ts';
import { type DraftFrame, DraftShell } from './draft-frame.tsx';
import { FIELD_LABELS, MATTER_LABELS } from './draft-labels.ts';
import { CompareForm } from './draft-page.tsx';
import type { DraftVersion, VersionHead } from './draft-store.ts';
import { DRAFT_FIELDS, type DraftField, type DraftText, type Matter } from './draft-text.ts';
import { draftingMessages } from './drafting-messages.ts';
import { fieldLanguage } from './text-parts.tsx';

/** What changed in one field. */
export interface FieldRedline {
  readonly field: DraftField;
  readonly parts: readonly RedlinePart[];
}

/** The fields in which two texts differ, each as a redline. */
export function redlineOf(language: Language, earlier: DraftText, later: DraftText): readonly FieldRedline[] {
  const said = (text: DraftText, field: DraftField): string =>
    field === 'matter' ? (MATTER_LABELS[text.matter as Matter]?.[language] ?? '') : text[field];
  return DRAFT_FIELDS.filter((field) => earlier[field] !== later[field]).map((field) => ({
    field,
    parts: redline(said(earlier, field), said(later, field)),
  }));
}

/** One field's redline under its name. */
export const FieldDifference = ({
  language,
  difference,
}: Readonly<{ language: Language; difference: FieldRedline }>): VNode => (
  <div
    class="long-text redline draft-text"
    data-redline={difference.field}
    lang={difference.field === 'matter' ? undefined : fieldLanguage(difference.field)}
  >
    <RedlineText language={language} parts={difference.parts} />
  </div>
);

/** `/drafts/:id/compare?a=&b=`: any two versions, field by field and word by word. */
export const ComparePage = ({
  frame,
  versions,
  a,
  b,
}: Readonly<{
  frame: DraftFrame;
  versions: readonly VersionHead[];
  a: DraftVersion;
  b: DraftVersion;
}>): VNode => {
  const { language } = frame;
  const t = draftingMessages(language);
  const differences = redlineOf(language, a.text, b.text);
  return (
    <DraftShell frame={frame} title={t.compareTitle(a.version, b.version)}>
      <CompareForm
        language={language}
        draft={frame.open.draft.id}
        versions={versions}
        a={a.version}
        b={b.version}
      />
      <p class="hint">{differences.length === 0 ? t.compareSame : t.compareHelp}</p>
      {differences.map((difference) => (
        <section key={difference.field}>
          <h2>{FIELD_LABELS[difference.field][language]}</h2>
          <FieldDifference language={language} difference={difference} />
        </section>
      ))}
    </DraftShell>
  );
};
