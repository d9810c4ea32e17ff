import { DerError, DerReader, TAG } from '@lianshu/der';
import { PkiError } from './error.ts';
import { OID } from './oids.ts';

/** One attribute of a distinguished name. */
export interface NameAttribute {
  readonly oid: string;
  readonly value: string;
}

/** Most attributes read from one name; real ones have three or four. */
const MOST = 32;

/** Reads a Name (its whole encoding) in the order written (RFC 5280 §4.1.2.4). Throws {@link PkiError} `E_CERT_FORMAT`. */
export function readName(encoded: Uint8Array): readonly NameAttribute[] {
  try {
    return readAttributes(encoded);
  } catch (error) {
    if (error instanceof DerError) throw new PkiError('E_CERT_FORMAT', error.message, { cause: error });
    throw error;
  }
}

function readAttributes(encoded: Uint8Array): readonly NameAttribute[] {
  const r = new DerReader(encoded);
  const attributes: NameAttribute[] = [];
  const outer = r.enter(TAG.sequence);
  while (!r.atEnd && attributes.length < MOST) {
    const set = r.enter(TAG.set);
    do {
      const pair = r.enter(TAG.sequence);
      const oid = r.oid();
      attributes.push({ oid, value: r.text() });
      r.leave(pair);
    } while (!r.atEnd && attributes.length < MOST);
    r.leave(set);
  }
  r.leave(outer);
  r.finish();
  return attributes;
}

const SHORT: Readonly<Record<string, string>> = {
  [OID.commonName]: 'CN',
  [OID.serialNumber]: 'serialNumber',
  [OID.country]: 'C',
  [OID.locality]: 'L',
  [OID.organization]: 'O',
  [OID.organizationalUnit]: 'OU',
};

/** A name for people: `C=TW, O=行政院, CN=…`, in the order written. Control characters are shown as escapes. */
export function nameText(encoded: Uint8Array): string {
  return readName(encoded)
    .map(({ oid, value }) => `${SHORT[oid] ?? oid}=${printable(value)}`)
    .join(', ');
}

/** Text that cannot move a terminal's cursor or reorder a line: control and bidirectional characters as `\u{…}`. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\]/gu,
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Whether a name belongs to a simulator: every simulator authority carries "SIM", whatever its pin says. */
export function isSimulatorName(encoded: Uint8Array): boolean {
  return readName(encoded).some(({ value }) => value.normalize('NFKC').toUpperCase().includes('SIM'));
}
