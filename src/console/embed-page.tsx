import type { VNode } from 'preact';
import {
  type AssetLink,
  Bar,
  DateText,
  formatNumber,
  formatShare,
  type Language,
  type Localised,
  localPath,
  webMessages,
} from '../web/index.ts';

/** What the small page shows: public facts only, the same for every case. */
export interface EmbedView {
  readonly caseNumber: string;
  readonly subject: Localised;
  readonly stage: Localised;
  readonly lastDay: string | undefined;
  readonly daysLeft: number | undefined;
  readonly count: number | undefined;
  readonly countedAt: string | undefined;
  readonly threshold: number | undefined;
  readonly mode: 'electronic' | 'paper-and-electronic' | undefined;
}

/**
 * `/embed/initiatives/:case`: a page for other sites' frames. No script, no form, no cookie, nothing loaded from
 * elsewhere; every link opens the case itself in a window of its own, where the address bar can be seen.
 */
export const EmbedPage = ({
  language,
  view,
  css,
  publicUrl,
  isDemo,
}: Readonly<{
  language: Language;
  view: EmbedView;
  css: AssetLink;
  publicUrl: string;
  isDemo: boolean;
}>): VNode => {
  const zh = language !== 'en';
  const t = webMessages(language);
  const address = `${publicUrl}${localPath(language, `/initiatives/${view.caseNumber}`)}`;
  const { count, threshold } = view;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${view.subject[language]}${zh ? '｜' : ' | '}${t.siteName}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="canonical" href={address} />
        <link rel="stylesheet" {...css} />
      </head>
      <body class="embed">
        <main class="wrap">
          {isDemo ? (
            <p class="hint">
              <strong>{t.demoMark}</strong>
            </p>
          ) : null}
          <p class="case-meta">
            <span class="case-number">{zh ? `案 ${view.caseNumber}` : `Case ${view.caseNumber}`}</span>
            <span>{view.stage[language]}</span>
          </p>
          <h1 class="row-title">
            <a href={address} target="_blank" rel="noopener">
              {view.subject[language]}
            </a>
          </h1>
          {count === undefined || threshold === undefined ? null : (
            <>
              <Bar value={count} threshold={threshold} />
              <p data-count={count}>
                <strong>{formatNumber(count)}</strong>{' '}
                {zh
                  ? `人電子連署；門檻 ${formatNumber(threshold)} 人（${formatShare(count, threshold)}）`
                  : `signed electronically, of ${formatNumber(threshold)} needed (${formatShare(count, threshold)})`}
              </p>
              <p class="hint">
                {view.mode === 'paper-and-electronic'
                  ? zh
                    ? '另有紙本連署，清查時計入。'
                    : 'Paper is collected too and counted at the raw count. '
                  : null}
                {zh
                  ? '數字為技術驗證，合格與否於名冊提出後查對。'
                  : 'Technically verified; who counts is checked once the roster is filed.'}{' '}
                {view.countedAt === undefined ? null : (
                  <DateText language={language} iso={view.countedAt} clock />
                )}
              </p>
            </>
          )}
          {view.lastDay === undefined ? null : (
            <p>
              {zh ? '連署至 ' : 'Signing until '}
              <DateText language={language} iso={view.lastDay} />
              {view.daysLeft === undefined
                ? null
                : zh
                  ? `（剩 ${view.daysLeft} 日）`
                  : ` (${view.daysLeft} days left)`}
            </p>
          )}
          <p class="hint">
            {zh
              ? `連署只在 ${new URL(publicUrl).host} 進行，不會在此框內要求您輸入任何資料。`
              : `Signing happens at ${new URL(publicUrl).host} only; nothing is ever asked of you inside this frame.`}
          </p>
        </main>
      </body>
    </html>
  );
};

/** What a site's owner copies. `title` names the frame for screen readers; the page in it runs no script. */
export const embedCode = (
  language: Language,
  caseNumber: string,
  subject: string,
  publicUrl: string,
): string => {
  const escaped = subject.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const address = `${publicUrl}${localPath(language, `/embed/initiatives/${caseNumber}`)}`;
  return `<iframe src="${address}" title="${escaped}" width="100%" height="320" loading="lazy" referrerpolicy="no-referrer"></iframe>`;
};
