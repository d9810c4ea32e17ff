import type { VNode } from 'preact';
import { citation, daysBetween, type LawRefusal } from '../law/index.ts';
import { DateText, formatNumber, type Language, localPath } from '../web/index.ts';
import { CheckProgress, CheckResult } from './check-steps.tsx';
import type { StoredCheck } from './check-store.ts';
import type { CheckRefusal, CheckView } from './checks-contract.ts';
import { checksMessages } from './checks-messages.ts';
import { deskMessages } from './desk-messages.ts';
import { DeskPage } from './desk-page.tsx';

export interface ProposersPageProps {
  readonly language: Language;
  readonly view: CheckView;
  /** Why the order cannot be prepared now; undefined when it can. */
  readonly orderRefused: LawRefusal | undefined;
  readonly refusal?: CheckRefusal;
  readonly law?: LawRefusal;
}

/** `/cases/:case/proposers`: everything about the check of one case's proposers. */
export const ProposersPage = (props: ProposersPageProps): VNode => {
  const { language, view, refusal, law } = props;
  const t = checksMessages(language);
  const current = view.checks.find(({ round }) => round === view.ordered);
  const finished = view.checks.filter(({ finishedAtMs }) => finishedAtMs !== undefined);
  const said = { ...(refusal && { refusal }), ...(law && { law }) };
  return (
    <DeskPage language={language} number={view.caseNumber} title={t.title(view.caseNumber)} {...said}>
      <p>{view.subject[language]}</p>
      <p class="lede">{t.lede}</p>
      <Clock {...props} />
      <Proposers {...props} />
      <Order {...props} />
      {view.ordered === 0 || current?.finishedAtMs !== undefined ? null : (
        <>
          <Sending {...props} current={current} />
          {current?.sentAtMs === undefined ? null : <CheckProgress {...props} current={current} />}
        </>
      )}
      {finished.toReversed().map((check) => (
        <CheckResult key={check.id} {...props} check={check} />
      ))}
    </DeskPage>
  );
};

/** The order, with the abandoned cases whose proposers are barred: both are what two officers sign. */
const Order = ({ language, view, orderRefused }: ProposersPageProps): VNode => {
  const t = checksMessages(language);
  const sent = view.electronic + view.paper;
  const last = view.checks.find(({ round }) => round === view.ordered);
  const isUnderWay = view.ordered > 0 && last?.enteredAtMs === undefined;
  return (
    <section aria-labelledby="order-title">
      <h2 id="order-title">{t.order}</h2>
      {view.ordered === 0 ? null : <p>{t.orderDone(view.ordered)}</p>}
      {isUnderWay ? (
        <p class="hint" data-order-refused="under-way">
          {t.orderUnderWay}
        </p>
      ) : orderRefused !== undefined ? (
        <p class="hint" data-order-refused>
          {t.orderNotNow} {orderRefused.instead[language]}{' '}
          <span class="article">{citation(orderRefused.citation)[language]}</span>
        </p>
      ) : sent === 0 ? (
        <p class="hint" data-order-refused="nobody">
          {t.orderNobody}
          {t.orderNobodyNext[0]}
          <SheetsLink language={language} view={view} />
          {t.orderNobodyNext[1]}
        </p>
      ) : (
        <form method="post" action={localPath(language, `/cases/${view.caseNumber}/proposers/order`)}>
          <p>{t.orderLede(sent)}</p>
          {view.abandoned.length === 0 ? (
            <p class="hint">{t.abandonedNone}</p>
          ) : (
            <fieldset class="checklist">
              <legend>{t.abandonedLegend}</legend>
              <p class="hint">{t.abandonedHint}</p>
              {view.abandoned.map(({ caseNumber, subject }) => (
                <p key={caseNumber} class="check">
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
          {view.letterKey === undefined ? <p class="hint">{t.noLetterKeyYet}</p> : null}
          <button type="submit" class="button">
            {t.orderButton}
          </button>
        </form>
      )}
    </section>
  );
};

/** To the desk where the sheets of paper are typed: of the draft until the first order, of the case from then on. */
const SheetsLink = ({ language, view }: Pick<ProposersPageProps, 'language' | 'view'>): VNode => (
  <a
    href={localPath(
      language,
      `/rolls/${view.ordered === 0 ? (view.draft ?? view.caseNumber) : view.caseNumber}/paper`,
    )}
  >
    {checksMessages(language).sheets}
  </a>
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
        <SheetsLink language={language} view={view} />
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
      {view.orderedLetter === undefined ? (
        <p class="hint">{t.noLetterKey}</p>
      ) : (
        <p class="hint">
          {t.letterTo}
          {deskMessages(language).colon}
          <code class="value">{view.orderedLetter}</code>
        </p>
      )}
      <form method="post" action={localPath(language, `/cases/${view.caseNumber}/proposers/send`)}>
        <button type="submit" class={current?.sentAtMs === undefined ? 'button' : 'button button-quiet'}>
          {current?.sentAtMs === undefined ? t.sendButton : t.sendAgain}
        </button>
      </form>
    </section>
  );
};
