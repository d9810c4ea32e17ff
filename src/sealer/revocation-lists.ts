import { createHash } from 'node:crypto';
import type { RevocationList } from '@lianshu/pki';
import type { RevocationArchive } from './revocation-archive.ts';
import type { RevocationSource } from './revocation-source.ts';
import { type RevocationListState, SealerFault } from './sealer-types.ts';
import type { WorkerPool } from './worker-pool.ts';

/** What the lists are made of. */
export interface RevocationParts {
  readonly sources: readonly RevocationSource[];
  readonly archive?: RevocationArchive;
  /** A source failed, or gave a list that was refused: `E_CRL_SIG`, `E_CRL_NUMBER`, … */
  readonly onTrouble: (source: string, code: string) => void;
}

/**
 * The current revocation lists. Read and verified in a worker, given to all workers whole. A list never goes
 * back: a lower number, or other bytes under the same number, is refused (check 20). Without a fresh list
 * signatures are held, not refused and not counted.
 */
export class RevocationLists {
  readonly #pool: WorkerPool;
  readonly #parts: RevocationParts;
  readonly #current = new Map<string, RevocationList>();
  #running: Promise<readonly RevocationListState[]> | undefined;

  constructor(pool: WorkerPool, parts: RevocationParts) {
    this.#pool = pool;
    this.#parts = parts;
  }

  state(): readonly RevocationListState[] {
    return [...this.#current.values()].map(({ issuerSki, crlNumber, nextUpdateMs }) => ({
      issuerSki,
      crlNumber,
      nextUpdateMs,
    }));
  }

  /** Reads every source once and swaps what is newer. Concurrent calls share one run. Never rejects. */
  reload(): Promise<readonly RevocationListState[]> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<readonly RevocationListState[]> {
    const { archive, sources } = this.#parts;
    const all = archive === undefined || this.#current.size > 0 ? sources : [archive, ...sources];
    const read = await Promise.all(all.map(async (source) => ({ source, lists: await this.#read(source) })));
    for (const { source, lists } of read) for (const der of lists) await this.#take(source.name, der);
    // Also without news: the workers check their issuers' chains again on this occasion (check 19).
    this.#pool.setLists([...this.#current.values()]);
    return this.state();
  }

  async #read(source: RevocationSource): Promise<readonly Uint8Array[]> {
    try {
      return await source.read();
    } catch (error) {
      this.#parts.onTrouble(source.name, error instanceof Error ? error.name : 'fault');
      return [];
    }
  }

  async #take(source: string, der: Uint8Array): Promise<void> {
    const sha256 = createHash('sha256').update(der).digest('hex');
    if ([...this.#current.values()].some((list) => list.sha256 === sha256)) return;
    try {
      const answer = await this.#pool.run({ kind: 'read-list', der });
      if (answer.kind === 'list-refused') this.#parts.onTrouble(source, answer.code);
      else if (answer.kind === 'read-list') await this.#accept(source, der, answer.list);
    } catch (error) {
      this.#parts.onTrouble(source, error instanceof SealerFault ? error.code : 'fault');
    }
  }

  async #accept(source: string, der: Uint8Array, list: RevocationList): Promise<void> {
    const previous = this.#current.get(list.issuerSki);
    if (previous !== undefined && BigInt(list.crlNumber) <= BigInt(previous.crlNumber))
      return this.#parts.onTrouble(source, 'E_CRL_NUMBER');
    // Kept before it is relied on: evidence names it by number and digest only.
    await this.#parts.archive?.keep(list, der);
    this.#current.set(list.issuerSki, list);
  }
}
