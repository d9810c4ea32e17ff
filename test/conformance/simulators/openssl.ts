import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe } from 'vitest';

const run = promisify(execFile);

const present = spawnSync('openssl', ['version']).status === 0;

if (!present) {
  if (process.env['CI'] !== undefined) throw new Error('openssl is required in CI and was not found');
  console.warn('SKIPPED: openssl was not found; the simulators were not compared with it');
}

/** `describe`, or a loud skip where openssl is missing; in CI a missing openssl is an error. */
export const describeWithOpenssl = present ? describe : describe.skip;

/** What openssl printed, on both streams, whether it succeeded or not. */
export async function openssl(
  ...args: readonly string[]
): Promise<{ readonly ok: boolean; readonly text: string }> {
  try {
    const { stdout, stderr } = await run('openssl', args);
    return { ok: true, text: stdout + stderr };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return { ok: false, text: stdout + stderr };
  }
}

/** PEM armour; lines of 64, never an empty one (openssl would stop there). */
export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
