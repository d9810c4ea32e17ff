import type { Db } from '../platform/db/index.ts';
import { type SealerClient, SealerFault } from '../sealer/index.ts';
import { storeCountyDay } from './county-day-store.ts';

export interface CollectDeps {
  readonly db: Db;
  readonly sealer: Pick<SealerClient, 'countyDays' | 'forgetCountyDay'>;
  /** Told of each day written: the day, no case and no person. */
  readonly note: (line: string) => void;
  /** For tests: throwing here is a crash between writing a day and telling the sealer. */
  readonly atStep?: (step: 'county-day-written') => Promise<void>;
}

/**
 * Collects the totals by county of days that are over from the sealer, and writes each before the sealer forgets it. Safe
 * to run at any time, again after any crash, and from any number of processes. One try a turn: a sealer that does not answer is asked at the next.
 */
export async function collectCountyDays(deps: CollectDeps): Promise<number> {
  let written = 0;
  try {
    for (const day of await deps.sealer.countyDays()) {
      const isNew = await storeCountyDay(deps.db, day);
      await deps.atStep?.('county-day-written');
      await deps.sealer.forgetCountyDay(day.day);
      if (!isNew) continue;
      written += 1;
      deps.note(`縣市日計 county totals of ${day.day} written`);
    }
  } catch (error) {
    if (!(error instanceof SealerFault && error.retryable)) throw error;
  }
  return written;
}
