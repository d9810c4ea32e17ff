/** Whose certificate, and which national ID the signer typed: what 內政部 is asked to confirm. Personal data. */
export interface IdentityRequest {
  /** `serialNumber` of the certificate's subject DN, 16 digits; not the national ID. */
  readonly subjectSerialNumber: string;
  readonly nationalId: string;
}

/** What was asked and answered, for the evidence record: names are the service's own, values hold no name or ID. */
export type ConfirmationProof = Readonly<Record<string, string>>;

/** Check 22 of LIANSHU-VP/1. `unavailable` is nobody's fault: the signature is held (trust.md §2). */
export type IdentityOutcome =
  | { readonly outcome: 'confirmed'; readonly proof: ConfirmationProof }
  | {
      readonly outcome: 'refused';
      readonly code: 'E_ID_NOT_BOUND' | 'E_CERT_NOT_ACTIVATED' | 'E_CERT_EXPIRED' | 'E_REVOKED';
    }
  | { readonly outcome: 'unavailable'; readonly code: 'I_ICS_UNAVAILABLE' };

/**
 * Port to the service that says whether a certificate belongs to a national ID. Answers in the order of the
 * requests, one outcome each, at most {@link MAX_IDENTITY_BATCH} a call. Never throws for the service's
 * silence or nonsense: those are `unavailable`. Logs nothing personal.
 */
export interface IdentityConfirmation {
  confirm(requests: readonly IdentityRequest[], signal: AbortSignal): Promise<readonly IdentityOutcome[]>;
}

/** Most records of one call (identity.md §5, `TotalCount`). */
export const MAX_IDENTITY_BATCH = 1_000;

export const UNAVAILABLE: IdentityOutcome = { outcome: 'unavailable', code: 'I_ICS_UNAVAILABLE' };
