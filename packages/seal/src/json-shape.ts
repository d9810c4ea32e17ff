import { SealError } from './seal-error.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** An object with exactly these names. Everything here throws `record-malformed` and quotes nothing. */
export function exactObject(value: unknown, names: readonly string[]): JsonObject {
  if (!isObject(value)) throw new SealError('record-malformed');
  const present = Object.keys(value);
  if (present.length !== names.length || !names.every((name) => Object.hasOwn(value, name)))
    throw new SealError('record-malformed');
  return value;
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new SealError('record-malformed');
  return value;
}

export function integer(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new SealError('record-malformed');
  return value;
}

/** Canonical base64url without padding. */
export function bytes(value: unknown): Uint8Array {
  const encoded = text(value);
  const decoded = Buffer.from(encoded, 'base64url');
  if (decoded.toString('base64url') !== encoded) throw new SealError('record-malformed');
  return decoded;
}

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new SealError('record-malformed');
  return value;
}

export function stringMap(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) throw new SealError('record-malformed');
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, text(member)]));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
