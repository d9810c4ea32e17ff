import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../packages/verify/bin/lianshu-verify.mjs', import.meta.url));

export interface CommandVerdict {
  readonly exit: number;
  readonly code: string;
  readonly output: string;
}

/**
 * Runs `lianshu-verify receipt FILE` in a process of its own, as a person would, and reads its
 * verdict. It runs in the file's own folder, where no keys lie about.
 */
export async function lianshuVerify(file: string, ...options: readonly string[]): Promise<CommandVerdict> {
  const { exit, output } = await new Promise<{ exit: number; output: string }>((done) => {
    execFile(
      process.execPath,
      [COMMAND, 'receipt', file, '--json', ...options],
      { env: {}, cwd: dirname(file) },
      (error, stdout, stderr) =>
        done({ exit: typeof error?.code === 'number' ? error.code : 0, output: stdout || stderr }),
    );
  });
  const verdict = exit === 2 ? {} : (JSON.parse(output) as { code?: string });
  return { exit, code: verdict.code ?? 'usage', output };
}
