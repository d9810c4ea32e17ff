import { canonicalJson, type JsonValue } from '@lianshu/statement';
import { type NotePrimitives, openNote, toBase64, type VerifierKey } from '@lianshu/tlog';
import type { FoldedAct } from './record-fold.ts';

/**
 * Acts that are not to be believed on the operator's word: each carries in `body.proof` a signed note
 * (c2sp.org/signed-note) whose text is `lianshu-act/1` and the SHA-256 of the act without it. A kind that is added
 * here alarms from that day on wherever its proof is missing.
 */
export const PROVEN_KINDS: ReadonlySet<string> = new Set(['check-result']);

/** What the proof of an act signs: two lines. */
export function proofText(sha256: NotePrimitives['sha256'], act: FoldedAct): string {
  const { index: _, body = {}, ...rest } = act;
  const { proof: __, ...unproven } = body;
  const document = { ...rest, body: unproven, v: 1 } as JsonValue;
  return `lianshu-act/1\n${toBase64(sha256(canonicalJson(document)))}\n`;
}

/** Whether one of these keys (the registry's) signed this very act. Officers' approvals: `watch-approvals.ts`. */
export function isProven(primitives: NotePrimitives, act: FoldedAct, keys: readonly VerifierKey[]): boolean {
  const proof = act.body?.['proof'];
  if (typeof proof !== 'string') return false;
  const opened = openNote(primitives, proof, keys);
  return opened.ok && opened.text === proofText(primitives.sha256, act);
}
