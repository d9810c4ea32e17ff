import { PkiError, parseSignedData } from '@lianshu/pki';
import type { CatalogueCode } from './policy-codes.ts';

/** 64 kB, `LIANSHU-VP/1` check 1. */
export const MAXIMUM_SIGNATURE_BYTES = 64 * 1024;

/** A CMS signature as somebody uploaded it, read far enough to know its shape and its signer's certificate. */
export type SignatureFile =
  | {
      readonly outcome: 'read';
      /** DER. */
      readonly signature: Uint8Array;
      readonly form: 'cms-attached' | 'cms-detached';
      readonly certificate: Uint8Array;
    }
  | { readonly outcome: 'refused'; readonly code: CatalogueCode };

/** Reads DER, PEM or base64, as signing tools write it. Says nothing of whether the signature holds. */
export function readSignatureFile(file: Uint8Array): SignatureFile {
  const signature = signatureBytes(file);
  if (!signature) return { outcome: 'refused', code: 'E_CMS_SHAPE' };
  if (signature.length > MAXIMUM_SIGNATURE_BYTES) return { outcome: 'refused', code: 'E_TOO_LARGE' };
  try {
    const { content, certificate } = parseSignedData(signature);
    if (!certificate) return { outcome: 'refused', code: 'E_SIGNER_CERT' };
    return { outcome: 'read', signature, form: content ? 'cms-attached' : 'cms-detached', certificate };
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
