import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RevocationList } from '@lianshu/pki';
import type { RevocationListState } from './sealer-types.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Where complete revocation lists come from: DER, one or several. Throws when it has nothing to give now. */
export interface RevocationSource {
  /** For the log: a URL or a path of ours. */
  readonly name: string;
  read(): Promise<readonly Uint8Array[]>;
}

/** Largest list taken: three times the largest known (MOICA G2, 20 MB). */
export const MAX_LIST_BYTES = 67_108_864;

const FETCH_MS = 60_000;

/** Every `*.crl` of a directory that an operator or another program fills. */
export function directorySource(path: string): RevocationSource {
  return {
    name: path,
    async read() {
      const names = (await readdir(path)).filter((name) => name.endsWith('.crl')).sort();
      return Promise.all(names.map((name) => readBounded(join(path, name))));
    },
  };
}

/** One list over HTTP (lists are signed, so plain HTTP is usual); no redirects, bounded in size and time. */
export function httpSource(url: string, fetchFrom: typeof fetch): RevocationSource {
  return {
    name: url,
    async read() {
      const response = await fetchFrom(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MS) });
      if (response.status !== 200 || response.body === null) throw new Error('list-unavailable');
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of response.body) {
        length += chunk.length;
        if (length > MAX_LIST_BYTES) throw new Error('list-too-large');
        chunks.push(chunk);
      }
      return [Uint8Array.from(Buffer.concat(chunks))];
    },
  };
}

/** What the lists tell their owner. */
export interface RevocationReport {
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
  readonly #sources: readonly RevocationSource[];
  readonly #report: RevocationReport;
  readonly #current = new Map<string, RevocationList>();
  #running: Promise<readonly RevocationListState[]> | undefined;

  constructor(pool: WorkerPool, sources: readonly RevocationSource[], report: RevocationReport) {
    this.#pool = pool;
    this.#sources = sources;
    this.#report = report;
  }

  state(): readonly RevocationListState[] {
    return [...this.#current.values()].map(({ issuerSki, crlNumber, nextUpdateMs }) => ({
      issuerSki,
      crlNumber,
      nextUpdateMs,
    }));
  }

  /** Reads every source once and swaps what is newer. Concurrent calls share one run. */
  reload(): Promise<readonly RevocationListState[]> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<readonly RevocationListState[]> {
    for (const source of this.#sources) {
      const lists = await source.read().catch((error: unknown) => {
        this.#report.onTrouble(source.name, error instanceof Error ? error.name : 'fault');
        return [];
      });
      for (const der of lists) await this.#take(source.name, der);
    }
    // Also without news: the workers check their issuers' chains again on this occasion (check 19).
    this.#pool.setLists([...this.#current.values()]);
    return this.state();
  }

  async #take(source: string, der: Uint8Array): Promise<void> {
    const sha256 = createHash('sha256').update(der).digest('hex');
    if ([...this.#current.values()].some((list) => list.sha256 === sha256)) return;
    const answer = await this.#pool.run({ kind: 'read-list', der });
    if (answer.kind !== 'read-list') {
      this.#report.onTrouble(source, answer.kind === 'list-refused' ? answer.code : 'fault');
      return;
    }
    const { list } = answer;
    const previous = this.#current.get(list.issuerSki);
    if (previous !== undefined && BigInt(list.crlNumber) <= BigInt(previous.crlNumber))
      this.#report.onTrouble(source, 'E_CRL_NUMBER');
    else this.#current.set(list.issuerSki, list);
  }
}

async function readBounded(path: string): Promise<Uint8Array> {
  if ((await stat(path)).size > MAX_LIST_BYTES) throw new Error('list-too-large');
  return Uint8Array.from(await readFile(path));
}
