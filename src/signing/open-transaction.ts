import { toBase64Url } from '@lianshu/statement';
import type { CatalogueCode } from '../credentials/index.ts';
import type { AnnouncedText } from '../initiatives/index.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, taipeiTimestamp } from '../platform/time.ts';
import { periodFacts } from './not-open.ts';
import { issueToken, TRANSACTION_LIFETIME_MS } from './transaction-token.ts';
import { renderStatement, specificationOf } from './what-is-signed.ts';

export interface OpenTransactionDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly tokenKey: Uint8Array;
  readonly announcedText: (caseNumber: string, atMs: number) => Promise<AnnouncedText>;
}

export interface OfferedStatement {
  readonly outcome: 'offered';
  /** Exactly the bytes to be signed. */
  readonly statement: Uint8Array;
  readonly transaction: string;
  readonly token: string;
  readonly expiresAtMs: number;
}

export interface NotOffered {
  readonly outcome: 'refused';
  readonly code: CatalogueCode | 'not-found';
  readonly facts?: Readonly<Record<string, string>>;
}

/**
 * Offers the statement 連署書 or 提案書 to be signed, for ten minutes and this session. Nothing is stored: the token
 * carries what the server must remember.
 */
export async function openTransaction(
  deps: OpenTransactionDeps,
  command: { readonly caseNumber: string; readonly session: string; readonly signerCommitment: string },
): Promise<OfferedStatement | NotOffered> {
  const nowMs = deps.clock.nowMs();
  const text = await deps.announcedText(command.caseNumber, nowMs);
  if (text.state === 'unknown') return { outcome: 'refused', code: 'not-found' };
  if (text.state !== 'open')
    return { outcome: 'refused', code: 'E_INITIATIVE_CLOSED', facts: periodFacts(text) };
  const transaction = {
    specification: specificationOf(command.caseNumber),
    caseNumber: command.caseNumber,
    textDigest: text.textDigest,
    signerCommitment: command.signerCommitment,
    signedAt: taipeiTimestamp(nowMs),
    transaction: toBase64Url(deps.random.bytes(16)),
    issuedAtMs: nowMs,
  };
  return {
    outcome: 'offered',
    statement: renderStatement({ ...transaction, mainText: text.mainText }),
    transaction: transaction.transaction,
    token: issueToken(deps.tokenKey, command.session, transaction),
    expiresAtMs: nowMs + TRANSACTION_LIFETIME_MS,
  };
}
