import type { PolicyCode } from './policy.ts';

/** One signed statement as a signing method delivered it, with what the server knows about it. */
export interface EnvelopeInput {
  /**
   * `cms-attached`: CMS SignedData that encloses the statement; `cms-detached`: the same without it;
   * `pkcs1`: the bare signature value over the statement (RSASSA-PKCS1-v1_5, or for a P-256 key an ECDSA-Sig-Value in DER).
   */
  readonly form: 'cms-attached' | 'cms-detached' | 'pkcs1';
  readonly signature: Uint8Array;
  /** DER. Required for `pkcs1`; for CMS needed only when none is enclosed, and equal to the enclosed one otherwise. */
  readonly certificate?: Uint8Array;
  /** The exact bytes of the statement, at most 768. */
  readonly content: Uint8Array;
  /** 交易序號, the statement's last line. */
  readonly transaction: string;
  /** Last four characters of the national ID as typed. */
  readonly idTail: string;
  /** When the last byte arrived; validity and revocation are judged at this instant. */
  readonly receivedAtMs: number;
}

/** Which list proved that the certificate was not revoked; kept as evidence. */
export interface RevocationProof {
  readonly issuerSki: string;
  readonly crlNumber: string;
  readonly crlSha256: string;
}

/** Who signed, as far as the certificate says. `subjectSerialNumber` identifies the certificate holder to ICS. */
export interface SignerFacts {
  /** DER of the signer's certificate; a copy of its own. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** Hexadecimal, lower case. */
  readonly certificateSerial: string;
  /** DN serialNumber; not the national ID. */
  readonly subjectSerialNumber: string;
  readonly issuerSki: string;
}

/** All of checks 6 to 20 passed. */
export interface EnvelopePassed extends SignerFacts {
  readonly outcome: 'passed';
  readonly warnings: readonly 'W_CLOCK'[];
  readonly revocation: RevocationProof;
}

/** The first check that failed. Final: the same bytes fail again. */
export interface EnvelopeFailed {
  readonly outcome: 'failed';
  readonly check: number;
  readonly code: PolicyCode;
}

/** Signature and certificate are good; chain (19) or revocation (20) cannot be told now. The signature may be held and asked again. */
export interface EnvelopeIndeterminate extends SignerFacts {
  readonly outcome: 'indeterminate';
  readonly check: number;
  readonly code: 'E_CHAIN' | 'I_CRL_STALE';
  readonly warnings: readonly 'W_CLOCK'[];
}

/** Result of checks 6 (tail) to 20 of LIANSHU-VP/1. */
export type EnvelopeVerdict = EnvelopePassed | EnvelopeFailed | EnvelopeIndeterminate;
