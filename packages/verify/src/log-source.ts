/** Why a file of the log could not be had. */
export type LogSourceCode = 'log-unreachable' | 'log-not-found' | 'log-answer-too-large';

/** Thrown by a {@link LogSource}; `message` says which file and why, for people. */
export class LogSourceError extends Error {
  readonly code: LogSourceCode;

  constructor(code: LogSourceCode, message: string) {
    super(message);
    this.name = 'LogSourceError';
    this.code = code;
  }
}

/**
 * Where a log's files come from: a directory or a URL prefix (c2sp.org/tlog-tiles). `read` returns at most
 * `maxBytes`, or throws {@link LogSourceError}. `live` tells whether an answer shows the log as it is now.
 */
export type LogSource = Readonly<{
  live: boolean;
  read(path: string, maxBytes: number): Promise<Uint8Array>;
}>;
