import type { VNode } from 'preact';
import { DateText, localPath } from '../web/index.ts';
import { workspaceMessages } from './workspace-messages.ts';
import { type WorkspaceFrame, WorkspacePage } from './workspace-page.tsx';

export interface SessionView {
  readonly name: string;
  readonly began: string;
  readonly seen: string;
  readonly isThis: boolean;
}

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
        <ul class="workspace-list">
          {sessions.map((session) => (
            <li key={session.name}>
              <dl class="facts facts-small">
                <dt>{t.began}</dt>
                <dd>
                  <DateText language={language} iso={session.began} clock />{' '}
                  {session.isThis ? <strong class="tag">{t.thisOne}</strong> : null}
                </dd>
                <dt>{t.seen}</dt>
                <dd>
                  <DateText language={language} iso={session.seen} clock />
                </dd>
              </dl>
              <form method="post" action={localPath(language, '/sessions')}>
                <input type="hidden" name="session" value={session.name} />
                <button type="submit" class="button button-quiet">
                  {t.end}
                </button>
              </form>
            </li>
          ))}
        </ul>
      </div>
    </WorkspacePage>
  );
};
