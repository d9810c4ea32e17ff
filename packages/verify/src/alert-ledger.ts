import { type Alert, type AlertPart, isLasting } from './alert.ts';
import type { KeptAlert } from './monitor-state.ts';

/** Alerts of a round: those that began, those that got worse since they were told, that are over, and all open after it. */
export type Ledger = Readonly<{
  raised: readonly KeptAlert[];
  worse: readonly KeptAlert[];
  over: readonly KeptAlert[];
  open: readonly KeptAlert[];
}>;

/** An alert that goes on getting worse is told again at most so often. */
const TELL_AGAIN_MS = 10 * 60_000;

const isWorse = ({ grade, told, since }: KeptAlert, now: string): boolean =>
  grade !== undefined &&
  grade > (told?.grade ?? Number.POSITIVE_INFINITY) &&
  Date.parse(now) - Date.parse(told?.at ?? since) >= TELL_AGAIN_MS;

const toldNow = (alert: KeptAlert, now: string): KeptAlert =>
  alert.grade === undefined ? alert : { ...alert, told: { at: now, grade: alert.grade } };

/**
 * Enters what a round found into the alerts known. A known one that is found again keeps its beginning; one that is
 * not found again is over only if the part that finds it ran and its kind does not last for ever.
 */
export function enterAlerts(
  known: readonly KeptAlert[],
  found: readonly Alert[],
  ran: ReadonlySet<AlertPart>,
  now: string,
): Ledger {
  const byId = new Map(found.map((alert) => [alert.id, alert]));
  const stays = (alert: KeptAlert): boolean =>
    byId.has(alert.id) || isLasting(alert.code) || !ran.has(alert.part);
  const stayed = known.filter(stays).map((alert): KeptAlert => ({ ...alert, ...byId.get(alert.id) }));
  const kept = stayed.map((alert) => (isWorse(alert, now) ? toldNow(alert, now) : alert));
  const worse = kept.filter((alert, i) => alert !== stayed[i]);
  const over = known.filter((alert) => !stays(alert)).map((alert) => ({ ...alert, until: now }));
  const old = new Set(kept.map(({ id }) => id));
  const raised = [...byId.values()]
    .filter(({ id }) => !old.has(id))
    .map((alert) => toldNow({ ...alert, since: now }, now));
  return { raised, worse, over, open: [...kept, ...raised] };
}
