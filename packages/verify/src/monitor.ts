import type { VerifierKey } from '@lianshu/tlog';
import type { Alert, AlertPart } from './alert.ts';
import { enterAlerts, type Ledger } from './alert-ledger.ts';
import { LogRefusal } from './log-fault.ts';
import { type LogSource, LogSourceError } from './log-source.ts';
import { fromTheFuture, remember } from './monitor-memory.ts';
import type { MonitorMemory, MonitorState } from './monitor-state.ts';
import type { RecordContext } from './read-record.ts';
import { openEvidence } from './signed-evidence.ts';
import type { OpenedCheckpoint } from './trusted-log.ts';
import { watchDuties } from './watch-duties.ts';
import { largestShown, readShown, unreadAlerts, watchNumbers } from './watch-numbers.ts';
import { watchPromises } from './watch-promises.ts';
import { watchRecord } from './watch-record.ts';
import { lookAtTree } from './watch-tree.ts';
import { askWitnesses, watchWitnesses } from './watch-witnesses.ts';
import { WatchedLog } from './watched-log.ts';

export type MonitorOptions = RecordContext &
  Readonly<{
    state: MonitorState;
    /** The site whose API and pages are compared. */
    site?: LogSource;
    promises?: string;
    proofKeys: readonly VerifierKey[];
    sourceOf: (url: string) => LogSource;
    nowMs: () => number;
    /** How often the log is published, at most. */
    publishEveryMs: number;
    /** How old the newest cosignature may be, or the newest change where nobody cosigns. */
    stallMs: number;
    /** How long the public checkpoint may be without its quorum. */
    quorumWithinMs: number;
    /** How long a round may read what the site shows, of all cases together; 10 s unless told. */
    numbersWithinMs?: number;
  }>;

/** What a round finds as it goes, and which parts it came to. */
type Findings = Readonly<{ tree: Alert[]; shown: Alert[]; ran: Set<AlertPart> }>;

/** What one round found: alerts that began, that are over, and all that are open. */
export type RoundResult = Ledger & Readonly<{ size: number | undefined }>;

/**
 * Watches one log. Each {@link round} looks at everything once and compares it with what was seen before; the state is
 * saved at its end, so that a monitor stopped at any time goes on where it was.
 */
export class Monitor {
  readonly #options: MonitorOptions;
  readonly #log: WatchedLog;
  /** When the last look at the tree began; epoch milliseconds. */
  #lookedMs = 0;
  /** Cases for which the last round had no time: the next one begins with them. */
  #unread: readonly string[] = [];

  private constructor(options: MonitorOptions, log: WatchedLog) {
    this.#options = options;
    this.#log = log;
  }

  /** Resumes from the state. Throws {@link LogRefusal} when its checkpoint or entries do not hold under these keys. */
  static open(options: MonitorOptions): Monitor {
    const { state, primitives, trust, source } = options;
    const { note } = state.memory;
    let opened: OpenedCheckpoint | undefined;
    if (note !== undefined) {
      // Believed once, it is held against the log from now on: one key that vouches for it is enough, as when a second
      // was added since. Under quite other keys what was seen is not thrown away for a slip on the command line.
      const read = openEvidence(primitives, new TextEncoder().encode(note), trust, state.path);
      if (!read.ok) throw new LogRefusal(read.fault);
      opened = read;
    }
    return new Monitor(options, WatchedLog.resume(primitives, source, state.cache, opened));
  }

  /** Two beats and the time to collect cosignatures: what is late by less is not late. */
  get #slackMs(): number {
    return 2 * this.#options.publishEveryMs + 10_000;
  }

  get origin(): string {
    return this.#log.opened?.checkpoint.origin ?? '?';
  }

  /**
   * One look at everything. `tell` is given the changes as they are found: what the tree and its entries show first,
   * before anybody else is asked, and then the rest. The result has both. Never throws for anything the outside does.
   */
  async round(tell: (changes: RoundResult) => Promise<void> = async () => {}): Promise<RoundResult> {
    const ran = new Set<AlertPart>();
    const [tree, shown]: [Alert[], Alert[]] = [[], []];
    let own: readonly Alert[] = [];
    let reached = false;
    let first: RoundResult | undefined;
    try {
      const isCurrent = await this.#look(tree);
      reached = true;
      for (const part of ['reach', 'tree', 'record', 'duties'] as const) ran.add(part);
      own = this.#watchMemory();
      first = this.#conclude([...tree, ...own], ran, reached);
      await tell(first);
      if (this.#log.opened !== undefined) await this.#compare(isCurrent, { tree, shown, ran });
      own = this.#watchMemory();
    } catch (error) {
      if (!(error instanceof LogSourceError)) throw error;
      const detail = error.message.replace(/\p{C}/gu, '?').slice(0, 300);
      shown.push({ id: 'log-unreachable', code: 'log-unreachable', part: 'reach', detail });
    }
    const last = this.#conclude([...tree, ...own, ...shown], ran, reached);
    await tell(last);
    if (first === undefined) return last;
    return {
      ...last,
      raised: [...first.raised, ...last.raised],
      worse: [...first.worse, ...last.worse],
      over: [...first.over, ...last.over],
    };
  }

  /** A look at the tree; the time at its beginning is when the log is known to have been so. */
  #look(found: Alert[]): Promise<boolean> {
    this.#lookedMs = this.#options.nowMs();
    return lookAtTree({ ...this.#options, log: this.#log }, found);
  }

  /** Holds everything that others show against the record. Findings are added as they come. */
  async #compare(isCurrent: boolean, { tree, shown, ran }: Findings): Promise<void> {
    const { source, site, primitives, trust, promises, state, numbersWithinMs = 10_000 } = this.#options;
    const log = this.#log;
    // Shown after the tree was read, they may be newer: then the tree is read once more.
    const read = await readShown(log, { source, site, withinMs: numbersWithinMs, first: this.#unread });
    this.#unread = read.unread;
    if (isCurrent && largestShown(read.shown) > log.fold.size) await this.#look(tree);
    ran.add('site');
    shown.push(...unreadAlerts(read, numbersWithinMs));
    // Of cases that were not read nothing is known: their alerts stay.
    if (read.unread.length === 0) ran.add('numbers');
    shown.push(...watchNumbers(log, read.shown));
    const views = await askWitnesses(primitives, trust, this.origin, this.#options.sourceOf);
    const ahead = views.some(({ opened }) => opened.checkpoint.size > log.fold.size);
    if (isCurrent && ahead) await this.#look(tree);
    ran.add('witnesses');
    const witnessed = { nowMs: this.#options.nowMs(), slackMs: this.#slackMs };
    shown.push(...watchWitnesses(log, views, (opened) => state.keep(opened), witnessed));
    if (promises === undefined) return;
    ran.add('promises');
    shown.push(...watchPromises(primitives, log, trust.keys, promises, this.#lookedMs));
  }

  /** What follows from the record and from what was seen over time. */
  #watchMemory(): readonly Alert[] {
    const nowMs = this.#lookedMs;
    const { primitives, proofKeys, state, stallMs } = this.#options;
    const log = this.#log;
    const memory = remember(state.memory, log.opened, { nowMs, stallMs });
    const { bounds, seenSizes } = memory;
    const slackMs = this.#slackMs;
    const found = [
      ...watchRecord({
        primitives,
        fold: log.fold,
        malformed: log.malformed,
        proofKeys,
        logKeys: log.opened?.logKeys ?? [],
        seenSizes,
      }),
      ...watchDuties({ fold: log.fold, nowMs, slackMs, bounds }),
      ...this.#clocks(memory, nowMs),
    ];
    state.memory = memory;
    return found;
  }

  /** Stall and quorum, by the times stated on the checkpoint. */
  #clocks({ freshAt, quorumAt }: MonitorMemory, nowMs: number): Alert[] {
    const { stallMs, quorumWithinMs } = this.#options;
    const found: Alert[] = [];
    const freshMs = freshAt === undefined ? Number.NaN : Date.parse(freshAt);
    if (nowMs > freshMs + stallMs) {
      found.push({ id: 'stall', code: 'stall', part: 'duties', detail: `since ${freshAt}` });
    }
    const { opened } = this.#log;
    for (const { name, time } of opened === undefined ? [] : fromTheFuture(opened, nowMs)) {
      const detail = `${name}: ${time} > ${new Date(nowMs).toISOString()}`;
      found.push({ id: `witness-clock ${name}`, code: 'witness-clock', part: 'duties', detail });
    }
    const quorum = opened?.quorum;
    const since = quorumAt === undefined ? 0 : Date.parse(quorumAt);
    if (quorum?.reached === false && nowMs > since + quorumWithinMs) {
      const detail = `${quorum.missing.join(', ')} @ ${this.#log.fold.size}`;
      found.push({
        id: 'quorum-missing',
        code: 'quorum-missing',
        part: 'duties',
        detail,
        grade: quorum.missing.length,
      });
    }
    return found;
  }

  #conclude(found: readonly Alert[], ran: ReadonlySet<AlertPart>, reached: boolean): RoundResult {
    const { state, nowMs } = this.#options;
    const ledger = enterAlerts(state.memory.alerts, found, ran, new Date(nowMs()).toISOString());
    state.save({ ...state.memory, alerts: ledger.open });
    return { ...ledger, size: reached ? this.#log.fold.size : undefined };
  }
}
