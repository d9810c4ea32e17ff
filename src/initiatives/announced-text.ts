import type { Db } from '../platform/db/index.ts';
import { findPeriod, listDigests, type SigningPeriod } from './initiative-store.ts';

/**
 * What can be signed of a case at an instant. `mainText` is that of the version the caller named, if the case
 * ever published it, so that an old statement can be rendered again; `textDigest` is always the current one.
 */
export type AnnouncedText =
  | { readonly state: 'unknown' }
  | {
      readonly state: 'not-yet' | 'open' | 'closed';
      readonly mainText: string;
      readonly textDigest: string;
      /** `not-yet`: when signing will begin, where the period is fixed. */
      readonly opensAtMs?: number;
    };

export function periodState(period: SigningPeriod, atMs: number): 'not-yet' | 'open' | 'closed' {
  if (period.isClosed) return 'closed';
  if (period.opensAtMs === undefined || period.closesAtMs === undefined || atMs < period.opensAtMs)
    return 'not-yet';
  const end = Math.min(period.closesAtMs, period.stoppedAtMs ?? Number.POSITIVE_INFINITY);
  return atMs < end ? 'open' : 'closed';
}

/** The text announced for a case, and whether it takes signatures received at `atMs`. */
export async function findAnnouncedText(
  db: Db,
  caseNumber: string,
  atMs: number,
  namedDigest?: string,
): Promise<AnnouncedText> {
  const period = await findPeriod(db, caseNumber);
  if (!period) return { state: 'unknown' };
  const versions = await listDigests(db, caseNumber);
  const current = versions.at(-1);
  if (!current) return { state: 'unknown' };
  const named = versions.find(({ digest }) => digest === namedDigest) ?? current;
  const state = periodState(period, atMs);
  return {
    state,
    mainText: named.mainText,
    textDigest: current.digest,
    ...(state !== 'not-yet' || period.opensAtMs === undefined ? {} : { opensAtMs: period.opensAtMs }),
  };
}
