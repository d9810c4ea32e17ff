/**
 * 領取之更正: the day of the earliest collection fixes six months in which people sign. A wrong day is corrected as long
 * as every signature already received lies in the period that the right day gives, and that period still runs.
 */
import type { LawRefusal } from '../law/index.ts';
import { legalDateOf } from '../platform/time.ts';
import type { RecordedAct } from './initiative-facts.ts';
import { type PeriodRules, periodOf } from './signing-period.ts';

/** When the first and the last signature of a case came, epoch milliseconds. */
export type Received = Readonly<{ firstMs: number; lastMs: number }>;

const CITATION = '公民投票法 §12 II；電子連署及查對作業辦法 §6；平台規則：更正以新件取代並敘明理由，不得覆寫';

const refuse = (code: LawRefusal['code'], zh: string, en: string): LawRefusal => ({
  code,
  citation: CITATION,
  instead: { 'zh-Hant-TW': zh, en },
});

/** Whether the act would replace a collection, by another or by nothing. */
export function mendsCollection(
  { replaces }: Readonly<{ replaces?: number | undefined }>,
  acts: readonly RecordedAct[],
): boolean {
  if (replaces === undefined) return false;
  return acts.find(({ index }) => index === replaces)?.kind === 'collection';
}

/** Why a collection cannot be corrected so; undefined where it can, and for every other act. */
export function collectionRefusal(
  candidate: RecordedAct,
  acts: readonly RecordedAct[],
  rules: PeriodRules & Readonly<{ today: string; received: Received | undefined }>,
): LawRefusal | undefined {
  if (!mendsCollection(candidate, acts)) return undefined;
  const opened = acts.findLast(({ kind }) => kind === 'opened');
  if (opened === undefined) return undefined;
  const now = periodOf(acts, rules);
  const then = periodOf([...acts, candidate], rules);
  if (then === undefined)
    return refuse(
      'out-of-order',
      '連署已開始，領取之件不得註銷；日期或方式有誤者，以更正取代。',
      'Signing has opened: a collection is not retracted. One with a wrong day or mode is replaced.',
    );
  if (opened.index === undefined)
    return refuse(
      'too-early',
      '「開始連署」尚未排入公卷；請俟排入後再更正。',
      'The opening of signing has no position in the record yet; wait until it has.',
    );
  if (then.collectedOn === now?.collectedOn) return undefined;
  if (acts.some(({ kind }) => kind === 'closed' || kind === 'roster-filed'))
    return refuse(
      'too-late',
      '連署已截止或名冊已提出，期間不得再以更正變動；應由委員會議決定並公告。',
      'Signing has ended, or the roster was filed: no correction moves the period any more. The Commission decides in session, and announces it.',
    );
  return outsideRefusal(then, rules);
}

function outsideRefusal(
  { collectedOn, firstDay, lastDay }: Readonly<{ collectedOn: string; firstDay: string; lastDay: string }>,
  { today, received }: Readonly<{ today: string; received: Received | undefined }>,
): LawRefusal | undefined {
  if (lastDay < today)
    return refuse(
      'too-late',
      `以 ${collectedOn} 起算，連署期間已於 ${lastDay} 屆滿；更正不得使本案溯及視為放棄連署，應由委員會議決定並公告。`,
      `Counted from ${collectedOn} the period ended on ${lastDay}. No correction lets a case be deemed abandoned looking back: the Commission decides in session, and announces it.`,
    );
  if (received === undefined) return undefined;
  const [first, last] = [legalDateOf(received.firstMs), legalDateOf(received.lastMs)];
  if (firstDay <= first && last <= lastDay) return undefined;
  return refuse(
    'too-late',
    `已收到之連署在 ${first} 至 ${last} 之間；以 ${collectedOn} 起算之期間為 ${firstDay} 至 ${lastDay}，將有連署落在期間之外。得更正為不使任何連署落在期間外之日；否則應由委員會議決定並公告。`,
    `Signatures came between ${first} and ${last}; counted from ${collectedOn} the period is ${firstDay} to ${lastDay}, and some would fall outside. A day that leaves none outside may be entered; otherwise the Commission decides in session, and announces it.`,
  );
}
