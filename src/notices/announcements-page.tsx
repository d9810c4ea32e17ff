import type { VNode } from 'preact';
import { citation } from '../law/index.ts';
import { DateText, Layout, localPath, type PageFrame } from '../web/index.ts';
import type { Announcement } from './announcements.ts';
import { noticesMessages } from './notices-messages.ts';

/** `/announcements`: every announcement, newest first. One that was replaced stays and says so. */
export const AnnouncementsPage = ({
  frame,
  announcements,
}: Readonly<{ frame: PageFrame; announcements: readonly Announcement[] }>): VNode => {
  const { language } = frame;
  const t = noticesMessages(language);
  return (
    <Layout frame={frame} title={t.announcements}>
      <div class="wrap prose">
        <h1>{t.announcements}</h1>
        <p class="lede">{t.announcementsLede}</p>
        {announcements.length === 0 ? <p>{t.noAnnouncements}</p> : null}
        {announcements.map((one) => (
          <article
            key={`${one.at}${one.index ?? one.title.en}`}
            id={one.index === undefined ? undefined : `entry-${one.index}`}
            data-announcement={one.index === undefined ? 'pending' : String(one.index)}
          >
            <h2>
              {one.title[language]}{' '}
              {one.isReplaced ? <span class="tag">{t.replacedBy(one.replacedBy)}</span> : null}
            </h2>
            <p class="course-meta">
              <DateText language={language} iso={one.on} />
              {one.caseNumber === undefined ? null : (
                <a href={localPath(language, `/initiatives/${one.caseNumber}`)}>{t.ofCase(one.caseNumber)}</a>
              )}
              <span>
                {t.article}
                {language === 'en' ? ': ' : '：'}
                {citation(one.article)[language]}
              </span>
              <span>{one.index === undefined ? t.waiting : t.entry(one.index)}</span>
            </p>
            {one.replaces === undefined ? null : (
              <p class="hint">
                {t.mends(one.replaces)} {one.why === undefined ? null : `${t.reason}${one.why[language]}`}
              </p>
            )}
            {one.text[language]
              .split('\n')
              .filter(Boolean)
              .map((line) => (
                <p key={line}>{line}</p>
              ))}
          </article>
        ))}
        <p>
          <a href={localPath(language, '/announcements.atom')}>{t.feed}</a>
        </p>
      </div>
    </Layout>
  );
};
