import type { VNode } from 'preact';
import { assertionOptions, PasskeyStep, registrationOptions } from '../passkeys/index.ts';
import { localPath, Notice, SessionList, type SessionView } from '../web/index.ts';
import { QuotingChinese } from '../web/text.tsx';
import { type OfficeFrame, OfficeLayout } from './office-layout.tsx';
import { officersMessages } from './officers-messages.ts';

/** `/sign-in`. */
export const SignInPage = ({
  frame,
  view,
}: Readonly<{
  frame: OfficeFrame;
  view: Readonly<{ rpId: string; challenge: string; next: string; note?: 'again' | 'enrolled' | undefined }>;
}>): VNode => {
  const { language, site } = frame;
  const t = officersMessages(language);
  return (
    <OfficeLayout frame={frame} title={t.signInTitle} script={site.assets.passkeyScript}>
      <div class="wrap prose">
        <h1>{t.signInTitle}</h1>
        {view.note === undefined ? null : (
          <Notice kind="strong">
            <p role="status">{view.note === 'again' ? t.signInAgain : t.enrolDone}</p>
          </Notice>
        )}
        <p class="lede">{t.signInLede}</p>
        <PasskeyStep
          language={language}
          action={localPath(language, '/sign-in')}
          verb="get"
          options={assertionOptions(view.rpId, view.challenge)}
          button={t.signInButton}
          hidden={{ next: view.next }}
        />
        <p class="hint">{t.signInIdle}</p>
      </div>
    </OfficeLayout>
  );
};

/** `/enrol/:token`. */
export const EnrolPage = ({
  frame,
  view,
}: Readonly<{
  frame: OfficeFrame;
  view: Readonly<{ rpId: string; challenge: string; officer: Readonly<{ id: string; label: string }> }>;
}>): VNode => {
  const { language, site, path } = frame;
  const t = officersMessages(language);
  return (
    <OfficeLayout frame={frame} title={t.enrolTitle} script={site.assets.passkeyScript}>
      <div class="wrap prose">
        <h1>{t.enrolTitle}</h1>
        <p class="lede">
          <QuotingChinese language={language} text={t.enrolLede(view.officer.label)} />
        </p>
        <p>{t.enrolPublic}</p>
        <PasskeyStep
          language={language}
          action={localPath(language, path)}
          verb="create"
          options={registrationOptions(view.rpId, view.challenge, view.officer)}
          button={t.enrolButton}
        />
      </div>
    </OfficeLayout>
  );
};

/** After a key came by a nomination's link: what its holder reads out to the officer who approved. */
export const KeyWaitsPage = ({
  frame,
  fingerprint,
}: Readonly<{ frame: OfficeFrame; fingerprint: string }>): VNode => {
  const t = officersMessages(frame.language);
  return (
    <OfficeLayout frame={frame} title={t.keyWaitsTitle}>
      <div class="wrap prose">
        <h1>{t.keyWaitsTitle}</h1>
        <p class="lede">{t.keyWaitsLede}</p>
        <Fingerprint value={fingerprint} />
        <p>{t.keyWaitsOnce}</p>
      </div>
    </OfficeLayout>
  );
};

/** In groups of eight, as one reads it out. */
export const Fingerprint = ({ value }: Readonly<{ value: string }>): VNode => (
  <p class="command">
    <code class="break" data-fingerprint={value}>
      {value.replace(/(.{8})(?=.)/g, '$1 ')}
    </code>
  </p>
);

/** `/sessions`: where the officer is signed in, and what they may act for. */
export const SessionsPage = ({
  frame,
  view,
}: Readonly<{
  frame: OfficeFrame;
  view: Readonly<{ sessions: readonly SessionView[]; mandates: readonly string[] }>;
}>): VNode => {
  const { language } = frame;
  const t = officersMessages(language);
  return (
    <OfficeLayout frame={frame} title={t.sessionsTitle} current="sessions">
      <div class="wrap prose">
        <h1>{t.sessionsTitle}</h1>
        <p class="lede">{t.sessionsLede}</p>
        <SessionList language={language} sessions={view.sessions} words={t} list="office-list" />
        <h2>{t.mandates}</h2>
        <ul>
          {view.mandates.map((mandate) => (
            <li key={mandate}>{mandate}</li>
          ))}
        </ul>
      </div>
    </OfficeLayout>
  );
};
