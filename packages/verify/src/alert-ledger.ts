import { type Alert, type AlertPart, isLasting } from './alert.ts';
import type { KeptAlert } from './monitor-state.ts';

/** Alerts of a round: those that began, those that are over, and all that are open after it. */
export type Ledger = Readonly<{
  raised: readonly KeptAlert[];
  over: readonly KeptAlert[];
  open: readonly KeptAlert[];
}>;

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
  const kept = known.filter(stays).map((alert) => ({ ...alert, ...byId.get(alert.id) }));
  const over = known.filter((alert) => !stays(alert)).map((alert) => ({ ...alert, until: now }));
  const old = new Set(kept.map(({ id }) => id));
  const raised = [...byId.values()]
    .filter(({ id }) => !old.has(id))
    .map((alert) => ({ ...alert, since: now }));
  return { raised, over, open: [...kept, ...raised] };
}
