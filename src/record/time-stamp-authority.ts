/** 時戳: the port to a time-stamp authority (RFC 3161). Who answers is a certificate that the operator pinned. */
import type { TimeStampCode } from '@lianshu/pki';
import type { TimeStampFailure } from './time-stamp-http.ts';

/** Why there is no stamp. */
export type StampProblem = TimeStampCode | TimeStampFailure | 'time-stamp-not-now';

/** A stamp that was verified: the authority's answer whole (`TimeStampResp`), and the time it states. */
export type Stamped = Readonly<{ ok: true; response: Uint8Array; genTimeMs: number }>;

export type StampAnswer = Stamped | Readonly<{ ok: false; code: StampProblem; detail: string }>;

/** Somebody outside this house who states when a digest existed. */
export type TimeStampAuthority = Readonly<{
  /** Asks for a stamp over a SHA-256 digest. Whatever happens outside is an answer; never throws. */
  stamp(digest: Uint8Array): Promise<StampAnswer>;
  /** Reads a stamp that was kept; undefined unless it holds over this digest by a pinned certificate. */
  read(response: Uint8Array, digest: Uint8Array): Stamped | undefined;
}>;
