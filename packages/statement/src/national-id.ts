/** Why a text is not a citizen's national ID. */
export type NationalIdFaultCode =
  | 'id-length'
  | 'id-letter'
  | 'id-sex-digit'
  | 'id-digits'
  | 'id-check-digit'
  | 'id-resident-certificate';

/** A refusal by {@link NationalId.parse}. It never repeats what was typed. */
export type NationalIdFault = Readonly<{ code: NationalIdFaultCode }>;

/** Letters in the order of their two-digit numbers 10…35, as the household registration assigns them. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';
const REDACTED = '[national ID]';

/** Full-width letters and digits to ASCII, upper case, white space and hyphens at the edges and inside gone. */
function fold(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** Σ weight × digit over the letter's two digits and the nine that follow; a valid number gives 0 mod 10. */
function checkSum(value: string): number {
  const letter = LETTERS.indexOf(value.charAt(0)) + 10;
  let sum = Math.floor(letter / 10) + (letter % 10) * 9 + Number(value.charAt(9));
  for (let i = 1; i < 9; i++) sum += Number(value.charAt(i)) * (9 - i);
  return sum % 10;
}

/**
 * 國民身分證統一編號: a citizen's national ID number with a valid check digit. Guarantees that its digits come
 * out only through {@link reveal}: JSON, string conversion and `util.inspect` show a placeholder.
 * Whether the number was ever issued, and to whom, only the interior ministry can say (identity.md §5).
 *
 * @example const id = NationalId.parse('Ａ123456789'); if (id instanceof NationalId) id.tail; // '6789'
 */
export class NationalId {
  readonly #value: string;

  private constructor(value: string) {
    this.#value = value;
  }

  /**
   * Reads what a person typed: full-width and lower-case forms, spaces and hyphens are forgiven. A resident
   * certificate 居留證 (second character A–D, or 8 and 9 since 2021) is recognised and refused by its own code:
   * its holder is not a voter (公民投票法 §7).
   */
  static parse(text: string): NationalId | NationalIdFault {
    if (text.length > 64) return { code: 'id-length' };
    const value = fold(text);
    if (value.length !== 10) return { code: 'id-length' };
    if (!/^[A-Z]/.test(value)) return { code: 'id-letter' };
    if (/^.[A-D89]\d{8}$/.test(value)) return { code: 'id-resident-certificate' };
    if (!/^.[12]/.test(value)) return { code: 'id-sex-digit' };
    if (!/^.\d{9}$/.test(value)) return { code: 'id-digits' };
    if (checkSum(value) !== 0) return { code: 'id-check-digit' };
    return new NationalId(value);
  }

  /** The ten characters in clear. Each caller is a place where personal data flows: keep them few. */
  reveal(): string {
    return this.#value;
  }

  /** The last four characters, all that a citizen certificate shows (check 15 of LIANSHU-VP/1). */
  get tail(): string {
    return this.#value.slice(6);
  }

  toJSON(): string {
    return REDACTED;
  }

  toString(): string {
    return REDACTED;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}
