/**
 * How long a sign-in lasts and what failures do, on every surface behind one. Source: 資通安全責任等級分級辦法附表十「高」
 * (logout after fifteen idle minutes, a lock of fifteen minutes after five failures in a row).
 */
import { createHash } from 'node:crypto';

export const IDLE_MS = 15 * 60_000;
const LONGEST_SESSION_MS = 10 * 3_600_000;
export const LOCK_MS = 15 * 60_000;
export const FAILURES_BEFORE_LOCK = 5;

/** Whether a session idled too long, or has lasted longer than any may. */
export const isSessionOver = (
  { beganAtMs, seenAtMs }: Readonly<{ beganAtMs: number; seenAtMs: number }>,
  nowMs: number,
): boolean => nowMs - seenAtMs > IDLE_MS || nowMs - beganAtMs > LONGEST_SESSION_MS;

/** The name of a secret, base16: what is stored and shown of a session or a link. It opens nothing. */
export const secretName = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const isLocked = (
  { lockedUntilMs }: Readonly<{ lockedUntilMs: number | undefined }>,
  nowMs: number,
): boolean => lockedUntilMs !== undefined && nowMs < lockedUntilMs;

/** What to keep after one more failure: the count, or a lock and a count that begins again. */
export const afterFailure = (
  { failures }: Readonly<{ failures: number }>,
  nowMs: number,
): readonly [failures: number, lockedUntilMs?: number] =>
  failures + 1 < FAILURES_BEFORE_LOCK ? [failures + 1] : [0, nowMs + LOCK_MS];
