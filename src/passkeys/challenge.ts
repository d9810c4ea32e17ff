/**
 * What a browser is asked to sign when somebody signs in or registers: nothing is stored until it is answered, so
 * that asking costs the house nothing. Valid for some minutes, for one purpose, in the process that made it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { concatBytes, fromBase64Url, toBase64Url, utf8 } from '@lianshu/statement';
import type { Random } from '../platform/random.ts';
import type { Clock } from '../platform/time.ts';

/** How long a passkey's challenge is valid. */
const VALID_MS = 300_000;
/** A challenge is expiry (milliseconds, big-endian), random bytes, and the MAC over both. */
const LENGTH = { expiry: 8, random: 16, mac: 32 } as const;

export interface Challenges {
  /** A fresh challenge, base64url. `purpose` binds it: `sign-in`, or `register` with the invitation's name. */
  make(purpose: string): string;
  /** When it expires, if this is one of ours for the purpose and has not expired; undefined otherwise. */
  check(purpose: string, challenge: string): number | undefined;
}

export function challenges(clock: Clock, random: Random, validMs = VALID_MS): Challenges {
  const key = random.bytes(32);
  const macOf = (purpose: string, head: Uint8Array): Uint8Array =>
    createHmac('sha256', key)
      .update(concatBytes(utf8(purpose), Uint8Array.of(0), head))
      .digest();
  return {
    make(purpose) {
      const expiry = new Uint8Array(LENGTH.expiry);
      new DataView(expiry.buffer).setBigUint64(0, BigInt(clock.nowMs() + validMs));
      const head = concatBytes(expiry, random.bytes(LENGTH.random));
      return toBase64Url(concatBytes(head, macOf(purpose, head)));
    },
    check(purpose, challenge) {
      const bytes = fromBase64Url(challenge, LENGTH.expiry + LENGTH.random + LENGTH.mac);
      if (bytes === undefined) return undefined;
      const head = bytes.subarray(0, LENGTH.expiry + LENGTH.random);
      if (!timingSafeEqual(macOf(purpose, head), bytes.subarray(head.length))) return undefined;
      const expiresAtMs = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
      return expiresAtMs > clock.nowMs() ? expiresAtMs : undefined;
    },
  };
}
