import {
  type NoteSigner,
  parseAddCheckpoint,
  readCosignatures,
  SIGNATURE_TYPE,
  signatureLine,
  type VerifierKey,
  verifyConsistency,
} from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { type Answer, conflict, plain } from './answer.ts';
import { type CheckpointHead, readCheckpointHead } from './checkpoint-head.ts';
import type { StateStore } from './state-file.ts';
import type { WitnessEvent } from './witness-event.ts';
import { WitnessFault } from './witness-fault.ts';
import type { LogRecord } from './witness-state.ts';

/** A log to watch: its origin line and the keys that speak for it, whatever names these bear. */
export type WatchedLog = Readonly<{ origin: string; keys: readonly VerifierKey[] }>;

/** Keeps what shows, or may show, misbehaviour of a log. Its methods must not throw. */
export type Evidence = Readonly<{
  /** Keeps a checkpoint that a log signed beside what we hold; false when it has one of this origin, size and root. */
  keep(kind: 'fork' | 'unproven', submitted: string, held: string): Promise<boolean>;
  /** The log has proved this checkpoint after all: no suspicion of it remains. */
  settle(submitted: string): Promise<void>;
}>;

export type WitnessParts = Readonly<{
  store: StateStore;
  /** Makers of timestamped cosignatures, all of this one witness. */
  signers: readonly NoteSigner[];
  logs: readonly WatchedLog[];
  onEvent: (event: WitnessEvent) => void;
  evidence?: Evidence;
}>;

/** Requests that may wait for their turn; more are refused with 503. */
const MAX_WAITING = 32;

/**
 * A repeated checkpoint gets the cosignature it got, for so long: everybody can send what is public, and each new
 * cosignature is a write to the disk.
 */
const REPEAT_SECONDS = 5;

type Submitted = Readonly<{ oldSize: number; proof: readonly Uint8Array[] }>;

const EMPTY: Readonly<Pick<CheckpointHead, 'size' | 'root'>> = { size: 0, root: sha256(new Uint8Array()) };
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** The lines in `lines` that are verified signatures of these keys; undefined if none is, or one is bad. */
function trusted({ text }: CheckpointHead, lines: string, keys: readonly VerifierKey[]) {
  const read = readCosignatures(nodeNotePrimitives, `${text}\n${lines}`, lines, keys);
  return read.ok ? read : undefined;
}

/**
 * The rules of a witness (c2sp.org/tlog-witness), without the network. Cosigns a checkpoint only after it was
 * stored that it did; one request at a time. After a fault that leaves the stored state in doubt it signs nothing.
 */
export class Witness {
  readonly #parts: WitnessParts;
  readonly #logs: ReadonlyMap<string, WatchedLog>;
  readonly #ownKeys: readonly VerifierKey[];
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #halted: string | undefined;
  /** New cosignatures over the checkpoint held, being made, by its text: whoever repeats it meanwhile shares them. */
  readonly #renewing = new Map<string, Promise<Answer>>();
  /** What was last told of a refusal: repeating it fills no log. */
  #told = '';

  constructor(parts: WitnessParts) {
    this.#parts = parts;
    this.#logs = new Map(parts.logs.map((log) => [log.origin, log]));
    this.#ownKeys = parts.signers.map(({ key }) => key);
    this.#halted = parts.store.state.halted;
  }

  /** Why nothing is signed any more; undefined while all is well. */
  get halted(): string | undefined {
    return this.#halted;
  }

  /** The newest checkpoint cosigned for a watched log. */
  newest(origin: string): LogRecord | undefined {
    return this.#logs.has(origin) ? this.#parts.store.state.logs.get(origin) : undefined;
  }

  /** Resolves when no request is being worked on. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** Answers the body of an `add-checkpoint` request. Never throws. */
  async addCheckpoint(body: Uint8Array): Promise<Answer> {
    const parsed = parseAddCheckpoint(body);
    if (!parsed.ok) return plain(400, parsed.code, `${parsed.code}, line ${parsed.line}`);
    const { request } = parsed;
    const head = readCheckpointHead(request.checkpoint);
    if (head === undefined) return plain(400, 'checkpoint-malformed', 'malformed checkpoint');
    const log = this.#logs.get(head.origin);
    if (log === undefined) return plain(404, 'unknown-log', 'unknown log');
    const signed = trusted(head, head.signatures, log.keys);
    if (signed === undefined) return plain(403, 'invalid-signature', 'invalid signature');
    if (request.oldSize > head.size) return plain(400, 'old-size', 'old size beyond the checkpoint’s');
    const isRepeat = this.#isRepeat(head, request);
    const known = this.#answerAtOnce(head, request) ?? (isRepeat ? this.#renewing.get(head.text) : undefined);
    if (known !== undefined) return known;
    if (this.#waiting >= MAX_WAITING) return plain(503, 'busy', 'busy');
    this.#waiting += 1;
    const turn = this.#last.then(() => this.#decide(head, signed.lines, request));
    this.#last = turn;
    if (isRepeat) this.#renewing.set(head.text, turn);
    const answer = await turn;
    this.#renewing.delete(head.text);
    this.#waiting -= 1;
    this.#tell(head, answer);
    return answer;
  }

  #isRepeat({ origin, size, text }: CheckpointHead, { oldSize, proof }: Submitted): boolean {
    const held = this.#parts.store.state.logs.get(origin)?.head;
    return held?.text === text && oldSize === size && proof.length === 0;
  }

  /**
   * What needs no turn, since it changes nothing and shows nothing but what is stored: anybody may send checkpoints
   * that are public, and must not fill the queue that the log waits in. Undefined for all that needs one.
   */
  #answerAtOnce(head: CheckpointHead, request: Submitted): Answer | undefined {
    if (this.#halted !== undefined) return plain(503, 'halted', 'this witness has stopped signing');
    const record = this.#parts.store.state.logs.get(head.origin);
    const latest = record?.head ?? EMPTY;
    const isSame = head.size === latest.size && sameBytes(head.root, latest.root);
    // A fork, and what may bear a cosignature of ours that we do not know, are for the turn.
    const isShown = head.size < latest.size || isSame;
    const mayBeOurs = !isShown && trusted(head, head.signatures, this.#ownKeys) !== undefined;
    const isFork = head.size === latest.size && !isSame;
    // An old size that is too small stays so, whatever those who wait bring.
    if (request.oldSize < latest.size && !isFork && !mayBeOurs)
      return conflict(latest.size, 'old-size-differs');
    if (record === undefined || !this.#isRepeat(head, request)) return undefined;
    const time = this.#sign(head)?.time ?? -1;
    if (time < record.time || time - record.time >= REPEAT_SECONDS) return undefined;
    return this.#asBefore(head, record);
  }

  /** Alone at its time: from reading the state to having stored it, nothing else runs. Never throws. */
  async #decide(head: CheckpointHead, logLines: string, request: Submitted): Promise<Answer> {
    if (this.#halted !== undefined) return plain(503, 'halted', 'this witness has stopped signing');
    const record = this.#parts.store.state.logs.get(head.origin);
    const latest = record?.head ?? EMPTY;
    const isFork = head.size === latest.size && !sameBytes(head.root, latest.root);
    const isBeyond = head.size > latest.size || isFork;
    if (isBeyond && trusted(head, head.signatures, this.#ownKeys) !== undefined) return this.#forgotten(head);
    if (isFork) await this.#keep('fork', head, logLines, record);
    if (request.oldSize !== latest.size) return conflict(latest.size, 'old-size-differs');
    if (isFork) return conflict(latest.size, 'fork');
    const consistent =
      latest.size === 0 || latest.size === head.size
        ? request.proof.length === 0
        : verifyConsistency(sha256, {
            size1: latest.size,
            root1: latest.root,
            size2: head.size,
            root2: head.root,
            proof: request.proof,
          });
    if (!consistent) {
      await this.#keep('unproven', head, logLines, record);
      return plain(422, 'consistency', 'the consistency proof does not verify');
    }
    try {
      return await this.#cosign(head, logLines, record);
    } catch (error) {
      return this.#failed(error);
    }
  }

  async #cosign(head: CheckpointHead, logLines: string, record: LogRecord | undefined): Promise<Answer> {
    if (this.#signersOf(head).length === 0)
      return plain(400, 'extension-lines', 'extension lines cannot be cosigned');
    const made = this.#sign(head);
    if (made === undefined) return plain(503, 'own-signature', 'cannot sign');
    const { lines, earliest, time } = made;
    // A cosignature says "the largest I have seen by this time": time must not go back between two of them.
    if (earliest < (record?.time ?? 0)) return plain(503, 'clock-behind', 'the clock is behind');
    if (record?.time === time && record.head.text === head.text) {
      const before = this.#asBefore(head, record);
      if (before !== undefined) return before;
    }
    const note = `${head.text}\n${logLines}${lines}`;
    const stored = readCheckpointHead(note);
    if (stored === undefined) throw new Error('our own note does not read');
    const { store, onEvent, evidence } = this.#parts;
    const logs = new Map(store.state.logs).set(head.origin, { head: stored, note, time });
    await store.save({ ...store.state, logs });
    onEvent({ kind: 'cosigned', origin: head.origin, size: head.size });
    await evidence?.settle(head.text);
    return this.#cosigned(lines);
  }

  #signersOf({ extended }: CheckpointHead): readonly NoteSigner[] {
    return this.#parts.signers.filter(({ key }) => !extended || key.type !== SIGNATURE_TYPE.mlDsa44);
  }

  /** Signature lines with the earliest and latest time in them; they bind nobody before they are stored. */
  #sign(head: CheckpointHead): Readonly<{ lines: string; earliest: number; time: number }> | undefined {
    const signers = this.#signersOf(head);
    const lines = signers.map((signer) => signatureLine(signer, head.text)).join('');
    // Our own signature is checked before it binds us: a broken key must not use up a size.
    const times = trusted(head, lines, this.#ownKeys)?.verified.map(({ timestamp }) => timestamp ?? -1) ?? [];
    if (times.length === 0 || times.length !== signers.length) return undefined;
    return { lines, earliest: Math.min(...times), time: Math.max(...times) };
  }

  /** The stored cosignatures over this very checkpoint, if all our keys made one. */
  #asBefore(head: CheckpointHead, record: LogRecord): Answer | undefined {
    const before = trusted(record.head, record.head.signatures, this.#ownKeys);
    return before?.verified.length === this.#signersOf(head).length
      ? this.#cosigned(before.lines)
      : undefined;
  }

  #cosigned(lines: string): Answer {
    return { status: 200, code: 'cosigned', type: 'text/plain; charset=utf-8', body: lines };
  }

  /**
   * Our own signature over something this state does not know: the state was rolled back, or the key is in use
   * elsewhere. Anything signed from here on could be a fork, so this is written down and is final.
   */
  async #forgotten({ origin, size }: CheckpointHead): Promise<Answer> {
    const { store, onEvent } = this.#parts;
    this.#halted = 'state-rolled-back';
    onEvent({ kind: 'halted', code: this.#halted, origin, size });
    try {
      await store.save({ ...store.state, halted: this.#halted });
    } catch (error) {
      this.#failed(error);
    }
    return plain(503, this.#halted, 'this witness has stopped signing');
  }

  #failed(error: unknown): Answer {
    const code = error instanceof WitnessFault ? error.code : 'fault';
    this.#parts.onEvent({ kind: 'not-saved', code });
    // Nothing reached the disk: the next request may try again. Everything else needs a new start.
    if (code !== 'state-not-saved' && this.#halted === undefined) {
      this.#halted = code;
      this.#parts.onEvent({ kind: 'halted', code });
    }
    return plain(503, code, 'cannot store');
  }

  /** Only what a log has signed is worth a line, and a size that merely differs is how logs ask for ours. */
  #tell({ origin, size }: CheckpointHead, { status, code }: Answer): void {
    const told = `${origin} ${size} ${code}`;
    if (status === 200 || code === 'old-size-differs' || told === this.#told) return;
    this.#told = told;
    this.#parts.onEvent({ kind: 'refused', origin, size, status, code });
  }

  /** Of the lines submitted only those of the log: anybody can add others, and the checkpoint stays what it is. */
  async #keep(
    kind: 'fork' | 'unproven',
    head: CheckpointHead,
    logLines: string,
    record: LogRecord | undefined,
  ): Promise<void> {
    const submitted = `${head.text}\n${logLines}`;
    if (!(await this.#parts.evidence?.keep(kind, submitted, record?.note ?? ''))) return;
    this.#parts.onEvent({ kind: 'evidence', code: kind, origin: head.origin, size: head.size });
  }
}
