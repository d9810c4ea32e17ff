import { CasePeriods } from './case-periods.ts';
import { CommitmentTable, fingerprintOf } from './commitment-table.ts';
import { DraftProposers } from './draft-proposers.ts';
import { EntryColumns } from './entry-columns.ts';
import type { ActEntry, CompactEntry, Entry } from './read-entry.ts';
import type { Anomaly, AnomalyCode } from './record-anomaly.ts';
import { EFFECT, type Tally, tallyOf } from './tally.ts';
import type { Act } from './verdict.ts';

/** An act as the fold remembers it; `body` only of the kinds something follows from. */
export type FoldedAct = Readonly<Omit<ActEntry, 'body'> & { index: number; body?: ActEntry['body'] }>;

const KEPT_BODIES: ReadonlySet<string> = new Set([
  'initiative-filed',
  'opened',
  'proposal-opened',
  'proposal-reopened',
  'closed',
  'day',
  'decision',
  'check-result',
  'paper-batch',
  'key-event',
  'policy',
  'destruction',
  'approval',
  'supplement',
  // Acts that two officers sign: their digest is over the body.
  'hearing',
  'check-request',
  'opinion',
  'notice-to-collect',
  'raw-count',
  'stop',
  'suspension',
  'vote',
  'correction',
  'collection',
  'withdrawal',
  'affidavit',
  'access-code',
  'purpose-notice',
  'retraction',
  'announcement',
  'switch',
  'closure',
  'paper-proposers',
  'delivered',
  'election-day',
]);

/** One exclusion: which entry, on which statutory ground, and which result of the registry it names. */
export type VoidFact = Readonly<{ index: number; ground: string; result?: string }>;

/** What an entry became in the fold; columns of one byte. */
const STATE = { none: 0, counts: 1, waiting: 2, settled: 3, voided: 4 } as const;

/** Name of one case and act in maps and reports. */
const groupOf = (caseNumber: string, act: Act): string => `${caseNumber}/${act}`;

const DAY_MS = 86_400_000;

/** Anomalies told one by one; a log with more is beyond telling. Sizes whose numbers are remembered. */
const MOST_ANOMALIES = 1_000;
const MOST_TALLIES = 64;

/** Whether a time `…+08:00` exists: `Date.parse` alone takes 30 February, and 24:00 for the next day. */
function existsInTaipei(at: string): boolean {
  const epochMs = Date.parse(at);
  if (Number.isNaN(epochMs)) return false;
  return new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 19) === at.slice(0, 19);
}

/** Midnight in Taipei after a legal day, epoch milliseconds; the zone knows no daylight saving. */
export const endOfDayMs = (date: string): number => Date.parse(`${date}T00:00:00+08:00`) + DAY_MS;

/**
 * Reads the record entry by entry and keeps what every number follows from, by the rule of trust.md §1:
 * counted = signatures + settled as counted − void. Shares nothing with the server's fold. About 50 bytes an entry,
 * so that ten million fit. Entries must be given in order from 0.
 */
export class RecordFold {
  readonly anomalies: Anomaly[] = [];
  readonly acts: FoldedAct[] = [];
  /** How many entries of each kind. */
  readonly kinds = new Map<string, number>();
  readonly #columns = new EntryColumns();
  readonly #commitments = new CommitmentTable();
  readonly #groups = new Map<string, number>();
  readonly #periods = new CasePeriods();
  readonly #proposers = new DraftProposers();
  readonly #grounds = new Map<string, Map<string, number>>();
  readonly #voids = new Map<string, VoidFact[]>();
  #lastDay: string | undefined;
  /** Numbers worked out since the last entry. */
  readonly #tallies = new Map<number, ReadonlyMap<string, Tally>>();

  /** Entries read. */
  get size(): number {
    return this.#columns.size;
  }

  /** `<case>/<act>` of everything that was counted, in order of appearance. */
  get groups(): readonly string[] {
    return [...this.#groups.keys()];
  }

  /** Numbers per case and act when the log had `size` entries. */
  talliesAt(size = this.size): ReadonlyMap<string, Tally> {
    const known = this.#tallies.get(size);
    if (known !== undefined) return known;
    const names = this.groups;
    const tallies = new Map(
      this.#columns.tallies(names.length, size).map((row, i) => [names[i] ?? '', tallyOf(row)]),
    );
    if (this.#tallies.size >= MOST_TALLIES) this.#tallies.clear();
    this.#tallies.set(size, tallies);
    return tallies;
  }

  /** Void entries of one case and act by statutory ground. */
  groundsOf(group: string): ReadonlyMap<string, number> {
    return this.#grounds.get(group) ?? new Map();
  }

  /** The same one by one, oldest first. */
  voidsOf(group: string): readonly VoidFact[] {
    return this.#voids.get(group) ?? [];
  }

  /** What is counted of one group per step of the `day` marks: changes between them, the last one still open. */
  dailyOf(group: string): readonly Readonly<{ date?: string; counted: number }>[] {
    const marks = this.acts.filter(({ kind }) => kind === 'day');
    const ends = [...marks.map(({ index }) => index), this.size];
    const id = this.#groups.get(group);
    const sums = id === undefined ? ends.map(() => 0) : this.#columns.netChanges(id, ends);
    return sums.map((counted, i) => {
      const date = marks[i]?.body?.['date'];
      return typeof date === 'string' ? { date, counted } : { counted };
    });
  }

  /** Index of the entry with this commitment, in the log as read. */
  find(commitment: string): number | undefined {
    return this.#commitments.find(fingerprintOf(commitment));
  }

  /** The group of a signature, held or settling entry. */
  groupAt(index: number): string | undefined {
    return this.groups[this.#columns.group(index)];
  }

  /** Indexes of held entries without an outcome, oldest first. */
  waiting(): readonly number[] {
    return this.#columns.withState(STATE.waiting);
  }

  /** Takes the place of an entry that is none: it counts for nothing, and the others keep their index. */
  skip(): void {
    this.#tallies.clear();
    this.#columns.push(0, EFFECT.none, STATE.none);
  }

  take(read: Entry): void {
    if (this.#tallies.size > 0) this.#tallies.clear();
    const index = this.size;
    const { kind } = read.entry;
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
    if (read.type === 'act') this.#takeAct(index, read.entry);
    else this.#takeCompact(index, read.entry);
  }

  #found(code: AnomalyCode, entry: number, caseNumber?: string, about?: number): void {
    if (this.anomalies.length >= MOST_ANOMALIES) return;
    this.anomalies.push({
      code,
      entry,
      ...(caseNumber === undefined ? {} : { caseNumber }),
      ...(about === undefined ? {} : { about }),
    });
  }

  #groupId(group: string): number {
    const known = this.#groups.get(group);
    if (known !== undefined) return known;
    const id = this.#groups.size;
    this.#groups.set(group, id);
    return id;
  }

  #takeCompact(index: number, entry: CompactEntry): void {
    switch (entry.kind) {
      case 'joint-signature':
      case 'proposal-signature':
      case 'held':
        this.#takeSignature(index, entry);
        break;
      case 'settled':
        this.#takeSettled(index, entry);
        break;
      case 'void':
        this.#takeVoid(index, entry);
        break;
    }
  }

  #takeSignature(index: number, entry: Extract<CompactEntry, { commitment: string }>): void {
    const isHeld = entry.kind === 'held';
    const act = isHeld ? entry.act : entry.kind;
    const group = this.#groupId(groupOf(entry.case, act));
    const first = this.#commitments.add(fingerprintOf(entry.commitment), index);
    if (first !== undefined) {
      this.#found('commitment-twice', index, entry.case, first);
      this.#columns.push(group, EFFECT.none, STATE.none);
      return;
    }
    // Late ones count and are told.
    const isOpen = this.#periods.isOpen(entry.case);
    if (isOpen !== true) {
      this.#found(isOpen === false ? 'signature-after-closed' : 'signature-before-opened', index, entry.case);
    }
    if (isHeld) this.#columns.push(group, EFFECT.held, STATE.waiting);
    else this.#columns.push(group, EFFECT.signed, STATE.counts);
    if (act === 'proposal-signature' && !isHeld) this.#proposers.move(entry.case, 1);
  }

  #takeSettled(index: number, entry: Extract<CompactEntry, { kind: 'settled' }>): void {
    const group = this.#groupId(groupOf(entry.case, entry.act));
    const target = entry.index < index ? this.#columns.state(entry.index) : STATE.none;
    const fault =
      target === STATE.settled
        ? 'settled-twice'
        : target !== STATE.waiting
          ? 'settled-not-held'
          : this.#columns.group(entry.index) !== group
            ? 'settled-other-case'
            : undefined;
    if (fault !== undefined) {
      this.#found(fault, index, entry.case, entry.index);
      this.#columns.push(group, EFFECT.none, STATE.none);
      return;
    }
    this.#columns.setState(entry.index, STATE.settled);
    if (entry.outcome === 'counted' && entry.act === 'proposal-signature')
      this.#proposers.move(entry.case, 1);
    if (entry.outcome === 'counted') this.#columns.push(group, EFFECT.settledCounted, STATE.counts);
    else this.#columns.push(group, EFFECT.settledRefused, STATE.none);
  }

  #takeVoid(index: number, entry: Extract<CompactEntry, { kind: 'void' }>): void {
    const name = groupOf(entry.case, entry.act);
    const group = this.#groupId(name);
    const target = entry.index < index ? this.#columns.state(entry.index) : STATE.none;
    const fault =
      target === STATE.voided
        ? 'void-twice'
        : target !== STATE.counts
          ? 'void-not-counted'
          : this.#columns.group(entry.index) !== group
            ? 'void-other-case'
            : undefined;
    if (fault !== undefined) {
      this.#found(fault, index, entry.case, entry.index);
      this.#columns.push(group, EFFECT.none, STATE.none);
      return;
    }
    this.#columns.setState(entry.index, STATE.voided);
    if (entry.act === 'proposal-signature') this.#proposers.move(entry.case, -1);
    this.#columns.push(group, EFFECT.voided, STATE.none);
    const grounds = this.#grounds.get(name) ?? new Map<string, number>();
    grounds.set(entry.ground, (grounds.get(entry.ground) ?? 0) + 1);
    this.#grounds.set(name, grounds);
    const { index: about, ground, result } = entry;
    const voids = this.#voids.get(name) ?? [];
    voids.push({ index: about, ground, ...(result === undefined ? {} : { result }) });
    this.#voids.set(name, voids);
  }

  #takeAct(index: number, act: ActEntry): void {
    this.#columns.push(0, EFFECT.none, STATE.none);
    const { kind, at, basis, body, capacity, replaces, why } = act;
    const caseNumber = act.case;
    if (!existsInTaipei(at)) this.#found('act-time', index, caseNumber);
    if (replaces !== undefined && replaces >= index)
      this.#found('replaces-nothing', index, caseNumber, replaces);
    this.acts.push({
      index,
      kind,
      at,
      basis,
      capacity,
      ...(caseNumber === undefined ? {} : { case: caseNumber }),
      ...(replaces === undefined ? {} : { replaces }),
      ...(why === undefined ? {} : { why }),
      ...(KEPT_BODIES.has(kind) ? { body } : {}),
    });
    const fault = this.#periods.take({ ...act, index });
    if (fault !== undefined) this.#found(fault, index, caseNumber);
    if (!this.#proposers.take({ ...act, index })) this.#found('proposers-differ', index, caseNumber);
    if (kind === 'day') this.#takeDay(index, at, String(body['date']));
  }

  /** Each mark follows the one before by one day, and is entered after that day has ended. */
  #takeDay(index: number, at: string, date: string): void {
    const expected =
      this.#lastDay === undefined
        ? date
        : new Date(Date.parse(`${this.#lastDay}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
    if (date !== expected) this.#found('day-order', index);
    if (Date.parse(at) < endOfDayMs(date)) this.#found('day-early', index);
    this.#lastDay = date;
  }
}
