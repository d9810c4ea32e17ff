/**
 * 附表十 for cards: five refused sign-ins in a row with one number from one address lock that number there for fifteen
 * minutes. Whoever knows somebody's number locks it for themselves alone: its owner comes from elsewhere.
 */
import { createHmac } from 'node:crypto';
import { NationalId } from '@lianshu/statement';
import { failureLocks } from '../platform/failure-locks.ts';
import { networkOf } from '../platform/http/network.ts';
import type { Random } from '../platform/random.ts';
import { FAILURES_BEFORE_LOCK, LOCK_MS } from '../platform/sign-in-rule.ts';

export interface NumberLock {
  isLocked(nowMs: number): boolean;
  count(nowMs: number): void;
  forget(): void;
}

export type NumberLocks = (of: Readonly<{ nationalId: string; address: string }>) => NumberLock;

/** Numbers are known here by a hash under a key of this process, and forgotten with it. */
export function numberLocks(random: Random): NumberLocks {
  const key = random.bytes(32);
  const locks = failureLocks();
  return ({ nationalId, address }) => {
    // However the number is spelled it is one; what is no number is refused at each sign-in and locks only itself.
    const number = NationalId.parse(nationalId);
    const typed = number instanceof NationalId ? number.reveal() : nationalId;
    const name = createHmac('sha256', key)
      .update(`${networkOf(address)}\0${typed}`)
      .digest('base64');
    return {
      isLocked: (nowMs) => locks.lockedUntilMs(name, nowMs) !== undefined,
      count: (nowMs) =>
        locks.count(name, nowMs, { allowed: FAILURES_BEFORE_LOCK, lockedUntilMs: nowMs + LOCK_MS }),
      forget: () => locks.forget(name),
    };
  };
}
