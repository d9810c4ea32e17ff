import type { Db } from '../platform/db/index.ts';
import type { Clock } from '../platform/time.ts';
import type { PublicRecord } from '../record/index.ts';
import { type SealerClient, SealerFault } from '../sealer/index.ts';
import { listSpentHoldKeys, listWaiting, settle } from './held-store.ts';

export interface SettleDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly record: Pick<PublicRecord, 'appendMany' | 'reserve'>;
  readonly sealer: Pick<SealerClient, 'settle' | 'forgetHoldKey'>;
  /** Told of each signature that can never be opened again: an incident, not a settlement. */
  readonly onUnreadable: (code: string) => void;
}

export interface SettleReport {
  readonly settled: number;
  readonly stillHeld: number;
}

const BATCH = 100;

/**
 * Settles what waits: asks the sealer again for each held signature, oldest first, and enters the outcome. Safe
 * to run at any time and from any number of processes; it works across a restart and after closing, because the
 * time of receipt is the one that was recorded. A silent identity service leaves everything as it was.
 */
export async function settleHeld(deps: SettleDeps): Promise<SettleReport> {
  let settled = 0;
  let stillHeld = 0;
  for (const waiting of await listWaiting(deps.db, BATCH)) {
    try {
      const outcome = await deps.sealer.settle({
        holdKeyId: waiting.holdKeyId,
        ciphertext: waiting.ciphertext,
      });
      if (outcome.outcome === 'still-held') {
        stillHeld += 1;
        continue;
      }
      const settlement =
        outcome.outcome === 'sealed'
          ? ({ outcome: 'counted', sealed: outcome } as const)
          : ({ outcome: 'refused', code: outcome.code } as const);
      if (await settle(deps.db, deps.record, waiting, settlement, deps.clock.nowMs())) settled += 1;
    } catch (error) {
      if (!(error instanceof SealerFault)) throw error;
      if (error.retryable) break;
      deps.onUnreadable(error.code);
      stillHeld += 1;
    }
  }
  if (settled > 0)
    for (const holdKeyId of await listSpentHoldKeys(deps.db)) await deps.sealer.forgetHoldKey(holdKeyId);
  return { settled, stillHeld };
}
