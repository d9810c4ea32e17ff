import {
  type Checkpoint,
  type CheckpointKeys,
  formatVerifierKey,
  isNoteText,
  type NotePrimitives,
  openCheckpoint,
  parseNote,
  parseTlogProof,
  quorumOf,
  speaksFor,
  type VerifiedSignature,
  type VerifierKey,
} from '@lianshu/tlog';
import type { LogFault } from './log-fault.ts';
import { allKeys, checkpointKeys, type Trust } from './trust.ts';

export type { Trust } from './trust.ts';

/** A witness whose cosignature held; `time` is ISO, absent when the cosignature makes no statement of time. */
export type WitnessFact = Readonly<{ name: string; time?: string }>;

/** A checkpoint that a trusted log signed, and who else did. */
export type OpenedCheckpoint = Readonly<{
  note: string;
  checkpoint: Checkpoint;
  /** Keys of the log that signed. */
  logKeys: readonly VerifierKey[];
  /** The log's own statement of time, where its ML-DSA-44 signature makes one. */
  logTime?: string;
  witnesses: readonly WitnessFact[];
  /** Undefined where no policy was given. */
  quorum?: Readonly<{ reached: boolean; missing: readonly string[] }>;
  /** Lines of the file that bear no signature of a trusted key: ignored, as the format demands, and told. */
  ignoredLines: readonly number[];
}>;

const isoTime = (seconds: number): string | undefined =>
  seconds < 8.64e12 ? new Date(seconds * 1000).toISOString() : undefined;

const sameKey = (a: VerifierKey, b: VerifierKey): boolean => formatVerifierKey(a) === formatVerifierKey(b);

const timeOf = (signatures: readonly VerifiedSignature[]): Readonly<{ time?: string }> => {
  const times = signatures.flatMap(({ timestamp }) => (timestamp === undefined ? [] : [timestamp]));
  const time = times.length === 0 ? undefined : isoTime(Math.min(...times));
  return time === undefined ? {} : { time };
};

/** The line of the note at fault, from 1, if one alone is. */
function faultyLine(primitives: NotePrimitives, note: string, keys: CheckpointKeys): number | undefined {
  const parsed = parseNote(note);
  const textLines = note.slice(0, Math.max(0, note.lastIndexOf('\n\n'))).split('\n').length;
  if (parsed === undefined) {
    const lines = note.split('\n');
    const at = lines.findIndex((line, i) => {
      if (i === textLines || (i === lines.length - 1 && line === '')) return false;
      if (!isNoteText(line)) return true;
      return i > textLines && parseNote(`text\n\n${line}\n`) === undefined;
    });
    return at < 0 ? undefined : at + 1;
  }
  const bad = parsed.signatures.findIndex(({ line }) => {
    const opened = openCheckpoint(primitives, `${parsed.text}\n${line}\n`, keys);
    return !opened.ok && opened.code === 'note-bad-signature';
  });
  return bad < 0 ? undefined : textLines + 2 + bad;
}

/** Which of the three lines of a checkpoint's text is not as it must be. */
function faultyTextLine(text: string): number {
  const [origin = '', size = '', root = ''] = text.split('\n');
  if (origin === '' || origin.endsWith('/promise')) return 1;
  if (!/^(?:0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) return 2;
  return /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(root) ? 4 : 3;
}

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** The first line, from 1, that is not UTF-8. */
function undecodableLine(bytes: Uint8Array): number | undefined {
  let line = 1;
  for (let start = 0; start <= bytes.length; line++) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    if (decode(bytes.subarray(start, end)) === undefined) return line;
    start = end + 1;
  }
  return undefined;
}

/** The checkpoint inside a saved file: the note itself, or the one a receipt carries. */
function checkpointIn(bytes: Uint8Array): string | undefined {
  const text = decode(bytes);
  return text?.startsWith('c2sp.org/tlog-proof@') === true ? parseTlogProof(text)?.checkpoint : text;
}

/**
 * Opens a checkpoint under keys and policy. Every trusted key that bears the origin's name must have signed: a log
 * does not drop one of its keys without a new origin. Whether the quorum cosigned is told, not required. `file` is
 * the name for faults. Never throws.
 */
export function openTrusted(
  primitives: NotePrimitives,
  bytes: Uint8Array,
  trust: Trust,
  file: string,
): Readonly<{ ok: true } & OpenedCheckpoint> | Readonly<{ ok: false; fault: LogFault }> {
  const refuse = (code: LogFault['code'], line?: number, detail?: string) => ({
    ok: false as const,
    fault: {
      code,
      file,
      ...(line === undefined ? {} : { line }),
      ...(detail === undefined ? {} : { detail }),
    },
  });
  const note = checkpointIn(bytes);
  if (note === undefined) return refuse('note-malformed', undecodableLine(bytes));
  const keys = checkpointKeys(trust);
  if (allKeys(trust).length === 0) return refuse('no-trusted-key');
  const opened = openCheckpoint(primitives, note, keys);
  if (!opened.ok) {
    if (opened.code === 'checkpoint-malformed')
      return refuse(opened.code, faultyTextLine(parseNote(note)?.text ?? ''));
    return refuse(
      opened.code,
      opened.code === 'checkpoint-other-log' ? 1 : faultyLine(primitives, note, keys),
    );
  }
  const { checkpoint, verified, signedBy, unchecked } = opened;
  const { policy } = trust;
  const own = keys.logKeys.filter((key) => speaksFor(checkpoint.origin, key, keys));
  const held = (key: VerifierKey): readonly VerifiedSignature[] =>
    verified.filter((signature) => sameKey(signature.key, key));
  const silent = own.find((key) => held(key).length === 0 && !unchecked.some((other) => sameKey(other, key)));
  if (silent !== undefined) {
    return refuse('checkpoint-signature-missing', undefined, formatVerifierKey(silent).slice(0, 120));
  }
  const listed = policy?.logs ?? [];
  if (listed.length > 0 && !listed.some(({ key }) => key.name === checkpoint.origin)) {
    return refuse('policy-other-log', 1);
  }
  const byPolicy = (policy?.witnesses ?? []).filter(({ key }) => held(key).length > 0);
  const known = new Set(
    [...verified.map(({ key }) => key), ...unchecked].map(({ name, id }) => `${name} ${id}`),
  );
  const parsed = parseNote(note);
  const before = (parsed?.text.split('\n').length ?? 0) + 1;
  return {
    ok: true,
    note,
    checkpoint,
    logKeys: signedBy.map(({ key }) => key),
    ...logTime(signedBy),
    witnesses: byPolicy.map(({ name, key }) => ({ name, ...timeOf(held(key)) })),
    ...(policy === undefined
      ? {}
      : {
          quorum: quorumOf(
            policy,
            byPolicy.map(({ key }) => key),
          ),
        }),
    ignoredLines: (parsed?.signatures ?? []).flatMap(({ name, id }, i) =>
      known.has(`${name} ${id}`) ? [] : [before + i],
    ),
  };
}

const logTime = (signatures: readonly VerifiedSignature[]): Readonly<{ logTime?: string }> => {
  const { time } = timeOf(signatures);
  return time === undefined ? {} : { logTime: time };
};
