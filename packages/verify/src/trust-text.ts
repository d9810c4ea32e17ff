import { type NotePrimitives, type PolicyFault, parsePolicy, parseVerifierKeys } from '@lianshu/tlog';
import type { Trust } from './trust.ts';

/** What a person trusts, as pasted: bare keys, and a policy if its lines are there. */
export type ReadTrust = Trust &
  Readonly<{
    /** Lines (from 1) that are neither; with any of them nothing in the policy counts. */
    faults: readonly Readonly<{ line: number; code: PolicyFault['code'] | 'not-a-key' }>[];
  }>;

const isPolicyLine = (line: string): boolean => /^[ \t]*(?:log|witness|group|quorum)(?:[ \t]|$)/.test(line);

/**
 * Reads one text that holds a key list, a policy (c2sp.org/tlog-policy), or both one after the other: a policy
 * names logs and witnesses and no promise key, so a reader often has two files. Line numbers are those of the
 * whole text. A faulty policy is left out entirely; keys stand alone, so only their faulty lines are.
 */
export function readTrust(sha256: NotePrimitives['sha256'], text: string): ReadTrust {
  const lines = text.split('\n');
  const only = (wanted: (line: string) => boolean) =>
    lines.map((line) => (wanted(line) ? line : '')).join('\n');
  const listed = parseVerifierKeys(
    sha256,
    only((line) => !isPolicyLine(line)),
  );
  const badKeys = listed.badLines.map((line) => ({ line, code: 'not-a-key' }) as const);
  if (!lines.some(isPolicyLine)) return { keys: listed.keys, faults: badKeys };
  const read = parsePolicy(sha256, `${only(isPolicyLine)}\n`);
  if (!read.ok) return { keys: listed.keys, faults: [...badKeys, ...read.faults] };
  return { keys: listed.keys, policy: read.policy, faults: badKeys };
}
