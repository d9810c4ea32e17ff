/** Days pass in a journey: the clocks of the house and of the processes beside it run ahead of the machine's. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/platform/time.ts';

export interface TimeMachine {
  readonly clock: Clock;
  /** The module that processes beside the house load first. */
  readonly preload: string;
  /** It is this instant from here on, for all of them. */
  goTo(ms: number): void;
}

/** @param folder one that the sealer's user can read */
export function timeMachine(folder: string): TimeMachine {
  const [module, ahead] = [join(folder, 'time-machine.mjs'), join(folder, 'milliseconds-ahead')];
  let aheadMs = 0;
  const set = (ms: number): void => {
    aheadMs = ms;
    writeFileSync(ahead, String(ms));
  };
  set(0);
  writeFileSync(
    module,
    `import { readFileSync } from 'node:fs';
const machine = Date.now;
let aheadMs = 0, readAt = 0;
Date.now = () => {
  const now = machine();
  if (now - readAt > 20) [aheadMs, readAt] = [Number(readFileSync(${JSON.stringify(ahead)}, 'utf8')), now];
  return now + aheadMs;
};
`,
  );
  for (const file of [module, ahead]) chmodSync(file, 0o644);
  return {
    clock: { nowMs: () => systemClock.nowMs() + aheadMs },
    preload: module,
    goTo: (ms) => set(ms - systemClock.nowMs()),
  };
}
