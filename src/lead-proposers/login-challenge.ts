/**
 * What a card signs to sign in: `LIANSHU-LOGIN/1` for this site, offered for ten minutes to one browser. Nothing is
 * stored until it is answered. The statement's number and time follow from the token, so that nobody chooses them.
 */
import { fromBase64Url, renderLoginStatement, toBase64Url } from '@lianshu/statement';
import { challenges } from '../passkeys/index.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, taipeiTimestamp } from '../platform/time.ts';

/** As for a signature (identity.md §9): long enough to sign with another tool. */
const LOGIN_LIFETIME_MS = 10 * 60_000;

export interface OfferedLogin {
  readonly token: string;
  /** Exactly the bytes to be signed. */
  readonly statement: Uint8Array;
  readonly signedAt: string;
  readonly transaction: string;
  readonly expiresAtMs: number;
}

export interface LoginChallenges {
  /** A statement for this browser, known by the cookie it was given before. */
  offer(browser: string): OfferedLogin;
  /** What a token stands for, if it is ours, of this browser, and has not expired. */
  read(browser: string, token: string): OfferedLogin | undefined;
}

/** @param site host name with port as in the address bar: it stands in the statement */
export function loginChallenges(clock: Clock, random: Random, site: () => string): LoginChallenges {
  const asked = challenges(clock, random, LOGIN_LIFETIME_MS);
  const purposeOf = (browser: string): string => `login ${browser}`;
  function offered(token: string): OfferedLogin {
    const bytes = fromBase64Url(token) ?? new Uint8Array(24);
    const expiresAtMs = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
    const signedAt = taipeiTimestamp(expiresAtMs - LOGIN_LIFETIME_MS);
    const transaction = toBase64Url(bytes.subarray(8, 24));
    const statement = renderLoginStatement({ site: site(), signedAt, transaction });
    return { token, statement, signedAt, transaction, expiresAtMs };
  }
  return {
    offer: (browser) => offered(asked.make(purposeOf(browser))),
    read: (browser, token) =>
      asked.check(purposeOf(browser), token) === undefined ? undefined : offered(token),
  };
}
