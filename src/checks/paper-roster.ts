/** 紙本提案人: sheets are sealed to the registry as they are typed; what becomes public is a batch sheet with counts. */
import { sealPaperRecord } from '@lianshu/seal';
import { canonicalJson, equalBytes, type JsonValue, parseCanonicalJson } from '@lianshu/statement';
import { known, rulePack, toldCounts } from '../law/index.ts';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { PublicRecord } from '../record/index.ts';
import type { Registry, RegistryFault } from '../registry/index.ts';
import { isNumber } from './check-store.ts';
import {
  deleteSheet,
  insertBatch,
  insertSheet,
  listSheets,
  lockBatch,
  lockTyped,
  markBatchEntered,
  type StoredSheet,
  sheetsNamedBy,
  waitingBatches,
} from './paper-store.ts';
import type { TypedSheet } from './sheet-form.ts';
import { type BoundSheet, sheetsDigest } from './sheets-digest.ts';

/** The body of the act `paper-proposers`. */
export interface PaperBatch {
  readonly on: string;
  readonly count: number;
  readonly includesLead: boolean;
  readonly townships?: Readonly<Record<string, number>>;
  /** Hex SHA-256 of exactly which sheets: {@link sheetsDigest}. Absent where an officer only counted, by hand. */
  readonly sheets?: string;
}

export interface PaperRosterDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly record: Pick<PublicRecord, 'acts'>;
  readonly registry: Pick<Registry, 'recipientFor'>;
}

export interface PaperRoster {
  /** Whether there is a draft or case of this number. */
  isRoll(number: string): Promise<boolean>;
  /**
   * Seals one sheet to the registry and stores it. What was typed is in this process's memory for that long, and
   * nowhere else. `taken`: the township has a sheet of this number.
   */
  register(
    number: string,
    sheet: TypedSheet,
  ): Promise<Readonly<{ ok: true }> | Readonly<{ ok: false; code: 'taken' | 'unknown' | RegistryFault }>>;
  /** Takes back a sheet that no batch sheet names. */
  takeBack(number: string, row: number): Promise<boolean>;
  list(number: string): Promise<readonly StoredSheet[]>;
  /** Closes a batch over all sheets that none names yet; undefined when there are none. */
  closeBatch(number: string, includesLead: boolean): Promise<PaperBatch | undefined>;
  /** The fewest sheets of a township that are told, by the pack of the draft or case. */
  leastTold(number: string): Promise<number>;
  /** Batches that were closed and not entered. */
  waiting(number: string): Promise<readonly PaperBatch[]>;
  /** The sheets that a batch sheet names, as both officers are shown them; undefined for one that names none. */
  named(number: string, body: JsonValue): Promise<readonly BoundSheet[] | undefined>;
  /**
   * The batch that `body` was signed for, locked; undefined for a count by hand, which names no sheets. `changed`: the
   * sheets are not those that two officers signed, or were entered already.
   */
  signed(tx: Tx, number: string, body: JsonValue): Promise<bigint | undefined | 'changed'>;
  /** In the same transaction, once its number is entered: the sheets are part of the roster. */
  entered(tx: Tx, batch: bigint | undefined): Promise<void>;
}

export function createPaperRoster({ db, clock, record, registry }: PaperRosterDeps): PaperRoster {
  /** The fewest that may be told of a township, by the pack of the draft or case. */
  async function leastTold(number: string, reader: Db | Tx = db): Promise<number> {
    for (const { body } of await record.acts(reader, number)) {
      const { rulePack: pack } = body as Readonly<{ rulePack?: string }>;
      if (pack !== undefined) return known(rulePack(pack), 'suppressionK');
    }
    throw new Error(`${number} was opened under no pack`);
  }

  /** The one body there is for these sheets. */
  async function batchOf(
    tx: Tx,
    number: string,
    sheets: readonly BoundSheet[],
    { on, includesLead }: Pick<PaperBatch, 'on' | 'includesLead'>,
  ): Promise<PaperBatch> {
    const counts = new Map<string, number>();
    for (const { township } of sheets) counts.set(township, (counts.get(township) ?? 0) + 1);
    const told = toldCounts(counts, await leastTold(number, tx));
    return {
      on,
      count: sheets.length,
      includesLead,
      ...(Object.keys(told).length === 0 ? {} : { townships: told as Record<string, number> }),
      sheets: sheetsDigest(number, sheets),
    };
  }

  const bytesOf = (body: PaperBatch): Uint8Array => canonicalJson(body as unknown as JsonValue);
  const digestIn = (body: JsonValue): unknown => (body as Readonly<{ sheets?: unknown }>).sheets;

  return {
    isRoll: (number) => isNumber(db, number),
    leastTold: (number) => leastTold(number),

    async register(number, sheet) {
      if (!(await isNumber(db, number))) return { ok: false, code: 'unknown' };
      const recipient = await registry.recipientFor(number);
      if (!recipient.ok) return { ok: false, code: recipient.fault };
      const { township, sheet: place } = sheet;
      const sealed = await sealPaperRecord({ ...sheet, caseNumber: number }, [recipient.recipient]);
      const stored = { number, township, sheet: place, sealed, atMs: clock.nowMs() };
      return (await insertSheet(db, stored)) ? { ok: true } : { ok: false, code: 'taken' };
    },

    takeBack: (number, row) => deleteSheet(db, number, row),

    list: (number) => listSheets(db, number),

    closeBatch: (number, includesLead) =>
      inTransaction(db, async (tx) => {
        const typed = await lockTyped(tx, number);
        if (typed.length === 0) return undefined;
        const atMs = clock.nowMs();
        const batch = await batchOf(tx, number, typed, { on: legalDateOf(atMs), includesLead });
        await insertBatch(tx, number, { body: bytesOf(batch), rows: typed.map(({ row }) => row), atMs });
        return batch;
      }),

    async waiting(number) {
      return (await waitingBatches(db, number)).map((bytes) => {
        const parsed = parseCanonicalJson(bytes);
        if (!parsed.ok) throw new Error('a batch sheet is not canonical JSON');
        return parsed.value as unknown as PaperBatch;
      });
    },

    named: async (number, body) =>
      digestIn(body) === undefined ? undefined : sheetsNamedBy(db, number, canonicalJson(body)),

    async signed(tx, number, body) {
      if (digestIn(body) === undefined) return undefined;
      const bytes = canonicalJson(body);
      const batch = await lockBatch(tx, number, bytes);
      if (batch === undefined) return 'changed';
      const now = await batchOf(tx, number, batch.sheets, body as unknown as PaperBatch);
      return equalBytes(bytesOf(now), bytes) ? batch.id : 'changed';
    },

    async entered(tx, batch) {
      if (batch !== undefined) await markBatchEntered(tx, batch, clock.nowMs());
    },
  };
}
