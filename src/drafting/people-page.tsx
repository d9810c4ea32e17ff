import type { VNode } from 'preact';
import { describedBy, ErrorSummary, Field, localPath, Notice, QuotingChinese } from '../web/index.ts';
import { type DraftFrame, DraftShell } from './draft-frame.tsx';
import { draftingMessages } from './drafting-messages.ts';
import type { Member } from './workspace.ts';

export type PeopleView = Readonly<{
  members: readonly Member[];
  /** The account that looks. */
  self: string;
  /** A link just made; it is shown this once. */
  invited?: Readonly<{ label: string; url: string }>;
  /** A label that was not taken, and why. */
  tried?: Readonly<{ label: string; fault: 'missing' | 'too-long' | 'personal' }>;
  note?: 'ended';
}>;

/** `/drafts/:id/people`: who may read the draft. Labels, never names. */
export const PeoplePage = ({ frame, view }: Readonly<{ frame: DraftFrame; view: PeopleView }>): VNode => {
  const { language, open } = frame;
  const t = draftingMessages(language);
  const isLead = open.role === 'lead';
  return (
    <DraftShell frame={frame} title={t.peopleTitle}>
      {view.invited === undefined ? null : (
        <Notice
          kind="strong"
          title={<QuotingChinese language={language} text={t.inviteDone(view.invited.label)} />}
        >
          <p>
            <code class="break" data-invitation>
              {view.invited.url}
            </code>
          </p>
          <p>{t.inviteDoneText}</p>
        </Notice>
      )}
      {view.note === 'ended' ? (
        <Notice>
          <p role="status">{t.endedMember}</p>
        </Notice>
      ) : null}
      <p>{t.peopleLede}</p>
      <ul class="workspace-list">
        <li>
          <strong>{t.lead}</strong>
          {isLead ? <span class="hint">{` (${t.you})`}</span> : null}
        </li>
        {view.members.map((member) => (
          <MemberRow key={member.account} frame={frame} member={member} self={view.self} />
        ))}
      </ul>
      {isLead ? <InviteForm frame={frame} tried={view.tried} /> : <p class="hint">{t.leadOnly}</p>}
    </DraftShell>
  );
};

const MemberRow = ({
  frame,
  member,
  self,
}: Readonly<{ frame: DraftFrame; member: Member; self: string }>): VNode => {
  const { language, open } = frame;
  const t = draftingMessages(language);
  return (
    <li data-member={member.account}>
      <p>
        <strong lang="zh-Hant-TW">{member.label}</strong> <span class="hint">{t.coDrafter}</span>
        {member.account === self ? <span class="hint">{` (${t.you})`}</span> : null}
      </p>
      {member.hasCome ? null : <p class="hint">{t.waitingToCome}</p>}
      {open.role === 'lead' ? (
        <form method="post" action={localPath(language, `/drafts/${open.draft.id}/people/end`)}>
          <input type="hidden" name="account" value={member.account} />
          <button type="submit" class="link-button">
            {t.endMember}{' '}
            <span class="visually-hidden" lang="zh-Hant-TW">
              {member.label}
            </span>
          </button>
        </form>
      ) : null}
    </li>
  );
};

const InviteForm = ({ frame, tried }: Readonly<{ frame: DraftFrame; tried: PeopleView['tried'] }>): VNode => {
  const { language, open } = frame;
  const t = draftingMessages(language);
  const error =
    tried === undefined
      ? undefined
      : { missing: t.inviteMissing, 'too-long': t.inviteLong, personal: t.invitePersonal }[tried.fault];
  return (
    <section aria-labelledby="invite-title">
      <h2 id="invite-title">{t.invite}</h2>
      <form method="post" action={localPath(language, `/drafts/${open.draft.id}/people`)} novalidate>
        <ErrorSummary
          language={language}
          errors={error === undefined ? [] : [{ field: 'label', message: error }]}
        />
        <Field id="label" label={t.inviteLabel} hint={t.inviteHint} error={error} language={language}>
          <input
            id="label"
            name="label"
            type="text"
            autocomplete="off"
            maxLength={40}
            value={tried?.label ?? ''}
            aria-describedby={describedBy('label', { hint: true, error: error !== undefined })}
          />
        </Field>
        <p class="buttons">
          <button type="submit" class="button">
            {t.inviteButton}
          </button>
        </p>
      </form>
    </section>
  );
};

/** `/drafts/:id/delete`: what is lost, and the one button. */
export const DeletePage = ({ frame }: Readonly<{ frame: DraftFrame }>): VNode => {
  const { language, open } = frame;
  const t = draftingMessages(language);
  const path = `/drafts/${open.draft.id}`;
  return (
    <DraftShell frame={frame} title={t.deleteTitle}>
      {open.draft.frozen === undefined ? (
        <form method="post" action={localPath(language, `${path}/delete`)}>
          <p>{t.deleteText}</p>
          <p class="buttons">
            <button type="submit" class="button">
              {t.deleteButton}
            </button>{' '}
            <a href={localPath(language, path)}>{t.back}</a>
          </p>
        </form>
      ) : (
        <p>{t.deleteFrozen}</p>
      )}
    </DraftShell>
  );
};
