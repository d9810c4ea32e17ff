import type { VNode } from 'preact';
import { daysBetween, type LawRefusal } from '../law/index.ts';
import { CHECK_REASONS, type CheckReason, type CheckResultBody } from '../registry/index.ts';
import { DateText, formatNumber, type Language, localPath, Notice, TableScroll } from '../web/index.ts';
import type { StoredCheck } from './check-store.ts';
import { checksMessages } from './checks-messages.ts';
import { type CheckRefusal, type CheckView, resultOf } from './proposer-checks.ts';

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
  return (
    <div class="wrap office-page">
      <p class="case-meta">
        <a href={localPath(language, `/cases/${view.caseNumber}`)}>{t.back}</a>
      </p>
      <h1>{t.title(view.caseNumber)}</h1>
      <p lang="zh-Hant-TW">{view.subject['zh-Hant-TW']}</p>
      <p class="lede">{t.lede}</p>
      {refusal === undefined ? null : (
        <Notice kind="error">
          <p role="alert" data-refusal={refusal}>
            {t.refusals[refusal]}
          </p>
        </Notice>
      )}
      {law === undefined ? null : <LawNotice language={language} law={law} />}
      <Clock {...props} />
      <Proposers {...props} />
      <section aria-labelledby="order-title">
        <h2 id="order-title">{t.order}</h2>
        {view.ordered === 0 ? null : <p>{t.orderDone(view.ordered)}</p>}
        {props.orderRefused === undefined && view.electronic + view.paper === 0 ? (
          <p class="hint" data-order-refused="nobody">
            {t.orderNobody}
          </p>
        ) : props.orderRefused === undefined ? (
          <form method="post" action={localPath(language, `/cases/${view.caseNumber}/proposers/order`)}>
            <p>{t.orderLede(view.electronic + view.paper)}</p>
            <button type="submit" class="button">
              {t.orderButton}
            </button>
          </form>
        ) : (
          <p class="hint" data-order-refused>
            {t.orderNotNow} {props.orderRefused.instead[language]}{' '}
            <span class="article" lang="zh-Hant-TW">
              {props.orderRefused.citation}
            </span>
          </p>
        )}
      </section>
      {view.ordered === 0 || current?.finishedAtMs !== undefined ? null : (
        <>
          <Sending {...props} current={current} />
          {current?.sentAtMs === undefined ? null : <Progress {...props} current={current} />}
        </>
      )}
      {finished.toReversed().map((check) => (
        <Result key={check.id} {...props} check={check} />
      ))}
    </div>
  );
};

const LawNotice = ({ language, law }: Readonly<{ language: Language; law: LawRefusal }>): VNode => (
  <Notice kind="error">
    <p role="alert">
      {law.instead[language]}{' '}
      <span class="article" lang="zh-Hant-TW">
        {law.citation}
      </span>
    </p>
  </Notice>
);

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
          {t.colon}
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
      {view.hasLetterKey ? null : <p class="hint">{t.noLetterKey}</p>}
      <form method="post" action={localPath(language, `/cases/${view.caseNumber}/proposers/send`)}>
        {current !== undefined || view.abandoned.length === 0 ? null : (
          <fieldset>
            <legend>{t.abandonedLegend}</legend>
            <p class="hint">{t.abandonedHint}</p>
            {view.abandoned.map(({ caseNumber, subject }) => (
              <p key={caseNumber}>
                <input
                  type="checkbox"
                  id={`abandoned-${caseNumber}`}
                  name={`abandoned-${caseNumber}`}
                  value="yes"
                />{' '}
                <label for={`abandoned-${caseNumber}`}>
                  {caseNumber} {subject[language]}
                </label>
              </p>
            ))}
          </fieldset>
        )}
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
            <dd data-fault={current.fault}>{t.refusals[current.fault as CheckRefusal]}</dd>
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
      <Totals language={language} body={body} />
      <p>{t.reconciled}</p>
      <p>{t.signed}</p>
      <p class="hint">
        {t.batch}
        {t.colon}
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

const Totals = ({ language, body }: Readonly<{ language: Language; body: CheckResultBody }>): VNode => {
  const t = checksMessages(language);
  const reasons = Object.entries(body.reasons) as readonly (readonly [CheckReason, number])[];
  const deleted = body.received - body.valid;
  const electronicDeleted = body.electronic.received - body.electronic.valid;
  return (
    <TableScroll label={t.result}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.reason}</th>
            <th scope="col" class="number">
              {t.count}
            </th>
            <th scope="col" class="number">
              {t.ofThese}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t.received}</th>
            <td class="number">{formatNumber(body.received)}</td>
            <td class="number">{formatNumber(body.electronic.received)}</td>
          </tr>
          <tr>
            <th scope="row">{t.valid}</th>
            <td class="number">{formatNumber(body.valid)}</td>
            <td class="number">{formatNumber(body.electronic.valid)}</td>
          </tr>
          <tr>
            <th scope="row">{t.excluded}</th>
            <td class="number">{formatNumber(deleted)}</td>
            <td class="number">{formatNumber(electronicDeleted)}</td>
          </tr>
          {reasons.map(([reason, n]) => (
            <tr key={reason} data-reason={reason}>
              <th scope="row">{CHECK_REASONS[reason].words[language]}</th>
              <td class="number">{formatNumber(n)}</td>
              <td class="number">–</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
};
