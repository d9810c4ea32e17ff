/** The `day` entry: marks in the log where a legal day ended, so that anyone can recount the daily series. */
import { z } from 'zod';
import { addLegalDays, legalDateOf, taipeiTimestamp } from '../platform/time.ts';
import { entryPreparer, readEntry } from './prepare-entry.ts';

/** After midnight the requests that arrived before it are still being stored. */
const GRACE_MS = 5_000;

/**
 * The next legal day whose `day` entry is due now: the one after `newest`, if it has ended. After days of
 * standing still the missing ones follow one by one.
 */
export function dueDay(nowMs: number, newest: string): string | undefined {
  const next = addLegalDays(newest, 1);
  return next < legalDateOf(nowMs - GRACE_MS) ? next : undefined;
}

/** Where the days begin for a log whose first entry was entered then: with that very day. */
export const dayBefore = (enteredAtMs: number): string => addLegalDays(legalDateOf(enteredAtMs), -1);

const prepare = entryPreparer([]);

/** Writing and reading `day` entries. */
export const dayBody = {
  /** The entry's bytes. */
  of: (date: string, nowMs: number): Uint8Array =>
    prepare({
      at: taipeiTimestamp(nowMs),
      basis: '平台規則：公卷每日標記',
      body: { date },
      capacity: 'operator',
      kind: 'day',
      v: 1,
    }).body,
  /** The day an entry marks. */
  dateOf: (bytes: Uint8Array | undefined): string | undefined => {
    const entry = bytes === undefined ? undefined : readEntry(bytes);
    const body = entry !== undefined && 'body' in entry ? entry.body : undefined;
    const parsed = z.object({ date: z.string() }).safeParse(body);
    return parsed.success ? parsed.data.date : undefined;
  },
};
