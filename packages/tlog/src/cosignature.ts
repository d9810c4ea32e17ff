import { concatBytes, fromBase64, fromDecimal, uint64, utf8 } from './encoding.ts';
import { SIGNATURE_TYPE, type VerifierKey } from './verifier-key.ts';

/** One byte of length, then the bytes: `opaque name<1..2^8-1>` of RFC 8446 §3.4. */
function short(text: string): Uint8Array | undefined {
  const bytes = utf8(text);
  return bytes.length < 1 || bytes.length > 255 ? undefined : concatBytes(Uint8Array.of(bytes.length), bytes);
}

/**
 * What a timestamped cosignature signs (c2sp.org/tlog-cosignature): for Ed25519 the lines `cosignature/v1` and
 * `time <t>` and the checkpoint's text; for ML-DSA-44 the structure `subtree/v1` with name, time, origin, size
 * and root. Undefined when the text is no checkpoint, for which alone these are defined.
 */
export function cosignedBytes(
  key: Readonly<Pick<VerifierKey, 'name' | 'type'>>,
  text: string,
  time: bigint,
): Uint8Array | undefined {
  const [origin = '', sizeText = '', rootText = '', ...rest] = text.split('\n');
  const size = fromDecimal(sizeText);
  const root = fromBase64(rootText);
  if (size === undefined || root?.length !== 32) return undefined;
  if (key.type === SIGNATURE_TYPE.ed25519Cosignature) return utf8(`cosignature/v1\ntime ${time}\n${text}`);
  // ML-DSA-44 does not sign extension lines: a text that has some would show more than was signed.
  if (rest.length !== 1 || rest[0] !== '') return undefined;
  const [name, log] = [short(key.name), short(origin)];
  if (name === undefined || log === undefined) return undefined;
  return concatBytes(utf8('subtree/v1\n\0'), name, uint64(time), log, uint64(0), uint64(size), root);
}
