/** 領銜人: who works on drafts and cases, how they come in, and what they may do. */
import { utf8 } from '@lianshu/statement';
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
import { inTransaction } from '../platform/db/index.ts';
import { afterFailure, IDLE_MS, isLocked, isSessionOver, secretName } from '../platform/sign-in-rule.ts';
import { legalDateOf } from '../platform/time.ts';
import type { Account, ScopedMandate } from './account.ts';
import {
  findAccount,
  findPasskey,
  insertPasskey,
  invitedAccount,
  lockAccount,
  type StoredAccount,
  setCounter,
  setFailures,
  spendInvite,
} from './account-store.ts';
import {
  type CardSignIn,
  type LeadProposersDeps,
  type SignedInByCard,
  signInByCard,
} from './card-sign-in.ts';
import type { LeadProposersProblem } from './lead-proposers-problems.ts';
import { type LoginChallenges, loginChallenges } from './login-challenge.ts';
import { mandatesOn } from './mandate-store.ts';
import { createMandates, type Mandates } from './mandates.ts';
import { numberLocks } from './number-locks.ts';
import { endSession, findSession, markSeen, type StoredSession, sessionsOf } from './session-store.ts';
import { beginSession } from './sessions.ts';

export type Refusal<Code extends string = LeadProposersProblem> = Readonly<{ ok: false; code: Code }>;
const refused = <Code extends string>(code: Code): Refusal<Code> => ({ ok: false, code });

/** Everything the workspace asks of the people who work there. */
export interface LeadProposers extends Mandates {
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
}

class PasskeyTaken extends Error {}

export function createLeadProposers(deps: LeadProposersDeps): LeadProposers {
  const { db, clock, random, party } = deps;
  const asked = challenges(clock, random);
  const locks = numberLocks(random);
  const logins = loginChallenges(deps.cards, () => new URL(party().origin).host);
  const today = (): string => legalDateOf(clock.nowMs());

  return {
    party,
    logins,
    signInByCard: (command, former) => signInByCard({ ...deps, logins, numberLocks: locks }, command, former),
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
        if (!(await spendChallenge(tx, 'account_challenge', sha256(utf8(challenge)), expiresAtMs, nowMs)))
          return refused('sign-in-expired');
        if (counter === undefined) {
          await setFailures(tx, account.id, ...afterFailure(account, nowMs));
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
      return { account, mandates, challenge: asked.make(`workspace register ${secretName(token)}`) };
    },

    async enrol(token, answer) {
      const purpose = `workspace register ${secretName(token)}`;
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
      const name = secretName(sessionId);
      const session = await findSession(db, name);
      if (session === undefined) return undefined;
      const account = isSessionOver(session, nowMs) ? undefined : await findAccount(db, session.account);
      if (account === undefined) {
        await endSession(db, session.account, name, nowMs);
        return undefined;
      }
      await markSeen(db, name, nowMs);
      const { id, kind, label, person } = account;
      const { eSystem, beganAtMs, nameProof } = session;
      // A code that was lost and ended takes what it opened with it, at once.
      const holds = eSystem !== undefined && ((await deps.codeHolds?.(eSystem, beganAtMs)) ?? false);
      return { id, kind, label, person, nameProof, sessionName: name, eSystem: holds ? eSystem : undefined };
    },

    sessionsOf: (account) => sessionsOf(db, account.id, clock.nowMs() - IDLE_MS),
    signOut: (account, sessionName) => endSession(db, account.id, sessionName, clock.nowMs()),

    ...createMandates(deps),
  };
}
