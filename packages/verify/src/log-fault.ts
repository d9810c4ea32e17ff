import type { EntryFaultCode } from './read-entry.ts';

/** Everything that can be wrong with a log's files, its checkpoint, or how it goes on from an earlier one. */
export type LogRefusalCode =
  | 'log-unreachable'
  | 'log-not-found'
  | 'log-answer-too-large'
  | 'no-trusted-key'
  | 'note-malformed'
  | 'note-bad-signature'
  | 'note-no-known-key'
  | 'checkpoint-malformed'
  | 'checkpoint-other-log'
  | 'checkpoint-signature-missing'
  | 'policy-other-log'
  | 'quorum-missing'
  | 'bundle-malformed'
  | 'tile-length'
  | 'tile-differs'
  | 'entry-differs'
  | 'root-differs'
  | 'log-forked'
  | 'log-rolled-back'
  | 'log-older-copy'
  | 'log-other-origin'
  | 'stamp-wrong'
  | EntryFaultCode;

/**
 * One refusal: what is wrong and where. `bytes` are offsets `[from, to)` in `file`, `line` counts from 1, `entry` is
 * an index in the log; `also` names a second file that disagrees with the first.
 */
export type LogFault = Readonly<{
  code: LogRefusalCode;
  file?: string;
  bytes?: readonly [number, number];
  line?: number;
  entry?: number;
  also?: Readonly<{ file: string; bytes: readonly [number, number] }>;
  detail?: string;
}>;

/** Thrown inside a reading when the log's files do not hold; commands turn it into their result. */
export class LogRefusal extends Error {
  readonly fault: LogFault;

  constructor(fault: LogFault) {
    super(placeOf(fault));
    this.name = 'LogRefusal';
    this.fault = fault;
  }
}

const range = ([from, to]: readonly [number, number]): string => `bytes ${from}–${to}`;

/** Where a fault is, in one line: `tile/0/000 bytes 160–192 (entry 5)`. */
export function placeOf({ file, bytes, line, entry, also, detail }: LogFault): string {
  const parts = [
    ...(file === undefined ? [] : [file]),
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(bytes === undefined ? [] : [range(bytes)]),
    ...(entry === undefined ? [] : [`(entry ${entry})`]),
    ...(also === undefined ? [] : [`≠ ${also.file} ${range(also.bytes)}`]),
    ...(detail === undefined ? [] : [detail]),
  ];
  return parts.join(' ');
}
