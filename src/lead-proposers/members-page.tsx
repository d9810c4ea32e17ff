import type { VNode } from 'preact';
import { DateText, describedBy, ErrorSummary, Field, type FieldError, localPath } from '../web/index.ts';
import { QuotingChinese } from '../web/text.tsx';
import type { Member } from './account.ts';
import { scopeName } from './home-page.tsx';
import { workspaceMessages } from './workspace-messages.ts';
import { type WorkspaceFrame, WorkspacePage } from './workspace-page.tsx';

export interface MembersView {
  readonly scope: string;
  readonly members: readonly Member[];
  readonly errors: readonly FieldError[];
  readonly typed: Readonly<{ label: string; mandate: string; until: string }>;
}

const INVITABLE = ['assistant', 'co-drafter'] as const;

/** `/members/:scope`: who helps with a draft that collects, or a case; for its lead proposer. */
export const MembersPage = ({
  frame,
  view,
}: Readonly<{ frame: WorkspaceFrame; view: MembersView }>): VNode => {
  const { language } = frame;
  const t = workspaceMessages(language);
  const title = `${t.membersTitle}${language === 'en' ? ': ' : '：'}${scopeName(view.scope, t)}`;
  const action = localPath(language, `/members/${view.scope}`);
  const errorOf = (field: string) => view.errors.find((each) => each.field === field)?.message;
  const members = view.members.filter(({ mandate }) => mandate !== 'lead');
  const [label, until, mandate] = [errorOf('label'), errorOf('until'), errorOf('mandate-assistant')];
  return (
    <WorkspacePage frame={frame} title={title} erroneous={view.errors.length > 0}>
      <div class="wrap prose workspace-home">
        <h1>{title}</h1>
        <ErrorSummary language={language} errors={view.errors} />
        <p class="lede">{t.membersLede}</p>
        {members.length === 0 ? <p>{t.noMembers}</p> : null}
        <ul class="workspace-list">
          {members.map((member) => (
            <li key={member.account}>
              <h3>
                <span lang="zh-Hant-TW">{member.label}</span>
              </h3>
              <p>
                <strong class="tag">{t.mandate[member.mandate]}</strong>{' '}
                {member.hasCome ? t.hasCome : t.notYet}
                {language === 'en' ? '; ' : '；'}
                {member.untilOn === undefined ? (
                  t.untilEnded
                ) : (
                  <>
                    {t.until} <DateText language={language} iso={member.untilOn} />
                  </>
                )}
              </p>
              <form method="post" action={`${action}/end`}>
                <input type="hidden" name="account" value={member.account} />
                <button type="submit" class="button button-quiet">
                  {t.endMandate}
                  <span class="visually-hidden">
                    {language === 'en' ? ': ' : '：'}
                    <QuotingChinese language={language} text={member.label} />
                  </span>
                </button>
              </form>
            </li>
          ))}
        </ul>
        <h2>{t.inviteTitle}</h2>
        <form method="post" action={action} autocomplete="off">
          <Field id="label" label={t.inviteLabel} hint={t.inviteLabelHint} error={label} language={language}>
            <input
              id="label"
              name="label"
              type="text"
              maxLength={40}
              value={view.typed.label}
              aria-describedby={describedBy('label', { hint: true, error: label !== undefined })}
            />
          </Field>
          <fieldset class="methods">
            <legend>{t.inviteMandate}</legend>
            {mandate === undefined ? null : <p class="field-error">{mandate}</p>}
            {INVITABLE.map((one) => (
              <div class="method" key={one}>
                <input
                  type="radio"
                  name="mandate"
                  id={`mandate-${one}`}
                  value={one}
                  checked={view.typed.mandate === one}
                  aria-describedby={`mandate-${one}-means`}
                />
                <div>
                  <label for={`mandate-${one}`}>{t.mandate[one]}</label>
                  <p class="hint" id={`mandate-${one}-means`}>
                    {t.mandateMeans[one]}
                  </p>
                </div>
              </div>
            ))}
          </fieldset>
          <Field id="until" label={t.inviteUntil} hint={t.inviteUntilHint} error={until} language={language}>
            <input
              id="until"
              name="until"
              type="text"
              maxLength={10}
              value={view.typed.until}
              aria-describedby={describedBy('until', { hint: true, error: until !== undefined })}
            />
          </Field>
          <p class="buttons">
            <button type="submit" class="button">
              {t.inviteButton}
            </button>
          </p>
        </form>
      </div>
    </WorkspacePage>
  );
};

/** The link, shown once. */
export const InvitedPage = ({
  frame,
  view,
}: Readonly<{
  frame: WorkspaceFrame;
  view: Readonly<{ scope: string; label: string; url: string }>;
}>): VNode => {
  const { language } = frame;
  const t = workspaceMessages(language);
  return (
    <WorkspacePage frame={frame} title={t.invitedTitle} switchPath={`/members/${view.scope}`}>
      <div class="wrap prose workspace-home">
        <h1>{t.invitedTitle}</h1>
        <p class="lede">
          <QuotingChinese language={language} text={t.invitedText(view.label)} />
        </p>
        <pre class="statement">
          <code class="break">{view.url}</code>
        </pre>
        <p>
          <a class="button button-quiet" href={localPath(language, `/members/${view.scope}`)}>
            {t.back}
          </a>
        </p>
      </div>
    </WorkspacePage>
  );
};
