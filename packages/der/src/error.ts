/** Why a byte string is not the DER that was asked for. A closed set: nothing else escapes the reader. */
export type DerCode =
  | 'E_DER_TOO_LARGE'
  | 'E_DER_TRUNCATED'
  | 'E_DER_TAG'
  | 'E_DER_LENGTH'
  | 'E_DER_TRAILING'
  | 'E_DER_VALUE';

/** Hostile or broken bytes met by {@link DerReader}. `offset` counts from the start of the buffer read. */
export class DerError extends Error {
  override readonly name = 'DerError';
  readonly code: DerCode;
  readonly offset: number;

  constructor(code: DerCode, offset: number) {
    super(`${code} at byte ${offset}`);
    this.code = code;
    this.offset = offset;
  }
}
