import type { VNode } from 'preact';
import { DateText, type Language, type Localised, localPath } from '../web/index.ts';
import type { Action } from './actions.ts';
import { CHOICE_LABELS } from './desk-messages.ts';
import { type OfficeFrame, OfficeLayout } from './office-layout.tsx';
import { officersMessages } from './officers-messages.ts';

/** What an action is called, from its document. */
export type ActNames = (action: Action) => Localised;

interface ListProps {
  readonly frame: OfficeFrame;
  readonly actions: readonly Action[];
  readonly names: ActNames;
  /** Those that can no longer be entered. */
  readonly dead: ReadonlySet<string>;
}

/** What tells an act from others of its kind: its meeting, agency, title, day. */
function detailsOf({ document }: Action, language: Language): readonly string[] {
  const t = officersMessages(language);
  const { meeting, agency, subject, title, name, state, day, on } = document.act.body as Readonly<
    Partial<Record<'agency' | 'name' | 'state' | 'day' | 'on', string>> & {
      meeting?: Readonly<{ number: string; date: string }>;
      subject?: Readonly<{ 'zh-Hant-TW': string; en?: string }>;
      title?: Readonly<{ 'zh-Hant-TW': string; en?: string }>;
    }
  >;
  const words = [subject, title].map((text) => text?.[language] || text?.['zh-Hant-TW']);
  const choices = [name, state].map((choice) => choice && (CHOICE_LABELS[choice]?.[language] ?? choice));
  const met = meeting && t.meetingOf(meeting.number, meeting.date);
  const said = [met, agency, ...words, ...choices, day, on].filter((text) => text !== undefined);
  return [...new Set(said)];
}

/** Actions with their progress; each leads to its page. */
export const ActionList = ({ frame, actions, names, dead }: ListProps): VNode => {
  const { language } = frame;
  const t = officersMessages(language);
  return (
    <ul class="office-list">
      {actions.map((action) => (
        <li key={action.id} data-action={action.id}>
          <h3>
            <a href={localPath(language, `/actions/${action.id}`)}>{names(action)[language]}</a>
          </h3>
          <p class="case-meta">
            <span class="case-number">
              {action.document.case === '' ? t.platformTitle : t.deskOf(action.document.case)}
            </span>
            {detailsOf(action, language).map((text) => (
              <span key={text}>{text}</span>
            ))}
            <span>
              {action.approvals.length === 0 ? t.notSigned : t.signedSoFar(action.approvals.length)}
            </span>
            <DateText language={language} iso={new Date(action.proposedAtMs).toISOString()} clock />
          </p>
          {dead.has(action.id) ? (
            <p data-dead>
              <strong>{t.dead}</strong>
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
};

/** Whose turn it is, for one officer. */
function turnOf({ approvals, proposedBy }: Action, me: string): 'you' | 'yours' | 'other' {
  if (approvals.length === 0) return proposedBy === me ? 'yours' : 'other';
  return approvals.some(({ officer }) => officer === me) ? 'other' : 'you';
}

/** `/waiting`: everything that waits for a signature, by whose turn it is. */
export const WaitingPage = ({ me, ...list }: ListProps & Readonly<{ me: string }>): VNode => {
  const t = officersMessages(list.frame.language);
  const groups = [
    ['you', t.waitsForYou],
    ['yours', t.waitsUnsigned],
    ['other', t.waitsForOther],
  ] as const;
  return (
    <OfficeLayout frame={list.frame} title={t.waitingTitle} current="waiting">
      <div class="wrap office-page">
        <h1>{t.waitingTitle}</h1>
        <p class="lede">{t.waitingLede}</p>
        {list.actions.length === 0 ? <p>{t.nothingWaiting}</p> : null}
        {groups.map(([turn, title]) => {
          const actions = list.actions.filter((action) => turnOf(action, me) === turn);
          return actions.length === 0 ? null : (
            <section key={turn} aria-labelledby={`waits-${turn}`}>
              <h2 id={`waits-${turn}`}>{title}</h2>
              <ActionList {...list} actions={actions} />
            </section>
          );
        })}
      </div>
    </OfficeLayout>
  );
};
