/** 領銜人專區: what a lead proposer does with a case, and what a console shows of it. Everything is judged by the law. */
import {
  equalBytes,
  renderJointSignatureStatement,
  StatementFault,
  statementKind,
  toHex,
} from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import {
  type CaseAct,
  type EnterOutcome,
  type FoundCase,
  type Initiatives,
  standingActs,
} from '../initiatives/index.ts';
import type { CaseCourse, LawRefusal } from '../law/index.ts';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import { failureLocks } from '../platform/failure-locks.ts';
import type { Random } from '../platform/random.ts';
import { FAILURES_BEFORE_LOCK, LOCK_MS } from '../platform/sign-in-rule.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import { hashAccessCode, isAccessCode, newAccessCode } from './access-code.ts';
import { affidavitDigest } from './affidavit-text.ts';
import { codeStateOf } from './code-state.ts';
import {
  affidavitPerson,
  countCodeFailure,
  countsByCounty,
  countsByDay,
  findCode,
  forgetCodeFailures,
  insertAffidavit,
  insertCode,
} from './console-store.ts';
import { type ShownCounties, showCounties } from './county-totals.ts';
import type { DayCount } from './forecast.ts';

export interface ConsoleDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly initiatives: Pick<Initiatives, 'enter' | 'judge' | 'findCase' | 'findTextFile'>;
}

/** A case as the console reads it. */
export interface ConsoleCase {
  readonly found: FoundCase;
  readonly course: CaseCourse;
  readonly today: string;
}

/** A code was made: it is told this once. */
export type Collected =
  | Readonly<{ ok: true; code: string | undefined }>
  | Readonly<{ ok: false; refusal: LawRefusal | 'unknown-case' }>;

/** A code as it comes: typed now, or given when the caller's session began (certificate and code together). */
export type GivenCode = Readonly<{ typed: string }> | Readonly<{ session: true }>;

/** What a typed code is worth. */
export type CodeCheck = 'ok' | 'wrong' | 'locked' | 'none';

export type AddressOutcome =
  | Readonly<{ ok: true }>
  | Readonly<{ ok: false; refusal: LawRefusal | 'unknown-case' }>
  | Readonly<{ ok: false; code: Exclude<CodeCheck, 'ok'> }>;

/** An affidavit that the sealer has verified and sealed. */
export interface SignedAffidavit {
  /** The statement's bytes as signed. */
  readonly statement: Uint8Array;
  /** Whose card signed: the sealer's pseudonym. */
  readonly person: Uint8Array;
  /** Signature, certificate and confirmation, as an age file. */
  readonly evidence: Uint8Array;
}

export interface Progress {
  /** Whole days with signatures, in order. */
  readonly days: readonly DayCount[];
  /** Undefined before the first table. */
  readonly counties: ShownCounties | undefined;
  readonly today: string;
}

/** The lead proposer's acts, and the numbers of a console. Callers know who asks: see `permissions.ts`. */
export interface Console {
  find(caseNumber: string): Promise<ConsoleCase | undefined>;
  /** What the law says of an act of the lead proposer today, without entering it. */
  judge(caseNumber: string, act: LeadAct): Promise<LawRefusal | 'unknown-case' | undefined>;
  enter(caseNumber: string, act: LeadAct): Promise<EnterOutcome>;
  /**
   * Keeps the evidence and enters `affidavit`, both or neither. `spend` ends what was offered to be signed, in the same
   * transaction; `spent` where it was handed in before.
   */
  applySigned(
    caseNumber: string,
    affidavit: SignedAffidavit,
    spend: (tx: Tx) => Promise<boolean>,
  ): Promise<EnterOutcome | 'spent'>;
  /** Collects a mode; with electronic signing the access code is made and told once. */
  collect(caseNumber: string, mode: 'paper' | 'code' | 'both'): Promise<Collected>;
  /** A further code, after a loss that the commission recorded, or for a supplement. */
  drawCode(caseNumber: string): Promise<Collected>;
  /**
   * Whether the typed code holds; counts failures and locks. The hook of signing in with certificate and code: `person`
   * is whose card signed then, and must be who signed the affidavit (辦法 §6: the own certificate). Failures of a person
   * whom the house does not know as the lead proposer are that person's alone: they lock nobody else.
   */
  checkCode(caseNumber: string, typed: string, person?: Uint8Array): Promise<CodeCheck>;
  /** Whether the code that held at that instant is the case's code still: neither ended nor followed by another. */
  codeHolds(caseNumber: string, atMs: number): Promise<boolean>;
  /** Certificate (the caller's session) and code: the signing address, entered the first time. */
  obtainAddress(caseNumber: string, code: GivenCode): Promise<AddressOutcome>;
  /** Why an access code cannot be collected yet: the affidavit is missing. */
  affidavitMissing(of: ConsoleCase): LawRefusal | undefined;
  textFile(caseNumber: string, version: number): Promise<Uint8Array | undefined>;
  /** Whether a question can stand in a statement: one line, nothing hidden. */
  isSignable(mainText: string): boolean;
  progress(number: string, k: number): Promise<Progress>;
}

/** An act as this module enters it; the capacity is always the lead proposer's. */
export type LeadAct = Omit<CaseAct, 'capacity'>;

const refusal = (code: LawRefusal['code'], citation: string, zh: string, en: string): LawRefusal => ({
  code,
  citation,
  instead: { 'zh-Hant-TW': zh, en },
});

const NO_AFFIDAVIT = refusal(
  'too-early',
  '電子連署及查對作業辦法 §4',
  '領取系統認證碼前，應先提出使用電子連署系統切結書（以憑證簽署，或書面送交選務機關）。紙本連署人名冊格式無須切結書。',
  'The affidavit comes before an access code: signed with the certificate here, or handed in at the commission. The roster format for paper needs none.',
);

const affidavitMissing = (of: ConsoleCase): LawRefusal | undefined =>
  hasAffidavit(of) ? undefined : NO_AFFIDAVIT;

/** Everything of a statement but its question, as long as they come. */
const SPECIMEN = {
  caseNumber: '999999',
  textDigest: '0'.repeat(64),
  signerCommitment: 'A'.repeat(43),
  signedAt: '2026-01-01T00:00:00+08:00',
  transaction: 'A'.repeat(22),
} as const;

/** Thrown so that nothing of the transaction stays. */
class OfferSpent extends Error {}

export function createConsole({ db, clock, random, initiatives }: ConsoleDeps): Console {
  const today = (): string => legalDateOf(clock.nowMs());
  const strangers = failureLocks();
  const asLead = (act: LeadAct): CaseAct => ({ ...act, capacity: 'lead-proposer' });

  async function find(caseNumber: string): Promise<ConsoleCase | undefined> {
    const found = await initiatives.findCase(caseNumber);
    return found && { found, course: found.material.course, today: today() };
  }

  /** Enters the act and keeps the hash of a new code, both or neither. */
  async function enterWithCode(caseNumber: string, act: LeadAct, serial: number): Promise<Collected> {
    const code = newAccessCode(random);
    // Before the transaction: the hash is slow on purpose.
    const hashed = await hashAccessCode(code, random);
    return inTransaction(db, async (tx) => {
      const entered = await initiatives.enter(caseNumber, asLead(act), [], tx);
      if (!entered.ok) return { ok: false, refusal: entered.refusal };
      await insertCode(tx, { ...hashed, caseNumber, serial, atMs: clock.nowMs() });
      return { ok: true, code };
    });
  }

  /** The case's newest code, while it holds. */
  async function standingCode(caseNumber: string) {
    const found = await find(caseNumber);
    if (found === undefined) return undefined;
    const { issued, holds } = codeStateOf(standingActs(found.found.acts));
    const kept = holds ? await findCode(db, caseNumber, issued) : undefined;
    return kept && { ...kept, serial: issued };
  }

  const checkCode: Console['checkCode'] = async (caseNumber, typed, person) => {
    const kept = await standingCode(caseNumber);
    if (kept === undefined) return 'none';
    const { serial } = kept;
    const nowMs = clock.nowMs();
    const signer = person === undefined ? undefined : await affidavitPerson(db, caseNumber);
    const isOwnCard = person === undefined || signer === undefined || equalBytes(person, signer);
    const isLead = person === undefined || (signer !== undefined && isOwnCard);
    const own = isLead ? undefined : `${caseNumber} ${serial} ${toHex(person)}`;
    const lockedUntilMs = own === undefined ? kept.lockedUntilMs : strangers.lockedUntilMs(own, nowMs);
    if (lockedUntilMs !== undefined && nowMs < lockedUntilMs) return 'locked';
    if ((await isAccessCode(typed, kept)) && isOwnCard) {
      if (own === undefined) await forgetCodeFailures(db, caseNumber, serial);
      else strangers.forget(own);
      return 'ok';
    }
    const lock = { allowed: FAILURES_BEFORE_LOCK, lockedUntilMs: nowMs + LOCK_MS };
    if (own === undefined) await countCodeFailure(db, { caseNumber, serial, ...lock });
    else strangers.count(own, nowMs, lock);
    return 'wrong';
  };

  return {
    find,
    judge: (caseNumber, act) => initiatives.judge(caseNumber, asLead(act)),
    enter: (caseNumber, act) => initiatives.enter(caseNumber, asLead(act)),

    async applySigned(caseNumber, { statement, person, evidence }, spend) {
      if (statementKind(statement) !== 'affidavit') throw new TypeError('not an affidavit');
      const statementSha256 = sha256(statement);
      const body = {
        step: 'signed',
        on: today(),
        textDigest: affidavitDigest(caseNumber),
        statementDigest: toHex(statementSha256),
      };
      return inTransaction(db, async (tx) => {
        const entered = await initiatives.enter(caseNumber, asLead({ kind: 'affidavit', body }), [], tx);
        if (!entered.ok) return entered;
        if (!(await spend(tx))) throw new OfferSpent();
        const kept = { caseNumber, statement, statementSha256, person, evidence, entryId: entered.id };
        await insertAffidavit(tx, { ...kept, atMs: clock.nowMs() });
        return entered;
      }).catch((error: unknown) => {
        if (error instanceof OfferSpent) return 'spent' as const;
        throw error;
      });
    },

    async collect(caseNumber, mode) {
      const act: LeadAct = { kind: 'collection', body: { on: today(), mode } };
      const found = await find(caseNumber);
      if (found === undefined) return { ok: false, refusal: 'unknown-case' };
      if (mode === 'paper') {
        const entered = await initiatives.enter(caseNumber, asLead(act));
        return entered.ok ? { ok: true, code: undefined } : { ok: false, refusal: entered.refusal };
      }
      const refused = await initiatives.judge(caseNumber, asLead(act));
      if (refused !== undefined) return { ok: false, refusal: refused };
      const missing = affidavitMissing(found);
      if (missing !== undefined) return { ok: false, refusal: missing };
      return enterWithCode(caseNumber, act, 1);
    },

    async drawCode(caseNumber) {
      const found = await find(caseNumber);
      if (found === undefined) return { ok: false, refusal: 'unknown-case' };
      const act: LeadAct = { kind: 'access-code', body: { step: 'issued', on: today() } };
      const refused = await initiatives.judge(caseNumber, asLead(act));
      if (refused !== undefined) return { ok: false, refusal: refused };
      return enterWithCode(caseNumber, act, codeStateOf(standingActs(found.found.acts)).issued + 1);
    },

    checkCode,
    async codeHolds(caseNumber, atMs) {
      const kept = await standingCode(caseNumber);
      return kept !== undefined && kept.issuedAtMs <= atMs;
    },
    affidavitMissing,
    textFile: (caseNumber, version) => initiatives.findTextFile(caseNumber, version),

    isSignable(mainText) {
      try {
        renderJointSignatureStatement({ ...SPECIMEN, mainText });
        return true;
      } catch (error) {
        if (error instanceof StatementFault) return false;
        throw error;
      }
    },

    async obtainAddress(caseNumber, given) {
      const act: LeadAct = { kind: 'signing-address', body: { on: today() } };
      const found = await find(caseNumber);
      if (found === undefined) return { ok: false, refusal: 'unknown-case' };
      // What the law refuses anyhow is told before a code is tried.
      const isKnown = found.course.stage === 'signing' && found.course.signing?.hasUrl === true;
      const refused = isKnown ? undefined : await initiatives.judge(caseNumber, asLead(act));
      if (refused !== undefined) return { ok: false, refusal: refused };
      const checked = 'session' in given ? 'ok' : await checkCode(caseNumber, given.typed);
      if (checked !== 'ok') return { ok: false, code: checked };
      if (isKnown) return { ok: true };
      const entered = await initiatives.enter(caseNumber, asLead(act));
      return entered.ok ? { ok: true } : { ok: false, refusal: entered.refusal };
    },

    async progress(number, k) {
      const before = today();
      const [days, counties] = await Promise.all([
        countsByDay(db, number, before),
        countsByCounty(db, number, before),
      ]);
      return { days, counties: showCounties(counties, k), today: before };
    },
  };
}

/** Whether the affidavit is filed, signed or handed in. */
export const hasAffidavit = ({ course }: Pick<ConsoleCase, 'course'>): boolean =>
  (course.times['applied-for-system'] ?? 0) > 0;
