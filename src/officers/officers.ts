/** 承辦人員: who may come in, with which passkey, under which mandate, and for how long a session lasts. */
import { toBase64Url, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import {
  challengeIn,
  challenges,
  parseAuthentication,
  publicKeyOf,
  type RelyingParty,
  spendChallenge,
  verifyAssertion,
  verifyRegistration,
} from '../passkeys/index.ts';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import { afterFailure, isLocked, isSessionOver, secretName } from '../platform/sign-in-rule.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { PublicRecord } from '../record/index.ts';
import { nominationInLink } from './nomination-forms.ts';
import { keepWaitingKey } from './nomination-store.ts';
import { PasskeyTaken, putKeyInUse } from './officer-keys.ts';
import {
  findOfficer,
  findPasskey,
  insertInvite,
  invitedOfficer,
  lockOfficer,
  mandatesOf,
  type Officer,
  officerByLabel,
  setCounter,
  setFailures,
  setMandate,
  spendInvite,
} from './officer-store.ts';
import type { OfficersProblem } from './officers-problems.ts';
import { endSession, findSession, insertSession, markSeen, type StoredSession } from './session-store.ts';

export interface OfficersDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly record: Pick<PublicRecord, 'append'>;
  readonly party: () => RelyingParty;
}

/** A person signed in, as far as the house knows them. */
export interface SignedIn {
  readonly officer: Officer;
  readonly session: StoredSession;
  /** What they may act for today. */
  readonly capacities: readonly string[];
}

export type Refusal = Readonly<{ ok: false; code: OfficersProblem }>;
const refused = (code: OfficersProblem): Refusal => ({ ok: false, code });

export interface Officers {
  readonly party: () => RelyingParty;
  /** The officer whom the link invites, and what their browser is asked to sign. */
  invitation(token: string): Promise<Readonly<{ officer: Officer; challenge: string }> | undefined>;
  /**
   * Registers the passkey that the invited officer's browser made; it replaces the one before. By the link of a
   * nomination the key only waits: `fingerprint` is what the officer who approved must read from this screen and sign.
   */
  enrol(token: string, answer: string): Promise<Readonly<{ ok: true; fingerprint?: string }> | Refusal>;
  signInChallenge(): string;
  /** Begins a session, and ends the one the browser came with. Resolves to the session's secret id. */
  signIn(answer: string, former?: string): Promise<Readonly<{ ok: true; sessionId: string }> | Refusal>;
  /** Who a session id belongs to now; undefined when it ended, idled too long, or never was. */
  whoIs(sessionId: string): Promise<SignedIn | undefined>;
  signOut(officer: string, sessionName: string): Promise<void>;
}

/** What an officer may act for on a day. */
export async function capacitiesOn(db: Db | Tx, officer: string, day: string): Promise<readonly string[]> {
  const mandates = await mandatesOf(db, officer);
  return mandates
    .filter(({ fromOn, untilOn }) => fromOn <= day && (untilOn === undefined || day <= untilOn))
    .map(({ capacity }) => capacity);
}

/** Counts a failure of a locked officer row; the fifth in a row locks. */
export async function countFailure(tx: Tx, officer: Officer, nowMs: number): Promise<void> {
  await setFailures(tx, officer.id, ...afterFailure(officer, nowMs));
}

/** Whom to invite, for what, on which days; how long the link is valid. */
export type Invitation = Readonly<{
  label: string;
  capacity: string;
  fromOn?: string;
  untilOn?: string;
  validMs: number;
}>;

/** Invites an officer under a mandate; the link's token is returned once and kept as a digest. */
export const inviteOfficer = (
  { db, clock, random }: Pick<OfficersDeps, 'db' | 'clock' | 'random'>,
  invite: Invitation,
): Promise<string> =>
  inTransaction(db, async (tx) => {
    const token = toBase64Url(random.bytes(32));
    const nowMs = clock.nowMs();
    const officer = await officerByLabel(tx, toBase64Url(random.bytes(12)), invite.label, nowMs);
    const fromOn = invite.fromOn ?? legalDateOf(nowMs);
    await setMandate(tx, { officer, capacity: invite.capacity, fromOn, untilOn: invite.untilOn });
    const tokenSha256 = sha256(utf8(token));
    await insertInvite(tx, { tokenSha256, officer, expiresAtMs: nowMs + invite.validMs, atMs: nowMs });
    return token;
  });

export function createOfficers(deps: OfficersDeps): Officers {
  const { db, clock, random, record, party } = deps;
  const asked = challenges(clock, random);

  return {
    party,

    async invitation(token) {
      const officer = await invitedOfficer(db, sha256(utf8(token)), clock.nowMs());
      return officer && { officer, challenge: asked.make(`register ${secretName(token)}`) };
    },

    async enrol(token, answer) {
      const purpose = `register ${secretName(token)}`;
      const made = await verifyRegistration(
        answer,
        party(),
        (challenge) => asked.check(purpose, challenge) !== undefined,
      );
      const publicKey = made && publicKeyOf(made.publicKey);
      if (made === undefined || publicKey === undefined) return refused('passkey-refused');
      return inTransaction(db, async (tx) => {
        const nowMs = clock.nowMs();
        const tokenSha256 = sha256(utf8(token));
        const invited = await invitedOfficer(tx, tokenSha256, nowMs);
        if (invited === undefined || !(await spendInvite(tx, tokenSha256, nowMs)))
          return refused('invite-unknown');
        const { challenge: _, ...key } = made;
        const nomination = nominationInLink(token);
        if (nomination !== undefined) {
          const fingerprint = await keepWaitingKey(tx, clock, random, nomination, key);
          return fingerprint === undefined ? refused('invite-unknown') : { ok: true as const, fingerprint };
        }
        await putKeyInUse(tx, { clock, record }, invited.id, key, publicKey);
        return { ok: true as const };
      }).catch((error: unknown) => {
        // Thrown so that the link stays unspent.
        if (error instanceof PasskeyTaken) return refused('passkey-refused');
        throw error;
      });
    },

    signInChallenge: () => asked.make('sign-in'),

    async signIn(text, former) {
      const answer = parseAuthentication(text);
      const challenge = answer && challengeIn(answer.response.clientDataJSON);
      const expiresAtMs = challenge === undefined ? undefined : asked.check('sign-in', challenge);
      if (answer === undefined || challenge === undefined) return refused('sign-in-refused');
      if (expiresAtMs === undefined) return refused('challenge-expired');
      const passkey = await findPasskey(db, answer.id);
      if (passkey === undefined || passkey.endedAtMs !== undefined) return refused('sign-in-refused');
      const counter = await verifyAssertion(answer, passkey, party(), challenge);
      return inTransaction(db, async (tx) => {
        const nowMs = clock.nowMs();
        const officer = await lockOfficer(tx, passkey.officer);
        if (officer === undefined) return refused('sign-in-refused');
        if (isLocked(officer, nowMs)) return refused('officer-locked');
        if (!(await spendChallenge(tx, 'spent_challenge', sha256(utf8(challenge)), expiresAtMs, nowMs)))
          return refused('challenge-expired');
        if (counter === undefined) {
          await countFailure(tx, officer, nowMs);
          return refused('sign-in-refused');
        }
        await setCounter(tx, passkey.credentialId, counter);
        await setFailures(tx, officer.id, 0);
        if ((await capacitiesOn(tx, officer.id, legalDateOf(nowMs))).length === 0)
          return refused('mandate-ended');
        const sessionId = toBase64Url(random.bytes(32));
        const session = { officer: officer.id, credentialId: passkey.credentialId, beganAtMs: nowMs };
        await insertSession(tx, { ...session, name: secretName(sessionId) });
        if (former !== undefined) await endSession(tx, officer.id, secretName(former), nowMs);
        return { ok: true as const, sessionId };
      });
    },

    async whoIs(sessionId) {
      const nowMs = clock.nowMs();
      const name = secretName(sessionId);
      const session = await findSession(db, name);
      if (session === undefined) return undefined;
      if (isSessionOver(session, nowMs)) {
        await endSession(db, session.officer, name, nowMs);
        return undefined;
      }
      const [officer, capacities] = await Promise.all([
        findOfficer(db, session.officer),
        capacitiesOn(db, session.officer, legalDateOf(nowMs)),
      ]);
      if (officer === undefined) return undefined;
      await markSeen(db, name, nowMs);
      return { officer, session: { ...session, seenAtMs: nowMs }, capacities };
    },

    signOut: (officer, sessionName) => endSession(db, officer, sessionName, clock.nowMs()),
  };
}
