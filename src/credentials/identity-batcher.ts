import {
  type IdentityConfirmation,
  type IdentityOutcome,
  type IdentityRequest,
  MAX_IDENTITY_BATCH,
  UNAVAILABLE,
} from './identity-confirmation.ts';

/** How long to gather, how long a question may take in all, how many calls run and how many questions wait. */
export interface BatchLimits {
  readonly lingerMs: number;
  readonly deadlineMs: number;
  /** Calls at a time. A slow service gets fewer and larger calls, not more. */
  readonly maxCalls: number;
  readonly maxWaiting: number;
}

interface Question {
  readonly request: IdentityRequest;
  /** Answers once; later answers are lost, so that a late call cannot change what was told. */
  readonly answer: (outcome: IdentityOutcome) => void;
  isAnswered: boolean;
}

/**
 * Gathers single questions into calls of at most {@link MAX_IDENTITY_BATCH}. Every question has an outcome by
 * its deadline: a silent, failing or over-full service gives `unavailable`, never an exception.
 */
export class IdentityBatcher {
  readonly #port: IdentityConfirmation;
  readonly #limits: BatchLimits;
  #gathering: Question[] = [];
  #timer: NodeJS.Timeout | undefined;
  #calls = 0;
  #waiting = 0;

  constructor(port: IdentityConfirmation, limits: BatchLimits) {
    this.#port = port;
    this.#limits = limits;
  }

  confirm(request: IdentityRequest): Promise<IdentityOutcome> {
    if (this.#waiting >= this.#limits.maxWaiting) return Promise.resolve(UNAVAILABLE);
    this.#waiting += 1;
    return new Promise((resolve) => {
      const deadline = setTimeout(() => question.answer(UNAVAILABLE), this.#limits.deadlineMs);
      const question: Question = {
        request,
        isAnswered: false,
        answer: (outcome) => {
          if (question.isAnswered) return;
          question.isAnswered = true;
          clearTimeout(deadline);
          this.#waiting -= 1;
          resolve(outcome);
        },
      };
      this.#gathering.push(question);
      if (this.#gathering.length >= MAX_IDENTITY_BATCH) this.#send();
      else this.#timer ??= setTimeout(() => this.#send(), this.#limits.lingerMs);
    });
  }

  /** Sends what was gathered, if a call is free; otherwise the next call that ends does. */
  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#calls < this.#limits.maxCalls && this.#gathering.length > 0) {
      const batch = this.#gathering.splice(0, MAX_IDENTITY_BATCH).filter(({ isAnswered }) => !isAnswered);
      if (batch.length > 0) void this.#call(batch);
    }
  }

  async #call(batch: readonly Question[]): Promise<void> {
    this.#calls += 1;
    const outcomes = await this.#outcomes(batch.map(({ request }) => request));
    this.#calls -= 1;
    batch.forEach(({ answer }, i) => {
      answer(outcomes[i] ?? UNAVAILABLE);
    });
    this.#send();
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
