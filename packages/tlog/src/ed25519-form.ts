import { parseNote } from './note.ts';

/** Bytes after the key id: a plain Ed25519 signature, and one behind the time of a cosignature. */
const ED25519_BYTES: ReadonlySet<number> = new Set([64, 8 + 64]);

/**
 * The same file without every signature that is not as long as an Ed25519 one, in unchanged order; in practice
 * without ML-DSA-44 (2,428 bytes each), which no browser checks and no QR code holds. Takes a receipt
 * (`tlog-proof`) or any signed note; all else in the file stays byte for byte, so what the remaining signatures
 * prove does not change. Nothing is verified.
 *
 * Undefined for what is no note, and when no signature would remain: a file without one proves nothing.
 */
export function ed25519Form(file: string): string | undefined {
  const parsed = parseNote(file);
  const kept = parsed?.signatures.filter(({ signature }) => ED25519_BYTES.has(signature.length)) ?? [];
  if (parsed === undefined || kept.length === 0) return undefined;
  return `${parsed.text}\n${kept.map(({ line }) => `${line}\n`).join('')}`;
}
