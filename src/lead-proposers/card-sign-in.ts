/** 以憑證登入: from a signed login statement to a session. Read top to bottom, it is the procedure. */
import { toBase64Url } from '@lianshu/statement';
import type { CatalogueCode } from '../credentials/index.ts';
import type { RelyingParty } from '../passkeys/index.ts';
import { type Db, inTransaction } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import { isLocked } from '../platform/sign-in-rule.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import { type SealerClient, SealerFault, type SignInRequest } from '../sealer/index.ts';
import { accountOfPerson } from './account-store.ts';
import type { CardChallenges } from './card-challenge.ts';
import type { LeadProposersProblem } from './lead-proposers-problems.ts';
import type { LoginChallenges } from './login-challenge.ts';
import { isLedByAnother } from './mandate-store.ts';
import type { NumberLocks } from './number-locks.ts';
import { beginSession } from './sessions.ts';

/** What a typed access code 系統認證碼 is worth. */
export type CodeCheck = 'ok' | 'wrong' | 'locked' | 'none';

/** Judges a code for a case; `person` is the pseudonym of whose card just signed. Counts failures itself. */
export type CheckCode = (caseNumber: string, code: string, person: Uint8Array) => Promise<CodeCheck>;

export interface LeadProposersDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly sealer: Pick<SealerClient, 'signIn'>;
  readonly cards: CardChallenges;
  /** The workspace's origin: passkeys and login statements are bound to it. */
  readonly party: () => RelyingParty;
  /** Absent where no console runs: no access code is taken then. */
  readonly checkCode?: CheckCode;
  /** Whether the code with which a session began at that instant is the case's code still. Asked on each request. */
  readonly codeHolds?: (caseNumber: string, beganAtMs: number) => Promise<boolean>;
}

/** A signed login as it came in. */
export interface CardSignIn {
  /** Of the browser that was given the statement. */
  readonly browser: string;
  /** Where it comes from: failures are counted for a number and an address together. */
  readonly address: string;
  readonly token: string;
  readonly nationalId: string;
  readonly form: SignInRequest['form'];
  readonly signature: Uint8Array;
  readonly certificate?: Uint8Array;
  readonly receivedAtMs: number;
  /** To enter the e-system of a case: its access code, together with the certificate. */
  readonly eSystem?: Readonly<{ caseNumber: string; code: string }> | undefined;
}

export type SignedInByCard =
  | Readonly<{ ok: true; sessionId: string }>
  | Readonly<{ ok: false; code: LeadProposersProblem }>
  /** The validation policy refuses: `check` is its number. */
  | Readonly<{ ok: false; code: CatalogueCode; check: number }>;

const CODE_PROBLEMS = {
  wrong: 'access-code-refused',
  none: 'access-code-refused',
  locked: 'access-code-locked',
} as const satisfies Record<Exclude<CodeCheck, 'ok'>, LeadProposersProblem>;

/** Letters and digits that are not taken for one another, for the short code of an account. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * ① the statement is ours, this browser's, and fresh, and the number is not locked here ② the sealer verifies and confirms ③ the access code, if one was
 * given ④ one transaction: account, statement spent, session. A refusal stores nothing and spends nothing, so that a
 * silent identity service costs nobody a second signature.
 */
export async function signInByCard(
  deps: LeadProposersDeps & Readonly<{ logins: LoginChallenges; numberLocks: NumberLocks }>,
  command: CardSignIn,
  former?: string,
): Promise<SignedInByCard> {
  const { db, clock, random, sealer, logins } = deps;
  const offered = logins.read(command.browser, command.token);
  if (offered === undefined) return { ok: false, code: 'sign-in-expired' };
  const lock = deps.numberLocks(command);
  if (lock.isLocked(clock.nowMs())) return { ok: false, code: 'sign-in-locked' };
  const { signedAt, transaction } = offered;
  const outcome = await sealer
    .signIn({
      statement: { site: new URL(deps.party().origin).host, signedAt, transaction },
      nationalId: command.nationalId,
      form: command.form,
      signature: command.signature,
      ...(command.certificate === undefined ? {} : { certificate: command.certificate }),
      receivedAtMs: command.receivedAtMs,
    })
    .catch((error: unknown) => {
      if (error instanceof SealerFault && error.retryable) return undefined;
      throw error;
    });
  if (outcome === undefined || outcome.outcome === 'undecided')
    return { ok: false, code: 'sign-in-undecided' };
  if (outcome.outcome === 'refused') {
    lock.count(clock.nowMs());
    return { ok: false, code: outcome.code, check: outcome.check };
  }
  lock.forget();
  const { person, nameProof } = outcome;
  const { eSystem } = command;
  if (eSystem !== undefined) {
    // The code alone makes nobody the lead proposer: where the house knows who is, no other card passes with it.
    const today = legalDateOf(clock.nowMs());
    if (await isLedByAnother(db, eSystem.caseNumber, person, today)) return { ok: false, code: 'not-yours' };
    const checked = (await deps.checkCode?.(eSystem.caseNumber, eSystem.code, person)) ?? 'none';
    if (checked !== 'ok') return { ok: false, code: CODE_PROBLEMS[checked] };
  }
  return inTransaction(db, async (tx) => {
    const nowMs = clock.nowMs();
    const fresh = { id: toBase64Url(random.bytes(12)), label: labelFrom(random.bytes(4)), person };
    const account = await accountOfPerson(tx, fresh, nowMs);
    if (isLocked(account, nowMs)) return { ok: false, code: 'account-locked' };
    if (!(await logins.spend(tx, offered))) return { ok: false, code: 'sign-in-expired' };
    const of = { account: account.id, eSystem: eSystem?.caseNumber, nameProof, former };
    return { ok: true, sessionId: await beginSession(deps, tx, of) };
  });
}

const labelFrom = (bytes: Uint8Array): string =>
  `領銜人帳號 ${Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
