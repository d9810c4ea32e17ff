/**
 * 定序: the one writer of the log. Its life: lock, compare, then round after round until stopped or at fault; with
 * too few witnesses answering, it compares again and again before the first round (read-only).
 */
import { checkpointText, type NoteSigner, signNote, TreeEdge } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { ConnectionOptions } from '../platform/db/index.ts';
import { type Clock, monotonicMs, pause, utcIso } from '../platform/time.ts';
import { dayBefore, dayBody, dueDay } from './day-entry.ts';
import { type Journal, type JournalLine, openJournal } from './journal.ts';
import { type ConditionState, writeCondition, writeHeard } from './record-condition-store.ts';
import { RecordFault } from './record-fault.ts';
import { type Round, type RoundStep, runRound } from './round.ts';
import * as store from './sequencer-store.ts';
import { checkAtStart, type StartCheckResult } from './start-check.ts';
import { TOLERATED_STEP_BACK_MS } from './start-check-database.ts';
import type { Finding } from './start-check-finding.ts';
import type { AskedWitnesses } from './start-check-witnesses.ts';
import { StartRefused } from './start-refused.ts';

/** What a sequencer is made of. */
export type SequencerOptions = Readonly<{
  connection: ConnectionOptions;
  /** The log's name, also its key name: `demo.lianshu.invalid/log`. */
  origin: string;
  /** The log's own keys: Ed25519, and ML-DSA-44 beside it. */
  signers: readonly NoteSigner[];
  /** One fsynced file outside the database, on a disk that a restore of the database does not touch. */
  journalFile: string;
  publicDirectory: string;
  clock: Clock;
  /**
   * Called once, when going on would be unsafe. The process must exit: after `unknown-outcome` above all,
   * since nobody knows whether the signed checkpoint is the log's.
   */
  onFault: (fault: RecordFault) => void;
  /** After each round, once its checkpoint is journaled and may be shown. */
  onRound?: (round: Round) => void;
  /** See `StartCheck`. */
  adoptWithoutJournal?: boolean;
  /** Who must agree before the first round; unless told, there are no witnesses and that is accepted. */
  witnessing?: AskedWitnesses;
  /** Once, when too few witnesses have answered to begin; the sequencer goes on asking by itself. */
  onReadOnly?: (findings: readonly Finding[]) => void;
  /** Before the first round, when all agree: also after having been read-only. A throw ends the start. */
  onServing?: () => Promise<void>;
  /** For tests: runs at each step of a round; throwing there is a crash there. */
  atStep?: (step: RoundStep) => Promise<void>;
}>;

const SHORTEST_ROUND_MS = 200;
const LONGEST_WAIT_MS = 500;
const LOCK_RETRY_MS = 1_000;
const TRIES_BEFORE_FAULT = 5;
const COMPARE_AGAIN_MS = 3_000;
/** Far below the silence after which intake stops (`record-condition.ts`). */
const HEARD_EVERY_MS = 5_000;
const NO_WITNESSES: AskedWitnesses = { policy: undefined, mayRunWithout: true };

/** One sequencer. `start` once; after a fault or `stop` make a new one. */
export class Sequencer {
  readonly #options: SequencerOptions;
  readonly #stopping = new AbortController();
  #client: store.SequencerConnection | undefined;
  #journal: Journal | undefined;
  #released: JournalLine | undefined;
  #newestDay: string | undefined;
  #loop: Promise<void> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #wake: AbortController = new AbortController();
  #fault: RecordFault | undefined;
  #misses = 0;
  #miss: unknown;
  #state: ConditionState | undefined;
  #heardMs = 0;

  constructor(options: SequencerOptions) {
    this.#options = options;
  }

  /**
   * Waits to become the one sequencer, compares database, journal, public files and witnesses, and begins; or stays
   * read-only until enough witnesses answer. Rejects with {@link StartRefused} when they disagree: then nothing has
   * been written but the database's row that stops every process from entering anything.
   */
  async start(): Promise<void> {
    await this.open();
    this.#loop = this.#run();
  }

  /** As {@link start}, without the loop: rounds happen only by {@link drain}. */
  async open(): Promise<void> {
    const { connection } = this.#options;
    const client = await store.connectSequencer(connection, (cause) =>
      this.#stop(new RecordFault('round-failed', 'the database connection broke', cause)),
    );
    this.#client = client;
    while (!(await store.tryLock(client))) {
      await pause(LOCK_RETRY_MS, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
    }
    try {
      await this.compare();
    } catch (error) {
      await this.#close();
      throw error;
    }
    await store.listenPending(client, () => this.wake());
  }

  /** Whether the database still says, on the connection that holds the lock, that this is the one sequencer. */
  async isTheOne(): Promise<boolean> {
    const client = this.#client;
    return client !== undefined && (await store.holdsLock(client).catch(() => false));
  }

  /** The newest tree head that was journaled; nothing newer may be shown to anybody. */
  get released(): JournalLine | undefined {
    return this.#released;
  }

  /** Makes the next round start now instead of within half a second. */
  wake(): void {
    this.#wake.abort();
  }

  /** Runs rounds until nothing is pending. Throws what stops the sequencer. */
  async drain(): Promise<void> {
    while ((await this.#oneRound()) !== undefined);
    if (this.#fault !== undefined) throw this.#fault;
    if (this.#misses > 0) throw this.#miss;
  }

  /** Finishes the round under way and gives the lock back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#loop;
    await this.#turn.catch(() => undefined);
    await this.#close();
  }

  /** Compares once more while read-only, and begins if all agree. Throws {@link StartRefused}. */
  async compare(isIntroduced = false): Promise<void> {
    const client = this.#client;
    if (client === undefined || this.#released !== undefined) return;
    const { origin, signers, clock, journalFile, publicDirectory } = this.#options;
    const { adoptWithoutJournal = false, witnessing = NO_WITNESSES } = this.#options;
    const result = await checkAtStart({
      client,
      origin,
      keys: signers.map(({ key }) => key),
      journalFile,
      publicDirectory,
      adoptWithoutJournal,
      witnessing,
      nowMs: clock.nowMs(),
    });
    const reasons = result.findings
      .filter(({ severity }) => severity === result.severity)
      .map(({ code }) => code);
    if (result.severity === 'refuse') {
      // Best effort: a database that cannot be written takes no entries either.
      await this.#say('refused', reasons).catch(() => undefined);
      throw new StartRefused(result.findings);
    }
    if (result.severity !== 'read-only') return this.#begin(client, result);
    if (!isIntroduced && (await this.#introduce(result))) return this.compare(true);
    const isFirst = this.#state === undefined;
    await this.#say('read-only', reasons);
    if (isFirst) this.#options.onReadOnly?.(result.findings);
  }

  /**
   * A log that no witness ever cosigned, because its first publication never came or its witnesses are new, shows
   * itself to them: whoever cosigns it now remembers it from now on. False when there is nothing to introduce.
   */
  async #introduce({ isUncosigned, row }: StartCheckResult): Promise<boolean> {
    const { witnessing = NO_WITNESSES } = this.#options;
    if (!isUncosigned || row === undefined || witnessing.policy === undefined) return false;
    const { introduce } = witnessing;
    if (introduce === undefined) return false;
    const { size, checkpoint } = row;
    await Promise.all(witnessing.policy.endpoints.map((witness) => introduce(witness, { size, checkpoint })));
    return true;
  }

  async #begin(client: store.SequencerConnection, { row: found, journal }: StartCheckResult): Promise<void> {
    const row = found ?? (await this.#createLog(client));
    const last = journal.state === 'read' ? journal.last : undefined;
    this.#journal = await openJournal(this.#options.journalFile, last);
    // A crash between COMMIT and journal leaves the journal behind: it catches up before anything is shown.
    if (last?.size !== row.size) await this.#toJournal(row);
    await this.#findNewestDay(client);
    await this.#say('serving', []);
    await this.#options.onServing?.();
    await this.#release(row);
  }

  async #createLog(client: store.SequencerConnection): Promise<store.LogRow> {
    const { origin, signers, clock } = this.#options;
    const edge = TreeEdge.empty(sha256);
    const head = { origin, size: 0, root: edge.root() };
    const signedAtMs = clock.nowMs();
    const row = {
      ...head,
      edge: edge.encode(),
      checkpoint: signNote(checkpointText(head), signers),
      signedAtMs,
    };
    await store.createLog(client, row, utcIso(signedAtMs));
    return row;
  }

  async #say(state: ConditionState, reasons: readonly string[]): Promise<void> {
    if (this.#client === undefined) return;
    await writeCondition(this.#client, state, reasons);
    this.#state = state;
    this.#heardMs = monotonicMs();
  }

  /** Says now and then that a sequencer lives. A failure shows in the next round. */
  async #beHeard(): Promise<void> {
    if (this.#client === undefined || monotonicMs() - this.#heardMs < HEARD_EVERY_MS) return;
    this.#heardMs = monotonicMs();
    await writeHeard(this.#client).catch(() => undefined);
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const began = monotonicMs();
      if (this.#released === undefined) {
        await pause(COMPARE_AGAIN_MS, this.#stopping.signal);
        if (!this.#stopping.signal.aborted)
          await this.compare().catch((error: unknown) => this.#judge(error));
        continue;
      }
      await this.#beHeard();
      const round = await this.#oneRound();
      const rest = SHORTEST_ROUND_MS - (monotonicMs() - began);
      if (round === undefined) await pause(LONGEST_WAIT_MS, this.#wake.signal);
      else if (rest > 0) await pause(rest, this.#stopping.signal);
    }
  }

  /** One round, never two at once; undefined when nothing was done. Turns what is unsafe into a fault. */
  #oneRound(): Promise<Round | undefined> {
    const turn = this.#turn.then(() => this.#tryRound());
    this.#turn = turn;
    return turn;
  }

  async #tryRound(): Promise<Round | undefined> {
    const { clock, signers, atStep = async () => undefined } = this.#options;
    const [client, last] = [this.#client, this.#released];
    if (client === undefined || last === undefined || this.#fault !== undefined) return undefined;
    this.#wake = new AbortController();
    try {
      if (this.#newestDay === undefined) await this.#findNewestDay(client);
      else await this.#enterDay(client);
      const round = await runRound({ client, clock, signers, atStep }, last);
      this.#misses = 0;
      if (round === undefined) return undefined;
      await this.#toJournal(round);
      await atStep('journaled');
      await this.#release(round);
      await atStep('released');
      this.#options.onRound?.(round);
      return round;
    } catch (error) {
      await this.#judge(error);
      return undefined;
    }
  }

  /** Stops at what is unsafe; lets the next round try again after a passing database error or a small step of the clock. */
  async #judge(error: unknown): Promise<void> {
    if (error instanceof RecordFault && error.code !== 'clock-moved-back') return this.#stop(error);
    this.#misses += 1;
    this.#miss = error;
    const patience =
      error instanceof RecordFault ? TOLERATED_STEP_BACK_MS / SHORTEST_ROUND_MS : TRIES_BEFORE_FAULT;
    if (this.#misses < patience) return pause(SHORTEST_ROUND_MS, this.#stopping.signal);
    this.#stop(
      error instanceof RecordFault ? error : new RecordFault('round-failed', 'rounds keep failing', error),
    );
  }

  async #toJournal(line: JournalLine): Promise<void> {
    try {
      await this.#journal?.append(line);
    } catch (cause) {
      throw new RecordFault(
        'journal-failed',
        `size ${line.size} is committed and could not be journaled`,
        cause,
      );
    }
  }

  async #release({ size, root }: JournalLine): Promise<void> {
    this.#released = { size, root };
    // A lost announcement costs a signer a second, never correctness.
    if (this.#client !== undefined) await store.announceReleased(this.#client, size).catch(() => undefined);
  }

  async #enterDay(client: store.SequencerConnection): Promise<void> {
    const nowMs = this.#options.clock.nowMs();
    const day = this.#newestDay === undefined ? undefined : dueDay(nowMs, this.#newestDay);
    if (day === undefined) return;
    await store.insertDay(client, dayBody.of(day, nowMs));
    this.#newestDay = day;
  }

  async #findNewestDay(client: store.SequencerConnection): Promise<void> {
    const first = await store.firstEnteredMs(client);
    const start = first === undefined ? undefined : dayBefore(first);
    this.#newestDay = dayBody.dateOf(await store.newestDay(client)) ?? start;
  }

  #stop(fault: RecordFault): void {
    if (this.#fault !== undefined || this.#stopping.signal.aborted) return;
    this.#fault = fault;
    this.#stopping.abort();
    this.wake();
    this.#options.onFault(fault);
  }

  async #close(): Promise<void> {
    const [client, journal] = [this.#client, this.#journal];
    this.#client = undefined;
    this.#journal = undefined;
    await client?.end().catch(() => undefined);
    await journal?.close().catch(() => undefined);
  }
}
