/** `lianshu-verify` in this process, at the house's time, over its published log, with answers as JSON. */
import { runCli } from '../../packages/verify/src/cli.ts';
import type { TestPlatform } from '../platform.ts';

export type RunVerify = (...args: readonly string[]) => Promise<Readonly<{ exit: number; text: string }>>;

/** @param folder what file names in the arguments are relative to */
export const runVerifyAt =
  (platform: Pick<TestPlatform, 'url' | 'clock'>, folder: string): RunVerify =>
  async (...args) => {
    let text = '';
    const say = (part: string): void => {
      text += part;
    };
    const where = { env: {}, folder, programFolder: folder, isTerminal: false };
    const exit = await runCli([...args, '--log', `${platform.url}/log`, '--json'], {
      ...{ ...where, nowMs: () => platform.clock.nowMs(), out: say, err: say },
    });
    return { exit, text };
  };
