import { cosignedBytes } from './cosignature.ts';
import { concatBytes, fromBase64, toBase64, utf8 } from './encoding.ts';
import type { Sha256 } from './merkle.ts';
import { isKeyName, SIGNATURE_TYPE, type VerifierKey } from './verifier-key.ts';

/** Verifies one signature over `message`. False for a wrong one and for anything malformed. */
export type VerifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** The cryptography of notes, passed in. Without `mlDsa44` (a browser) such signatures are reported unchecked. */
export type NotePrimitives = Readonly<{
  sha256: Sha256;
  ed25519: VerifySignature;
  mlDsa44?: VerifySignature;
}>;

/** Signs the text of a note; `sign` returns what follows the key id in the signature line. */
export type NoteSigner = Readonly<{ key: VerifierKey; sign(text: string): Uint8Array }>;

/** One signature line, not verified. `line` is the verbatim text without its newline. */
export type NoteSignature = Readonly<{ name: string; id: number; signature: Uint8Array; line: string }>;

/** A note taken apart, nothing verified: its text is not to be trusted yet. */
export type ParsedNote = Readonly<{ text: string; signatures: readonly NoteSignature[] }>;

/** A known key whose signature held; `timestamp` (POSIX seconds) if its type carries one and it is not 0. */
export type VerifiedSignature = Readonly<{ key: VerifierKey; timestamp?: number }>;

export type NoteFaultCode = 'note-malformed' | 'note-bad-signature' | 'note-no-known-key';

/** Largest note read, and most signatures in it: room for 64 post-quantum ones (the format demands ≥ 16). */
export const MAX_NOTE_BYTES = 262_144;
export const MAX_NOTE_SIGNATURES = 64;

function parseSignatureLine(line: string): NoteSignature | undefined {
  const [dash, name = '', encoded = '', ...rest] = line.split(' ');
  const bytes = fromBase64(encoded);
  if (dash !== '—' || rest.length > 0 || !isKeyName(name) || bytes === undefined || bytes.length < 5) {
    return undefined;
  }
  const id = new DataView(bytes.buffer).getUint32(0);
  return { name, id, signature: bytes.slice(4), line };
}

/** Whether a text may stand in a signed note: of what lies below U+0020 newline alone (c2sp.org/signed-note), well formed. */
export function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids exactly these
  return !/[\x00-\x09\x0b-\x1f]/.test(text) && text.isWellFormed();
}

/**
 * Takes a signed note apart (c2sp.org/signed-note): text up to the last empty line, then signature lines only.
 * Undefined for anything else, for control characters other than newline, and beyond the limits.
 */
export function parseNote(note: string): ParsedNote | undefined {
  if (note.length > MAX_NOTE_BYTES || !isNoteText(note)) return undefined;
  const cut = note.lastIndexOf('\n\n');
  if (cut < 0 || !note.endsWith('\n')) return undefined;
  const lines = note.slice(cut + 2, -1).split('\n');
  if (lines.length > MAX_NOTE_SIGNATURES) return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (signature === undefined) return undefined;
    signatures.push(signature);
  }
  return { text: note.slice(0, cut + 1), signatures };
}

function verifyOne(
  primitives: NotePrimitives,
  text: string,
  key: VerifierKey,
  signature: Uint8Array,
): VerifiedSignature | 'bad' | 'unchecked' {
  if (key.type === SIGNATURE_TYPE.ed25519) {
    return primitives.ed25519(key.publicKey, utf8(text), signature) ? { key } : 'bad';
  }
  const verify = key.type === SIGNATURE_TYPE.mlDsa44 ? primitives.mlDsa44 : primitives.ed25519;
  if (verify === undefined) return 'unchecked';
  if (signature.length <= 8) return 'bad';
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  const message = cosignedBytes(key, text, time);
  if (time > BigInt(Number.MAX_SAFE_INTEGER) || message === undefined) return 'bad';
  if (!verify(key.publicKey, message, signature.subarray(8))) return 'bad';
  return time === 0n ? { key } : { key, timestamp: Number(time) };
}

/**
 * Opens a signed note with the keys one trusts. As signed-note demands: lines of unknown keys are ignored; a bad
 * signature of a known key rejects the whole note; at least one known key must have signed. `unchecked` are
 * known keys that signed with an algorithm the primitives lack: they count neither way.
 */
export function openNote(
  primitives: NotePrimitives,
  note: string,
  keys: readonly VerifierKey[],
):
  | Readonly<{
      ok: true;
      text: string;
      verified: readonly VerifiedSignature[];
      unchecked: readonly VerifierKey[];
    }>
  | Readonly<{ ok: false; code: NoteFaultCode }> {
  const parsed = parseNote(note);
  if (parsed === undefined) return { ok: false, code: 'note-malformed' };
  const verified: VerifiedSignature[] = [];
  const unchecked: VerifierKey[] = [];
  for (const { name, id, signature } of parsed.signatures) {
    for (const key of keys.filter((candidate) => candidate.name === name && candidate.id === id)) {
      const result = verifyOne(primitives, parsed.text, key, signature);
      if (result === 'bad') return { ok: false, code: 'note-bad-signature' };
      if (result === 'unchecked') unchecked.push(key);
      else verified.push(result);
    }
  }
  if (verified.length === 0) return { ok: false, code: 'note-no-known-key' };
  return { ok: true, text: parsed.text, verified, unchecked };
}

/** One signature line with its newline, for adding to a note. */
export function signatureLine(signer: NoteSigner, text: string): string {
  const id = new Uint8Array(4);
  new DataView(id.buffer).setUint32(0, signer.key.id);
  return `— ${signer.key.name} ${toBase64(concatBytes(id, signer.sign(text)))}\n`;
}

/** Signs a text (ending in a newline) as a note, one line per signer in the given order. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  const note = `${text}\n${signers.map((signer) => signatureLine(signer, text)).join('')}`;
  if (!text.endsWith('\n') || parseNote(note)?.text !== text) throw new RangeError('not the text of a note');
  return note;
}
