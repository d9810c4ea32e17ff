import type { PolicyCode } from './policy.ts';

/** Faults of material that operators supply (anchors, revocation lists), beside the codes of the policy. */
export type PkiCode =
  | PolicyCode
  | 'E_CRL_FORMAT'
  | 'E_CRL_SCOPE'
  | 'E_CRL_SIG'
  | 'E_CRL_NUMBER'
  | 'E_OCSP_FORMAT'
  | 'E_PEM'
  | 'E_TIME_STAMP';

/** A refusal inside this package. Envelopes never let it out; anchors, lists and tools do. */
export class PkiError extends Error {
  override readonly name = 'PkiError';
  readonly code: PkiCode;

  constructor(code: PkiCode, detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options);
    this.code = code;
  }
}
