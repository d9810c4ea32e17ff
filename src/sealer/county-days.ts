import { z } from 'zod';
import { legalDateOf } from '../platform/time.ts';
import { DAY_KEY_BYTES, openUnder, sealUnder } from './day-cipher.ts';
import type { Act, CountyDay, ForgetOutcome } from './sealer-types.ts';
import type { StateDirectory } from './state-directory.ts';

const FOLDER = 'county-days';
const KEY = /^([0-9]{4}-[0-9]{2}-[0-9]{2})\.key$/;
/** Every file is a multiple of this: its length does not follow single signatures. */
const BLOCK = 8_192;
const WRITE_AFTER_MS = 500;
const TRY_AGAIN_MS = 10_000;
/** Handed over in one answer. */
const MOST_DAYS = 7;

/**
 * How long after midnight a day stays open: longer than a request and its batch can take. What comes later, as a held
 * signature that is settled on another day, counts into the day that is open then.
 */
export const DAY_CLOSES_MS = 15 * 60_000;

/** The county of whom the registry said none, or gave no answer. */
export const UNKNOWN_COUNTY = 'unknown';

export interface CountyDaysDeps {
  readonly state: StateDirectory;
  readonly nowMs: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  /** Told when a day could not be written or read; nothing that is signed depends on it. */
  readonly onTrouble: (code: 'county-day-not-written' | 'county-day-unreadable', day: string) => void;
}

const file = z.strictObject({
  v: z.literal(1),
  rows: z.array(
    z.tuple([z.string(), z.enum(['joint-signature', 'proposal-signature']), z.string(), z.int()]),
  ),
});

const associatedData = (day: string): string => `LIANSHU-COUNTIES/1\n${day}\n`;
const keyOf = (caseNumber: string, act: Act, county: string): string => `${caseNumber} ${act} ${county}`;

/**
 * 縣市日計: how many of those signed in each case came from which county, kept as totals only, a legal day at a time
 * (Asia/Taipei).
 *
 * **Invariant.** No increment leaves this process: not by an answer, a log line, a file others read, or the moment at
 * which something is written elsewhere. A day's totals leave whole, after its end, sorted by name. So no change of a
 * county's number can be joined with a signature's row by its time or its transaction (`xmin`).
 *
 * On disk each day is one file under a key of that day, which is destroyed once the day is handed over: what was
 * overwritten in between opens for nobody afterwards. A crash loses at most the last half second's counting, never counts twice and
 * tears no file; whom it loses is among the unknown (see `storeCountyDay`).
 */
export class CountyDays {
  readonly #deps: CountyDaysDeps;
  readonly #days = new Map<string, Map<string, number>>();
  readonly #dirty = new Set<string>();
  #openFrom: string;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(deps: CountyDaysDeps) {
    this.#deps = deps;
    this.#openFrom = this.#firstOpen();
    for (const name of deps.state.list(FOLDER)) {
      const day = KEY.exec(name)?.[1];
      if (day !== undefined) this.#read(day);
      // A hand-over that was interrupted between its two files.
      else if (deps.state.read(`${FOLDER}/${name.slice(0, 10)}.key`) === undefined)
        deps.state.destroy(FOLDER, name);
    }
  }

  /** Counts one person, received at that time, into the first day that is still open. */
  count(receivedAtMs: number, caseNumber: string, act: Act, county: string): void {
    if (this.#isClosed) return;
    const openFrom = this.#advance();
    const received = legalDateOf(receivedAtMs);
    const day = received < openFrom ? openFrom : received;
    const totals = this.#days.get(day) ?? new Map<string, number>();
    this.#days.set(day, totals);
    const key = keyOf(caseNumber, act, county);
    totals.set(key, (totals.get(key) ?? 0) + 1);
    this.#dirty.add(day);
    this.#timer ??= setTimeout(() => void this.#write(), WRITE_AFTER_MS).unref();
  }

  /** Days that are over, oldest first; the same again until they are forgotten. */
  async finished(): Promise<readonly CountyDay[]> {
    const openFrom = this.#advance();
    await this.settled();
    return [...this.#days]
      .filter(([day]) => day < openFrom)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, MOST_DAYS)
      .map(([day, totals]) => ({ day, rows: rowsOf(totals) }));
  }

  /** Destroys the key of a day that is over, and what is known of it. `current`: it is not over. */
  async forget(day: string): Promise<ForgetOutcome> {
    if (day >= this.#advance()) return { outcome: 'current' };
    await this.settled();
    const wasThere = this.#days.delete(day);
    this.#dirty.delete(day);
    this.#deps.state.destroy(FOLDER, `${day}.key`);
    this.#deps.state.destroy(FOLDER, `${day}.totals`);
    return { outcome: wasThere ? 'forgotten' : 'absent' };
  }

  /** Resolves when everything counted is on disk, or could not be written. */
  async settled(): Promise<void> {
    await this.#write();
  }

  /** Writes what is counted, and counts no more: the directory is another process's from now on. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.settled();
    clearTimeout(this.#timer);
  }

  #firstOpen(): string {
    return legalDateOf(this.#deps.nowMs() - DAY_CLOSES_MS);
  }

  /** Only ever forward: a day that was over once takes nothing more, whatever the clock says. */
  #advance(): string {
    const first = this.#firstOpen();
    if (first > this.#openFrom) this.#openFrom = first;
    return this.#openFrom;
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#writeDirty());
    return this.#writing;
  }

  async #writeDirty(): Promise<void> {
    const { state, randomBytes, onTrouble } = this.#deps;
    for (const day of [...this.#dirty]) {
      this.#dirty.delete(day);
      try {
        if (state.read(`${FOLDER}/${day}.key`) === undefined)
          state.writeOnce(FOLDER, `${day}.key`, randomBytes(DAY_KEY_BYTES));
        const key = state.read(`${FOLDER}/${day}.key`) ?? new Uint8Array();
        const sealed = sealUnder(key, associatedData(day), encode(this.#days.get(day)), randomBytes);
        key.fill(0);
        await state.replace(FOLDER, `${day}.totals`, sealed);
      } catch {
        onTrouble('county-day-not-written', day);
        this.#dirty.add(day);
        this.#timer ??= setTimeout(() => void this.#write(), TRY_AGAIN_MS).unref();
        return;
      }
    }
  }

  #read(day: string): void {
    const { state, onTrouble } = this.#deps;
    const sealed = state.read(`${FOLDER}/${day}.totals`);
    if (sealed === undefined) return;
    const key = state.read(`${FOLDER}/${day}.key`) ?? new Uint8Array();
    const plain = key.length === DAY_KEY_BYTES ? openUnder(key, associatedData(day), sealed) : undefined;
    key.fill(0);
    const totals = plain && decode(plain);
    if (totals === undefined) onTrouble('county-day-unreadable', day);
    else this.#days.set(day, totals);
  }
}

function rowsOf(totals: ReadonlyMap<string, number>): CountyDay['rows'] {
  return [...totals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, counted]) => {
      const [caseNumber = '', act = '', county = ''] = key.split(' ');
      return { caseNumber, act: act as Act, county, counted };
    });
}

function encode(totals: ReadonlyMap<string, number> = new Map()): Uint8Array {
  const rows = rowsOf(totals).map(({ caseNumber, act, county, counted }) => [
    caseNumber,
    act,
    county,
    counted,
  ]);
  const json = Buffer.from(JSON.stringify({ v: 1, rows }));
  return Buffer.concat([json, Buffer.alloc(BLOCK - (json.length % BLOCK), ' ')]);
}

function decode(plain: Uint8Array): Map<string, number> | undefined {
  const parsed = file.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')));
  return parsed.success
    ? new Map(parsed.data.rows.map(([number, act, county, counted]) => [keyOf(number, act, county), counted]))
    : undefined;
}
