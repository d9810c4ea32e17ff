import { expect, it } from 'vitest';
import { systemRandom } from '../platform/random.ts';
import { FAILURES_BEFORE_LOCK } from '../platform/sign-in-rule.ts';
import { numberLocks } from './number-locks.ts';

it('counts one number however it is spelled, and whoever has an IPv6 network as one', () => {
  const lockOf = numberLocks(systemRandom);
  const spelled = ['A123456789', 'a123456789', 'A12 3456789', 'A-123456789', 'Ａ１２３４５６７８９'];
  expect(spelled).toHaveLength(FAILURES_BEFORE_LOCK);
  for (const [n, nationalId] of spelled.entries()) lockOf({ nationalId, address: `2001:db8::${n}` }).count(0);
  const isLocked = (nationalId: string, address: string) => lockOf({ nationalId, address }).isLocked(1);
  expect(isLocked('A123456789', '2001:db8::ffff')).toBe(true);
  expect(isLocked('A123456789', '2001:db8:0:1::1')).toBe(false);
  expect(isLocked('B123456780', '2001:db8::1')).toBe(false);
});
