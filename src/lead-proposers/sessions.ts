/** 登入: how long a session lasts, and how one begins. */
import { toBase64Url, toHex, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import type { Tx } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import type { Clock } from '../platform/time.ts';
import type { StoredAccount } from './account-store.ts';
import { endSession, insertSession } from './session-store.ts';

/** 附表十「高」: automatic logout after fifteen idle minutes (law.md §18). */
export const IDLE_MS = 15 * 60_000;
export const LONGEST_SESSION_MS = 10 * 3_600_000;

/** The name of a secret: what is stored and shown of it. */
export const nameOf = (secret: string): string => toHex(sha256(utf8(secret)));

export const isLocked = ({ lockedUntilMs }: StoredAccount, nowMs: number): boolean =>
  lockedUntilMs !== undefined && nowMs < lockedUntilMs;

/** Begins a session in the transaction that spent what was signed, and ends the one before. Resolves to its secret id. */
export async function beginSession(
  { clock, random }: Readonly<{ clock: Clock; random: Random }>,
  tx: Tx,
  of: Readonly<{ account: string; eSystem?: string | undefined; former?: string | undefined }>,
): Promise<string> {
  const sessionId = toBase64Url(random.bytes(32));
  const nowMs = clock.nowMs();
  const session = { name: nameOf(sessionId), account: of.account, eSystem: of.eSystem, beganAtMs: nowMs };
  await insertSession(tx, session);
  if (of.former !== undefined) await endSession(tx, of.account, nameOf(of.former), nowMs);
  return sessionId;
}
