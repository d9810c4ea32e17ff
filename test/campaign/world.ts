/**
 * 世界: one house with its own database, journal and public log, kept running as a supervisor would: whatever ends is
 * started again. Faults come from outside; what strangers see and clients are told is written down all the time.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseVerifierKeys, type VerifierKey } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { pause } from '../../src/platform/time.ts';
import type { Surface } from '../../src/serve.ts';
import { type PlatformWitnesses, platformWitnesses } from '../builders/platform-witnesses.ts';
import type { Reach } from './clients.ts';
import { type Ground, TEMPLATE } from './ground.ts';
import type { History } from './history.ts';
import { type End, HouseProcess } from './house.ts';
import type { Armed, HouseSettings } from './house-messages.ts';
import { Observer, readFinalLog } from './observer.ts';
import { CAMPAIGN_ORIGIN, type Envelope, writePool } from './pool.ts';
import type { PostgresServer } from './postgres.ts';

/** The processes of the house, each with its surfaces. */
export const ROLES = { sequencer: ['sequencer'], public: ['public', 'jobs'] } as const satisfies Record<
  string,
  readonly Surface[]
>;
export type Role = keyof typeof ROLES;

/** Quorum two. */
const WITNESSES = 3;
const RESTART_AFTER_MS = 20;
/** Acts this run causes: the cases' own and the sequencer's midnights. */
const ACT_KINDS = ['initiative-filed', 'version', 'opened', 'decision', 'day', 'policy', 'key-event'];
/**
 * Ends that an outage explains: the database or the disk was away, another sequencer took over, the clock was wrong.
 * Any other refusal means that the house believes its own log to be forked.
 */
const PASSING = new Set([
  'fault',
  'round-failed',
  'unknown-outcome',
  'another-sequencer',
  'journal-failed',
  'clock-moved-back',
  // Found by the comparison at a start.
  'clock-behind',
]);

export class World implements Reach {
  readonly ground: Ground;
  readonly name: string;
  readonly folder: string;
  readonly envelopes: readonly Envelope[];
  /** The server the house uses; another one after a fail-over. What runs already notices when it restarts. */
  server: PostgresServer;
  readonly observer: Observer;
  readonly answers: History['answers'][number][] = [];
  readonly sent = new Set<string>();
  /** Refusals to run that nothing explains. */
  readonly alarms: string[] = [];
  /** What happened when, for the evidence. */
  readonly diary: string[] = [];
  readonly #held: readonly string[];
  readonly #processes = new Map<Role, HouseProcess>();
  readonly #urls = new Map<Role, string>();
  readonly #loops: Promise<void>[] = [];
  /** Old sequencers that were stopped and left behind. */
  readonly #detached = new Set<HouseProcess>();
  readonly #keys: readonly VerifierKey[];
  #closing = false;
  #clockOffsetMs: number;
  #starts = 0;
  #watched: PlatformWitnesses | undefined;
  /** Told of every step at which a process ended or stopped itself. */
  readonly #onStep = new Set<(step: string) => void>();

  private constructor(ground: Ground, name: string, envelopes: readonly Envelope[], held: readonly string[]) {
    this.ground = ground;
    this.server = ground.server;
    this.name = name;
    this.folder = join(ground.files, name);
    this.envelopes = envelopes;
    this.#held = held;
    this.#clockOffsetMs = ground.pool.preparedAtMs - Date.now();
    const key = readFileSync(join(this.publicLog, 'key'), 'utf8');
    this.#keys = parseVerifierKeys(sha256, key).keys;
    this.observer = new Observer(this.publicLog, this.#keys, this.nowMs);
  }

  /** A fresh database, folder and clock; nothing runs yet. */
  static async make(
    ground: Ground,
    name: string,
    envelopes: readonly Envelope[],
    held: readonly string[],
  ): Promise<World> {
    const folder = join(ground.files, name);
    mkdirSync(join(folder, 'public', 'log'), { recursive: true });
    cpSync(ground.keys, join(folder, 'keys'), { recursive: true });
    writeFileSync(join(folder, 'public', 'log', 'key'), ground.pool.logKeys);
    writeFileSync(join(folder, 'pool.json'), writePool({ ...ground.pool, envelopes: [...envelopes] }));
    await ground.server.query(`create database ${name} template ${TEMPLATE}`);
    const world = new World(ground, name, envelopes, held);
    const { nowMs } = world;
    world.#watched = await platformWitnesses(folder, CAMPAIGN_ORIGIN, { nowMs }, WITNESSES);
    return world;
  }

  get cookie(): string {
    return this.ground.pool.cookie;
  }

  get publicLog(): string {
    return join(this.folder, 'public', 'log');
  }

  /** The house's time. */
  readonly nowMs = (): number => Date.now() + this.#clockOffsetMs;
  readonly url = (): string | undefined => this.#urls.get('public');

  get witnesses(): PlatformWitnesses['witnesses'] {
    return this.#watched?.witnesses ?? [];
  }

  note(what: string): void {
    this.diary.push(`${Math.round(performance.now())} ${what}`);
  }

  /** Starts every process and the stranger. Resolves when both processes have been ready once. */
  async open(): Promise<void> {
    this.observer.start();
    for (const role of Object.keys(ROLES) as Role[]) this.#loops.push(this.#keep(role));
    await this.untilReady();
  }

  /** Both processes run. */
  async untilReady(ms = 30_000): Promise<void> {
    const isReady = () =>
      (Object.keys(ROLES) as Role[]).every((role) => this.#processes.get(role)?.isReady === true);
    if (!(await this.until(isReady, ms)))
      throw new Error(`the house did not come up: ${this.diary.slice(-8).join('\n')}`);
  }

  /** Waits for a condition; false when it did not come. */
  async until(condition: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
    for (const end = performance.now() + ms; performance.now() < end; await pause(10))
      if (await condition()) return true;
    return false;
  }

  signal(role: Role, signal: NodeJS.Signals): void {
    this.note(`${signal} to ${role}`);
    this.#processes.get(role)?.signal(signal);
  }

  /** Arms the running process; the promise says whether the step came within `ms`. */
  arm(role: Role, armed: Armed, ms: number): Promise<boolean> {
    this.note(`arm ${role} ${armed.signal} at ${armed.step} after ${armed.skip}`);
    const met = new Promise<boolean>((resolve) => {
      const hear = (step: string) => {
        if (step !== armed.step) return;
        this.#onStep.delete(hear);
        resolve(true);
      };
      this.#onStep.add(hear);
    });
    this.#processes.get(role)?.tell(armed);
    return Promise.race([met, pause(ms).then(() => false)]);
  }

  setClock(offsetFromRightMs: number): void {
    this.note(`clock ${offsetFromRightMs}`);
    this.#clockOffsetMs = this.ground.pool.preparedAtMs - this.#bornMs + offsetFromRightMs;
    for (const process of this.#processes.values()) process.tell({ clockOffsetMs: this.#clockOffsetMs });
  }
  readonly #bornMs = Date.now();

  /** Leaves the running process as it is and lets another take its place. */
  detach(role: Role): HouseProcess | undefined {
    const old = this.#processes.get(role);
    if (old) this.#detached.add(old);
    this.#leave.get(role)?.();
    return old;
  }
  readonly #leave = new Map<Role, () => void>();

  async #keep(role: Role): Promise<void> {
    while (!this.#closing) {
      this.#starts += 1;
      const file = join(this.ground.folder, `${this.name}-${role}-${this.#starts}.json`);
      const process = new HouseProcess(this.ground.programs.house, file, this.#settings(role), {
        step: (step) => {
          this.note(`${role} met ${step}`);
          for (const hear of this.#onStep) hear(step);
        },
        warning: (message) => this.note(`${role} warns: ${message}`),
      });
      this.#processes.set(role, process);
      void process.ready.then((url) => {
        if (url === undefined) return;
        this.note(`${role} ready`);
        process.tell({ clockOffsetMs: this.#clockOffsetMs });
        if (url !== '') this.#urls.set(role, url);
      });
      const left = new Promise<undefined>((leave) => this.#leave.set(role, () => leave(undefined)));
      const end = await Promise.race([process.ended, left]);
      this.#urls.delete(role);
      if (end === undefined) void process.ended.then((late) => this.#judge(`old ${role}`, late));
      else this.#judge(role, end);
      await pause(RESTART_AFTER_MS);
    }
  }

  #judge(who: string, { refused, signal, status }: End): void {
    this.note(`${who} ended: ${signal ?? status} ${refused?.code ?? ''} ${refused?.message ?? ''}`);
    if (this.#closing || refused === undefined || PASSING.has(refused.code)) return;
    this.alarms.push(`${who} refuses to run: ${refused.code}: ${refused.message}`);
  }

  #settings(role: Role): HouseSettings {
    return {
      connectionString: this.server.url(this.name),
      dataDirectory: this.folder,
      witnessPolicy: this.#watched?.policyFile ?? '',
      surfaces: ROLES[role],
      poolFile: join(this.folder, 'pool.json'),
      held: this.#held,
      clockOffsetMs: this.#clockOffsetMs,
      publishEveryMs: 60,
      settleEveryMs: 60,
    };
  }

  /** Nothing waits any more: no entry without index, no unsettled signature, everything published, witnessed and counted. */
  async isSettled(): Promise<boolean> {
    const rows = await this.server
      .query<{ waiting: string; size: string }>(
        `select (select count(*) from entry where seq is null)
              + (select count(*) from held_signature where settled_at is null) as waiting,
              (select coalesce(max(size), 0) from log) as size`,
        [],
        this.name,
      )
      .catch(() => []);
    const [row] = rows;
    if (row === undefined || row.waiting !== '0' || row.size === '0') return false;
    const size = Number(row.size);
    const { publicSize, countedSize, witnessedSize } = this.observer;
    return publicSize === size && countedSize === size && witnessedSize === size;
  }

  /** The whole run as the checker takes it. */
  history(): History {
    return {
      envelopes: this.envelopes
        .filter(({ commitment }) => this.sent.has(commitment))
        .map(({ commitment, person, caseNumber, sealed, settled }) => ({
          commitment,
          person,
          caseNumber,
          tags: [sealed, settled].flatMap((one) => (one.outcome === 'sealed' ? [text(one.publicTag)] : [])),
        })),
      answers: this.answers,
      checkpoints: this.observer.checkpoints,
      counts: this.observer.counts,
      final: readFinalLog(this.publicLog, this.#keys),
      actKinds: ACT_KINDS,
    };
  }

  /** Ends every process and removes the world, unless its files are to be kept. */
  async close(keepFiles = false): Promise<void> {
    this.#closing = true;
    const all = [...this.#processes.values(), ...this.#detached];
    for (const process of all) process.signal('SIGKILL');
    for (const role of Object.keys(ROLES) as Role[]) this.#leave.get(role)?.();
    await Promise.all([...this.#loops, ...all.map((process) => process.ended)]);
    await this.observer.stop();
    await this.#watched?.close();
    if (keepFiles) return;
    rmSync(this.folder, { recursive: true, force: true });
    for (const left of readdirSync(this.ground.folder))
      if (left.startsWith(`${this.name}-`)) rmSync(join(this.ground.folder, left), { force: true });
    await this.server.query(`drop database if exists ${this.name} with (force)`);
  }
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
