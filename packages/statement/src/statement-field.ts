import { fromBase64Url } from './encoding.ts';

/** Which field of a statement could not be rendered, and why. */
export type StatementFaultCode =
  | 'statement-case-number'
  | 'statement-draft-id'
  | 'statement-main-text-empty'
  | 'statement-main-text-nfc'
  | 'statement-main-text-line-break'
  | 'statement-main-text-control'
  | 'statement-text-digest'
  | 'statement-commitment'
  | 'statement-time'
  | 'statement-transaction'
  | 'statement-site'
  | 'statement-too-long';

/** Thrown when a statement cannot be rendered from its data; carries no personal data. */
export class StatementFault extends Error {
  readonly code: StatementFaultCode;

  constructor(code: StatementFaultCode) {
    super(code);
    this.name = 'StatementFault';
    this.code = code;
  }
}

function matching(code: StatementFaultCode, pattern: RegExp, text: string): string {
  if (!pattern.test(text)) throw new StatementFault(code);
  return text;
}

export const caseNumber = (text: string) => matching('statement-case-number', /^[1-9]\d{0,7}$/, text);
export const draftId = (text: string) =>
  matching('statement-draft-id', /^(?=.{1,32}$)[A-Z0-9]+(-[A-Z0-9]+)*$/, text);
export const textDigest = (text: string) => matching('statement-text-digest', /^[0-9a-f]{64}$/, text);
/** A host name with optional port, lower case, as it stands in the address bar. */
export const site = (text: string) =>
  matching('statement-site', /^(?=.{1,128}$)[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/, text);

/** Base64url in its only spelling, of `length` bytes. */
function base64Url(code: StatementFaultCode, text: string, length: number): string {
  if (fromBase64Url(text, length) === undefined) throw new StatementFault(code);
  return text;
}

export const commitment = (text: string) => base64Url('statement-commitment', text, 32);
export const transaction = (text: string) => base64Url('statement-transaction', text, 16);

/** An instant as the statement writes it: Taipei time, seconds, a day that exists. */
export function taipeiTime(text: string): string {
  matching('statement-time', /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\+08:00$/, text);
  const epochMs = Date.parse(text);
  const back = Number.isNaN(epochMs) ? '' : new Date(epochMs + 8 * 3_600_000).toISOString();
  if (back.slice(0, 19) !== text.slice(0, 19)) throw new StatementFault('statement-time');
  return text;
}

/**
 * 主文 as announced: one line, NFC, nothing that a screen would hide or turn around (controls, bidirectional
 * marks, zero-width characters), since what is signed must be what is seen.
 */
export function mainText(text: string): string {
  if (text.trim() === '') throw new StatementFault('statement-main-text-empty');
  if (/[\n\r\v\f\u0085\u2028\u2029]/u.test(text)) throw new StatementFault('statement-main-text-line-break');
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u.test(text)) throw new StatementFault('statement-main-text-control');
  if (text.normalize('NFC') !== text) throw new StatementFault('statement-main-text-nfc');
  return text;
}
