/**
 * What a card is asked to sign, once: number and time of a statement that the house offers for ten minutes, for one
 * purpose. Nothing is stored until it is answered; both follow from a token under a MAC, so that nobody chooses them.
 */
import { fromBase64Url, toBase64Url, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { challenges, spendChallenge } from '../passkeys/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, taipeiTimestamp } from '../platform/time.ts';

/** As for a signature (identity.md §9): long enough to sign with another tool. */
const LIFETIME_MS = 10 * 60_000;

export interface CardChallenge {
  /** Stands in the form; the statement is made of it again when it comes back. */
  readonly token: string;
  readonly signedAt: string;
  readonly transaction: string;
  readonly expiresAtMs: number;
}

export interface CardChallenges {
  /** A fresh one. `purpose` names what is signed, and whoever alone may hand it in. */
  offer(purpose: string): CardChallenge;
  /** What a token stands for, if it is ours, for this purpose, and has not expired. */
  read(purpose: string, token: string): CardChallenge | undefined;
  /** Spends it in the transaction that does what was signed; false when it was spent before. */
  spend(tx: Tx, challenge: CardChallenge): Promise<boolean>;
}

/** Good in the process that made them. */
export function cardChallenges(clock: Clock, random: Random): CardChallenges {
  const asked = challenges(clock, random, LIFETIME_MS);
  function challengeOf(token: string): CardChallenge {
    const bytes = fromBase64Url(token) ?? new Uint8Array(24);
    const expiresAtMs = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
    const signedAt = taipeiTimestamp(expiresAtMs - LIFETIME_MS);
    return { token, signedAt, transaction: toBase64Url(bytes.subarray(8, 24)), expiresAtMs };
  }
  return {
    offer: (purpose) => challengeOf(asked.make(purpose)),
    read: (purpose, token) => (asked.check(purpose, token) === undefined ? undefined : challengeOf(token)),
    spend: (tx, { token, expiresAtMs }) =>
      spendChallenge(tx, 'account_challenge', sha256(utf8(token)), expiresAtMs, clock.nowMs()),
  };
}
