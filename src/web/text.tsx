import type { VNode } from 'preact';
import { formatClock, formatDate } from './format.ts';
import type { Language } from './language.ts';

/**
 * A heading's text, which breaks only at the `|` of its catalogue string, so that no Chinese character is left
 * alone on a line. Requires the heading to carry the class `phrased` (`word-break: keep-all`).
 */
export const Phrases = ({ text }: Readonly<{ text: string }>): VNode => (
  <>
    {text.split('|').map((phrase, index) => (
      <>
        {index === 0 ? null : <wbr />}
        {phrase}
      </>
    ))}
  </>
);

/** A day in both calendars, the reader's first; with `clock`, also the minute in Asia/Taipei. */
export const DateText = ({
  language,
  iso,
  clock = false,
}: Readonly<{ language: Language; iso: string; clock?: boolean }>): VNode => {
  const { first, second } = formatDate(language, iso);
  return (
    <time class="date" datetime={iso}>
      <span>{first}</span> <span class="other-calendar">{second}</span>
      {clock ? <span class="clock"> {formatClock(iso)}</span> : null}
    </time>
  );
};

/** Text that is Chinese in both languages of the site (a main text, a statement), marked so for screen readers. */
export const Chinese = ({ language, text }: Readonly<{ language: Language; text: string }>): VNode => (
  <span lang={language === 'en' ? 'zh-Hant-TW' : undefined}>{text}</span>
);

/** Chinese characters with the punctuation and figures between them. */
const CHINESE_RUN = /[\p{Script=Han}「『《（][\p{Script=Han}\d〇、，。；：？！「」『』《》（）．·]*/gu;

/** A sentence of the page that quotes what is Chinese in both languages (a name, what an officer wrote): the runs of it are marked. */
export const QuotingChinese = ({ language, text }: Readonly<{ language: Language; text: string }>): VNode => {
  if (language !== 'en') return <>{text}</>;
  const parts: (string | VNode)[] = [];
  let end = 0;
  for (const { 0: run, index } of text.matchAll(CHINESE_RUN)) {
    parts.push(text.slice(end, index), <span lang="zh-Hant-TW">{run}</span>);
    end = index + run.length;
  }
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
};
