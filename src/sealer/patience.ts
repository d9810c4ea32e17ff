/**
 * How long one signer waits for outside services, all of them together. The wait begins with the first question,
 * so that a busy worker does not shorten it.
 */
export class Patience {
  readonly #ms: number;
  #signal: AbortSignal | undefined;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** Aborts when the wait is over. */
  get signal(): AbortSignal {
    this.#signal ??= AbortSignal.timeout(this.#ms);
    return this.#signal;
  }

  /** Aborts when half of it is over: what the first of two services gets, so that something is left for the other. */
  half(): AbortSignal {
    this.#signal ??= AbortSignal.timeout(this.#ms);
    return AbortSignal.timeout(Math.floor(this.#ms / 2));
  }
}

/** What `work` gives before `signal` aborts, else undefined, whether or not the work heeds the signal. */
export function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(undefined);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
