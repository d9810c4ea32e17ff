import { toBase64, type VerifierKey } from '@lianshu/tlog';
import type { Alert, AlertPart } from './alert.ts';
import { enterAlerts, type Ledger } from './alert-ledger.ts';
import { LogRefusal, placeOf } from './log-fault.ts';
import { readCheckpoint } from './log-files.ts';
import { type LogSource, LogSourceError } from './log-source.ts';
import { fromTheFuture, remember } from './monitor-memory.ts';
import type { MonitorMemory, MonitorState } from './monitor-state.ts';
import type { RecordContext } from './read-record.ts';
import { openEvidence } from './signed-evidence.ts';
import { type OpenedCheckpoint, openTrusted } from './trusted-log.ts';
import { watchDuties } from './watch-duties.ts';
import { largestShown, readShown, watchNumbers } from './watch-numbers.ts';
import { watchPromises } from './watch-promises.ts';
import { watchRecord } from './watch-record.ts';
import { askWitnesses, watchWitnesses } from './watch-witnesses.ts';
import { type Step, WatchedLog } from './watched-log.ts';

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
  }>;

/** What one round found: alerts that began, that are over, and all that are open. */
export type RoundResult = Ledger & Readonly<{ size: number | undefined }>;

/**
 * Watches one log. Each {@link round} looks at everything once and compares it with what was seen before; the state is
 * saved at its end, so that a monitor stopped at any time goes on where it was.
 */
export class Monitor {
  readonly #options: MonitorOptions;
  readonly #log: WatchedLog;

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
      const read = openTrusted(primitives, new TextEncoder().encode(note), trust, state.path);
      // Other keys than last time: what was seen is not thrown away for a slip on the command line.
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

  /** One look at everything. Never throws for anything the outside does. */
  async round(): Promise<RoundResult> {
    const ran = new Set<AlertPart>();
    const found: Alert[] = [];
    let reached = false;
    try {
      const shownFirst = await this.#look(found);
      reached = true;
      for (const part of ['reach', 'tree', 'record', 'duties'] as const) ran.add(part);
      found.push(...(await this.#compare(shownFirst, ran)));
    } catch (error) {
      if (!(error instanceof LogSourceError)) throw error;
      const detail = error.message.replace(/\p{C}/gu, '?').slice(0, 300);
      found.push({ id: 'log-unreachable', code: 'log-unreachable', part: 'reach', detail });
    }
    return this.#conclude(found, ran, reached);
  }

  /** Reads the checkpoint and what is new; adds findings about the tree. True when the tree was brought up to date. */
  async #look(found: Alert[]): Promise<boolean> {
    const { state, source, primitives, trust } = this.#options;
    const bytes = await readCheckpoint(source);
    const read = openTrusted(primitives, bytes, trust, 'checkpoint');
    if (!read.ok) {
      const file = state.keepBytes(`refused-${read.fault.code}.checkpoint`, bytes);
      const detail = `${read.fault.code} ${placeOf(read.fault)}`;
      found.push({
        id: `checkpoint-refused ${read.fault.code}`,
        code: 'checkpoint-refused',
        part: 'tree',
        detail,
        evidence: { file },
      });
      found.push(...this.#refusedFork(bytes));
      return false;
    }
    const before = this.#log.opened;
    const step = await this.#log.advance(read, this.#options.progress);
    found.push(...this.#stepAlerts(step, before, read));
    return step.code === 'same' || step.code === 'grown';
  }

  /** A checkpoint that is not believed, since not every key of the log signed it, and yet is of another tree. */
  #refusedFork(bytes: Uint8Array): Alert[] {
    const { primitives, trust, state } = this.#options;
    const before = this.#log.opened;
    const read = openEvidence(primitives, bytes, trust, 'checkpoint');
    if (!read.ok || before === undefined || read.checkpoint.origin !== before.checkpoint.origin) return [];
    const { size, root } = read.checkpoint;
    if (this.#log.hadRoot(size, toBase64(root)) !== false) return [];
    const evidence = { files: [state.keep(before), state.keep(read)] };
    const detail = `${before.checkpoint.size} → ${size}`;
    return [{ id: `fork ${size} ${toBase64(root)}`, code: 'fork', part: 'tree', detail, evidence }];
  }

  #stepAlerts(step: Step, before: OpenedCheckpoint | undefined, now: OpenedCheckpoint): Alert[] {
    if (step.code === 'same' || step.code === 'grown') return [];
    const keep = (opened: OpenedCheckpoint) => this.#options.state.keep(opened);
    const { size, root } = now.checkpoint;
    const sizes = `${before?.checkpoint.size ?? 0} → ${size}`;
    const files = [...(before === undefined ? [] : [keep(before)]), keep(now)];
    if (step.code === 'files-wrong') {
      const detail = `${sizes}: ${step.fault.code} ${placeOf(step.fault)}`;
      return [
        {
          id: `files-wrong ${step.fault.code}`,
          code: 'files-wrong',
          part: 'tree',
          detail,
          evidence: { files },
        },
      ];
    }
    const id = `${step.code} ${size} ${toBase64(root)}`;
    return [{ id, code: step.code, part: 'tree', detail: sizes, evidence: { files } }];
  }

  async #compare(isCurrent: boolean, ran: Set<AlertPart>): Promise<readonly Alert[]> {
    const { source, site, primitives, trust, promises, state } = this.#options;
    const log = this.#log;
    const found: Alert[] = [];
    if (log.opened === undefined) return found;
    const nowMs = this.#options.nowMs();
    // Shown after the tree was read, they may be newer: then the tree is read once more.
    const shown = await readShown(log, source, site);
    if (isCurrent && largestShown(shown) > log.fold.size) await this.#look(found);
    ran.add('numbers');
    found.push(...watchNumbers(log, shown));
    const views = await askWitnesses(primitives, trust, this.origin, this.#options.sourceOf);
    const ahead = views.some(({ opened }) => opened.checkpoint.size > log.fold.size);
    if (isCurrent && ahead) await this.#look(found);
    ran.add('witnesses');
    const witnessed = { nowMs: this.#options.nowMs(), slackMs: this.#slackMs };
    found.push(...watchWitnesses(log, views, (opened) => state.keep(opened), witnessed));
    if (promises !== undefined) {
      ran.add('promises');
      found.push(...watchPromises(primitives, log, trust.keys, promises, nowMs));
    }
    return [...found, ...this.#watchMemory(nowMs)];
  }

  /** What follows from the record and from what was seen over time. */
  #watchMemory(nowMs: number): readonly Alert[] {
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
      found.push({ id: 'quorum-missing', code: 'quorum-missing', part: 'duties', detail });
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
