/** 訂閱: the course of a case as an Atom feed (RFC 4287). Public entries only; who reads it is nobody's business. */
import { atomText, type Language, type Localised } from '../web/index.ts';
import type { CourseEntryView } from './case-course.tsx';

/** What the feed is of. Entries newest first. */
export interface FeedCase {
  readonly caseNumber: string;
  readonly title: Localised;
  readonly entries: readonly CourseEntryView[];
  /** When the case was filed: the feed's date as long as it has no entry. */
  readonly since: string;
  /** Absolute addresses of the case page and of the feed itself. */
  readonly url: string;
  readonly feedUrl: string;
  /** The platform's name as the author. */
  readonly author: string;
}

/** The feed's XML; ids stay the same when a text is mended. */
export function caseFeed(
  { caseNumber, title, entries, since, url, feedUrl, author }: FeedCase,
  language: Language,
): string {
  // What waits for its place in the log has no lasting name yet: it comes with its number.
  const logged = entries.filter(({ isPending }) => isPending !== true);
  const newest = logged.reduce((last, { at }) => (at > last ? at : last), since);
  return atomText({
    title: `${caseNumber} ${title[language]}`,
    author,
    url,
    feedUrl,
    language,
    updated: newest,
    items: logged.map(({ id, at, on, what, detail, article, index, replacedBy }) => {
      const day = on === at.slice(0, 10) ? undefined : on;
      const mended = replacedBy?.index === undefined ? undefined : `→ ${replacedBy.index}`;
      const text = [day, detail?.[language], article?.[language], mended].filter(
        (part) => part !== undefined,
      );
      return {
        id: `${url}#${id}`,
        title: what[language],
        text: text.join('\n'),
        updated: at,
        url: index === undefined ? `${url}#${id}` : `${url}/entries/${index}`,
      };
    }),
  });
}
