/**
 * Self-clocking micro-batcher: many callers, few statements. It flushes as soon as the previous flush has
 * returned, at a full batch, or a few milliseconds after the first item when idle, so there is no timer under
 * load and the batch size follows the load by itself.
 */

/** What became of one item: the flush's result for it, or refused because too many were waiting. */
export type Submitted<R> = Readonly<{ state: 'done'; result: R }> | Readonly<{ state: 'overloaded' }>;

/** A running batcher. */
export type Batcher<T, R> = Readonly<{
  /** Resolves after the flush that held the item; rejects if that flush threw. Never queues beyond `capacity`. */
  submit(item: T): Promise<Submitted<R>>;
  /** Items waiting or in flight. */
  load(): number;
  /** Refuses new items as overloaded and resolves when all accepted ones are done. */
  close(): Promise<void>;
}>;

type Waiting<T, R> = { item: T; resolve(outcome: Submitted<R>): void; reject(cause: unknown): void };

/**
 * Makes a batcher. `flush` receives up to `maxRows` items and returns one result for each, in order; up to
 * `lanes` flushes run at once, but a second starts only with a full batch (else waiting makes larger ones).
 */
export function createBatcher<T, R>(options: {
  readonly flush: (items: readonly T[]) => Promise<readonly R[]>;
  readonly maxRows?: number;
  readonly idleMs?: number;
  readonly capacity?: number;
  readonly lanes?: number;
}): Batcher<T, R> {
  const { flush, maxRows = 100, idleMs = 5, capacity = 4096, lanes = 2 } = options;
  let queue: Waiting<T, R>[] = [];
  let inFlight = 0;
  let flying = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let onEmpty: (() => void) | undefined;

  const launch = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const batch = queue.slice(0, maxRows);
    queue = queue.slice(maxRows);
    flying += 1;
    inFlight += batch.length;
    run(flush, batch).finally(() => {
      flying -= 1;
      inFlight -= batch.length;
      if (queue.length > 0) launch();
      else if (flying === 0) onEmpty?.();
    });
  };

  return {
    submit(item) {
      if (closed || queue.length + inFlight >= capacity) return Promise.resolve({ state: 'overloaded' });
      const outcome = new Promise<Submitted<R>>((resolve, reject) => {
        queue.push({ item, resolve, reject });
      });
      if (queue.length >= maxRows && flying < lanes) launch();
      else if (flying === 0) timer ??= setTimeout(launch, idleMs);
      return outcome;
    },
    load: () => queue.length + inFlight,
    close() {
      closed = true;
      if (queue.length > 0 && flying === 0) launch();
      if (queue.length + inFlight === 0) return Promise.resolve();
      return new Promise((empty) => {
        onEmpty = empty;
      });
    },
  };
}

async function run<T, R>(
  flush: (items: readonly T[]) => Promise<readonly R[]>,
  batch: readonly Waiting<T, R>[],
): Promise<void> {
  try {
    const results = await flush(batch.map(({ item }) => item));
    if (results.length !== batch.length)
      throw new Error(`${results.length} results for ${batch.length} items`);
    for (const [i, { resolve }] of batch.entries()) resolve({ state: 'done', result: results[i] as R });
  } catch (cause) {
    for (const { reject } of batch) reject(cause);
  }
}
