import { daysLater, monthsLater } from './legal-terms.ts';
import type { AnomalyCode } from './record-anomaly.ts';
import { movedOrNot, StandingOrders } from './standing-orders.ts';

type Body = Readonly<Record<string, unknown>>;

interface Period {
  isFiled: boolean;
  isOpen?: boolean;
  /** The opening that stands: where it is in the record, and what it says. */
  opening?: Readonly<{ index: number; body: Body; isOfSupplement: boolean }>;
  /** Days of the collections that stand, by index. */
  readonly collections: Map<number, string>;
  /** Whether a collection was corrected and no opening has followed from it yet. */
  isMended: boolean;
  readonly orders: StandingOrders;
  /** Of a case: the draft it was filed with. */
  draft?: string;
  /** Of a draft: whether it was opened again for a supplement, which is done once. */
  isReopened?: boolean;
}

/** An act as far as a period follows from it. */
type PeriodAct = Readonly<{
  kind: string;
  at: string;
  case?: string;
  body?: Body;
  index: number;
  replaces?: number;
}>;

/** 公民投票法 §12 II; for proposers a default of the platform. */
const MONTHS = 6;

/** The draft with whose proposers a case was filed. */
const draftIn = (body: Body): string | undefined =>
  (body['proposal'] as Readonly<{ draft?: string }> | undefined)?.draft;

/**
 * Which acts begin and end the signing of each case, in the order of the record. A case is filed once and opened once:
 * whoever may do either again moves the end of the period, the threshold or the place where signatures are collected.
 * A draft opens and closes for its proposers in the same way, once; and once more while a supplement of proposers,
 * ordered in the case that was filed with it, may be given (公民投票法 §10 VII).
 * Only a standing order of a supplement of the signers (公民投票法 §13 III) lets signing be opened again, once; and while
 * signing runs, an opening that stands in the place of the former corrects its days, after a corrected collection.
 * The days of each opening are those that the law counts from the record, and it changes no threshold.
 */
export class CasePeriods {
  readonly #cases = new Map<string, Period>();
  /** Official closures that stand, by index. */
  readonly #closures = new Map<number, string>();
  #closed: ReadonlySet<string> = new Set();

  /** Whether signatures may stand here now; undefined before the case was opened. */
  isOpen(caseNumber: string): boolean | undefined {
    return this.#cases.get(caseNumber)?.isOpen;
  }

  /** Takes the next act. An act with a fault changes nothing: what stood before it stands. */
  take(act: PeriodAct): AnomalyCode | undefined {
    const { kind, case: caseNumber, body = {}, index, replaces } = act;
    if (kind === 'closure') this.#close(String(body['day']), index, replaces);
    if (caseNumber === undefined) return undefined;
    const period = this.#periodOf(caseNumber);
    switch (kind) {
      // A case begins with its filing, or with its delivery (公民投票法 §§14–16): once in all.
      case 'initiative-filed':
      case 'delivered': {
        if (period.isFiled) return 'filed-again';
        period.isFiled = true;
        const draft = draftIn(body);
        if (draft !== undefined) period.draft = draft;
        return undefined;
      }
      case 'collection':
        collect(period, String(body['on']), index, replaces);
        return undefined;
      case 'retraction':
        if (replaces === undefined) return undefined;
        period.collections.delete(replaces);
        period.orders.withdraw(replaces);
        return undefined;
      case 'suspension':
        period.orders.suspension(body, this.#closed);
        return undefined;
      case 'supplement':
        if (replaces !== undefined) period.orders.withdraw(replaces);
        if (body['step'] === 'ordered') period.orders.order(body, index);
        return undefined;
      case 'proposal-opened':
        return this.#openDraft(period, act, body);
      case 'opened':
        return this.#open(period, act, body);
      case 'proposal-reopened':
        return this.#reopenDraft(period, act, body);
      case 'proposal-closed':
      case 'closed':
        if (period.isOpen !== true) return 'closed-not-open';
        period.isOpen = false;
        return undefined;
      default:
        return undefined;
    }
  }

  #periodOf(caseNumber: string): Period {
    const known = this.#cases.get(caseNumber);
    if (known !== undefined) return known;
    const period: Period = {
      isFiled: false,
      collections: new Map(),
      isMended: false,
      orders: new StandingOrders(),
    };
    this.#cases.set(caseNumber, period);
    return period;
  }

  #close(day: string, index: number, replaces: number | undefined): void {
    if (replaces !== undefined) this.#closures.delete(replaces);
    this.#closures.set(index, day);
    this.#closed = new Set(this.#closures.values());
  }

  #isLast(day: unknown, lastDays: readonly string[]): boolean {
    return movedOrNot(lastDays, this.#closed).some((one) => one === day);
  }

  #openDraft(period: Period, { case: draft, index, replaces, at }: PeriodAct, body: Body) {
    if (period.opening !== undefined || replaces !== undefined) return 'opened-again';
    const firstDay = String(body['firstDay']);
    const lastDays = [monthsLater(firstDay, MONTHS)];
    const isRight = draft?.startsWith('D') === true && firstDay <= at.slice(0, 10);
    if (!isRight || !this.#isLast(body['lastDay'], lastDays)) return 'period-differs';
    period.opening = { index, body, isOfSupplement: false };
    period.isOpen = true;
    return undefined;
  }

  #open(period: Period, { case: caseNumber, index, replaces, at }: PeriodAct, body: Body) {
    const former = period.opening;
    const isFirst = former === undefined && replaces === undefined;
    const isMending =
      replaces !== undefined &&
      replaces === former?.index &&
      !former.isOfSupplement &&
      period.isOpen === true;
    const order = former === undefined || replaces !== undefined ? undefined : period.orders.of('signers');
    if (!isFirst && order === undefined && !(isMending && period.isMended)) return 'opened-again';
    const collectedOn = String(body['collectedOn']);
    const [earliest = collectedOn] =
      order === undefined ? [...period.collections.values()].sort() : [order.on];
    const lastDays = order?.lastDays ?? [monthsLater(earliest, MONTHS)];
    const isRight =
      caseNumber?.startsWith('D') === false &&
      collectedOn === earliest &&
      collectedOn <= at.slice(0, 10) &&
      body['firstDay'] === daysLater(earliest, 1) &&
      this.#isLast(body['lastDay'], lastDays) &&
      (former === undefined ||
        (body['threshold'] === former.body['threshold'] && body['electors'] === former.body['electors']));
    if (!isRight) return 'period-differs';
    if (order !== undefined) period.orders.use('signers');
    period.opening = { index, body, isOfSupplement: order !== undefined };
    period.isMended = false;
    period.isOpen = true;
    return undefined;
  }

  #reopenDraft(period: Period, { case: draft, at }: PeriodAct, body: Body) {
    const filed = this.#cases.get(String(body['case']));
    const order = filed?.orders.of('proposers');
    const isClosed = period.opening !== undefined && period.isOpen === false && period.isReopened !== true;
    if (!isClosed || filed?.draft !== draft || order === undefined) return 'opened-again';
    const firstDay = String(body['firstDay']);
    const isRight = order.on <= firstDay && firstDay <= at.slice(0, 10);
    if (!isRight || !this.#isLast(body['lastDay'], order.lastDays)) return 'period-differs';
    period.isReopened = true;
    period.isOpen = true;
    return undefined;
  }
}

/** A collection in the place of one that stands corrects it; in the place of none it is none. */
function collect(period: Period, on: string, index: number, replaces: number | undefined): void {
  if (replaces !== undefined && !period.collections.delete(replaces)) return;
  period.collections.set(index, on);
  if (replaces !== undefined) period.isMended = true;
}
