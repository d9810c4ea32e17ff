/**
 * Why something could not be sealed or opened.
 * `epoch-ended` 4,096 records or the hour are used up · `record-too-large` beyond the largest bucket ·
 * `no-identity` no given identity opens the epoch · `epoch-malformed` / `record-malformed` /
 * `export-malformed` / `identity-malformed` wrong shape · `record-unreadable` other key, place, commitment or
 * bytes than were sealed · `export-truncated` the end line is missing or counts differently ·
 * `recipient-malformed` not an age recipient · `tag-key-malformed` not 32 bytes · `log-incomplete` / `log-not-signed` /
 * `log-differs` the copy of the log lacks a file, is not signed by a given key, or is not the tree that was signed.
 */
export type SealErrorCode =
  | 'epoch-ended'
  | 'record-too-large'
  | 'no-identity'
  | 'epoch-malformed'
  | 'record-malformed'
  | 'record-unreadable'
  | 'export-malformed'
  | 'export-truncated'
  | 'identity-malformed'
  | 'recipient-malformed'
  | 'tag-key-malformed'
  | 'log-incomplete'
  | 'log-not-signed'
  | 'log-differs';

/** The only error this package throws on purpose. Never carries plaintext or key material. */
export class SealError extends Error {
  readonly code: SealErrorCode;

  constructor(code: SealErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.name = 'SealError';
    this.code = code;
  }
}
