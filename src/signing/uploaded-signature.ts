import { deriveLeafSecret, evidenceCommitment, fromBase64Url, recordCommitment } from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import { type CatalogueCode, readSignatureFile } from '../credentials/index.ts';
import type { JointSignatureRequest } from './signing-contract.ts';
import { readToken } from './transaction-token.ts';
import { renderStatement } from './what-is-signed.ts';

/**
 * The way without script: the server made the receipt secret, the person signed the statement with another
 * tool and uploads the CMS. What a browser would have computed is computed here, and then the request goes the
 * same way as every other.
 */
export interface Upload {
  readonly nationalId: string;
  readonly token: string;
  /** base64url of 32 bytes, from the hidden field. */
  readonly receiptSecret: string;
  /** DER, PEM or base64, as signing tools write it. */
  readonly file: Uint8Array;
}

export type Completed =
  | { readonly outcome: 'completed'; readonly request: JointSignatureRequest }
  | { readonly outcome: 'refused'; readonly code: CatalogueCode };

export function completeUpload(
  tokenKey: Uint8Array,
  session: string,
  mainText: string,
  upload: Upload,
): Completed {
  const receiptSecret = fromBase64Url(upload.receiptSecret, 32);
  if (!receiptSecret) return { outcome: 'refused', code: 'E_FORMAT' };
  const transaction = readToken(tokenKey, session, upload.token);
  if (!transaction) return { outcome: 'refused', code: 'E_TX_UNKNOWN' };
  const read = readSignatureFile(upload.file);
  if (read.outcome === 'refused') return read;
  const { signature, form, certificate } = read;

  const statement = renderStatement({ ...transaction, mainText });
  const evidence = evidenceCommitment(nodePrimitives, { statement, signature, certificate });
  const leafSecret = deriveLeafSecret(nodePrimitives, receiptSecret);
  const { caseNumber } = transaction;
  const commitment = recordCommitment(nodePrimitives, { caseNumber, leafSecret, evidence });
  const { nationalId, token } = upload;
  return {
    outcome: 'completed',
    request: {
      nationalId,
      receiptSecret,
      token,
      method: 'card',
      form,
      signature,
      certificate,
      recordCommitment: commitment,
    },
  };
}
