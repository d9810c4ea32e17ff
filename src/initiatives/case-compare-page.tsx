import type { VNode } from 'preact';
import { Layout, type Localised, localPath, type PageFrame } from '../web/index.ts';
import { caseMessages } from './case-messages.ts';
import { initiativesMessages } from './initiatives-messages.ts';
import { redline } from './redline.ts';
import { RedlineText } from './redline-text.tsx';

/** A public text of a case. `digest` only of an agency's opinion. */
export type ComparableText = Readonly<{ id: string; digest?: string; name: Localised }>;

/** Two texts of a case, side by side in one text. */
export type CompareView = Readonly<{
  caseNumber: string;
  title: Localised;
  from: ComparableText & Readonly<{ text: string }>;
  to: ComparableText & Readonly<{ text: string }>;
  /** All texts there are, to choose from. */
  texts: readonly ComparableText[];
}>;

/** `/initiatives/:case/texts/compare`: what changed between any two texts, word by word, without script. */
export const ComparePage = ({ frame, view }: Readonly<{ frame: PageFrame; view: CompareView }>): VNode => {
  const { language } = frame;
  const t = initiativesMessages(language);
  const c = caseMessages(language);
  const parts = redline(view.from.text, view.to.text);
  const isSame = parts.every(({ kind }) => kind === 'same');
  const title = c.compareTitleAny(view.from.name[language], view.to.name[language]);
  const choose = (name: 'from' | 'to', label: string, chosen: string): VNode => (
    <div class="field">
      <label for={`compare-${name}`}>{label}</label>
      <select id={`compare-${name}`} name={name}>
        {view.texts.map((text) => (
          <option key={text.id} value={text.id} selected={text.id === chosen}>
            {text.name[language]}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <Layout frame={frame} title={`${t.caseNumber(view.caseNumber)} ${title}`} current="initiatives">
      <div class="wrap page">
        <p class="case-meta">
          <a href={localPath(language, `/initiatives/${view.caseNumber}`)}>
            {t.caseNumber(view.caseNumber)} {view.title[language]}
          </a>
        </p>
        <h1>{c.compareHeading}</h1>
        {view.texts.length < 2 ? (
          <p class="hint">
            {view.from.name[language]} {c.compareOne}
          </p>
        ) : (
          <form
            class="compare-form"
            method="get"
            action={localPath(language, `/initiatives/${view.caseNumber}/texts/compare`)}
          >
            {choose('from', c.compareFrom, view.from.id)}
            {choose('to', c.compareTo, view.to.id)}
            <button class="button button-quiet" type="submit">
              {c.compareButton}
            </button>
          </form>
        )}
        <p class="hint">{isSame ? t.compareSame : t.compareHelp}</p>
        <div lang="zh-Hant-TW" class="long-text redline">
          <RedlineText language={language} parts={parts} />
        </div>
      </div>
    </Layout>
  );
};
