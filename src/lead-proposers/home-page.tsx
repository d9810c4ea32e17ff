import type { VNode } from 'preact';
import { DateText, localPath } from '../web/index.ts';
import type { Account, ScopedMandate } from './account.ts';
import { type WorkspaceMessages, workspaceMessages } from './workspace-messages.ts';
import { type WorkspaceFrame, WorkspacePage } from './workspace-page.tsx';

export interface HomeView {
  readonly account: Account;
  readonly mandates: readonly ScopedMandate[];
}

const isPublic = (scope: string): boolean => scope.length < 16;

/** How a draft or case is called where only its number is known. */
export const scopeName = (scope: string, t: WorkspaceMessages): string =>
  !isPublic(scope) ? t.privateScope : scope.startsWith('D') ? t.draftScope(scope) : t.caseScope(scope);

/** `/`: what the person signed in may do here. */
export const HomePage = ({ frame, view }: Readonly<{ frame: WorkspaceFrame; view: HomeView }>): VNode => {
  const { language } = frame;
  const t = workspaceMessages(language);
  const to = (path: string) => localPath(language, path);
  return (
    <WorkspacePage frame={frame} title={t.homeTitle} current="home">
      <div class="wrap prose workspace-home">
        <h1>{t.homeTitle}</h1>
        <p class="lede">{t.homeLede}</p>
        <ul class="workspace-doors">
          <li>
            <a href={to('/drafts')}>{t.newDraft}</a>
            <p>{t.newDraftText}</p>
          </li>
          <li>
            <a href={to('/console')}>{t.console}</a>
            <p>{t.consoleText}</p>
          </li>
        </ul>
        <h2>{t.mine}</h2>
        {view.mandates.length === 0 ? <p>{t.noMandates}</p> : null}
        <ul class="workspace-list">
          {view.mandates.map(({ scope, mandate, untilOn }) => (
            <li key={scope}>
              <h3>
                <a href={to(`${isPublic(scope) ? '/console' : '/drafts'}/${scope}`)}>{scopeName(scope, t)}</a>
              </h3>
              <p>
                <strong class="tag">{t.mandate[mandate]}</strong> {t.mandateMeans[mandate]}
              </p>
              {untilOn === undefined ? null : (
                <p class="hint">
                  {t.until} <DateText language={language} iso={untilOn} />
                </p>
              )}
              {mandate === 'lead' && isPublic(scope) ? (
                <p>
                  <a href={to(`/members/${scope}`)}>{t.people}</a>
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      </div>
    </WorkspacePage>
  );
};
