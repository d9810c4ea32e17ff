/** What a card signs to sign in: `LIANSHU-LOGIN/1` for this site, offered to one browser. */
import { renderLoginStatement } from '@lianshu/statement';
import type { Tx } from '../platform/db/index.ts';
import type { CardChallenge, CardChallenges } from './card-challenge.ts';

export interface OfferedLogin extends CardChallenge {
  /** Exactly the bytes to be signed. */
  readonly statement: Uint8Array;
}

export interface LoginChallenges {
  /** A statement for this browser, known by the cookie it was given before. */
  offer(browser: string): OfferedLogin;
  /** What a token stands for, if it is ours, of this browser, and has not expired. */
  read(browser: string, token: string): OfferedLogin | undefined;
  /** As {@link CardChallenges.spend}. */
  spend(tx: Tx, offered: OfferedLogin): Promise<boolean>;
}

/** @param site host name with port as in the address bar: it stands in the statement */
export function loginChallenges(asked: CardChallenges, site: () => string): LoginChallenges {
  const purposeOf = (browser: string): string => `login ${browser}`;
  const offered = (challenge: CardChallenge): OfferedLogin => {
    const { signedAt, transaction } = challenge;
    return { ...challenge, statement: renderLoginStatement({ site: site(), signedAt, transaction }) };
  };
  return {
    offer: (browser) => offered(asked.offer(purposeOf(browser))),
    read(browser, token) {
      const challenge = asked.read(purposeOf(browser), token);
      return challenge && offered(challenge);
    },
    spend: (tx, challenge) => asked.spend(tx, challenge),
  };
}
