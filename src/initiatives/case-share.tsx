import type { VNode } from 'preact';
import { type Language, localPath } from '../web/index.ts';
import { caseMessages } from './case-messages.ts';
import { initiativesMessages } from './initiatives-messages.ts';

/** Where a case can be shared and followed. Every address is the same for everybody. */
export type ShareView = Readonly<{
  /** Absolute address of the case page in the reader's language. */
  url: string;
  /** Only where this site sends mail and something may still happen. */
  hasMail: boolean;
  /** Calendar and feed, of cases that run here. */
  hasFeeds: boolean;
}>;

/** 分享: link, LINE, QR. 追蹤: mail, calendar, feed. Nothing here loads anything from elsewhere. */
export const CaseShare = ({
  language,
  caseNumber,
  share,
}: Readonly<{ language: Language; caseNumber: string; share: ShareView }>): VNode => {
  const t = initiativesMessages(language);
  const c = caseMessages(language);
  const to = (path: string): string => localPath(language, `/initiatives/${caseNumber}${path}`);
  const line = `https://social-plugins.line.me/lineit/share?url=${encodeURIComponent(share.url)}`;
  return (
    <section aria-labelledby="share-title" class="share">
      <h2 id="share-title" class="small-heading">
        {c.shareTitle}
      </h2>
      <ul>
        {share.hasMail ? (
          <li>
            <a href={to('/follow')}>{c.followMail}</a>
          </li>
        ) : null}
        {share.hasFeeds ? (
          <>
            <li>
              <a href={to('/calendar.ics')}>{t.calendarLink}</a>
            </li>
            <li>
              <a href={to('/feed.atom')}>{t.feedLink}</a>
            </li>
          </>
        ) : null}
        <li>
          <a href={line} rel="noreferrer noopener" target="_blank">
            {c.shareLine}
          </a>
        </li>
      </ul>
      <details class="quiet-details">
        <summary>{c.shareQr}</summary>
        <img
          class="share-qr"
          src={to('/qr.svg')}
          alt={c.shareQrLabel(caseNumber)}
          width="180"
          height="180"
          loading="lazy"
        />
        <p>
          <code class="break">{share.url}</code>
        </p>
      </details>
      <p class="hint">{c.shareNote}</p>
    </section>
  );
};
