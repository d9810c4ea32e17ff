import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../packages/verify/bin/lianshu-verify.mjs', import.meta.url));

export interface CommandVerdict {
  readonly exit: number;
  readonly code: string;
  readonly output: string;
}

/** Runs `lianshu-verify` in a process of its own; what it printed and its exit code. */
export const runVerify = (...args: readonly string[]): Promise<{ exit: number; output: string }> =>
  runVerifyWith([], ...args);

/** The same with arguments for Node: a module that moves its clock. */
export function runVerifyWith(
  node: readonly string[],
  ...args: readonly string[]
): Promise<{ exit: number; output: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [...node, COMMAND, ...args], { env: {} }, (error, stdout, stderr) =>
      done({ exit: typeof error?.code === 'number' ? error.code : 0, output: stdout || stderr }),
    );
  });
}

/** Runs `lianshu-verify receipt FILE` in a process of its own, as a person would, and reads its verdict. */
export async function lianshuVerify(file: string, ...options: readonly string[]): Promise<CommandVerdict> {
  const { exit, output } = await runVerify('receipt', file, '--json', ...options);
  const verdict = exit === 2 ? {} : (JSON.parse(output) as { code?: string });
  return { exit, code: verdict.code ?? 'usage', output };
}
