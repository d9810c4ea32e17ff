/**
 * The codes of the published validation policy LIANSHU-VP/1 (identity.md §10) and of the signing page's
 * card and phone errors (§11). `E_` total-failed, `I_` indeterminate, `W_` warning, `UI_` seen by the
 * browser only: nothing reached the server.
 */

/** Version stored with every piece of evidence, so that a later reader knows which checks were made. */
export const POLICY_VERSION = 'LIANSHU-VP/1';

/** Codes that stand alone. A code ending in `_` opens a family: `E_HIPKI_<hex>`, `E_NOT_ELIGIBLE_<n>`. */
export type CatalogueCode =
  | 'E_FORMAT'
  | 'E_TOO_LARGE'
  | 'E_METHOD_DISABLED'
  | 'E_TX_UNKNOWN'
  | 'E_TX_USED'
  | 'E_TX_EXPIRED'
  | 'E_INITIATIVE_CLOSED'
  | 'E_TBS_MISMATCH'
  | 'E_TBS_VERSION'
  | 'commitment-mismatch'
  | 'E_TEXT_CHANGED'
  | 'E_ID_FORMAT'
  | 'E_CMS_SHAPE'
  | 'E_CMS_TRAILING'
  | 'E_CMS_DIGEST_ALG'
  | 'E_CMS_SIG_ALG'
  | 'E_CMS_SIGNERS'
  | 'E_CONTENT_MISMATCH'
  | 'E_DIGEST_MISMATCH'
  | 'E_CTYPE'
  | 'W_CLOCK'
  | 'E_ATTR_NONCE'
  | 'E_SIGNING_TIME'
  | 'E_SIGNER_CERT'
  | 'E_CERT_FORMAT'
  | 'E_CERT_CRIT_EXT'
  | 'E_CERT_KEY_WEAK'
  | 'E_CERT_KEYUSAGE'
  | 'E_ISSUER_UNKNOWN'
  | 'E_SIM_IN_PROD'
  | 'E_CERT_POLICY'
  | 'E_SUBJECT_TYPE'
  | 'E_ID_TAIL'
  | 'E_CERT_NOT_YET'
  | 'E_CERT_EXPIRED'
  | 'E_SIG_INVALID'
  | 'E_CERT_SIG'
  | 'E_CHAIN'
  | 'E_REVOKED'
  | 'E_SUSPENDED'
  | 'I_CRL_STALE'
  | 'I_OCSP_UNAVAILABLE'
  | 'I_OCSP_UNKNOWN'
  | 'E_ID_NOT_BOUND'
  | 'E_CERT_NOT_ACTIVATED'
  | 'I_ICS_UNAVAILABLE'
  | 'E_FIDO_CHECKSUM'
  | 'E_FIDO_OP'
  | 'E_FIDO_CERT'
  | 'E_HIPKI_'
  | 'E_DIW_'
  | 'E_ALREADY_SIGNED'
  | 'E_NOT_ELIGIBLE_'
  | 'I_HOUSEHOLD_PENDING'
  | 'I_LOG_PENDING'
  | 'I_TSA_PENDING'
  | UiCode;

/** Codes of the signing page itself (identity.md §11). */
export type UiCode =
  | 'UI_POPUP_BLOCKED'
  | 'UI_NOT_INSTALLED'
  | 'UI_UNTRUSTED_SITE'
  | 'UI_NO_READER'
  | 'UI_NO_CARD'
  | 'UI_WRONG_CARD'
  | 'UI_PIN_WRONG'
  | 'UI_CARD_LOCKED'
  | 'UI_PIN_LENGTH'
  | 'UI_CERT_NOT_YET'
  | 'UI_CERT_EXPIRED'
  | 'UI_CANCELLED'
  | 'UI_TIMEOUT'
  | 'UI_NOT_ENROLLED'
  | 'UI_CERT_REVOKED'
  | 'UI_TICKET_EXPIRED';

/** Why a signature is held rather than refused or counted: nobody's fault, settled later (trust.md §2). */
export type HoldReason =
  | 'I_ICS_UNAVAILABLE'
  | 'I_CRL_STALE'
  | 'I_OCSP_UNAVAILABLE'
  | 'I_OCSP_UNKNOWN'
  | 'E_CHAIN';
