import { X509Certificate } from 'node:crypto';
import { base64 } from '../asn1.ts';
import type { CardCertificate, SimulatedCard } from '../cards/card.ts';
import type { Reader } from './tokens.ts';

/** Version the component reports; the current real one is 未確認. */
export const SERVER_VERSION = '1.3.4.103321';

export const LIBRARY = { libraryDescription: 'SIM HiPKI PKCS#11', libraryVersion: '3.2' } as const;

/** One certificate as `/pkcs11info?withcert=true` lists it (identity.md §2.4). */
export type ListedCertificate = {
  readonly label: string;
  readonly id: string;
  readonly usage: string;
  readonly sn: string;
  readonly subjectDN: string;
  readonly issuerDN: string;
  readonly subjectID: string;
  readonly holderRank: string;
  readonly email: string;
  readonly notBeforeT: number;
  readonly notAfterT: number;
  readonly certb64: string;
};

/** One reader as listed: `null` without a card, a text for a chip the library does not know. */
export type Slot = {
  readonly slotDescription: string;
  readonly token:
    | null
    | 'unknown token'
    | {
        readonly serialNumber: string;
        readonly certs: readonly ListedCertificate[];
        readonly keys: readonly { readonly id: string; readonly keyb64: string }[];
      };
};

/** The answer of `/pkcs11info`. */
export type Pkcs11Info = {
  readonly func: 'pkcs11info';
  readonly ret_code: number;
  readonly serverVersion: string;
  readonly libraryDescription: string;
  readonly libraryVersion: string;
  readonly slots: readonly Slot[];
};

/** Lists one reader; `encryptionFirst` puts the encryption certificate before the signing one. */
export function slotOf(reader: Reader, withCertificates: boolean, encryptionFirst: boolean): Slot {
  const { name: slotDescription, token } = reader;
  if (token === undefined) return { slotDescription, token: null };
  if (token.kind === 'unknown') return { slotDescription, token: 'unknown token' };
  const { card } = token;
  const both = withCertificates
    ? [
        { label: 'cert1', usage: 'digitalSignature', item: card.signing },
        { label: 'cert2', usage: 'keyEncipherment|dataEncipherment', item: card.encryption },
      ]
    : [];
  if (encryptionFirst) both.reverse();
  return {
    slotDescription,
    token: {
      serialNumber: card.cardNumber,
      certs: both.map(({ label, usage, item }) => listed(card, label, usage, item)),
      keys: both.map(({ item, label }) => ({ id: keyId(label), keyb64: base64(item.keys.spki) })),
    },
  };
}

function listed(card: SimulatedCard, label: string, usage: string, item: CardCertificate): ListedCertificate {
  const parsed = new X509Certificate(item.certificate);
  return {
    label,
    id: keyId(label),
    usage,
    sn: item.serialHex.toUpperCase(),
    subjectDN: `C=TW,CN=${card.person.name},serialNumber=${card.subjectSerialNumber}`,
    issuerDN: parsed.issuer.split('\n').join(','),
    subjectID: card.person.nationalId.slice(-4),
    holderRank: '',
    email: '',
    notBeforeT: Math.floor(item.notBeforeMs / 1_000),
    notAfterT: Math.floor(item.notAfterMs / 1_000),
    certb64: base64(item.certificate),
  };
}

const keyId = (label: string): string => (label === 'cert1' ? '01' : '02');
