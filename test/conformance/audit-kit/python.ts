import { spawn, spawnSync } from 'node:child_process';

/** The audit kit's folder: running Python with it as first path runs or imports the kit. */
export const AUDIT_KIT = new URL('../../../audit-kit/', import.meta.url).pathname;

/** Whether a Python that can run the kit is here. On CI its absence is a failure; elsewhere it is said loudly. */
export function havePython(): boolean {
  const probe = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']);
  if (probe.status === 0) return true;
  if (process.env['CI'] !== undefined) throw new Error('python3 (3.9 or newer) is missing');
  console.warn('SKIPPED: the audit kit is not compared, python3 (3.9 or newer) is not on this machine');
  return false;
}

/** Runs `python3` with these arguments, the kit importable, and gives what it printed. Rejects unless it exits 0. */
export function runPython(argv: readonly string[], input: string | Uint8Array): Promise<Buffer> {
  const child = spawn('python3', argv, {
    env: { ...process.env, PYTHONPATH: AUDIT_KIT, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new Error(`python3 exited with ${code}: ${Buffer.concat(err).toString().slice(-2000)}`));
    });
  });
}
