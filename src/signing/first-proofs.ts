import { toBase64Url } from '@lianshu/statement';
import type { Clock } from '../platform/time.ts';
import type { Inclusion } from '../record/index.ts';

/** Longer than any publication clock: afterwards the published proof takes over. */
const LIFETIME_MS = 5 * 60_000;
const CAPACITY = 20_000;

/**
 * The first proof given for each commitment, kept until publication has surely passed it: a repeated request
 * gets this one and never a newer. Bounded; the oldest goes first.
 */
export class FirstProofs {
  readonly #clock: Clock;
  readonly #proofs = new Map<string, { readonly inclusion: Inclusion; readonly untilMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  remember(commitment: Uint8Array, inclusion: Inclusion | undefined): Inclusion | undefined {
    if (inclusion === undefined) return undefined;
    const nowMs = this.#clock.nowMs();
    for (const [key, { untilMs }] of this.#proofs) {
      if (untilMs > nowMs && this.#proofs.size < CAPACITY) break;
      this.#proofs.delete(key);
    }
    this.#proofs.set(toBase64Url(commitment), { inclusion, untilMs: nowMs + LIFETIME_MS });
    return inclusion;
  }

  find(commitment: Uint8Array): Inclusion | undefined {
    return this.#proofs.get(toBase64Url(commitment))?.inclusion;
  }
}
