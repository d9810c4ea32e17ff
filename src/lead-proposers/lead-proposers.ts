/** 領銜人: who works on drafts and cases, how they come in, and what they may do. */
import { toBase64Url, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import {
  challengeIn,
  challenges,
  parseAuthentication,
  type RelyingParty,
  spendChallenge,
  verifyAssertion,
  verifyRegistration,
} from '../passkeys/index.ts';
import { inTransaction, type Tx } from '../platform/db/index.ts';
import { legalDateOf } from '../platform/time.ts';
import type { Account, KeptMandate, Mandate, Member, ScopedMandate } from './account.ts';
import {
  findAccount,
  findPasskey,
  insertAccount,
  insertInvite,
  insertPasskey,
  invitedAccount,
  lockAccount,
  type StoredAccount,
  setCounter,
  setFailures,
  spendInvite,
  voidInvites,
} from './account-store.ts';
import {
  type CardSignIn,
  type LeadProposersDeps,
  type SignedInByCard,
  signInByCard,
} from './card-sign-in.ts';
import type { LeadProposersProblem } from './lead-proposers-problems.ts';
import { type LoginChallenges, loginChallenges } from './login-challenge.ts';
import { endMandate, endMandates, mandatesFor, mandatesOn, membersOn, putMandate } from './mandate-store.ts';
import { endSession, findSession, markSeen, type StoredSession, sessionsOf } from './session-store.ts';
import { beginSession, IDLE_MS, isLocked, LONGEST_SESSION_MS, nameOf } from './sessions.ts';

const LOCK_MS = 15 * 60_000;
const FAILURES_BEFORE_LOCK = 5;
/** How long an invitation can be used. */
const INVITE_DAYS = 7;

export type Refusal<Code extends string = LeadProposersProblem> = Readonly<{ ok: false; code: Code }>;
const refused = <Code extends string>(code: Code): Refusal<Code> => ({ ok: false, code });

/** Whom a lead proposer invites, and for what. The caller has judged that `by` leads the scope. */
export interface Invitation {
  /** Id of a private draft, draft number or case number. */
  readonly scope: string;
  readonly mandate: 'co-drafter' | 'assistant';
  /** How the person is called here: a nickname, never checked against anybody. */
  readonly label: string;
  readonly by: Account;
  /** Last day, Asia/Taipei; undefined until ended. */
  readonly untilOn?: string | undefined;
}

export interface LeadProposers {
  readonly party: () => RelyingParty;
  readonly logins: LoginChallenges;
  /** Begins a session for whose card signed, and ends the one the browser came with. */
  signInByCard(command: CardSignIn, former?: string): Promise<SignedInByCard>;
  passkeyChallenge(): string;
  signInByPasskey(
    answer: string,
    former?: string,
  ): Promise<Readonly<{ ok: true; sessionId: string }> | Refusal>;
  /** Whom a link invites, and what their browser is asked to sign. */
  invitation(token: string): Promise<
    | Readonly<{
        account: Pick<StoredAccount, 'id' | 'label'>;
        mandates: readonly ScopedMandate[];
        challenge: string;
      }>
    | undefined
  >;
  /** Registers the invited person's passkey; the link is spent. */
  enrol(token: string, answer: string): Promise<Readonly<{ ok: true }> | Refusal>;
  /** Who a session id belongs to now; undefined when it ended, idled too long, or never was. */
  whoIs(sessionId: string): Promise<Account | undefined>;
  sessionsOf(account: Account): Promise<readonly StoredSession[]>;
  /** Ends one of the account's own sessions. */
  signOut(account: Account, sessionName: string): Promise<void>;

  /** What an account may do today. */
  mandatesOf(account: Account): Promise<readonly ScopedMandate[]>;
  /** What an account may do today for one draft or case; the strongest, where a session's code adds one. */
  mandateFor(account: Account, scope: string): Promise<Mandate | undefined>;
  /** Makes a card account lead a draft or case. False when another account leads it, or a passkey asks. */
  grantLead(account: Account, scope: string, within?: Tx): Promise<boolean>;
  /** Gives everybody who works on `from` the same mandate for `to`: a draft got its number, or became a case. */
  carryOver(from: string, to: string, within?: Tx): Promise<void>;
  /** A one-time link with which somebody registers a passkey under a label. Told once, kept as a digest. */
  inviteMember(invitation: Invitation): Promise<Readonly<{ url: string; account: string }>>;
  membersOf(scope: string): Promise<readonly Member[]>;
  /**
   * Ends what a member of the scope may do, there and wherever the mandate was carried: private draft, public draft and
   * case are one work, and an invitation makes an account for that work alone. Voids what was sent to them. False when
   * they have no mandate for the scope; never the lead proposer's.
   */
  endMember(scope: string, account: string): Promise<boolean>;
}

class PasskeyTaken extends Error {}

export function createLeadProposers(deps: LeadProposersDeps): LeadProposers {
  const { db, clock, random, party } = deps;
  const asked = challenges(clock, random);
  const logins = loginChallenges(clock, random, () => new URL(party().origin).host);
  const today = (): string => legalDateOf(clock.nowMs());
  const within = <T>(tx: Tx | undefined, work: (tx: Tx) => Promise<T>): Promise<T> =>
    tx === undefined ? inTransaction(db, work) : work(tx);

  async function mandatesOf(account: Account): Promise<readonly ScopedMandate[]> {
    const kept = await mandatesOn(db, account.id, today());
    const { eSystem } = account;
    if (eSystem === undefined || kept.some(({ scope, mandate }) => scope === eSystem && mandate === 'lead'))
      return kept;
    return [
      ...kept.filter(({ scope }) => scope !== eSystem),
      { scope: eSystem, mandate: 'e-system', untilOn: undefined },
    ];
  }

  return {
    party,
    logins,
    signInByCard: (command, former) => signInByCard({ ...deps, logins }, command, former),
    passkeyChallenge: () => asked.make('workspace sign-in'),

    async signInByPasskey(text, former) {
      const answer = parseAuthentication(text);
      const challenge = answer && challengeIn(answer.response.clientDataJSON);
      if (answer === undefined || challenge === undefined) return refused('workspace-passkey-refused');
      const expiresAtMs = asked.check('workspace sign-in', challenge);
      if (expiresAtMs === undefined) return refused('sign-in-expired');
      const passkey = await findPasskey(db, answer.id);
      if (passkey === undefined) return refused('workspace-passkey-refused');
      const counter = await verifyAssertion(answer, passkey, party(), challenge);
      return inTransaction(db, async (tx) => {
        const nowMs = clock.nowMs();
        const account = await lockAccount(tx, passkey.account);
        if (account === undefined) return refused('workspace-passkey-refused');
        if (isLocked(account, nowMs)) return refused('account-locked');
        if (!(await spendChallenge(tx, sha256(utf8(challenge)), expiresAtMs, nowMs)))
          return refused('sign-in-expired');
        if (counter === undefined) {
          const failures = account.failures + 1;
          if (failures < FAILURES_BEFORE_LOCK) await setFailures(tx, account.id, failures);
          else await setFailures(tx, account.id, 0, nowMs + LOCK_MS);
          return refused('workspace-passkey-refused');
        }
        await setCounter(tx, passkey.credentialId, counter);
        await setFailures(tx, account.id, 0);
        if ((await mandatesOn(tx, account.id, today())).length === 0) return refused('mandate-over');
        return {
          ok: true as const,
          sessionId: await beginSession(deps, tx, { account: account.id, former }),
        };
      });
    },

    async invitation(token) {
      const account = await invitedAccount(db, sha256(utf8(token)), clock.nowMs());
      if (account === undefined) return undefined;
      const mandates = await mandatesOn(db, account.id, today());
      return { account, mandates, challenge: asked.make(`workspace register ${nameOf(token)}`) };
    },

    async enrol(token, answer) {
      const purpose = `workspace register ${nameOf(token)}`;
      const made = await verifyRegistration(
        answer,
        party(),
        (challenge) => asked.check(purpose, challenge) !== undefined,
      );
      if (made === undefined) return refused('registration-refused');
      return inTransaction(db, async (tx) => {
        const nowMs = clock.nowMs();
        const tokenSha256 = sha256(utf8(token));
        const invited = await invitedAccount(tx, tokenSha256, nowMs);
        if (invited === undefined || !(await spendInvite(tx, tokenSha256, nowMs)))
          return refused('invitation-unknown');
        if (!(await insertPasskey(tx, invited.id, made, nowMs))) throw new PasskeyTaken();
        return { ok: true as const };
      }).catch((error: unknown) => {
        // Thrown so that the link stays unspent.
        if (error instanceof PasskeyTaken) return refused('registration-refused');
        throw error;
      });
    },

    async whoIs(sessionId) {
      const nowMs = clock.nowMs();
      const name = nameOf(sessionId);
      const session = await findSession(db, name);
      if (session === undefined) return undefined;
      const isOver = nowMs - session.seenAtMs > IDLE_MS || nowMs - session.beganAtMs > LONGEST_SESSION_MS;
      const account = isOver ? undefined : await findAccount(db, session.account);
      if (account === undefined) {
        await endSession(db, session.account, name, nowMs);
        return undefined;
      }
      await markSeen(db, name, nowMs);
      const { id, kind, label, person } = account;
      const { eSystem, beganAtMs } = session;
      // A code that was lost and ended takes what it opened with it, at once.
      const holds = eSystem !== undefined && ((await deps.codeHolds?.(eSystem, beganAtMs)) ?? false);
      return { id, kind, label, person, sessionName: name, eSystem: holds ? eSystem : undefined };
    },

    sessionsOf: (account) => sessionsOf(db, account.id, clock.nowMs() - IDLE_MS),
    signOut: (account, sessionName) => endSession(db, account.id, sessionName, clock.nowMs()),

    mandatesOf,
    async mandateFor(account, scope) {
      return (await mandatesOf(account)).find((one) => one.scope === scope)?.mandate;
    },

    grantLead: (account, scope, tx) =>
      within(tx, async (inner) => {
        if (account.kind !== 'card') return false;
        const lead = (await mandatesFor(inner, scope, today())).find(({ mandate }) => mandate === 'lead');
        if (lead !== undefined) return lead.account === account.id;
        await putMandate(inner, { account: account.id, scope, mandate: 'lead' }, clock.nowMs());
        return true;
      }),

    carryOver: (from, to, tx) =>
      within(tx, async (inner) => {
        // Each account locked, in one order, and then asked again: whoever is being removed is not carried along.
        for (const { account } of await mandatesFor(inner, from, today())) await lockAccount(inner, account);
        for (const { account, mandate, untilOn } of await mandatesFor(inner, from, today()))
          await putMandate(inner, { account, scope: to, mandate, untilOn }, clock.nowMs());
      }),

    async inviteMember({ scope, mandate, label, by, untilOn }) {
      const token = toBase64Url(random.bytes(32));
      const account = toBase64Url(random.bytes(12));
      const nowMs = clock.nowMs();
      await inTransaction(db, async (tx) => {
        await insertAccount(tx, { id: account, kind: 'passkey', label, person: undefined }, nowMs);
        await putMandate(tx, { account, scope, mandate, givenBy: by.id, untilOn }, nowMs);
        const expiresAtMs = nowMs + INVITE_DAYS * 86_400_000;
        await insertInvite(tx, { tokenSha256: sha256(utf8(token)), account, expiresAtMs });
      });
      return { url: `${party().origin}/invitations/${token}`, account };
    },

    membersOf: (scope) => membersOn(db, scope, today()),

    endMember: (scope, account) =>
      inTransaction(db, async (tx) => {
        const nowMs = clock.nowMs();
        await lockAccount(tx, account);
        if (!(await endMandate(tx, scope, account, nowMs))) return false;
        await endMandates(tx, account, nowMs);
        await voidInvites(tx, account, nowMs);
        return true;
      }),
  };
}

/** Whether a mandate may be given by a link. */
export const isInvitable = (mandate: KeptMandate | string): mandate is 'co-drafter' | 'assistant' =>
  mandate === 'co-drafter' || mandate === 'assistant';
