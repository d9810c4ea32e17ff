import type { VNode } from 'preact';
import { citation as lawCitation } from '../law/index.ts';
import { type Localised, localPath } from '../web/index.ts';
import { ActionList, type ActNames } from './action-list.tsx';
import type { Action } from './actions.ts';
import { deskRule, PLATFORM_ACTS } from './desk-rules.ts';
import { MendList, type MendRow } from './mend-list.tsx';
import { type OfficeFrame, OfficeLayout } from './office-layout.tsx';
import { officersMessages } from './officers-messages.ts';

export interface PlatformView {
  readonly actions: readonly Action[];
  readonly names: ActNames;
  /** Of the actions, those that can no longer be entered. */
  readonly dead: ReadonlySet<string>;
  readonly drafts: readonly Readonly<{
    number: string;
    subject: Localised;
    mend: readonly MendRow[];
  }>[];
  readonly mend: readonly MendRow[];
  readonly today: string;
}

/** `/platform`: what is of no case: announcements, closures, switches, filings on paper, and drafts. */
export const PlatformPage = ({
  frame,
  view,
}: Readonly<{ frame: OfficeFrame; view: PlatformView }>): VNode => {
  const { language, site } = frame;
  const t = officersMessages(language);
  return (
    <OfficeLayout frame={frame} title={t.platformTitle} current="platform">
      <div class="wrap office-page">
        <h1>{t.platformTitle}</h1>
        <p class="lede">{t.platformLede}</p>
        {view.actions.length === 0 ? null : (
          <section aria-labelledby="waiting-title">
            <h2 id="waiting-title">{t.actionsWaiting}</h2>
            <ActionList frame={frame} actions={view.actions} names={view.names} dead={view.dead} />
          </section>
        )}
        <section aria-labelledby="acts-title">
          <h2 id="acts-title">{t.actsNow}</h2>
          <ul class="office-list">
            {PLATFORM_ACTS.map((kind) => {
              const { name, citation, allowedWhen } = deskRule(kind);
              return (
                <li key={kind} class="office-act" data-act={kind}>
                  <div>
                    <h3>{name[language]}</h3>
                    <p class="case-meta">
                      <span>{lawCitation(citation)[language]}</span>
                    </p>
                    <p>{allowedWhen[language]}</p>
                  </div>
                  <a class="button button-quiet" href={localPath(language, `/platform/acts/${kind}`)}>
                    {t.prepare}
                    <span class="visually-hidden">
                      {language === 'en' ? ': ' : '：'}
                      {name[language]}
                    </span>
                  </a>
                </li>
              );
            })}
          </ul>
        </section>
        {view.drafts.length === 0 ? null : (
          <section aria-labelledby="drafts-title">
            <h2 id="drafts-title">{t.draftsTitle}</h2>
            <p class="hint">{t.draftsNote}</p>
            <ul>
              {view.drafts.map(({ number, subject, mend }) => (
                <li key={number}>
                  <span class="case-number">{number}</span> {subject[language]}{' '}
                  <a href={localPath(language, `/rolls/${number}/paper`)}>
                    {t.paperSheets}
                    <span class="visually-hidden">{` ${number}`}</span>
                  </a>
                  {' · '}
                  <a href={localPath(language, `/drafts/${number}/acts/paper-proposers`)}>
                    {deskRule('paper-proposers').name[language]}
                    <span class="visually-hidden">{` ${number}`}</span>
                  </a>
                  <MendList
                    language={language}
                    rows={mend}
                    back={`/drafts/${number}`}
                    id={`mend-${number}`}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
        <MendList language={language} rows={view.mend} back="/platform" />
        <p>
          <a href={`${site.publicUrl}${localPath(language, '/announcements')}`}>{t.publicAnnouncements}</a>
          {' · '}
          <a href={`${site.publicUrl}${localPath(language, '/switches')}`}>{t.publicSwitches}</a>
          {' · '}
          <a href={`${site.publicUrl}${localPath(language, '/duties')}`}>{t.publicDuties}</a>
        </p>
      </div>
    </OfficeLayout>
  );
};
