import { RET } from './codes.ts';

/** A `tbsPackage` after parsing: what the component reads of it, every member as text. */
export type Package = {
  readonly func: string;
  readonly pin: string;
  readonly slotDescription: string;
  readonly tbs: string | undefined;
  readonly tbsEncoding: string;
  readonly signatureType: string;
  readonly hashAlgorithm: string;
  readonly withCardSN: boolean;
  readonly withSigningTime: boolean;
  readonly nonce: string;
  readonly cipher: string | undefined;
  readonly plainEncoding: string;
};

/**
 * Parses the form body of `/sign` and `/decrypt` as `application/x-www-form-urlencoded`, so that a `+` the
 * caller did not escape becomes a space (identity.md §2.3), and then the JSON in the field `tbsPackage`.
 * Returns a `ret_code` when that fails.
 */
export function readPackage(body: Uint8Array): Package | number {
  const field = new URLSearchParams(Buffer.from(body).toString('utf8')).get('tbsPackage');
  if (field === null) return RET.parameterError;
  let parsed: unknown;
  try {
    parsed = JSON.parse(field);
  } catch {
    return RET.jsonError;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return RET.jsonError;
  const fields = parsed as Readonly<Record<string, unknown>>;
  const text = (key: string): string => (fields[key] === undefined ? '' : String(fields[key]));
  const optional = (key: string): string | undefined =>
    typeof fields[key] === 'string' ? fields[key] : undefined;
  return {
    func: text('func'),
    pin: text('pin'),
    slotDescription: text('slotDescription') || text('readername'),
    tbs: optional('tbs'),
    tbsEncoding: text('tbsEncoding'),
    signatureType: text('signatureType'),
    hashAlgorithm: text('hashAlgorithm'),
    withCardSN: text('withCardSN') === 'true',
    withSigningTime: text('withSigningTime') !== 'false',
    nonce: text('nonce') === '__NotExistedTag__' ? '' : text('nonce'),
    cipher: optional('cipher'),
    plainEncoding: text('plainEncoding'),
  };
}

/**
 * Content to sign. Base64 is decoded as leniently as the component does: a space in the place of a `+` does
 * not fail but shifts every later bit, and the corrupted text is signed.
 */
export function contentOf(request: Package): Uint8Array {
  const text = request.tbs ?? '';
  return request.tbsEncoding === 'base64' ? Buffer.from(text, 'base64') : Buffer.from(text, 'utf8');
}
