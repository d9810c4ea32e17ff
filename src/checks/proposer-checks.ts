/**
 * 查對提案人 (公民投票法 §10 V–VII): what a case's proposers are is sent sealed, and a result comes back signed. A result
 * is used whole or not at all; who is deleted is entered in the same transaction as the result it rests on.
 */
import { canonicalJson, equalBytes, type JsonValue, toHex } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import type { CaseAct, EnterOutcome, Initiatives } from '../initiatives/index.ts';
import type { CaseCourse, LawRefusal, LegalDate } from '../law/index.ts';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { Proposals } from '../proposals/index.ts';
import type { PublicRecord } from '../record/index.ts';
import {
  batchBytes,
  CHECK_REASONS,
  type CheckReason,
  type CheckResultBody,
  type Registry,
  type RegistryFault,
  resultName,
} from '../registry/index.ts';
import { barredRoster, electronicRoll, isNotReady, paperRows } from './assemble-batch.ts';
import { type AbandonedCase, abandonedBefore, checkFacts, isOfProposers } from './check-facts.ts';
import {
  countHeld,
  findLetter,
  insertCheck,
  letterKeyOf,
  listChecks,
  listRoster,
  markAsked,
  markEntered,
  markFinished,
  markSent,
  type StoredCheck,
  setLetterKey,
  voidSignatures,
} from './check-store.ts';
import { createPaperRoster, type PaperRoster } from './paper-roster.ts';
import { markDeleted, standingSheets } from './paper-store.ts';

export interface ChecksDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly record: Pick<PublicRecord, 'acts' | 'appendMany'>;
  readonly initiatives: Pick<Initiatives, 'course' | 'findCase' | 'listCases' | 'enter'>;
  readonly registry: Registry;
}

/** A case's proposers as they stand, and how far their check is. */
export interface CheckView {
  readonly caseNumber: string;
  readonly draft: string | undefined;
  readonly subject: Readonly<{ 'zh-Hant-TW': string; en: string }>;
  readonly course: CaseCourse;
  /** Day of filing: age and residence are judged on it (公民投票法 §8). */
  readonly filedOn: LegalDate;
  readonly required: number;
  readonly electronic: number;
  readonly held: number;
  readonly paper: number;
  /** Orders to check that were entered, and what was done about each. */
  readonly ordered: number;
  readonly checks: readonly StoredCheck[];
  readonly hasLetterKey: boolean;
  /** Abandoned cases whose proposers may still be barred on the day of filing. */
  readonly abandoned: readonly AbandonedCase[];
}

export type CheckRefusal =
  | 'unknown-case'
  | 'not-ordered'
  | 'nobody'
  | 'held'
  | 'pending'
  | 'not-sent'
  | 'already-finished'
  | RegistryFault;

type Done = Readonly<{ ok: true }> | Readonly<{ ok: false; code: CheckRefusal }>;
const refused = (code: CheckRefusal): Done => ({ ok: false, code });

export interface Checks {
  readonly paper: PaperRoster;
  view(caseNumber: string): Promise<CheckView | undefined>;
  /** Prepares the batch of the check that was ordered, once, and sends it; sending again sends the same bytes. */
  send(caseNumber: string, abandoned: readonly string[]): Promise<Done>;
  /** Asks the registry how far it is, and keeps a result that can be used. */
  ask(caseNumber: string): Promise<Done>;
  /** The act that enters the finished result. */
  resultAct(caseNumber: string): Promise<CaseAct | undefined>;
  /** `initiatives` with what follows from a result entered in the same transaction. */
  entering<T extends Pick<Initiatives, 'enter'>>(initiatives: T): T;
  /** `proposals` with the sheets of a batch made part of a draft's roster when their number is entered. */
  recording<T extends Pick<Proposals, 'recordPaper'>>(proposals: T): T;
  /** The letter about deleted proposers: ciphertext for the lead proposer alone. */
  letter(caseNumber: string): Promise<Uint8Array | undefined>;
  giveLetterKey(number: string, recipient: string): Promise<void>;
  letterKey(numbers: readonly string[]): Promise<string | undefined>;
}

/** A result that the registry did not give, or that was entered already. */
const NOT_THE_RESULT: LawRefusal = {
  code: 'out-of-order',
  citation: '公民投票法 §10 V–VI',
  instead: {
    'zh-Hant-TW': '此結果不是戶政機關對已送查對名冊之簽署結果，或已登錄；請由「查對提案人」頁登錄。',
    en: 'This is not the result that the registry signed for what was sent, or it was entered already; enter it from the page of the check.',
  },
};

export function createChecks(deps: ChecksDeps): Checks {
  const { db, clock, random, record, initiatives, registry } = deps;
  const paper = createPaperRoster(deps);

  const currentOf = (checks: readonly StoredCheck[], ordered: number): StoredCheck | undefined =>
    checks.find(({ round }) => round === ordered);

  async function prepare(
    caseNumber: string,
    abandoned: readonly string[],
  ): Promise<StoredCheck | CheckRefusal> {
    const facts = await checkFacts(deps, caseNumber);
    if (facts === undefined) return 'unknown-case';
    if (facts.ordered === 0) return 'not-ordered';
    const { draft, numbers, filedOn, firstAskedOn, supplementedOn, ordered } = facts;
    const permitted = new Set(
      (await abandonedBefore(deps, filedOn, caseNumber)).map(({ caseNumber: of }) => of),
    );
    return inTransaction(db, async (tx): Promise<StoredCheck | CheckRefusal> => {
      const known = currentOf(await listChecks(tx, caseNumber, true), ordered);
      if (known !== undefined) return known;
      const roll = draft === undefined ? undefined : await electronicRoll(tx, draft);
      if (isNotReady(roll)) return roll.held > 0 ? 'held' : 'pending';
      const sheets = await standingSheets(tx, numbers);
      if (roll === undefined && sheets.length === 0) return 'nobody';
      // A sheet of the supplement is judged on the day the supplement was filed.
      const isSupplement = (enteredAtMs: number): boolean =>
        ordered > 1 && firstAskedOn !== undefined && legalDateOf(enteredAtMs) > firstAskedOn;
      const rows = paperRows(sheets, ({ enteredAtMs }) =>
        isSupplement(enteredAtMs) ? supplementedOn : undefined,
      );
      const barred = [];
      for (const of of abandoned.filter((one) => permitted.has(one))) {
        const filed = (await initiatives.findCase(of))?.material.facts.filed;
        const roster = await barredRoster(tx, of, filed?.proposal?.draft);
        if ('held' in roster) return 'held';
        barred.push(roster);
      }
      const letterKey = await letterKeyOf(tx, numbers);
      const batch = {
        id: toHex(random.bytes(16)),
        caseNumber,
        of: 'proposers' as const,
        on: filedOn,
        required: facts.threshold,
        electronic: roll,
        paper: rows,
        barred,
        letterTo: letterKey === undefined ? [] : [letterKey],
      };
      const body = batchBytes(batch);
      await insertCheck(tx, {
        id: batch.id,
        caseNumber,
        round: ordered,
        body,
        digest: toHex(sha256(body)),
        required: batch.required,
        entries: [...(roll?.entries.values() ?? [])],
        paper: rows.map(({ row }) => row),
        atMs: clock.nowMs(),
      });
      return currentOf(await listChecks(tx, caseNumber), ordered) ?? 'unknown-case';
    });
  }

  /** The finished check whose result this is, byte for byte. */
  async function finishedAs(tx: Tx, caseNumber: string, body: JsonValue): Promise<StoredCheck | undefined> {
    const wanted = canonicalJson(body);
    return (await listChecks(tx, caseNumber, true)).find(
      ({ result, enteredAtMs }) =>
        result !== undefined &&
        enteredAtMs === undefined &&
        equalBytes(canonicalJson(result as JsonValue), wanted),
    );
  }

  /** What a result entered under the case's lock brings with it. */
  async function follow(tx: Tx, check: StoredCheck, body: JsonValue): Promise<void> {
    const { caseNumber } = check;
    const nowMs = clock.nowMs();
    const draft = (await initiatives.findCase(caseNumber))?.material.facts.filed.proposal?.draft;
    if (draft !== undefined) {
      const name = resultName(caseNumber, body);
      const entries = check.voids.map(([index, reason]) => ({
        act: 'proposal-signature' as const,
        case: draft,
        ground: CHECK_REASONS[reason as CheckReason].ground,
        index,
        kind: 'void' as const,
        result: name,
        v: 1 as const,
      }));
      await record.appendMany(tx, entries);
      const indexes = entries.map(({ index }) => index);
      if ((await voidSignatures(tx, draft, indexes, nowMs)) !== indexes.length)
        throw new Error('an excluded proposer has no signature');
    }
    await markDeleted(tx, check.deleted, nowMs);
    await markEntered(tx, check.id, nowMs);
  }

  return {
    paper,

    async view(caseNumber) {
      const facts = await checkFacts(deps, caseNumber);
      if (facts === undefined) return undefined;
      const { subject, course, filedOn, draft, numbers, threshold, ordered } = facts;
      const [roster, held, sheets, checks, key, abandoned] = await Promise.all([
        draft === undefined ? [] : listRoster(db, draft),
        draft === undefined ? 0 : countHeld(db, draft),
        standingSheets(db, numbers),
        listChecks(db, caseNumber),
        letterKeyOf(db, numbers),
        abandonedBefore(deps, filedOn, caseNumber),
      ]);
      return {
        caseNumber,
        draft,
        subject,
        course,
        filedOn,
        required: threshold,
        electronic: roster.length,
        held,
        paper: sheets.length,
        ordered,
        checks,
        hasLetterKey: key !== undefined,
        abandoned,
      };
    },

    async send(caseNumber, abandoned) {
      const check = await prepare(caseNumber, abandoned);
      if (typeof check === 'string') return refused(check);
      if (check.body === undefined) return refused('already-finished');
      const sent = await registry.send(check.id, check.body);
      if (!sent.ok) {
        await markAsked(db, check.id, clock.nowMs(), { fault: sent.fault });
        return refused(sent.fault);
      }
      await markSent(db, check.id, clock.nowMs());
      return { ok: true };
    },

    async ask(caseNumber) {
      const check = (await listChecks(db, caseNumber)).findLast(
        ({ finishedAtMs }) => finishedAtMs === undefined,
      );
      if (check?.sentAtMs === undefined) return refused('not-sent');
      const { id, digest, required: needed, entries, paper: rows } = check;
      const sent = {
        id,
        caseNumber,
        of: 'proposers' as const,
        required: needed,
        digest,
        entries,
        paper: rows,
      };
      const answer = await registry.ask(sent);
      const nowMs = clock.nowMs();
      if (!answer.ok) {
        await markAsked(db, id, nowMs, { fault: answer.fault });
        return refused(answer.fault);
      }
      if (answer.state === 'working') {
        await markAsked(db, id, nowMs, { done: Math.min(answer.done, entries.length + rows.length) });
        return { ok: true };
      }
      const { body, voids, paper: deleted, letter } = answer.checked;
      await markFinished(db, id, nowMs, {
        body,
        voids: voids.map(({ index, reason }) => [index, reason]),
        deleted: deleted.map(({ row, reason }) => [row, reason]),
        letter,
      });
      return { ok: true };
    },

    async resultAct(caseNumber) {
      const check = (await listChecks(db, caseNumber)).findLast(
        ({ result, enteredAtMs }) => result !== undefined && enteredAtMs === undefined,
      );
      if (check === undefined) return undefined;
      return { kind: 'check-result', body: check.result as unknown as JsonValue, capacity: 'registry' };
    },

    entering: (inner) => ({
      ...inner,
      enter(caseNumber, act, also, within) {
        const work = async (tx: Tx): Promise<EnterOutcome> => {
          if (!isOfProposers(act, 'check-result')) {
            const entered = await inner.enter(caseNumber, act, also, tx);
            if (entered.ok && act.kind === 'paper-proposers') await paper.entered(tx, caseNumber, act.body);
            return entered;
          }
          const check = await finishedAs(tx, caseNumber, act.body);
          if (check === undefined) return { ok: false, refusal: NOT_THE_RESULT };
          const entered = await inner.enter(caseNumber, act, also, tx);
          if (entered.ok) await follow(tx, check, act.body);
          return entered;
        };
        return within === undefined ? inTransaction(db, work) : work(within);
      },
    }),

    recording: (inner) => ({
      ...inner,
      recordPaper: (draft, counted, also, within) => {
        const work = async (tx: Tx) => {
          const done = await inner.recordPaper(draft, counted, also, tx);
          if (done.ok) await paper.entered(tx, draft, counted as unknown as JsonValue);
          return done;
        };
        return within === undefined ? inTransaction(db, work) : work(within);
      },
    }),

    letter: (caseNumber) => findLetter(db, caseNumber),
    giveLetterKey: (number, recipient) => setLetterKey(db, number, recipient, clock.nowMs()),
    letterKey: (numbers) => letterKeyOf(db, numbers),
  };
}

/** A finished result as pages show it. */
export const resultOf = ({ result }: StoredCheck): CheckResultBody | undefined =>
  result as unknown as CheckResultBody | undefined;
