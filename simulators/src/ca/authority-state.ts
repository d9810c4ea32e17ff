import type { Der } from '../asn1.ts';
import type { SimulatedCard } from '../cards/card.ts';
import type { IssuerName } from './issuer-name.ts';
import type { KeyPair } from './key-pair.ts';
import type { RevocationReason } from './revocation-list.ts';

/** A certification authority with its key and, for issuers, the responder it delegated to. */
export type CertificationAuthority = {
  readonly name: IssuerName;
  readonly keys: KeyPair;
  readonly certificate: Der;
  /** DER Name of the subject. */
  readonly subject: Der;
  readonly responder?: { readonly keys: KeyPair; readonly certificate: Der; readonly withoutPurpose: Der };
};

/** What the authority's register knows of one issued certificate; the identity service reads it too. */
export type RegisterEntry = {
  readonly serialHex: string;
  readonly issuer: IssuerName;
  readonly use: 'signing' | 'encryption' | 'authority' | 'responder' | 'client';
  readonly nationalId?: string;
  readonly subjectSerialNumber?: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** False until the holder activated the card (開卡); the identity service answers 3 until then. */
  readonly activated: boolean;
};

/** A revocation as decided; it reaches a complete list only with the next publication. */
export type RevocationDecision = { readonly atMs: number; readonly reason: RevocationReason };

/** All that is saved and loaded. */
export type AuthorityState = {
  readonly baseUrl: string;
  readonly root: CertificationAuthority;
  readonly g2: CertificationAuthority;
  readonly g3: CertificationAuthority;
  /** By `issuer/serial`. */
  readonly register: Map<string, RegisterEntry>;
  readonly revocations: Map<string, RevocationDecision>;
  readonly cards: SimulatedCard[];
  /** Certificates and keys of services that call the identity service. */
  readonly clients: ServiceClient[];
  /** RSA-2048 pairs made ahead, taken by the next cards. */
  readonly spareKeys: KeyPair[];
  /** Highest list number published so far, by issuer. */
  readonly listNumbers: Map<IssuerName, number>;
};

/** A certificate with which an operator signs its requests to the identity service. */
export type ServiceClient = { readonly label: string; readonly certificate: Der; readonly keys: KeyPair };

export const registerKey = (issuer: IssuerName, serialHex: string): string => `${issuer}/${serialHex}`;
