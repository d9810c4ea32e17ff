/**
 * Every code of the validation policy LIANSHU-VP/1 with the checks that may give it, in the policy's order.
 * `E_` refuses, `I_` leaves the outcome open, `W_` only warns. The families `E_HIPKI_<hex>`, `E_DIW_*` and
 * `E_NOT_ELIGIBLE_<n>` stand here by their stem; {@link PolicyFamilyCode} is the type of their members.
 */
export const POLICY_CHECKS = {
  E_FORMAT: [1],
  E_TOO_LARGE: [1],
  E_METHOD_DISABLED: [1],
  E_TX_UNKNOWN: [2],
  E_TX_USED: [2],
  E_TX_EXPIRED: [2],
  E_INITIATIVE_CLOSED: [3],
  E_TBS_MISMATCH: [4],
  E_TBS_VERSION: [4],
  E_TEXT_CHANGED: [5],
  E_ID_FORMAT: [6],
  E_CMS_SHAPE: [7],
  E_CMS_TRAILING: [7],
  E_CMS_DIGEST_ALG: [7],
  E_CMS_SIG_ALG: [7],
  E_CMS_SIGNERS: [7],
  E_CONTENT_MISMATCH: [8],
  E_DIGEST_MISMATCH: [8],
  E_CTYPE: [8],
  E_ATTR_NONCE: [9],
  E_SIGNING_TIME: [9],
  W_CLOCK: [9],
  E_SIGNER_CERT: [10],
  E_CERT_FORMAT: [11],
  E_CERT_CRIT_EXT: [11],
  E_CERT_KEY_WEAK: [11],
  E_CERT_KEYUSAGE: [12],
  E_ISSUER_UNKNOWN: [13],
  E_SIM_IN_PROD: [13],
  E_CERT_POLICY: [14],
  E_SUBJECT_TYPE: [14],
  E_ID_TAIL: [15],
  E_CERT_NOT_YET: [16],
  E_CERT_EXPIRED: [16, 22],
  E_SIG_INVALID: [17],
  E_CERT_SIG: [18],
  E_CHAIN: [19],
  E_REVOKED: [20, 21, 22],
  E_SUSPENDED: [20, 21],
  I_CRL_STALE: [20],
  I_OCSP_UNAVAILABLE: [21],
  I_OCSP_UNKNOWN: [21],
  E_ID_NOT_BOUND: [22],
  E_CERT_NOT_ACTIVATED: [22],
  I_ICS_UNAVAILABLE: [22],
  E_FIDO_CHECKSUM: [23],
  E_FIDO_OP: [23],
  E_FIDO_CERT: [23],
  E_HIPKI: [23],
  E_DIW: [24],
  E_ALREADY_SIGNED: [25],
  E_NOT_ELIGIBLE: [26],
  I_HOUSEHOLD_PENDING: [26],
  I_LOG_PENDING: [27],
  I_TSA_PENDING: [27],
} as const satisfies Readonly<Record<string, readonly number[]>>;

/** A code of LIANSHU-VP/1. Closed: a switch over it can be exhaustive. */
export type PolicyCode = keyof typeof POLICY_CHECKS;

/** A member of one of the three open families, as shown to people and kept in evidence. */
export type PolicyFamilyCode = `E_HIPKI_${string}` | `E_DIW_${string}` | `E_NOT_ELIGIBLE_${number}`;

/** Version of the policy that this package carries out; kept with every verdict. */
export const POLICY_VERSION = 'LIANSHU-VP/1';

/** The first check that gives `code`. */
export function checkOf(code: PolicyCode): number {
  return POLICY_CHECKS[code][0];
}
