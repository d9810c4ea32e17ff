/** Officers as operators see them. */
import { type Db, inTransaction } from '../platform/db/index.ts';
import { addLegalDays, type Clock, legalDateOf } from '../platform/time.ts';
import type { PublicRecord } from '../record/index.ts';
import { officerKeyEvent } from './key-events.ts';
import {
  endPasskey,
  listOfficers,
  livePasskey,
  type Mandate,
  mandatesOf,
  setMandate,
} from './officer-store.ts';

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

/**
 * Ends a mandate today and takes its passkey out of use: sessions end, signatures not yet followed by a second lapse,
 * and the record says that the key acts no more. False when no mandate runs.
 */
export function endMandate(
  { db, clock, record }: Readonly<{ db: Db; clock: Clock; record: Pick<PublicRecord, 'append'> }>,
  label: string,
  capacity: string,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const nowMs = clock.nowMs();
    const lastDay = addLegalDays(legalDateOf(nowMs), -1);
    const officer = (await listOfficers(tx)).find((one) => one.label === label);
    const mandates = officer === undefined ? [] : await mandatesOf(tx, officer.id);
    const running = mandates.find((one) => one.capacity === capacity);
    if (running === undefined || (running.untilOn !== undefined && running.untilOn <= lastDay)) return false;
    const fromOn = running.fromOn <= lastDay ? running.fromOn : lastDay;
    await setMandate(tx, { ...running, fromOn, untilOn: lastDay });
    const passkey = await livePasskey(tx, running.officer);
    if (passkey === undefined) return true;
    await endPasskey(tx, passkey.credentialId, nowMs);
    const key = { sha256: passkey.keySha256 };
    await record.append(tx, officerKeyEvent(clock, 'destroyed', capacity, key));
    return true;
  });
}
