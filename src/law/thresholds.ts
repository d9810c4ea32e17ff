/**
 * Thresholds of the Act in integers. Fractions round up (公民投票法施行細則 §10); binary floating point would
 * not survive configurable local rates (3.5 % of 200 is 7, not 8).
 */

/** A rate as the law states it: `15/1000` is 百分之一點五. */
export interface Rate {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** `⌈electors × rate⌉`. @throws RangeError for a negative base or a rate that is not positive. */
export function required(electors: bigint, rate: Rate): bigint {
  if (electors < 0n || rate.numerator <= 0n || rate.denominator <= 0n)
    throw new RangeError('A threshold needs a base of at least 0 and a positive rate');
  return (electors * rate.numerator + rate.denominator - 1n) / rate.denominator;
}
