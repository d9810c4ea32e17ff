import { contextConstructed, contextPrimitive, DerReader, TAG } from '@lianshu/der';
import { readAlgorithm } from './algorithm.ts';
import { asBuffer } from './bytes.ts';
import { PkiError } from './error.ts';
import { readExtension } from './extensions.ts';

/** What a time-stamp states (RFC 3161 §2.4.2, TSTInfo). Parsed only. */
export type TimeStampInfo = Readonly<{
  /** The authority's policy, dotted. */
  policy: string;
  imprint: Readonly<{ algorithm: string; digest: Uint8Array }>;
  /** Magnitude, at most 20 bytes. */
  serial: Uint8Array;
  genTimeMs: number;
  /** How far genTime may be off either way, where the authority says so. */
  accuracyMs?: number;
  /** Magnitude. */
  nonce?: Uint8Array;
}>;

/** `YYYYMMDDhhmmss[.f…]Z`, the fraction without a trailing zero (RFC 3161 §2.4.2); beyond milliseconds it is cut. */
function readGenTime(r: DerReader): number {
  const text = asBuffer(r.content(TAG.generalizedTime)).toString('latin1');
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,8}[1-9]))?Z$/.exec(text);
  if (match === null) throw new PkiError('E_TIME_STAMP', 'genTime');
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const epochMs = Date.parse(iso);
  if (Number.isNaN(epochMs) || new Date(epochMs).toISOString() !== iso) {
    throw new PkiError('E_TIME_STAMP', 'genTime');
  }
  return epochMs;
}

/** `SEQUENCE { seconds INTEGER, millis [0], micros [1] }`, all optional; rounded up to a millisecond. */
function readAccuracy(r: DerReader): number {
  const outer = r.enter(TAG.sequence);
  const seconds = r.peek() === TAG.integer ? r.smallInteger() : 0;
  const millis = r.peek() === contextPrimitive(0) ? r.smallInteger(contextPrimitive(0)) : 0;
  const micros = r.peek() === contextPrimitive(1) ? r.smallInteger(contextPrimitive(1)) : 0;
  r.leave(outer);
  if (millis > 999 || micros > 999) throw new PkiError('E_TIME_STAMP', 'accuracy');
  return seconds * 1000 + millis + Math.ceil(micros / 1000);
}

/** Reads TSTInfo strictly. Throws `DerError` or {@link PkiError} `E_TIME_STAMP`. */
export function readTimeStampInfo(der: Uint8Array): TimeStampInfo {
  const r = new DerReader(der);
  const outer = r.enter(TAG.sequence);
  if (r.smallInteger() !== 1) throw new PkiError('E_TIME_STAMP', 'version');
  const policy = r.oid();
  const imprint = r.enter(TAG.sequence);
  const { oid: algorithm, parameters } = readAlgorithm(r);
  const digest = r.octets();
  r.leave(imprint);
  const serial = r.unsigned();
  if (parameters === 'other' || serial.length > 20) throw new PkiError('E_TIME_STAMP', 'imprint or serial');
  const genTimeMs = readGenTime(r);
  const accuracy = r.peek() === TAG.sequence ? { accuracyMs: readAccuracy(r) } : {};
  // `ordering` says something about the authority's other time-stamps, which nobody here compares.
  if (r.peek() === TAG.boolean && !r.boolean()) throw new PkiError('E_TIME_STAMP', 'default written out');
  const nonce = r.peek() === TAG.integer ? { nonce: r.unsigned() } : {};
  // `tsa` is a hint; who signed is decided by the pinned certificate.
  if (r.peek() === contextConstructed(0)) r.skip();
  if (r.peek() === contextConstructed(1)) {
    const list = r.enter(contextConstructed(1));
    while (!r.atEnd) if (readExtension(r).critical) throw new PkiError('E_TIME_STAMP', 'critical extension');
    r.leave(list);
  }
  r.leave(outer);
  r.finish();
  return { policy, imprint: { algorithm, digest }, serial, genTimeMs, ...accuracy, ...nonce };
}
