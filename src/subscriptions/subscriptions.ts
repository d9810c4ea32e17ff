import { toBase64Url } from '@lianshu/statement';
import type { Db } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { Language } from '../web/index.ts';
import { digestOf, type FollowerCipher, isToken, newToken } from './follower-cipher.ts';
import { ask, confirm, find, stop } from './subscription-store.ts';

/** 訂閱: following a case by mail, with the person's consent and for as long as they want. */
export interface Subscriptions {
  /**
   * Asks for a confirmation mail; asked again before it was confirmed, the same link is sent once more and stays good.
   * `asked` says nothing of whether the address follows the case already, nor whether it asked too often today: an
   * outsider must not learn it. `full`: no mail can be taken now, from anybody.
   */
  ask(
    request: Readonly<{ caseNumber: string; address: string; language: Language }>,
  ): Promise<'asked' | 'full'>;
  /** What a link is about; undefined where it is good for nothing (any more). */
  find(token: string): Promise<{ readonly caseNumber: string; readonly isConfirmed: boolean } | undefined>;
  /** From now on news of the case is sent. Safe to repeat. */
  confirm(token: string): Promise<string | undefined>;
  /** Deletes the row with everything that waits to be sent. */
  stop(token: string): Promise<string | undefined>;
}

export interface SubscriptionsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly cipher: FollowerCipher;
}

/** The public side of following: it can ask, confirm and stop, and read nothing back. */
export function createSubscriptions({ db, clock, random, cipher }: SubscriptionsDeps): Subscriptions {
  const ifToken = async <T>(
    token: string,
    then: (digest: Uint8Array) => Promise<T>,
  ): Promise<T | undefined> => (isToken(token) ? then(digestOf(token)) : undefined);
  return {
    async ask({ caseNumber, address, language }) {
      const nowMs = clock.nowMs();
      const id = toBase64Url(random.bytes(16));
      const stopLink = newToken(random);
      const confirmLink = newToken(random);
      const said = await ask(
        db,
        {
          id,
          caseNumber,
          person: cipher.personOf(caseNumber, address),
          address: cipher.addressOn(legalDateOf(nowMs), address),
          mailbox: cipher.mailboxOn(legalDateOf(nowMs), address),
          sealed: cipher.seal(id, { address, stopToken: stopLink.token, confirmToken: confirmLink.token }),
          language,
          confirm: confirmLink.digest,
          stop: stopLink.digest,
        },
        nowMs,
      );
      return said === 'full' ? 'full' : 'asked';
    },
    find: (token) => ifToken(token, (digest) => find(db, digest, clock.nowMs())),
    confirm: (token) => ifToken(token, (digest) => confirm(db, digest, clock.nowMs())),
    stop: (token) => ifToken(token, (digest) => stop(db, digest)),
  };
}
