import type { LogRefusalCode } from './log-fault.ts';

/** Exit codes of the commands that read the whole log; those of `receipt` are in `verdict.ts` and agree. */
export const EXIT = {
  proven: 0,
  notTrusted: 3,
  malformed: 4,
  filesWrong: 7,
  contradicts: 8,
  undecided: 9,
  differs: 10,
  alarms: 11,
} as const;

const EXITS: Readonly<Record<LogRefusalCode, number>> = {
  'log-unreachable': EXIT.filesWrong,
  'log-not-found': EXIT.filesWrong,
  'log-answer-too-large': EXIT.filesWrong,
  'no-trusted-key': EXIT.notTrusted,
  'note-bad-signature': EXIT.notTrusted,
  'note-no-known-key': EXIT.notTrusted,
  'checkpoint-other-log': EXIT.notTrusted,
  'checkpoint-signature-missing': EXIT.notTrusted,
  'policy-other-log': EXIT.notTrusted,
  'quorum-missing': EXIT.notTrusted,
  'note-malformed': EXIT.malformed,
  'checkpoint-malformed': EXIT.malformed,
  'entry-not-json': EXIT.malformed,
  'entry-not-canonical': EXIT.malformed,
  'entry-unknown-kind': EXIT.malformed,
  'entry-shape': EXIT.malformed,
  'bundle-malformed': EXIT.filesWrong,
  'tile-length': EXIT.filesWrong,
  'tile-differs': EXIT.filesWrong,
  'entry-differs': EXIT.filesWrong,
  'root-differs': EXIT.filesWrong,
  'log-forked': EXIT.contradicts,
  'log-rolled-back': EXIT.contradicts,
  'log-other-origin': EXIT.contradicts,
  'log-older-copy': EXIT.undecided,
  'stamp-wrong': EXIT.notTrusted,
};

/** The exit code of a refusal. */
export const exitOf = (code: LogRefusalCode): number => EXITS[code];
