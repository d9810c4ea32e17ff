import type { VNode } from 'preact';
import { citation, daysBetween, known, type LawRefusal } from '../law/index.ts';
import { DateText, formatNumber, type Language, localPath } from '../web/index.ts';
import type { StoredCheck } from './check-store.ts';
import type { CheckRefusal, CheckView } from './checks-contract.ts';
import { checksMessages } from './checks-messages.ts';
import { deskMessages } from './desk-messages.ts';
import { DeskPage } from './desk-page.tsx';
import { resultOf } from './proposer-checks.ts';
import { ResultTotals } from './result-totals.tsx';

export interface ProposersPageProps {
  readonly language: Language;
  readonly view: CheckView;
  /** Why the order cannot be prepared now; undefined when it can. */
  readonly orderRefused: LawRefusal | undefined;
  readonly refusal?: CheckRefusal;
  readonly law?: LawRefusal;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** `/cases/:case/proposers`: everything about the check of one case's proposers. */
export const ProposersPage = (props: ProposersPageProps): VNode => {
  const { language, view, refusal, law } = props;
  const t = checksMessages(language);
  const current = view.checks.find(({ round }) => round === view.ordered);
  const finished = view.checks.filter(({ finishedAtMs }) => finishedAtMs !== undefined);
  const said = { ...(refusal && { refusal }), ...(law && { law }) };
  return (
    <DeskPage language={language} number={view.caseNumber} title={t.title(view.caseNumber)} {...said}>
      <p lang="zh-Hant-TW">{view.subject['zh-Hant-TW']}</p>
      <p class="lede">{t.lede}</p>
      <Clock {...props} />
      <Proposers {...props} />
      <Order {...props} />
      {view.ordered === 0 || current?.finishedAtMs !== undefined ? null : (
        <>
          <Sending {...props} current={current} />
          {current?.sentAtMs === undefined ? null : <Progress {...props} current={current} />}
        </>
      )}
      {finished.toReversed().map((check) => (
        <Result key={check.id} {...props} check={check} />
      ))}
    </DeskPage>
  );
};

/** The order, with the abandoned cases whose proposers are barred: both are what two officers sign. */
const Order = ({ language, view, orderRefused }: ProposersPageProps): VNode => {
  const t = checksMessages(language);
  const sent = view.electronic + view.paper;
  return (
    <section aria-labelledby="order-title">
      <h2 id="order-title">{t.order}</h2>
      {view.ordered === 0 ? null : <p>{t.orderDone(view.ordered)}</p>}
      {orderRefused !== undefined ? (
        <p class="hint" data-order-refused>
          {t.orderNotNow} {orderRefused.instead[language]}{' '}
          <span class="article">{citation(orderRefused.citation)[language]}</span>
        </p>
      ) : sent === 0 ? (
        <p class="hint" data-order-refused="nobody">
          {t.orderNobody}
        </p>
      ) : (
        <form method="post" action={localPath(language, `/cases/${view.caseNumber}/proposers/order`)}>
          <p>{t.orderLede(sent)}</p>
          {view.abandoned.length === 0 ? (
            <p class="hint">{t.abandonedNone}</p>
          ) : (
            <fieldset>
              <legend>{t.abandonedLegend}</legend>
              <p class="hint">{t.abandonedHint}</p>
              {view.abandoned.map(({ caseNumber, subject }) => (
                <p key={caseNumber}>
                  <input
                    type="checkbox"
                    id={`barred-${caseNumber}`}
                    name={`barred-${caseNumber}`}
                    value="yes"
                  />{' '}
                  <label for={`barred-${caseNumber}`}>
                    {caseNumber} {subject[language]}
                  </label>
                </p>
              ))}
            </fieldset>
          )}
          <button type="submit" class="button">
            {t.orderButton}
          </button>
        </form>
      )}
    </section>
  );
};

const Clock = ({ language, view: { course } }: ProposersPageProps): VNode => {
  const t = checksMessages(language);
  const duty = course.duties.findLast(({ id }) => id === 'check-proposers');
  return (
    <section aria-labelledby="clock-title">
      <h2 id="clock-title">{t.clock}</h2>
      {duty?.due === undefined ? (
        <p>{t.notSentYet}</p>
      ) : (
        <p data-duty={duty.status}>
          {t.clockTerm}
          {deskMessages(language).colon}
          <DateText language={language} iso={duty.due} />{' '}
          {duty.status === 'overdue' ? (
            <strong class="overdue">{t.daysLate(daysBetween(duty.due, course.today))}</strong>
          ) : (
            <strong>{duty.status === 'met' ? t.met : t.daysLeft(daysBetween(course.today, duty.due))}</strong>
          )}
        </p>
      )}
    </section>
  );
};

const Proposers = ({ language, view }: ProposersPageProps): VNode => {
  const t = checksMessages(language);
  const number = (n: number) => formatNumber(n);
  const roll = view.draft ?? view.caseNumber;
  return (
    <section aria-labelledby="who-title">
      <h2 id="who-title">{t.who}</h2>
      <dl class="facts">
        <dt>{t.electronic}</dt>
        <dd data-electronic>
          {number(view.electronic)} {view.draft === undefined ? null : <span class="tag">{view.draft}</span>}
        </dd>
        <dt>{t.paper}</dt>
        <dd data-paper>{number(view.paper)}</dd>
        <dt>{t.total}</dt>
        <dd>{number(view.electronic + view.paper)}</dd>
        <dt>{t.required}</dt>
        <dd>{number(view.required)}</dd>
        <dt>{t.filedOn}</dt>
        <dd>
          <DateText language={language} iso={view.filedOn} />
        </dd>
      </dl>
      {view.held === 0 ? null : <p>{t.held(view.held)}</p>}
      <p>
        <a href={localPath(language, `/rolls/${view.ordered === 0 ? roll : view.caseNumber}/paper`)}>
          {t.sheets}
        </a>
      </p>
    </section>
  );
};

const Sending = ({
  language,
  view,
  current,
}: ProposersPageProps & Readonly<{ current: StoredCheck | undefined }>): VNode => {
  const t = checksMessages(language);
  return (
    <section aria-labelledby="send-title">
      <h2 id="send-title">{t.send}</h2>
      <p>{t.sendLede}</p>
      {view.barred.length === 0 ? null : (
        <p data-barred>{t.barredNow(view.barred.join(language === 'en' ? ', ' : '、'))}</p>
      )}
      {view.hasLetterKey ? null : <p class="hint">{t.noLetterKey}</p>}
      <form method="post" action={localPath(language, `/cases/${view.caseNumber}/proposers/send`)}>
        <button type="submit" class={current?.sentAtMs === undefined ? 'button' : 'button button-quiet'}>
          {current?.sentAtMs === undefined ? t.sendButton : t.sendAgain}
        </button>
      </form>
    </section>
  );
};

const Progress = ({
  language,
  view,
  current,
}: ProposersPageProps & Readonly<{ current: StoredCheck }>): VNode => {
  const t = checksMessages(language);
  const of = current.entries.length + current.paper.length;
  return (
    <section aria-labelledby="ask-title">
      <h2 id="ask-title">{t.ask}</h2>
      <p>
        <label for="check-progress">{t.progress(current.done, of)}</label>{' '}
        <progress id="check-progress" max={of} value={current.done} />
      </p>
      <dl class="facts facts-small">
        <dt>{t.sentAt}</dt>
        <dd>
          {current.sentAtMs === undefined ? null : (
            <DateText language={language} iso={iso(current.sentAtMs)} clock />
          )}
        </dd>
        {current.askedAtMs === undefined ? null : (
          <>
            <dt>{t.askedAt}</dt>
            <dd>
              <DateText language={language} iso={iso(current.askedAtMs)} clock />
            </dd>
          </>
        )}
        {current.fault === undefined ? null : (
          <>
            <dt>{t.lastFault}</dt>
            <dd data-fault={current.fault}>
              {deskMessages(language).refusals[current.fault as CheckRefusal]}
            </dd>
          </>
        )}
      </dl>
      <form method="post" action={localPath(language, `/cases/${view.caseNumber}/proposers/ask`)}>
        <button type="submit" class="button">
          {t.askButton}
        </button>
      </form>
    </section>
  );
};

const Result = ({
  language,
  view,
  check,
}: ProposersPageProps & Readonly<{ check: StoredCheck }>): VNode | null => {
  const t = checksMessages(language);
  const body = resultOf(check);
  if (body === undefined) return null;
  const title = `result-${check.round}`;
  const missing = body.required - body.valid;
  return (
    <section aria-labelledby={title} data-result={check.round}>
      <h2 id={title}>{t.result}</h2>
      <ResultTotals language={language} body={body} least={known(view.course.pack, 'suppressionK')} />
      <p>{t.reconciled}</p>
      <p>{t.signed}</p>
      <p class="hint">
        {t.batch}
        {deskMessages(language).colon}
        <code class="value">{body.batch}</code>
      </p>
      <p>
        <strong>{missing <= 0 ? t.enough : check.round > 1 ? t.shortAgain : t.short(missing)}</strong>
      </p>
      {check.hasLetter ? <p>{t.letter}</p> : null}
      {check.enteredAtMs === undefined ? (
        <form method="post" action={localPath(language, `/cases/${view.caseNumber}/proposers/result`)}>
          <p>{t.enterLede}</p>
          <button type="submit" class="button">
            {t.enterButton}
          </button>
        </form>
      ) : (
        <p data-entered>
          {t.entered} <DateText language={language} iso={iso(check.enteredAtMs)} clock />
        </p>
      )}
      {check.enteredAtMs !== undefined && missing > 0 && check.round === 1 && view.ordered === 1 ? (
        <p>
          <a href={localPath(language, `/cases/${view.caseNumber}/acts/proposer-supplement-ordered`)}>
            {t.orderSupplement}
          </a>
        </p>
      ) : null}
    </section>
  );
};
