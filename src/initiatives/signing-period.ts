/** 連署期間: when a case takes signatures, from its acts; opened, corrected, and opened again for a supplement. */
import { electorBaseOn, known, monthsAfter, type RulePack, required } from '../law/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { addLegalDays, startOfLegalDay } from '../platform/time.ts';
import type { ActEntry } from '../record/index.ts';
import { movedLastDay } from './closures.ts';
import { type EffectContext, entryOf } from './effect-context.ts';
import type { OpenedBody, RecordedAct } from './initiative-facts.ts';
import { reopenSigning, setPeriod, stopSigning } from './initiative-store.ts';
import { standingActs } from './legal-events.ts';

interface CollectionBody {
  readonly on: string;
  readonly mode: 'paper' | 'code' | 'both';
}

/** What fixes the period beside the case's acts. */
export type PeriodRules = Readonly<{ pack: RulePack; closed: readonly string[] }>;

/**
 * The period that the standing collections fix: six months from the day after the earliest (公民投票法 §12 II).
 * Undefined before the first.
 */
export function periodOf(
  acts: readonly RecordedAct[],
  { pack, closed }: PeriodRules,
): Pick<OpenedBody, 'collectedOn' | 'firstDay' | 'lastDay' | 'mode'> | undefined {
  const collected = standingActs(acts)
    .filter(({ kind }) => kind === 'collection')
    .map(({ body }) => body as CollectionBody);
  const [earliest] = collected.map(({ on }) => on).sort();
  if (earliest === undefined) return undefined;
  const { firstDay, lastDay } = monthsAfter(earliest, known(pack, 'petitionMonths', earliest));
  return {
    collectedOn: earliest,
    firstDay,
    lastDay: movedLastDay(lastDay, closed),
    mode: collected.some(({ mode }) => mode !== 'code') ? 'paper-and-electronic' : 'electronic',
  };
}

/** `opened` as it stands, the one of a supplement not among them. */
const openedOf = (acts: readonly RecordedAct[]): RecordedAct | undefined =>
  standingActs(acts).find(({ kind }) => kind === 'opened');

/** The day that fixes the base of the thresholds: the day of the proposal. */
function dayFiled(acts: readonly RecordedAct[]): string {
  const filed = acts.find(({ kind }) => kind === 'initiative-filed');
  const on = (filed?.body as { readonly on?: string } | undefined)?.on;
  return on ?? filed?.at.slice(0, 10) ?? '';
}

const endOf = (lastDay: string): number => startOfLegalDay(addLegalDays(lastDay, 1));

/**
 * Signing opens at 00:00 of the day after the earliest collection, and not before the lead proposer has signed in for
 * the address (電子連署及查對作業辦法 §6). Signing in with the new code of a supplement opens it again, until the
 * supplement is due (§8 III).
 */
export async function openSigning(tx: Tx, context: EffectContext): Promise<readonly ActEntry[]> {
  const { caseNumber, acts, course, nowMs } = context;
  if (course.stage === 'supplement') return openSupplement(tx, context);
  const { pack } = course;
  const period = periodOf(acts, { pack, closed: context.closed });
  if (period === undefined || openedOf(acts) !== undefined) return [];
  const opensAtMs = Math.max(startOfLegalDay(period.firstDay), nowMs);
  await setPeriod(tx, caseNumber, { opensAtMs, closesAtMs: endOf(period.lastDay) });
  const filedOn = dayFiled(acts);
  const base = electorBaseOn(filedOn);
  if (base === undefined) throw new RangeError(`No presidential election is known before ${filedOn}`);
  const opened: OpenedBody = {
    collectedOn: period.collectedOn,
    firstDay: period.firstDay,
    lastDay: period.lastDay,
    threshold: Number(required(base.electors, known(pack, 'petitionRate', filedOn))),
    electors: Number(base.electors),
    mode: period.mode,
  };
  return [entryOf(context, 'opened', pack.parameters.petitionMonths.citation, opened)];
}

/**
 * 補提: from the moment of signing in until the last day of the term, for those who have not signed or whose signature
 * was excluded. The threshold, and the text that is signed, stay what they were.
 */
async function openSupplement(tx: Tx, context: EffectContext): Promise<readonly ActEntry[]> {
  const { caseNumber, acts, course, nowMs } = context;
  const orderedOn = course.days['supplement-ordered'];
  const due = course.duties.findLast(({ id }) => id === 'supplement-signers')?.due;
  const former = acts.findLast(({ kind }) => kind === 'opened')?.body as OpenedBody | undefined;
  if (orderedOn === undefined || due === undefined || former === undefined) return [];
  const isOpenAlready = former.collectedOn === orderedOn;
  if (isOpenAlready) return [];
  const firstDay = addLegalDays(orderedOn, 1);
  await reopenSigning(tx, caseNumber, {
    opensAtMs: Math.max(startOfLegalDay(firstDay), nowMs),
    closesAtMs: endOf(due),
  });
  const opened: OpenedBody = { ...former, collectedOn: orderedOn, firstDay, lastDay: due };
  return [entryOf(context, 'opened', course.pack.parameters.supplementDays.citation, opened)];
}

/** A supplement is filed once: what comes after it is no part of it. */
export async function stopAfterSupplement(tx: Tx, { act, caseNumber, nowMs }: EffectContext): Promise<void> {
  const { of, step } = act.body as Readonly<{ of: string; step: string }>;
  if (of === 'signers' && step === 'filed') await stopSigning(tx, caseNumber, nowMs);
}

/**
 * A collection that is corrected after signing was opened moves the period to what the right day makes of it, and says
 * so in an `opened` that stands in the place of the former. That no signature falls outside was judged before; after the
 * closing nothing moves, and a correction of the mode stands for itself.
 */
export async function mendPeriod(tx: Tx, context: EffectContext): Promise<readonly ActEntry[]> {
  const { caseNumber, act, acts, course, nowMs } = context;
  const former = openedOf(acts);
  const isClosed = acts.some(({ kind }) => kind === 'closed');
  if (act.replaces === undefined || former?.index === undefined || isClosed) return [];
  const { kind, body, replaces } = act;
  const { pack } = course;
  const all = [...acts, { kind, body, replaces, at: '', basis: '' }];
  const period = periodOf(all, { pack, closed: context.closed });
  if (period === undefined) return [];
  const signedIn = standingActs(acts).findLast(({ kind: one }) => one === 'signing-address');
  const urlAtMs = signedIn === undefined ? nowMs : Date.parse(signedIn.at);
  await setPeriod(tx, caseNumber, {
    opensAtMs: Math.max(startOfLegalDay(period.firstDay), urlAtMs),
    closesAtMs: endOf(period.lastDay),
  });
  const opened: OpenedBody = { ...(former.body as OpenedBody), ...period };
  const entry = entryOf(context, 'opened', pack.parameters.petitionMonths.citation, opened);
  return [{ ...entry, replaces: former.index, ...(act.why === undefined ? {} : { why: act.why }) }];
}
