import type { VNode } from 'preact';
import { PasskeyStep, registrationOptions } from '../passkeys/index.ts';
import { DateText, localPath, QuotingChinese } from '../web/index.ts';
import type { ScopedMandate } from './account.ts';
import { entranceMessages } from './entrance-messages.ts';
import { scopeName } from './home-page.tsx';
import { workspaceMessages } from './workspace-messages.ts';
import { type WorkspaceFrame, WorkspacePage } from './workspace-page.tsx';

export interface InvitationView {
  readonly rpId: string;
  readonly challenge: string;
  readonly account: Readonly<{ id: string; label: string }>;
  readonly mandates: readonly ScopedMandate[];
}

/** `/invitations/:token`: who is invited, for what, and the step that registers a passkey. */
export const InvitationPage = ({
  frame,
  view,
}: Readonly<{ frame: WorkspaceFrame; view: InvitationView }>): VNode => {
  const { language, site, path } = frame;
  const t = entranceMessages(language);
  const words = workspaceMessages(language);
  return (
    <WorkspacePage frame={frame} title={t.invitationTitle} scripts={[site.assets.passkeyScript]}>
      <div class="wrap prose workspace-home">
        <h1>{t.invitationTitle}</h1>
        <p class="lede">
          <QuotingChinese language={language} text={t.invitationLede(view.account.label)} />
        </p>
        <h2>{t.invitationMandates}</h2>
        <ul>
          {view.mandates.map(({ scope, mandate, untilOn }) => (
            <li key={scope}>
              {scopeName(scope, words)}
              {language === 'en' ? ': ' : '：'}
              <strong>{words.mandate[mandate]}</strong>
              {language === 'en' ? '. ' : '。'}
              {words.mandateMeans[mandate]}
              {untilOn === undefined ? null : (
                <>
                  {' '}
                  {words.until} <DateText language={language} iso={untilOn} />
                </>
              )}
            </li>
          ))}
        </ul>
        <p class="notice">{t.invitationPrivacy}</p>
        <PasskeyStep
          language={language}
          action={localPath(language, path)}
          verb="create"
          options={registrationOptions(view.rpId, view.challenge, view.account)}
          button={t.invitationButton}
        />
      </div>
    </WorkspacePage>
  );
};
