import { equalBytes } from '@lianshu/statement';
import type { Db } from '../platform/db/index.ts';
import type { Clock } from '../platform/time.ts';
import type { PublicRecord } from '../record/index.ts';
import { type SealerClient, SealerFault } from '../sealer/index.ts';
import {
  type AtSettleStep,
  listSpentHoldKeys,
  listWaiting,
  settle,
  type WaitingSignature,
} from './held-store.ts';

export interface SettleDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly record: Pick<PublicRecord, 'appendMany' | 'reserve'>;
  readonly sealer: Pick<SealerClient, 'settle' | 'forgetHoldKey' | 'noteStored'>;
  /** Told of each signature that could not be settled although the sealer answers: an incident. */
  readonly onStuck: (code: string) => void;
  /** Hold keys known to be gone, so that each is asked for once in the life of this process. */
  readonly goneKeys: Set<string>;
  /** Ends a pass early; what is not settled yet waits for the next. */
  readonly signal?: AbortSignal;
  /** For tests: runs at each step of each settlement. */
  readonly atStep?: AtSettleStep | undefined;
}

export interface SettleReport {
  readonly settled: number;
  readonly stillHeld: number;
}

/** Asked about at once: the sealer puts them into one request to the identity service. */
const PAGE = 32;

type Fate = 'settled' | 'still-held' | 'service-silent' | 'stuck' | 'sealer-away';

/**
 * Settles what waits: asks the sealer again for each held signature, oldest first, and enters the outcome. Safe
 * to run at any time and from any number of processes; it works across a restart and after closing, because the
 * time of receipt is the one that was recorded. A signature that cannot be settled holds up no other; a pass
 * ends at the first page on which the identity service answered nothing.
 */
export async function settleHeld(deps: SettleDeps): Promise<SettleReport> {
  let settled = 0;
  let stillHeld = 0;
  let page = await listWaiting(deps.db, PAGE);
  while (page.length > 0 && deps.signal?.aborted !== true) {
    const fates = await Promise.all(page.map((waiting) => settleOne(deps, waiting)));
    const count = (fate: Fate) => fates.filter((each) => each === fate).length;
    settled += count('settled');
    stillHeld += fates.length - count('settled');
    if (count('sealer-away') > 0 || count('service-silent') === fates.length) break;
    page = await listWaiting(deps.db, PAGE, page.at(-1));
  }
  await forgetSpentKeys(deps);
  return { settled, stillHeld };
}

async function settleOne(deps: SettleDeps, waiting: WaitingSignature): Promise<Fate> {
  try {
    const { holdKeyId, ciphertext } = waiting;
    const outcome = await deps.sealer.settle({ holdKeyId, ciphertext });
    if (!equalBytes(outcome.recordCommitment, waiting.commitment)) {
      deps.onStuck('hold-record-of-another-row');
      return 'stuck';
    }
    if (outcome.outcome === 'still-held')
      return outcome.reason === 'I_ICS_UNAVAILABLE' ? 'service-silent' : 'still-held';
    const settlement =
      outcome.outcome === 'sealed'
        ? ({ outcome: 'counted', sealed: outcome } as const)
        : ({ outcome: 'refused', code: outcome.code } as const);
    const became = await settle(deps.db, deps.record, waiting, settlement, deps.clock.nowMs(), deps.atStep);
    if (became === 'counted') await deps.sealer.noteStored([waiting.commitment]).catch(() => undefined);
    return became === undefined ? 'still-held' : 'settled';
  } catch (error) {
    if (error instanceof SealerFault && error.retryable) return 'sealer-away';
    deps.onStuck(error instanceof SealerFault ? error.code : error instanceof Error ? error.name : 'fault');
    return 'stuck';
  }
}

/** Also in a pass that settled nothing: a day's last record may be settled before the day is past. */
async function forgetSpentKeys({ db, sealer, goneKeys }: SettleDeps): Promise<void> {
  try {
    for (const holdKeyId of await listSpentHoldKeys(db)) {
      if (goneKeys.has(holdKeyId)) continue;
      const { outcome } = await sealer.forgetHoldKey(holdKeyId);
      if (outcome !== 'current') goneKeys.add(holdKeyId);
    }
  } catch (error) {
    if (!(error instanceof SealerFault && error.retryable)) throw error;
  }
}
