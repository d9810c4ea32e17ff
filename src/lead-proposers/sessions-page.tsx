import type { VNode } from 'preact';
import { SessionList, type SessionView } from '../web/index.ts';
import { workspaceMessages } from './workspace-messages.ts';
import { givenCode, type WorkspaceFrame, WorkspacePage } from './workspace-page.tsx';

/** `/sessions`: where this account is signed in. */
export const SessionsPage = ({
  frame,
  sessions,
}: Readonly<{ frame: WorkspaceFrame; sessions: readonly SessionView[] }>): VNode => {
  const { language } = frame;
  const t = workspaceMessages(language);
  return (
    <WorkspacePage frame={frame} title={t.sessionsTitle} current="sessions">
      <div class="wrap prose workspace-home">
        <h1>{t.sessionsTitle}</h1>
        <p class="lede">{t.sessionsLede}</p>
        {givenCode(frame.account?.label ?? '') === undefined ? null : <p class="hint">{t.codeExplained}</p>}
        <SessionList language={language} sessions={sessions} words={t} list="workspace-list" />
      </div>
    </WorkspacePage>
  );
};
