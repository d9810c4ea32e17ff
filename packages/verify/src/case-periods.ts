import type { AnomalyCode } from './record-anomaly.ts';

type Period = {
  isFiled: boolean;
  isOpened: boolean;
  isOpen?: boolean;
  isSupplemented: boolean;
  /** Where the opening that stands is in the record. */
  openedAt?: number;
  /** Of a case: the draft it was filed with, and whether a supplement of its proposers was ordered. */
  draft?: string;
  isShort?: boolean;
  /** Of a draft: whether it was opened again for that, which is done once. */
  isReopened?: boolean;
};

/** An act as far as a period follows from it. */
type PeriodAct = Readonly<{
  kind: string;
  case?: string;
  body?: Readonly<Record<string, unknown>>;
  index?: number;
  replaces?: number;
}>;

/** The draft with whose proposers a case was filed. */
const draftIn = (body: PeriodAct['body']): string | undefined =>
  (body?.['proposal'] as Readonly<{ draft?: string }> | undefined)?.draft;

/**
 * Which acts begin and end the signing of each case, in the order of the record. A case is filed once and opened once:
 * whoever may do either again moves the end of the period, the threshold or the place where signatures are collected.
 * A draft opens and closes for its proposers in the same way, once; and once more while a supplement of proposers,
 * ordered in the case that was filed with it, may be given (公民投票法 §10 VII).
 * Only a supplement ordered for the signers (公民投票法 §13 III) lets signing be opened again; and while it runs, an
 * opening that stands in the place of the former corrects its days.
 */
export class CasePeriods {
  readonly #cases = new Map<string, Period>();

  /** Whether signatures may stand here now; undefined before the case was opened. */
  isOpen(caseNumber: string): boolean | undefined {
    return this.#cases.get(caseNumber)?.isOpen;
  }

  /** Takes the next act. An act with a fault changes nothing: what stood before it stands. */
  take({ kind, case: caseNumber, body, index, replaces }: PeriodAct): AnomalyCode | undefined {
    if (caseNumber === undefined) return undefined;
    const period = this.#cases.get(caseNumber) ?? { isFiled: false, isOpened: false, isSupplemented: false };
    this.#cases.set(caseNumber, period);
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
      case 'proposal-opened':
      case 'opened':
        if (replaces !== undefined && replaces === period.openedAt && period.isOpen === true) {
          if (index !== undefined) period.openedAt = index;
          return undefined;
        }
        if (period.isOpened && !period.isSupplemented) return 'opened-again';
        if (index !== undefined) period.openedAt = index;
        period.isOpened = true;
        period.isOpen = true;
        period.isSupplemented = false;
        return undefined;
      case 'proposal-reopened': {
        const filed = this.#cases.get(String(body?.['case']));
        const isClosed = period.isOpened && period.isOpen === false && period.isReopened !== true;
        if (!isClosed || filed?.draft !== caseNumber || filed.isShort !== true) return 'opened-again';
        period.isReopened = true;
        period.isOpen = true;
        return undefined;
      }
      case 'supplement':
        if (body?.['step'] !== 'ordered') return undefined;
        if (body['of'] === 'signers') period.isSupplemented = true;
        else period.isShort = true;
        return undefined;
      case 'proposal-closed':
      case 'closed':
        if (period.isOpen !== true) return 'closed-not-open';
        period.isOpen = false;
        return undefined;
      default:
        return undefined;
    }
  }
}
