import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MAX_POLICY_BYTES, type Policy, parsePolicy } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { type CliSurroundings, UsageError } from './command.ts';

/** A policy and where it came from; `named` when the person asked for this very file. */
export type TrustedPolicy = Readonly<{ policy: Policy; from: string; named: boolean }>;

function readPolicy(path: string): Policy {
  let bytes: Uint8Array;
  try {
    if (statSync(path).size > MAX_POLICY_BYTES) throw new Error(`${path}: policy-too-large`);
    bytes = new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const parsed = parsePolicy(sha256, bytes);
  if (parsed.ok) return parsed.policy;
  const faults = parsed.faults.map(({ line, code }) => `line ${line}: ${code}`);
  throw new UsageError(`${path}: ${faults.join('; ')}`);
}

/**
 * Finds the policy (c2sp.org/tlog-policy): the file named by `--policy`, else by `LIANSHU_POLICY`, else
 * `.lianshu/policy.txt` of the checkout this program runs from, else none. Throws {@link UsageError} naming the
 * faulty lines: a policy of which one line is not understood is no policy.
 */
export function findPolicy(
  named: string | undefined,
  surroundings: Pick<CliSurroundings, 'env' | 'folder' | 'programFolder'>,
): TrustedPolicy | undefined {
  if (named !== undefined) {
    const from = resolve(surroundings.folder, named);
    return { policy: readPolicy(from), from, named: true };
  }
  const own = join(surroundings.programFolder, '.lianshu', 'policy.txt');
  const told = surroundings.env['LIANSHU_POLICY'];
  const path = told !== undefined ? resolve(surroundings.folder, told) : existsSync(own) ? own : undefined;
  return path === undefined ? undefined : { policy: readPolicy(path), from: path, named: told !== undefined };
}
