/** 姓名: whether a typed name is the one that stands on the card somebody signed in with. */
import { OID, parseCertificate, readName } from '@lianshu/pki';
import { equalBytes } from '@lianshu/statement';
import type { NameProofOf } from './person-key.ts';

/**
 * A name as it is compared: composed (NFC), full-width letters as letters, spaces as one space. Nothing else is taken for
 * the same: neither variant characters (溫 and 温) nor dots (‧ and ·) nor capital letters. What the certificate says, counts.
 */
export const comparableName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000]+/gu, ' ')
    // Names of two characters are printed with a space between them.
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .trim();

/** The display name of a certificate that was verified; undefined where it has none, or more than one. */
export function certificateName(der: Uint8Array): string | undefined {
  const names = readName(parseCertificate(der).subject).filter(({ oid }) => oid === OID.commonName);
  const [only, ...others] = names;
  const name = only === undefined || others.length > 0 ? '' : comparableName(only.value);
  return name === '' ? undefined : name;
}

/** A claim about a name, with what the sealer answered when that person signed in. */
export interface NameClaim {
  readonly person: Uint8Array;
  readonly name: string;
  readonly proof: Uint8Array;
}

/** Says yes or no and nothing else; the name was never kept. */
export const isNameOnCard = (proofOf: NameProofOf, { person, name, proof }: NameClaim): boolean =>
  equalBytes(proofOf(person, comparableName(name)), proof);
