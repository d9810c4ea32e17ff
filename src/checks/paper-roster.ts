/** 紙本提案人: sheets are sealed to the registry as they are typed; what becomes public is a batch sheet with counts. */
import { sealPaperRecord } from '@lianshu/seal';
import { canonicalJson, type JsonValue, parseCanonicalJson } from '@lianshu/statement';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { Registry, RegistryFault } from '../registry/index.ts';
import { isNumber } from './check-store.ts';
import {
  deleteSheet,
  insertBatch,
  insertSheet,
  listSheets,
  markBatchEntered,
  type StoredSheet,
  waitingBatches,
} from './paper-store.ts';
import type { TypedSheet } from './sheet-form.ts';
import { publicTownships } from './township-counts.ts';

/** The body of the act `paper-proposers`. */
export interface PaperBatch {
  readonly on: string;
  readonly count: number;
  readonly includesLead: boolean;
  readonly townships?: Readonly<Record<string, number>>;
}

export interface PaperRosterDeps {
  readonly db: Db;
  readonly clock: Clock;
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
  /** Batches that were closed and not entered. */
  waiting(number: string): Promise<readonly PaperBatch[]>;
  /** In the transaction that enters `body` as the act `paper-proposers`: the sheets it counts are part of the roster. */
  entered(tx: Tx, number: string, body: JsonValue): Promise<void>;
}

export function createPaperRoster({ db, clock, registry }: PaperRosterDeps): PaperRoster {
  return {
    isRoll: (number) => isNumber(db, number),

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
        const typed = (await listSheets(tx, number)).filter(({ state }) => state === 'typed');
        if (typed.length === 0) return undefined;
        const townships = publicTownships(typed);
        const nowMs = clock.nowMs();
        const batch: PaperBatch = {
          on: legalDateOf(nowMs),
          count: typed.length,
          includesLead,
          ...(Object.keys(townships).length === 0 ? {} : { townships }),
        };
        await insertBatch(tx, number, canonicalJson(batch as unknown as JsonValue), nowMs);
        return batch;
      }),

    async waiting(number) {
      return (await waitingBatches(db, number)).map((bytes) => {
        const parsed = parseCanonicalJson(bytes);
        if (!parsed.ok) throw new Error('a batch sheet is not canonical JSON');
        return parsed.value as unknown as PaperBatch;
      });
    },

    async entered(tx, number, body) {
      // A count that an officer typed by hand names no sheets of ours; it stands as it is.
      await markBatchEntered(tx, number, canonicalJson(body), clock.nowMs());
    },
  };
}
