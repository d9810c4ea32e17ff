import type { VNode } from 'preact';
import { DateText, type Language, type Localised } from '../web/index.ts';
import { initiativesMessages } from './initiatives-messages.ts';

/** One step in the course of a case. `what` is the kind in words; `index` its place in the log. */
export type CourseEntryView = Readonly<{
  on: string;
  what: Localised;
  detail?: Localised;
  article?: Localised;
  index?: number;
  source?: Readonly<{ label: string; href: string }>;
}>;

/** The course of a case. Requires `entries` newest first. */
export const CaseCourse = ({
  language,
  entries,
  recorded,
}: Readonly<{
  language: Language;
  entries: readonly CourseEntryView[];
  recorded: boolean;
}>): VNode | null => {
  const t = initiativesMessages(language);
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="course-title">
      <h2 id="course-title">{t.course}</h2>
      <p class="hint">{recorded ? t.courseNote : t.courseNoRecord}</p>
      <ol class="course" reversed>
        {entries.map((entry) => (
          <li key={`${entry.on}${entry.index ?? entry.what.en}`}>
            <p class="course-when">
              <DateText language={language} iso={entry.on} />
            </p>
            <div class="course-what">
              <strong>{entry.what[language]}</strong>
              {entry.detail === undefined ? null : <p>{entry.detail[language]}</p>}
              <p class="course-meta">
                {entry.article === undefined ? null : <span>{entry.article[language]}</span>}
                {entry.index === undefined ? null : <span>{t.entryIndex(entry.index)}</span>}
                {entry.source === undefined ? null : (
                  <a href={entry.source.href} rel="noreferrer">
                    {`${t.source}${language === 'en' ? ': ' : '：'}${entry.source.label}`}
                  </a>
                )}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
};
