import { type Clock, taipeiTimestamp } from '../platform/time.ts';
import type { ActEntry } from '../record/index.ts';

/** Which key acts under which mandate, and since when no longer: all that the public learns of an officer. */
export const officerKeyEvent = (
  clock: Clock,
  event: 'in-use' | 'replaced' | 'destroyed',
  capacity: string,
  key: Readonly<{ sha256: string; publicKey?: string }>,
): ActEntry => ({
  at: taipeiTimestamp(clock.nowMs()),
  basis: '平台規則：承辦人員之金鑰',
  body: { event, purpose: `officer-mandate:${capacity}`, ...key },
  capacity: 'operator',
  kind: 'key-event',
  v: 1,
});
