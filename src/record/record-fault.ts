/**
 * Something about the record is not as it must be. Never a refusal to a person: the process that meets one
 * stops, and a human compares what disagrees.
 */
export type RecordFaultCode =
  | 'entry-invalid' // an entry that does not fit its kind, is too long, or seems to name a person
  | 'clock-moved-back' // now is before the last signed checkpoint
  | 'another-sequencer' // the log's row is not as this sequencer left it
  | 'round-failed' // a round failed before COMMIT, too often
  | 'unknown-outcome' // COMMIT was sent and its result never known
  | 'tile-differs' // a full tile exists with other bytes
  | 'file-differs' // a published immutable file exists with other bytes
  | 'journal-failed' // a committed checkpoint could not be journaled
  | 'database-behind' // journal, public files or a witness know more than the database, or something else
  | 'database-inconsistent' // the log's row, its tiles, its entries or its signature do not fit together
  | 'count-inconsistent' // an entry settles or voids what is not there
  | 'proof-invalid'; // a proof we built does not verify

/** See {@link RecordFaultCode}. Its message is for the operator and holds no personal data. */
export class RecordFault extends Error {
  override readonly name = 'RecordFault';
  readonly code: RecordFaultCode;

  constructor(code: RecordFaultCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
