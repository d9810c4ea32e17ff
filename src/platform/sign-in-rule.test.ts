import { describe, expect, it } from 'vitest';
import { afterFailure, isLocked, isSessionOver, secretName } from './sign-in-rule.ts';

const MINUTE = 60_000;

describe('a sign-in', () => {
  it('lasts fifteen idle minutes, and ten hours in all', () => {
    const session = { beganAtMs: 0, seenAtMs: 0 };
    expect(isSessionOver(session, 15 * MINUTE)).toBe(false);
    expect(isSessionOver(session, 15 * MINUTE + 1)).toBe(true);
    const busy = (hours: number) => ({ beganAtMs: 0, seenAtMs: hours * 60 * MINUTE });
    expect(isSessionOver(busy(10), 600 * MINUTE)).toBe(false);
    expect(isSessionOver(busy(10), 600 * MINUTE + 1)).toBe(true);
  });

  it('locks for fifteen minutes at the fifth failure in a row, and counts anew', () => {
    expect(afterFailure({ failures: 3 }, 0)).toEqual([4]);
    const [failures, lockedUntilMs] = afterFailure({ failures: 4 }, 0);
    expect([failures, lockedUntilMs]).toEqual([0, 15 * MINUTE]);
    expect(isLocked({ lockedUntilMs }, 15 * MINUTE - 1)).toBe(true);
    expect(isLocked({ lockedUntilMs }, 15 * MINUTE)).toBe(false);
    expect(isLocked({ lockedUntilMs: undefined }, 0)).toBe(false);
  });

  it('is named by a digest', () => {
    expect(secretName('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});
