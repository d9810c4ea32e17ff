import type { VNode } from 'preact';
import { DateText, type Language, type Localised, localPath } from '../web/index.ts';
import { QuotingChinese } from '../web/text.tsx';
import type { CourseGroup } from './case-course-groups.ts';
import { COURSE_PAGE, type CoursePart } from './case-course-view.ts';
import { caseMessages } from './case-messages.ts';
import { initiativesMessages } from './initiatives-messages.ts';

/** What an entry has to do with another. */
type Mending = Readonly<{ index: number | undefined; why: Localised }>;

/** One step in the course of a case. `what` is the kind in words; `index` its place in the log. */
export type CourseEntryView = Readonly<{
  /** Where a link to this entry leads on the page. */
  id: string;
  on: string;
  /** When it was entered, which may be later than the day it is about. */
  at: string;
  group: CourseGroup;
  what: Localised;
  detail?: Localised;
  article?: Localised;
  index?: number;
  /** Entered and not yet logged. */
  isPending?: boolean;
  replacedBy?: Mending;
  replaces?: Mending;
  source?: Readonly<{ label: string; href: string }>;
}>;

/** The course of a case, or the part of it that was asked for. Filtering needs no script. */
export const CaseCourse = ({
  language,
  caseNumber,
  part,
  recorded,
}: Readonly<{
  language: Language;
  caseNumber: string;
  part: CoursePart;
  recorded: boolean;
}>): VNode => {
  const t = initiativesMessages(language);
  const c = caseMessages(language);
  return (
    <section aria-labelledby="course" class="course-section">
      <h2 id="course">{t.course}</h2>
      <p class="hint">{recorded ? t.courseNote : t.courseNoRecord}</p>
      {part.groups.length > 2 ? <Filter language={language} caseNumber={caseNumber} part={part} /> : null}
      {part.entries.length === 0 ? <p>{c.courseEmpty}</p> : null}
      <ol class="course">
        {part.entries.map((entry) => (
          <Entry key={entry.id} language={language} caseNumber={caseNumber} entry={entry} />
        ))}
      </ol>
      {part.pages > 1 ? <Pages language={language} caseNumber={caseNumber} part={part} /> : null}
    </section>
  );
};

/** One entry, as the course tells it. */
export const CourseEntry = (
  props: Readonly<{ language: Language; caseNumber: string; entry: CourseEntryView }>,
): VNode => (
  <ol class="course">
    <Entry {...props} />
  </ol>
);

const hrefOf = (language: Language, caseNumber: string, group: CourseGroup, page = 1): string => {
  const query = [group === 'all' ? '' : `course=${group}`, page === 1 ? '' : `page=${page}`].filter(Boolean);
  const path = localPath(language, `/initiatives/${caseNumber}`);
  return `${path}${query.length === 0 ? '' : `?${query.join('&')}`}#course`;
};

type PartProps = Readonly<{ language: Language; caseNumber: string; part: CoursePart }>;

const Filter = ({ language, caseNumber, part }: PartProps): VNode => {
  const c = caseMessages(language);
  return (
    <nav aria-label={c.courseFilter} class="course-filter">
      <ul>
        {part.groups.map(({ group, n }) => (
          <li key={group}>
            <a
              href={hrefOf(language, caseNumber, group)}
              aria-current={group === part.group ? 'true' : undefined}
            >
              {`${c.groups[group]} ${n}`}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const Pages = ({ language, caseNumber, part }: PartProps): VNode => {
  const c = caseMessages(language);
  const from = (part.page - 1) * COURSE_PAGE + 1;
  return (
    <p class="course-pages">
      {part.page > 1 ? (
        <a href={hrefOf(language, caseNumber, part.group, part.page - 1)}>← {c.courseNewer}</a>
      ) : null}
      <span>{c.courseRange(from, from + part.entries.length - 1, part.total)}</span>
      {part.page < part.pages ? (
        <a href={hrefOf(language, caseNumber, part.group, part.page + 1)}>{c.courseOlder} →</a>
      ) : null}
    </p>
  );
};

const Entry = ({
  language,
  caseNumber,
  entry,
}: Readonly<{ language: Language; caseNumber: string; entry: CourseEntryView }>): VNode => {
  const t = initiativesMessages(language);
  const c = caseMessages(language);
  const to = (index: number): string => localPath(language, `/initiatives/${caseNumber}/entries/${index}`);
  return (
    <li id={entry.id} class={entry.replacedBy === undefined ? undefined : 'course-replaced'}>
      <p class="course-when">
        <DateText language={language} iso={entry.on} />
      </p>
      <div class="course-what">
        <strong>{entry.what[language]}</strong>
        {entry.replacedBy === undefined ? null : (
          <p class="course-mending">
            {c.replacedBy} <EntryLink of={entry.replacedBy} to={to} t={t} waits={c.waits} />{' '}
            {c.replacedByEnd(entry.replacedBy.why[language])}
          </p>
        )}
        {entry.replaces === undefined ? null : (
          <p class="course-mending">
            {c.replaces} <EntryLink of={entry.replaces} to={to} t={t} waits={c.waits} />
            <QuotingChinese language={language} text={c.replacesBecause(entry.replaces.why[language])} />
          </p>
        )}
        {entry.detail === undefined ? null : (
          <p class="course-detail">
            <QuotingChinese language={language} text={entry.detail[language]} />
          </p>
        )}
        <p class="course-meta">
          {entry.article === undefined ? null : (
            <span>
              <QuotingChinese language={language} text={entry.article[language]} />
            </span>
          )}
          {entry.index === undefined ? null : <a href={to(entry.index)}>{t.entryIndex(entry.index)}</a>}
          {entry.isPending ? <span>{c.waits}</span> : null}
          {entry.source === undefined ? null : (
            <a href={entry.source.href} rel="noreferrer">
              {`${t.source}${language === 'en' ? ': ' : '：'}${entry.source.label}`}
            </a>
          )}
        </p>
      </div>
    </li>
  );
};

const EntryLink = ({
  of,
  to,
  t,
  waits,
}: Readonly<{
  of: Mending;
  to: (index: number) => string;
  t: ReturnType<typeof initiativesMessages>;
  waits: string;
}>): VNode =>
  of.index === undefined ? <span>{waits}</span> : <a href={to(of.index)}>{t.entryIndex(of.index)}</a>;
