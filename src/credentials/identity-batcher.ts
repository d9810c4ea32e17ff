import {
  type IdentityConfirmation,
  type IdentityOutcome,
  type IdentityRequest,
  MAX_IDENTITY_BATCH,
  UNAVAILABLE,
} from './identity-confirmation.ts';

/** How long to gather, how long to wait for an answer, and how many may wait. */
export interface BatchLimits {
  readonly lingerMs: number;
  readonly deadlineMs: number;
  readonly maxWaiting: number;
}

interface Waiting {
  readonly request: IdentityRequest;
  readonly answer: (outcome: IdentityOutcome) => void;
}

/**
 * Gathers single questions into calls of at most {@link MAX_IDENTITY_BATCH}. Every question gets an outcome no
 * later than linger + deadline: a silent, failing or over-full service gives `unavailable`, never an exception.
 */
export class IdentityBatcher {
  readonly #port: IdentityConfirmation;
  readonly #limits: BatchLimits;
  #gathering: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #waiting = 0;

  constructor(port: IdentityConfirmation, limits: BatchLimits) {
    this.#port = port;
    this.#limits = limits;
  }

  confirm(request: IdentityRequest): Promise<IdentityOutcome> {
    if (this.#waiting >= this.#limits.maxWaiting) return Promise.resolve(UNAVAILABLE);
    this.#waiting += 1;
    return new Promise((resolve) => {
      const answer = (outcome: IdentityOutcome) => {
        this.#waiting -= 1;
        resolve(outcome);
      };
      this.#gathering.push({ request, answer });
      if (this.#gathering.length >= MAX_IDENTITY_BATCH) this.#flush();
      else this.#timer ??= setTimeout(() => this.#flush(), this.#limits.lingerMs);
    });
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#gathering;
    this.#gathering = [];
    if (batch.length > 0) void this.#ask(batch);
  }

  async #ask(batch: readonly Waiting[]): Promise<void> {
    const outcomes = await this.#outcomes(batch.map(({ request }) => request));
    batch.forEach(({ answer }, i) => {
      answer(outcomes[i] ?? UNAVAILABLE);
    });
  }

  /** The port's answer, or none at the deadline even if the port ignores its signal. */
  async #outcomes(requests: readonly IdentityRequest[]): Promise<readonly IdentityOutcome[]> {
    const cut = new AbortController();
    const silence = Promise.withResolvers<readonly IdentityOutcome[]>();
    const timer = setTimeout(() => {
      cut.abort();
      silence.resolve([]);
    }, this.#limits.deadlineMs);
    try {
      const outcomes = await Promise.race([this.#port.confirm(requests, cut.signal), silence.promise]);
      return outcomes.length === requests.length ? outcomes : [];
    } catch {
      return [];
    } finally {
      clearTimeout(timer);
    }
  }
}
