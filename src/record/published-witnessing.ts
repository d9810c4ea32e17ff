/** What an earlier process published about witnesses: it stays only where it is true under the policy in force. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openWitnessedCheckpoint } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { sameBytes } from './bytes.ts';
import { readOrUndefined } from './public-files.ts';
import { readWitnessing } from './witnessing.ts';
import { asksForWitnesses, type WitnessPolicy } from './witnessing-policy.ts';

/**
 * Removes `policy`, `witnessing.json` and `witnessed-checkpoint` as far as they do not belong to `inForce`, in doubt
 * too: a file that is missing or cannot be read vouches for nothing, and what is removed is made anew by the next
 * publication that reaches the quorum.
 */
export async function dropOtherWitnessing(
  directory: string,
  inForce: WitnessPolicy | undefined,
): Promise<void> {
  const drop = (name: string) => rm(join(directory, name), { force: true });
  const witnessing = await readWitnessing(directory).catch(() => undefined);
  const isOurs = inForce !== undefined && witnessing?.policy === inForce.digest;
  // First what depends on the next: a crash in between leaves too little, never too much.
  if (!isOurs || !(await isWitnessedUnder(directory, inForce))) await drop('witnessed-checkpoint');
  if (!isOurs) await drop('witnessing.json');
  const policy = await readOrUndefined(join(directory, 'policy'));
  if (policy !== undefined && !(inForce && sameBytes(policy, inForce.bytes))) await drop('policy');
}

/** The file's own name says that a quorum has cosigned it; it must be so. */
async function isWitnessedUnder(directory: string, inForce: WitnessPolicy): Promise<boolean> {
  const bytes = await readOrUndefined(join(directory, 'witnessed-checkpoint'));
  if (bytes === undefined || !asksForWitnesses(inForce)) return false;
  const opened = openWitnessedCheckpoint(nodeNotePrimitives, new TextDecoder().decode(bytes), inForce.policy);
  return opened.ok && opened.quorum;
}
