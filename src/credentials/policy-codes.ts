import type { PolicyCode } from '@lianshu/pki';

/**
 * Codes of the signing page itself (identity.md §11): the browser met them before anything was sent, so
 * nothing reached the server.
 */
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

/**
 * Every code the catalogue explains: LIANSHU-VP/1 (`E_` refused, `I_` left open, `W_` warning), the page's
 * own, and `commitment-mismatch`, which belongs to check 4: the record commitment L does not follow from the
 * parts that were sent (trust.md §2). The policy has no code for it, since L is ours and not the card's.
 */
export type CatalogueCode = PolicyCode | UiCode | 'commitment-mismatch';

/** Why a signature is held rather than counted or refused: nobody's fault, settled later (trust.md §2). */
export type HoldReason = Extract<
  PolicyCode,
  'I_ICS_UNAVAILABLE' | 'I_CRL_STALE' | 'I_OCSP_UNAVAILABLE' | 'I_OCSP_UNKNOWN' | 'E_CHAIN'
>;
