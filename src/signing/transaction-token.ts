import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A signing transaction without a row: what the server offered to be signed, under its own MAC. It becomes
 * one-time when a signature is stored under its number (`UNIQUE(initiative, tx)`); a failed attempt does not
 * spend it. Asking for a statement therefore leaves nothing behind. (trust.md §2)
 */

/** Ten minutes: identity.md §9. */
export const TRANSACTION_LIFETIME_MS = 10 * 60 * 1000;

export interface Transaction {
  /** Specification of the statement that was offered; another release may have offered another. */
  readonly specification: string;
  readonly caseNumber: string;
  /** Hex SHA-256 of the announced text the statement names. */
  readonly textDigest: string;
  /** base64url, 43 characters: the commitment to the typed national ID. */
  readonly signerCommitment: string;
  /** 簽署時間 as in the statement, with its offset. */
  readonly signedAt: string;
  /** 交易序號: base64url of 128 random bits. */
  readonly transaction: string;
  readonly issuedAtMs: number;
}

const LABEL = 'LIANSHU-TX/1';
const MAXIMUM_LENGTH = 1024;
const MAC_BYTES = 32;

function mac(key: Uint8Array, session: string, payload: string): Buffer {
  const sessionHash = createHash('sha256').update(session).digest();
  return createHmac('sha256', key).update(`${LABEL}\0`).update(sessionHash).update(payload).digest();
}

/** @param session the `__Host-` cookie's value; the token is worthless without it. */
export function issueToken(key: Uint8Array, session: string, transaction: Transaction): string {
  const { specification, caseNumber, textDigest, signerCommitment, signedAt, issuedAtMs } = transaction;
  const payload = Buffer.from(
    JSON.stringify([
      specification,
      caseNumber,
      textDigest,
      signerCommitment,
      signedAt,
      transaction.transaction,
      issuedAtMs,
    ]),
  ).toString('base64url');
  return `${payload}.${mac(key, session, payload).toString('base64url')}`;
}

/**
 * The transaction a token stands for, or nothing when the MAC does not hold: wrong key, wrong session, or any
 * changed bit. Its age is judged by the caller, since a retry of something stored is answered even later.
 */
export function readToken(key: Uint8Array, session: string, token: string): Transaction | undefined {
  if (token.length > MAXIMUM_LENGTH) return undefined;
  const [payload = '', given = '', ...more] = token.split('.');
  if (more.length > 0 || !/^[\w-]+$/.test(payload) || !/^[\w-]{43}$/.test(given)) return undefined;
  const bytes = Buffer.from(given, 'base64url');
  if (bytes.length !== MAC_BYTES || bytes.toString('base64url') !== given) return undefined;
  if (!timingSafeEqual(bytes, mac(key, session, payload))) return undefined;
  const fields = JSON.parse(Buffer.from(payload, 'base64url').toString()) as readonly [
    string,
    string,
    string,
    string,
    string,
    string,
    number,
  ];
  const [specification, caseNumber, textDigest, signerCommitment, signedAt, transaction, issuedAtMs] = fields;
  return { specification, caseNumber, textDigest, signerCommitment, signedAt, transaction, issuedAtMs };
}
