import type { ComponentChildren, VNode } from 'preact';
import { assertionOptions, PasskeyStep } from '../passkeys/index.ts';
import { DateText, type Language, localPath, QuotingChinese } from '../web/index.ts';
import { Fingerprint } from './entrance-pages.tsx';
import type { NominationBody } from './nomination-forms.ts';
import type { Nomination } from './nomination-list.ts';
import type { Proposed } from './nominations.ts';
import { officersMessages } from './officers-messages.ts';

interface Viewer {
  readonly labels: ReadonlyMap<string, string>;
  readonly me: Readonly<{ id: string; credential: string }>;
  readonly rpId: string;
}
type Shown<Of> = Readonly<{ language: Language; view: Viewer; of: Of }>;

const Facts = ({
  language,
  body,
  digest,
  children,
}: Readonly<{
  language: Language;
  body: NominationBody;
  digest: string;
  children?: ComponentChildren;
}>): VNode => {
  const t = officersMessages(language);
  return (
    <dl class="facts">
      {children}
      <dt>{t.mandates}</dt>
      <dd>
        <DateText language={language} iso={body.fromOn} />
        {' – '}
        {body.untilOn === undefined ? '' : <DateText language={language} iso={body.untilOn} />}
        {body.replace === true ? <strong data-replaces>{` ${t.nominateReplaces}`}</strong> : null}
      </dd>
      <dt>{t.digest}</dt>
      <dd>
        <code class="break" data-digest>
          {digest}
        </code>
      </dd>
    </dl>
  );
};

/** What the proposer has just filled in, to be signed. */
export const ToSignSection = ({ language, view, of }: Shown<Proposed>): VNode => {
  const t = officersMessages(language);
  return (
    <section data-to-sign aria-label={t.nominationOf(of.body.label)}>
      <h2>
        <QuotingChinese language={language} text={t.nominationOf(of.body.label)} />
      </h2>
      <p>{t.nominateSignNote}</p>
      <Facts language={language} body={of.body} digest={of.digest} />
      <PasskeyStep
        language={language}
        action={localPath(language, '/officers/nominations/sign')}
        verb="get"
        options={assertionOptions(view.rpId, of.challenge, view.me.credential)}
        button={t.nominateSign}
        hidden={{ proposal: of.text }}
      />
    </section>
  );
};

/** A nomination where it stands, and what is for this officer to do. */
export const NominationSection = ({ language, view, of }: Shown<Nomination>): VNode => {
  const t = officersMessages(language);
  const label = (officer: string) => <dd lang="zh-Hant-TW">{view.labels.get(officer) ?? '—'}</dd>;
  return (
    <section
      data-nomination={of.id}
      data-state={of.state}
      data-key={of.key?.id}
      aria-label={t.nominationOf(of.body.label)}
    >
      <h2>
        <QuotingChinese language={language} text={t.nominationOf(of.body.label)} />
      </h2>
      <Facts language={language} body={of.body} digest={of.digest}>
        <dt>{t.preparedBy}</dt>
        {label(of.proposedBy)}
        {of.approvedBy === undefined ? null : (
          <>
            <dt>{t.signedBy}</dt>
            {label(of.approvedBy)}
          </>
        )}
      </Facts>
      <NextStep language={language} view={view} of={of} />
    </section>
  );
};

const NextStep = ({ language, view, of }: Shown<Nomination>): VNode => {
  const t = officersMessages(language);
  const isMine = of.proposedBy === view.me.id;
  const path = (id: string, step = '') => localPath(language, `/officers/nominations/${id}${step}`);
  const setAside = (id: string) => (
    <form method="post" action={path(id, '/withdraw')}>
      <button type="submit" class="button button-quiet">
        {t.withdraw}
      </button>
    </form>
  );
  const step = (action: string, toSign: Readonly<{ digest: string; challenge: string }>, button: string) => (
    <PasskeyStep
      language={language}
      action={action}
      verb="get"
      options={assertionOptions(view.rpId, toSign.challenge, view.me.credential)}
      button={button}
      hidden={{ digest: toSign.digest }}
    />
  );
  if (of.key !== undefined)
    return of.approvedBy === view.me.id ? (
      <>
        <h3>{t.keyConfirmTitle}</h3>
        <p>{t.keyConfirmNote}</p>
        <Fingerprint value={of.key.digest} />
        {step(path(of.key.id, '/confirm'), of.key, t.keyConfirm)}
        {setAside(of.key.id)}
      </>
    ) : (
      <>
        <p>{t.keyWaitsOther}</p>
        {isMine ? setAside(of.key.id) : null}
      </>
    );
  if (of.state === 'link-shown') return <p>{t.keyNone}</p>;
  if (of.state === 'approved')
    return isMine ? (
      <form method="post" action={path(of.id, '/link')}>
        <p>{t.linkReady}</p>
        <button type="submit" class="button">
          {t.linkShow}
        </button>
      </form>
    ) : (
      <p>{t.linkWaits}</p>
    );
  return isMine ? (
    <>
      <p>{t.nominationWaits}</p>
      {setAside(of.id)}
    </>
  ) : (
    <>
      <p>{t.nominationApproveNote}</p>
      {step(path(of.id), of, t.nominationApprove)}
    </>
  );
};
