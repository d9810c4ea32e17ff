import type { VNode } from 'preact';
import type { Deed } from '../initiatives/index.ts';
import {
  electorBaseOn,
  type LawRefusal,
  citation as lawCitation,
  nationalPackOn,
  required,
} from '../law/index.ts';
import { assertionOptions, PasskeyStep } from '../passkeys/index.ts';
import { DateText, type Language, type Localised, localPath, Notice } from '../web/index.ts';
import { QuotingChinese } from '../web/text.tsx';
import { LawNotice } from './act-form-page.tsx';
import type { Action } from './actions.ts';
import type { ActionDocument } from './approval-record.ts';
import { checklistLine } from './desk-checklists.ts';
import { shortRoster } from './desk-messages.ts';
import { type OfficeFrame, OfficeLayout } from './office-layout.tsx';
import { type OfficersMessages, officersMessages } from './officers-messages.ts';
import { FilingReceipt } from './receipt-section.tsx';

export interface ActionView {
  readonly action: Action;
  readonly name: Localised;
  /** Of the case. */
  readonly subject: Localised | undefined;
  readonly citation: string;
  /** What the public pages will say. */
  readonly deed: Deed | undefined;
  readonly rpId: string;
  /** The signed-in officer and their living passkey. */
  readonly me: Readonly<{ id: string; credential: string }>;
  readonly labels: ReadonlyMap<string, string>;
  /** What else is signed with it, in full: the sheets that a batch names. */
  readonly about?: VNode | undefined;
  readonly law?: LawRefusal;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** `/actions/:id`: the exact entry, its digest, who has signed, and the step to sign. */
export const ActionPage = ({ frame, view }: Readonly<{ frame: OfficeFrame; view: ActionView }>): VNode => {
  const { language, site } = frame;
  const t = officersMessages(language);
  const { action, me, labels, law } = view;
  const { document, approvals } = action;
  const caseNumber = document.case;
  const hasSigned = approvals.some(({ officer }) => officer === me.id);
  const isMine = action.proposedBy === me.id;
  const label = (officer: string) => <span lang="zh-Hant-TW">{labels.get(officer) ?? '—'}</span>;
  const signature = (at: number) => {
    const made = approvals[at];
    return made === undefined ? (
      <span class="hint">{t.notSigned}</span>
    ) : (
      <>
        {label(made.officer)} <DateText language={language} iso={iso(made.atMs)} clock />
      </>
    );
  };
  const step = (index: number, text: string, isDone: boolean, children: VNode | null) => (
    <li class={isDone ? 'office-step office-step-done' : 'office-step'} data-done={isDone ? 'yes' : 'no'}>
      <strong>{`${index}. ${text}`}</strong>
      <br />
      {children}
    </li>
  );
  return (
    <OfficeLayout
      frame={frame}
      title={`${view.name[language]} ${placeName(t, caseNumber)}`}
      current="waiting"
      script={site.assets.passkeyScript}
    >
      <div class="wrap prose">
        <p class="case-meta">
          <a href={localPath(language, placeOf(caseNumber))}>{placeName(t, caseNumber)}</a>
          {view.subject === undefined ? null : <span>{view.subject[language]}</span>}
        </p>
        <h1>{view.name[language]}</h1>
        {law === undefined ? null : <LawNotice language={language} law={law} />}
        {action.outcome === undefined ? null : (
          <Notice kind="strong">
            <p role="status" data-outcome={action.outcome}>
              <strong>{action.outcome === 'entered' ? t.entered : t.withdrawn}</strong>
            </p>
            {action.outcome === 'entered' ? (
              <p>
                <a href={`${site.publicUrl}${localPath(language, publicPlace(document))}`}>{t.viewPublic}</a>
              </p>
            ) : null}
          </Notice>
        )}
        <dl class="facts">
          <dt>{t.article}</dt>
          <dd>{lawCitation(view.citation)[language]}</dd>
          <dt>{t.preparedBy}</dt>
          <dd>
            {label(action.proposedBy)} <DateText language={language} iso={iso(action.proposedAtMs)} clock />
          </dd>
        </dl>
        <FilingReceipt language={language} action={action} name={view.name} citation={view.citation} />
        <PublicText language={language} view={view} />
        <ShortRoster language={language} view={view} />
        {view.about ?? null}
        <h2>{t.exactEntry}</h2>
        <pre class="command" lang="zh-Hant-TW">
          <code>
            {JSON.stringify(
              caseNumber === '' ? document.act : { case: caseNumber, ...document.act },
              null,
              2,
            )}
          </code>
        </pre>
        <p class="hint">{t.entryAdds}</p>
        {action.texts.map((text) => (
          <section key={text} aria-label={t.attachedText}>
            <h3>{t.attachedText}</h3>
            <p class="command" lang="zh-Hant-TW">
              {text}
            </p>
          </section>
        ))}
        <p>
          <strong>{t.digest}</strong>
          <br />
          <code class="break" data-digest>
            {action.digest}
          </code>
        </p>
        <p class="hint">{t.digestNote}</p>
        <h2>{t.steps}</h2>
        <ol class="office-steps">
          {step(1, t.stepFirst, approvals.length > 0, signature(0))}
          {step(2, t.stepSecond, approvals.length > 1, signature(1))}
          {step(3, t.stepEntered, action.outcome === 'entered', null)}
        </ol>
        {action.outcome !== undefined ? null : hasSigned ? (
          <Notice>
            <p data-state="signed">{t.youSigned}</p>
          </Notice>
        ) : approvals.length === 0 && !isMine ? (
          <Notice>
            <p data-state="waits">{t.waitForFirst}</p>
          </Notice>
        ) : law !== undefined ? null : (
          <>
            {approvals.length === 0 ? null : <p>{t.entersNow}</p>}
            <PasskeyStep
              language={language}
              action={localPath(language, `/actions/${action.id}`)}
              verb="get"
              options={assertionOptions(view.rpId, action.challenge, me.credential)}
              button={approvals.length === 0 ? t.signFirst : t.signSecond}
              hidden={{ digest: action.digest }}
            />
          </>
        )}
        {action.outcome === undefined && isMine ? (
          <form method="post" action={localPath(language, `/actions/${action.id}/withdraw`)}>
            <button type="submit" class="button button-quiet">
              {t.withdraw}
            </button>
          </form>
        ) : null}
      </div>
    </OfficeLayout>
  );
};

const isOfCase = (of: string): boolean => of !== '' && !of.startsWith('D');
const placeOf = (of: string): string => (isOfCase(of) ? `/cases/${of}` : '/platform');
const placeName = (t: OfficersMessages, of: string): string => (of === '' ? t.platformTitle : t.deskOf(of));

/** Where the public reads what was entered. */
const publicPlace = ({ case: of, act }: ActionDocument): string =>
  act.kind === 'switch'
    ? '/switches'
    : act.kind === 'election-day'
      ? '/law'
      : act.kind === 'closure'
        ? '/duties'
        : of === ''
          ? '/announcements'
          : of.startsWith('D')
            ? `/drafts/${of}`
            : `/initiatives/${of}`;

/**
 * A roster on paper that is short is received all the same, and found inadmissible after (公民投票法 §10 I–II): the
 * desk only says so.
 */
const ShortRoster = ({
  language,
  view,
}: Readonly<{ language: Language; view: ActionView }>): VNode | null => {
  const { on, onPaper } = view.action.document.act.body as Readonly<{
    on?: string;
    onPaper?: Readonly<{ proposers: number }>;
  }>;
  const rate = on === undefined ? undefined : nationalPackOn(on)?.parameters.proposalRate.value;
  const electors = on === undefined ? undefined : electorBaseOn(on)?.electors;
  if (onPaper === undefined || rate === undefined || electors === undefined) return null;
  const needed = Number(required(electors, rate));
  if (onPaper.proposers >= needed) return null;
  return (
    <Notice>
      <p data-short-roster={needed}>{shortRoster(onPaper.proposers, needed)[language]}</p>
    </Notice>
  );
};

/** The words of the public pages, in both languages where given, and what the officer had ticked. */
const PublicText = ({ language, view }: Readonly<{ language: Language; view: ActionView }>): VNode => {
  const t = officersMessages(language);
  const { deed, action, citation } = view;
  const lines = (text: string | undefined, lang: Language) =>
    (text ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => (
        <p key={line} lang={lang}>
          <QuotingChinese language={lang} text={line} />
        </p>
      ));
  return (
    <>
      <h2>{t.publicText}</h2>
      <p class="hint">{t.publicTextNote}</p>
      {deed === undefined
        ? null
        : (['zh-Hant-TW', 'en'] as const).map((each) => (
            <section key={each} class="public-preview" data-preview={each} aria-label={t.previewIn(each)}>
              <h3 lang={each}>{deed.what[each]}</h3>
              {lines(deed.detail?.[each], each)}
              <p class="case-meta">
                <span lang={each}>{lawCitation(citation)[each]}</span>
              </p>
            </section>
          ))}
      {action.checklist.length === 0 ? null : (
        <>
          <h2>{t.ticked}</h2>
          <p class="hint">{t.tickedNote}</p>
          <ul data-checklist>
            {action.checklist.map((line) => (
              <li key={line}>{checklistLine(line, language)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};
