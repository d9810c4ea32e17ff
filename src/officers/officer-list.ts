/** Officers as operators see them. */
import { type Db, inTransaction } from '../platform/db/index.ts';
import { listOfficers, livePasskey, type Mandate, mandatesOf, setMandate } from './officer-store.ts';

export interface OfficerRow {
  readonly label: string;
  readonly mandates: readonly Mandate[];
  readonly hasPasskey: boolean;
  readonly lockedUntilMs: number | undefined;
}

/** Every officer, by label. */
export async function officerRows(db: Db): Promise<readonly OfficerRow[]> {
  const rows: OfficerRow[] = [];
  for (const { id, label, lockedUntilMs } of await listOfficers(db)) {
    const hasPasskey = (await livePasskey(db, id)) !== undefined;
    rows.push({ label, lockedUntilMs, mandates: await mandatesOf(db, id), hasPasskey });
  }
  return rows;
}

/** Makes `lastDay` the last day of a mandate; one that had not begun by then is left out of force. False when there is none. */
export function endMandate(db: Db, label: string, capacity: string, lastDay: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const officer = (await listOfficers(tx)).find((one) => one.label === label);
    const mandates = officer === undefined ? [] : await mandatesOf(tx, officer.id);
    const running = mandates.find((one) => one.capacity === capacity);
    if (running === undefined || (running.untilOn !== undefined && running.untilOn <= lastDay)) return false;
    const fromOn = running.fromOn <= lastDay ? running.fromOn : lastDay;
    await setMandate(tx, { ...running, fromOn, untilOn: lastDay });
    return true;
  });
}
