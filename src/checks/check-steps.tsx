import type { VNode } from 'preact';
import { known } from '../law/index.ts';
import type { Language } from '../web/index.ts';
import { DateText, localPath } from '../web/index.ts';
import type { StoredCheck } from './check-store.ts';
import type { CheckRefusal, CheckView } from './checks-contract.ts';
import { checksMessages } from './checks-messages.ts';
import { deskMessages } from './desk-messages.ts';
import { resultOf } from './proposer-checks.ts';
import { ResultTotals } from './result-totals.tsx';

type StepProps = Readonly<{ language: Language; view: CheckView }>;

const iso = (ms: number): string => new Date(ms).toISOString();

/** How far the registry is, and the way to ask it again. */
export const CheckProgress = ({
  language,
  view,
  current,
}: StepProps & Readonly<{ current: StoredCheck }>): VNode => {
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

/** One finished check: what the registry signed, and the way to enter it. */
export const CheckResult = ({
  language,
  view,
  check,
}: StepProps & Readonly<{ check: StoredCheck }>): VNode | null => {
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
