import { canonicalJson, type JsonValue, toBase64Url } from '@lianshu/statement';
import { type NotePrimitives, openNote, toBase64, type VerifierKey } from '@lianshu/tlog';
import type { FoldedAct } from './record-fold.ts';

/**
 * Acts that are not to be believed on the operator's word: each carries in `body.proof` a signed note
 * (c2sp.org/signed-note) whose text is `lianshu-act/1` and the SHA-256 of what its author says: body without the
 * proof, capacity, case, kind. When the operator entered it, and under which provision, is the operator's to say. A
 * kind that is added here alarms from that day on wherever its proof is missing.
 */
export const PROVEN_KINDS: ReadonlySet<string> = new Set(['check-result']);

/** What the proof of an act signs: two lines. */
export function proofText(sha256: NotePrimitives['sha256'], act: FoldedAct): string {
  return `lianshu-act/1\n${toBase64(digestOf(sha256, act))}\n`;
}

/** The name by which a `void` refers to what its author signed: the same digest, base64url. */
export const signedName = (sha256: NotePrimitives['sha256'], act: FoldedAct): string =>
  toBase64Url(digestOf(sha256, act));

function digestOf(sha256: NotePrimitives['sha256'], act: FoldedAct): Uint8Array {
  const { body = {}, capacity, case: of, kind, replaces } = act;
  const { proof: _, ...said } = body;
  const document = {
    body: said,
    capacity,
    ...(of === undefined ? {} : { case: of }),
    kind,
    ...(replaces === undefined ? {} : { replaces }),
    v: 1,
  };
  return sha256(canonicalJson(document as JsonValue));
}

/** Keys that prove a registry's word are named so, as a promise's key ends in `/promise`; they speak for no log. */
const REGISTRY_SUFFIX = '/registry';

export const isRegistryKey = ({ name }: VerifierKey): boolean => name.endsWith(REGISTRY_SUFFIX);

/** Whether one of these keys (the registry's) signed this very act. Officers' approvals: `watch-approvals.ts`. */
export function isProven(primitives: NotePrimitives, act: FoldedAct, keys: readonly VerifierKey[]): boolean {
  const proof = act.body?.['proof'];
  if (typeof proof !== 'string') return false;
  const opened = openNote(primitives, proof, keys);
  return opened.ok && opened.text === proofText(primitives.sha256, act);
}
