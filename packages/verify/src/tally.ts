/** Which number of its case and act an entry raises by one; a column of one byte. */
export const EFFECT = {
  none: 0,
  signed: 1,
  held: 2,
  settledCounted: 3,
  settledRefused: 4,
  voided: 5,
} as const;

/** How many numbers there are, `none` included. */
export const EFFECTS = 6;

/** What an entry adds to the count, by its effect: signatures + settled as counted − void. */
export const NET: readonly number[] = [0, 1, 0, 1, 0, -1];

/** The numbers of one case and act, as `counts/<case>.json` names them. */
export type Tally = Readonly<{
  /** Signature entries. */
  signed: number;
  /** Held and without an outcome yet. */
  held: number;
  settledCounted: number;
  settledRefused: number;
  voided: number;
  /** Signatures + settled as counted − void. */
  counted: number;
}>;

/** A tally from how often each effect occurred. */
export function tallyOf(row: readonly number[]): Tally {
  const [, signed = 0, held = 0, settledCounted = 0, settledRefused = 0, voided = 0] = row;
  return {
    signed,
    held: held - settledCounted - settledRefused,
    settledCounted,
    settledRefused,
    voided,
    counted: signed + settledCounted - voided,
  };
}

export const EMPTY_TALLY: Tally = tallyOf([]);
