/** Why the embedded PostgreSQL could not be started or stopped; `message` says what a person can do. */
export class EmbeddedPostgresError extends Error {
  readonly code:
    | 'no-binaries'
    | 'unsafe-folder'
    | 'unreachable'
    | 'other-major'
    | 'in-use'
    | 'initdb-failed'
    | 'start-failed'
    | 'stop-failed';

  constructor(code: EmbeddedPostgresError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'EmbeddedPostgresError';
    this.code = code;
  }
}
