/**
 * Why the identity service gave no usable answer. `ics-malformed` not the agreed XML · `ics-too-large` ·
 * `ics-mismatch` ClientID, Nonce, count, running number or SN do not echo our request · `ics-refused` an
 * `ErrID` · `ics-unreachable` no answer in time. All become `I_ICS_UNAVAILABLE`.
 */
export type IcsErrorCode =
  | 'ics-malformed'
  | 'ics-too-large'
  | 'ics-mismatch'
  | 'ics-refused'
  | 'ics-unreachable';

/** Carries a code and, for `ics-refused`, the service's four or five digits; never the text it came in. */
export class IcsError extends Error {
  readonly code: IcsErrorCode;
  readonly errId: string | undefined;

  constructor(code: IcsErrorCode, errId?: string) {
    super(errId === undefined ? code : `${code} ${errId}`);
    this.name = 'IcsError';
    this.code = code;
    this.errId = errId;
  }
}
