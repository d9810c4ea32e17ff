/**
 * 訂閱者之密碼保護: addresses at rest. One key file outside the database; from it one key that encrypts and one that
 * hashes. Whoever has only the database learns no address, and not whether two rows are the same person's.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { fromBase64Url, toBase64Url } from '@lianshu/statement';
import type { Random } from '../platform/random.ts';

/** What is sealed of one follower. */
export interface Follower {
  readonly address: string;
  /** The token of the stop link, which every mail carries. */
  readonly stopToken: string;
  /** The token of the confirmation link: the mail with it is written later, by another process. */
  readonly confirmToken: string;
}

export interface FollowerCipher {
  /** `id` is bound to the ciphertext: one row's bytes open under no other row's name. */
  seal(id: string, follower: Follower): Uint8Array;
  /** Undefined for bytes that this key did not seal under this id. */
  open(id: string, sealed: Uint8Array): Follower | undefined;
  /** The same for one address and one case; unlike for any other case. */
  personOf(caseNumber: string, address: string): Uint8Array;
  /** The same for one address on one legal day, whatever it asks for; for limits only. */
  addressOn(day: string, address: string): Uint8Array;
  /** The same for all spellings that may reach one mailbox, see {@link mailboxOf}; for limits only. */
  mailboxOn(day: string, address: string): Uint8Array;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @param key 32 bytes of `keys/subscriptions.key` */
export function followerCipher(key: Uint8Array, random: Random): FollowerCipher {
  if (key.length !== 32) throw new RangeError('keys/subscriptions.key must hold 32 bytes');
  const derive = (label: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), `lianshu subscriptions ${label}`, 32));
  const sealing = derive('seal');
  const hashing = derive('hash');
  const keyed = (label: string, scope: string, address: string): Uint8Array =>
    new Uint8Array(
      createHmac('sha256', hashing)
        .update(JSON.stringify([label, scope, address]))
        .digest(),
    );
  return {
    seal(id, follower) {
      const iv = random.bytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, iv);
      cipher.setAAD(Buffer.from(id));
      const text = Buffer.from(JSON.stringify([follower.address, follower.stopToken, follower.confirmToken]));
      return new Uint8Array(Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]));
    },
    open(id, sealed) {
      if (sealed.length <= IV_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, IV_BYTES));
      decipher.setAAD(Buffer.from(id));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        const text = Buffer.concat([
          decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)),
          decipher.final(),
        ]).toString();
        const [address, stopToken, confirmToken] = JSON.parse(text) as [string, string, string];
        return { address, stopToken, confirmToken };
      } catch {
        return undefined;
      }
    },
    personOf: (caseNumber, address) => keyed('person', caseNumber, sameAddress(address)),
    addressOn: (day, address) => keyed('address', day, sameAddress(address)),
    mailboxOn: (day, address) => keyed('mailbox', day, mailboxOf(address)),
  };
}

/** Two spellings of one mailbox; the part before the @ belongs to its host and is taken as it is, but for case. */
const sameAddress = (address: string): string => address.normalize('NFC').toLowerCase();

/**
 * What a mailbox is counted by: without the tag after `+`, without dots before the `@`, and by one name for hosts that
 * have two. Hosts differ in what they take to be the same, so it may fall together with another's: good for limits, and
 * never for telling who somebody is.
 */
export function mailboxOf(address: string): string {
  const same = sameAddress(address);
  const at = same.lastIndexOf('@');
  const host = same.slice(at + 1).replace(/\.$/, '');
  const name = same.slice(0, at).replace(/(?<=.)\+.*$/, '');
  return `${name.replaceAll('.', '')}@${SAME_HOSTS.get(host) ?? host}`;
}

const SAME_HOSTS: ReadonlyMap<string, string> = new Map([['googlemail.com', 'gmail.com']]);

/** A fresh token of 256 bits as it stands in a link, and what the database keeps of it. */
export function newToken(random: Random): Readonly<{ token: string; digest: Uint8Array }> {
  const token = toBase64Url(random.bytes(32));
  return { token, digest: digestOf(token) };
}

/** SHA-256 of a link's token. */
export const digestOf = (token: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(token).digest());

/** Whether a text has the form of a token. */
export const isToken = (text: string): boolean => fromBase64Url(text, 32) !== undefined;
