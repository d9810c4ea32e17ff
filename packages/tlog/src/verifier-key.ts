import { isAcceptableEd25519Key } from './ed25519-key.ts';
import { concatBytes, fromBase64, toBase64, utf8 } from './encoding.ts';
import type { Sha256 } from './merkle.ts';

/**
 * Signature types of c2sp.org/signed-note that this package knows: a plain Ed25519 signature over the note's
 * text, and the timestamped cosignatures of c2sp.org/tlog-cosignature. ML-DSA-44 exists only as the latter,
 * also for the log itself (tlog-checkpoint, "Signatures").
 */
export const SIGNATURE_TYPE = { ed25519: 0x01, ed25519Cosignature: 0x04, mlDsa44: 0x06 } as const;

export type SignatureType = (typeof SIGNATURE_TYPE)[keyof typeof SIGNATURE_TYPE];

/** A key that may have signed a note; name and id together select it. */
export type VerifierKey = Readonly<{
  name: string;
  type: SignatureType;
  publicKey: Uint8Array;
  /** `SHA-256(name ‖ 0A ‖ type ‖ public key)[:4]`, big-endian. */
  id: number;
}>;

const KEY_BYTES: Readonly<Record<number, number>> = {
  [SIGNATURE_TYPE.ed25519]: 32,
  [SIGNATURE_TYPE.ed25519Cosignature]: 32,
  [SIGNATURE_TYPE.mlDsa44]: 1312,
};

/**
 * What no key name holds: the plus, control characters, every Unicode space and the invisible format characters.
 * Fixed ranges, not `\p{…}`: classes grow with the engine's Unicode version, and a verdict must not.
 */
const NOT_IN_NAMES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids exactly these
  /[\u0000-\u0020+\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/u;

/** A key name of c2sp.org/signed-note: not empty, no Unicode space, no plus; here also no control, ≤ 255 bytes. */
export function isKeyName(name: string): boolean {
  return name !== '' && !NOT_IN_NAMES.test(name) && name.isWellFormed() && utf8(name).length <= 255;
}

/** Of the right length, and not one under which signatures mean nothing. */
const isPublicKey = (type: SignatureType, publicKey: Uint8Array): boolean =>
  publicKey.length === KEY_BYTES[type] &&
  (type === SIGNATURE_TYPE.mlDsa44 || isAcceptableEd25519Key(publicKey));

const isSignatureType = (type: number): type is SignatureType => KEY_BYTES[type] !== undefined;

/** Makes a key from its parts and computes its id. Throws for a name or public key that cannot be one. */
export function verifierKey(
  sha256: Sha256,
  name: string,
  type: SignatureType,
  publicKey: Uint8Array,
): VerifierKey {
  if (!isKeyName(name) || !isPublicKey(type, publicKey)) throw new RangeError('not a verifier key');
  const digest = sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey));
  return { name, type, publicKey, id: new DataView(digest.buffer, digest.byteOffset).getUint32(0) };
}

/** The text form `<name>+<hex id>+<base64 of type ‖ public key>` (signed-note, "Verifier keys"). */
export function formatVerifierKey(key: VerifierKey): string {
  const id = key.id.toString(16).padStart(8, '0');
  return `${key.name}+${id}+${toBase64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`;
}

/** Reads {@link formatVerifierKey}'s form; the id must be the computed one. Unknown types are undefined too. */
export function parseVerifierKey(sha256: Sha256, text: string): VerifierKey | undefined {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,4096})$/.exec(text);
  const [, name = '', id = '', encoded = ''] = match ?? [];
  const bytes = fromBase64(encoded);
  const type = bytes?.[0];
  if (!isKeyName(name) || bytes === undefined || type === undefined || !isSignatureType(type))
    return undefined;
  const publicKey = bytes.slice(1);
  if (!isPublicKey(type, publicKey)) return undefined;
  const key = verifierKey(sha256, name, type, publicKey);
  return key.id === Number.parseInt(id, 16) ? key : undefined;
}

/**
 * Reads a key list: one verifier key a line, empty lines and `#` comments ignored. Lines that are no key come
 * back by number, so that a typing error is told and not skipped.
 */
export function parseVerifierKeys(
  sha256: Sha256,
  text: string,
): Readonly<{ keys: readonly VerifierKey[]; badLines: readonly number[] }> {
  const keys: VerifierKey[] = [];
  const badLines: number[] = [];
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const key = parseVerifierKey(sha256, line);
    if (key === undefined) badLines.push(i + 1);
    else keys.push(key);
  }
  return { keys, badLines };
}
