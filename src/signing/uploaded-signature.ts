import { PkiError, parseSignedData } from '@lianshu/pki';
import { deriveLeafSecret, evidenceCommitment, fromBase64Url, recordCommitment } from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import type { CatalogueCode } from '../credentials/index.ts';
import { type JointSignatureRequest, MAXIMUM_SIGNATURE_BYTES } from './signing-contract.ts';
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
  const signature = signatureBytes(upload.file);
  if (!signature) return { outcome: 'refused', code: 'E_CMS_SHAPE' };
  if (signature.length > MAXIMUM_SIGNATURE_BYTES) return { outcome: 'refused', code: 'E_TOO_LARGE' };
  const read = readSigner(signature);
  if (read.outcome === 'refused') return read;
  const { form, certificate } = read;

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

type Signer =
  | {
      readonly outcome: 'read';
      readonly form: 'cms-attached' | 'cms-detached';
      readonly certificate: Uint8Array;
    }
  | { readonly outcome: 'refused'; readonly code: CatalogueCode };

function readSigner(signature: Uint8Array): Signer {
  try {
    const { content, certificate } = parseSignedData(signature);
    if (!certificate) return { outcome: 'refused', code: 'E_SIGNER_CERT' };
    return { outcome: 'read', form: content ? 'cms-attached' : 'cms-detached', certificate };
  } catch (error) {
    if (error instanceof PkiError) return { outcome: 'refused', code: error.code as CatalogueCode };
    throw error;
  }
}

const DER_SEQUENCE = 0x30;

/** DER as it is; PEM or bare base64 decoded. */
function signatureBytes(file: Uint8Array): Uint8Array | undefined {
  if (file[0] === DER_SEQUENCE) return file;
  const text = new TextDecoder('latin1').decode(file);
  const body = text.replace(/-----(BEGIN|END) [A-Z0-9 ]+-----/g, '').replace(/\s+/g, '');
  if (body === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return undefined;
  return new Uint8Array(Buffer.from(body, 'base64'));
}
