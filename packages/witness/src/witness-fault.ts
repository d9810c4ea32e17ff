/** Why a witness cannot run, or not go on. */
export type WitnessFaultCode =
  | 'state-missing'
  | 'state-exists'
  | 'state-unreadable'
  | 'state-malformed'
  | 'state-locked'
  | 'state-other-key'
  | 'state-halted'
  /** Another program, or a restored copy, replaced the file while we ran. */
  | 'state-changed'
  /** Nothing reached the disk: the state is what it was, and the next attempt may succeed. */
  | 'state-not-saved'
  /** Whether the new state will survive a crash is not known: only a new start can tell. */
  | 'state-unknown'
  | 'key-unreadable'
  | 'key-malformed'
  | 'key-exposed'
  | 'key-exists';

/** A fault of the surroundings, never of a request. `code` is stable; the message names the file. */
export class WitnessFault extends Error {
  readonly code: WitnessFaultCode;

  constructor(code: WitnessFaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WitnessFault';
    this.code = code;
  }
}
