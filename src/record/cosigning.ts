/**
 * 副署: obtains the cosignatures of the policy's witnesses over the checkpoint that is about to be public. All are
 * asked at once, each within a deadline; who does not answer now is asked again at later beats.
 */
import { parseNote, quorumOf, readCosignatures, type VerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import type { Db } from '../platform/db/index.ts';
import { type Clock, monotonicMs, taipeiTimestamp } from '../platform/time.ts';
import { base64 } from './bytes.ts';
import { isTimeBefore } from './cosignature-time.ts';
import { proofsTo } from './cosigning-proofs.ts';
import { cosignaturesAt, insertCosignatures, newestCosigned, witnessIdOf } from './cosigning-store.ts';
import type { LogHead } from './publication-store.ts';
import { RecordFault } from './record-fault.ts';
import {
  askToCosign,
  type CosignAnswer,
  newestOf,
  WITNESS_DEADLINE_MS,
  type WitnessEndpoint,
} from './witness-client.ts';
import type { Witnessing } from './witnessing.ts';
import { disagreementWith } from './witnessing-evidence.ts';
import { asksForWitnesses, type WitnessPolicy } from './witnessing-policy.ts';

export type CosigningOptions = Readonly<{
  db: Db;
  clock: Clock;
  policy: WitnessPolicy;
  /** The log's own keys; their name is its origin. */
  keys: readonly VerifierKey[];
  /** Total time for one beat; 2 s unless told. */
  deadlineMs?: number;
  /** How long a cosignature is fresh while the log stands still: 30 beats, from 30 s to 5 minutes, unless told. */
  freshForMs?: number;
  /** How often a silent witness is tried again at first; doubles up to 10 s. One beat. */
  everyMs: number;
  /** Hears of an answer that we could not deal with: our mistake, and no reason to leave out the other witnesses. */
  warn?: (message: string) => void;
}>;

/** The checkpoint with all cosignatures known, in the policy's order, and what to say about it. */
export type Cosigned = Readonly<{ note: string; isWitnessed: boolean; witnessing: Witnessing }>;

const FRESH_BEATS = 30;
const SHORTEST_FRESH_MS = 30_000;
const LONGEST_FRESH_MS = 300_000;
const LONGEST_REST_MS = 10_000;

type Held = Readonly<{ line: string; atMs: number }>;

/** What is known of one witness. Times are of the monotonic clock. */
type Standing = {
  knownSize: number;
  failures: number;
  state: CosignAnswer['state'] | 'not-asked' | 'fault';
  askAgainMs: number;
};

/** One log's witnesses. Not reentrant: publication calls it from its one turn. */
export class Cosigning {
  readonly #options: CosigningOptions;
  readonly #origin: string;
  readonly #keys: readonly Readonly<{ id: string; key: VerifierKey }>[];
  readonly #standings = new Map<WitnessEndpoint, Standing>();
  readonly #newest = new Map<string, Readonly<{ size: number; atMs: number }>>();
  /** Verified cosignatures over `#size`, by {@link witnessIdOf}. */
  readonly #held = new Map<string, Held>();
  #size = -1;

  constructor(options: CosigningOptions) {
    this.#options = options;
    this.#origin = options.keys[0]?.name ?? '';
    this.#keys = options.policy.policy.witnesses.map(({ key }) => ({ id: witnessIdOf(key), key }));
  }

  /**
   * Asks those who lack on this head, or whose cosignature has grown old. `published` is the public checkpoint if
   * it is of this size: what it carries is never lost. Undefined when nobody was due and nothing changed.
   * @throws {RecordFault} `database-behind` when a witness shows a checkpoint that this log's own key signed and
   *   that the log does not contain. An answer without that proof stops nothing.
   */
  async cosign(head: LogHead, published: string | undefined): Promise<Cosigned | undefined> {
    const isNew = head.size !== this.#size;
    if (isNew) await this.#recall(head, published);
    const due = this.#options.policy.endpoints.filter((each) => head.size > 0 && this.#isDue(each, isNew));
    if (!isNew && due.length === 0) return undefined;
    const proofFrom = proofsTo(this.#options.db, head);
    const signal = AbortSignal.timeout(this.#options.deadlineMs ?? WITNESS_DEADLINE_MS);
    const before = new Map(this.#held);
    // All must have ended before this returns: an answer about this size must not be taken for another.
    const findings = await Promise.allSettled(
      due.map((each) =>
        this.#ask(each, head, proofFrom, signal).catch((error: unknown) => this.#leaveOut(each, error)),
      ),
    );
    await this.#store(head.size, before);
    for (const finding of findings) {
      if (finding.status === 'rejected') throw finding.reason;
      if (finding.value !== undefined) throw new RecordFault('database-behind', finding.value);
    }
    return this.#tell(head);
  }

  /** Whatever one answer makes us stumble over, the others count and the checkpoint goes public. */
  #leaveOut(endpoint: WitnessEndpoint, error: unknown): undefined {
    if (error instanceof RecordFault) throw error;
    this.#standing(endpoint).state = 'fault';
    this.#rest(this.#standing(endpoint));
    const what = error instanceof Error ? `${error.name}: ${error.message}` : 'fault';
    this.#options.warn?.(
      `見證人的回應無法處理 the answer of ${endpoint.url} could not be dealt with: ${what}`,
    );
    return undefined;
  }

  /** After a publication that failed half-way: the next one starts from what is stored and what is public. */
  forget(): void {
    this.#size = -1;
  }

  /** Starts on a size with what is stored and what is published for it; each line is verified again. */
  async #recall(head: LogHead, published: string | undefined): Promise<void> {
    const { db, clock } = this.#options;
    if (this.#size < 0)
      for (const [id, newest] of await newestCosigned(db, this.#origin))
        if (isTimeBefore(newest.atMs, clock.nowMs())) this.#newest.set(id, newest);
    const stored = head.size === 0 ? [] : await cosignaturesAt(db, this.#origin, head.size);
    this.#held.clear();
    for (const { line } of stored) this.#take(head, `${line}\n`);
    for (const { line } of parseNote(published ?? '')?.signatures ?? []) this.#take(head, `${line}\n`);
    this.#size = head.size;
  }

  /** Keeps the verified cosignatures among these lines; a newer one of a key replaces an older one. */
  #take({ checkpoint, size }: LogHead, lines: string): void {
    for (const { id, key } of this.#keys) {
      const read = readCosignatures(nodeNotePrimitives, checkpoint, lines, [key]);
      const seconds = read.ok ? read.verified[0]?.timestamp : undefined;
      if (!read.ok || seconds === undefined) continue;
      const atMs = seconds * 1_000;
      if (!isTimeBefore(atMs, this.#options.clock.nowMs())) continue;
      const held = this.#held.get(id);
      if (held === undefined || held.atMs <= atMs) this.#held.set(id, { line: read.lines.trimEnd(), atMs });
      if ((this.#newest.get(id)?.size ?? 0) <= size) this.#newest.set(id, { size, atMs });
    }
  }

  #isDue(endpoint: WitnessEndpoint, isNew: boolean): boolean {
    const isWhole = endpoint.keys.every((key) => this.#held.has(witnessIdOf(key)));
    return (isNew && !isWhole) || monotonicMs() >= this.#standing(endpoint).askAgainMs;
  }

  #standing(endpoint: WitnessEndpoint): Standing {
    let standing = this.#standings.get(endpoint);
    if (standing === undefined) {
      const sizes = endpoint.keys.map((key) => this.#newest.get(witnessIdOf(key))?.size ?? 0);
      standing = { knownSize: Math.max(0, ...sizes), failures: 0, state: 'not-asked', askAgainMs: 0 };
      this.#standings.set(endpoint, standing);
    }
    return standing;
  }

  /** Asks one witness and notes how it stands. Returns what its answer proves against us, if anything. */
  async #ask(
    endpoint: WitnessEndpoint,
    head: LogHead,
    proofFrom: (size1: number) => Promise<readonly Uint8Array[]>,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const standing = this.#standing(endpoint);
    const { size, checkpoint } = head;
    const oldSize = Math.min(standing.knownSize, size);
    const nowMs = () => this.#options.clock.nowMs();
    const answer = await askToCosign(endpoint, { size, checkpoint, oldSize, proofFrom, nowMs, signal });
    standing.state = answer.state;
    if (answer.state === 'cosigned') {
      this.#take(head, answer.lines);
      Object.assign(standing, { knownSize: size, failures: 0 });
      standing.askAgainMs = monotonicMs() + this.#freshForMs();
      return undefined;
    }
    this.#rest(standing);
    if (!['ahead', 'conflict', 'proof-refused'].includes(answer.state)) return undefined;
    const newest = await newestOf(endpoint, { origin: this.#origin, logKeys: this.#options.keys }, signal);
    if (newest.state !== 'found') return undefined;
    const disagreement = await disagreementWith(newest.checkpoint, head, proofFrom);
    if (disagreement === undefined) standing.knownSize = newest.checkpoint.size;
    return disagreement && `the witness ${endpoint.keys[0]?.name} disagrees: ${disagreement}`;
  }

  #rest(standing: Standing): void {
    standing.askAgainMs =
      monotonicMs() + Math.min(LONGEST_REST_MS, this.#options.everyMs * 2 ** standing.failures);
    standing.failures = Math.min(standing.failures + 1, 20);
  }

  #freshForMs(): number {
    const { freshForMs, everyMs } = this.#options;
    return freshForMs ?? Math.min(LONGEST_FRESH_MS, Math.max(SHORTEST_FRESH_MS, FRESH_BEATS * everyMs));
  }

  /** New cosignatures are stored before they are public, so that a lost file loses none. */
  async #store(size: number, before: ReadonlyMap<string, Held>): Promise<void> {
    const fresh = [...this.#held].filter(([id]) => !before.has(id));
    const rows = fresh.map(([witness, { line, atMs }]) => ({ witness, line, atMs }));
    await insertCosignatures(this.#options.db, this.#origin, size, rows);
  }

  #tell(head: LogHead): Cosigned {
    const { policy, clock } = this.#options;
    const cosigned = this.#keys.flatMap(({ id, key }) => (this.#held.has(id) ? [key] : []));
    const isReached = asksForWitnesses(policy) && quorumOf(policy.policy, cosigned).reached;
    const lines = this.#keys.flatMap(({ id }) => this.#held.get(id)?.line ?? []);
    return {
      note: [head.checkpoint, ...lines.map((line) => `${line}\n`)].join(''),
      isWitnessed: isReached,
      witnessing: {
        at: taipeiTimestamp(clock.nowMs()),
        policy: policy.digest,
        quorum: isReached,
        root: base64(head.root),
        size: head.size,
        v: 1,
        witnesses: policy.policy.witnesses.map(({ name, key, url }) => {
          const endpoint = policy.endpoints.find((each) => each.url === url);
          const [held, newest] = [this.#held.get(witnessIdOf(key)), this.#newest.get(witnessIdOf(key))];
          return {
            key: key.name,
            name,
            state: (endpoint && this.#standings.get(endpoint)?.state) ?? 'not-asked',
            ...(held ? { time: taipeiTimestamp(held.atMs) } : {}),
            ...(newest ? { newest: { size: newest.size, time: taipeiTimestamp(newest.atMs) } } : {}),
          };
        }),
      },
    };
  }
}
