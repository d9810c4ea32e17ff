import { toBase64Url } from '@lianshu/statement';
import {
  leafHash,
  type NotePrimitives,
  openCheckpoint,
  openNote,
  parseNote,
  parsePromiseText,
  parseTlogProof,
  promiseKeyName,
  SIGNATURE_TYPE,
  toBase64,
  type VerifiedSignature,
  type VerifierKey,
  verifyInclusion,
} from '@lianshu/tlog';
import { candidateEntries, parseReceiptExtra, recomputeCommitment } from './receipt-leaf.ts';
import { allKeys, checkpointKeys, type Trust } from './trust.ts';
import type { MalformedCode, NotProvenCode, ReceiptVerdict } from './verdict.ts';

/** Largest file looked into: a receipt with every cosignature the note format allows stays below it. */
export const MAX_RECEIPT_BYTES = 384 * 1024;

const NOT_PROVEN: Readonly<Record<string, MalformedCode | NotProvenCode>> = {
  'note-malformed': 'note-malformed',
  'note-bad-signature': 'bad-signature',
  'note-no-known-key': 'unknown-signer',
  'checkpoint-malformed': 'checkpoint-malformed',
  'checkpoint-other-log': 'other-log',
};

const refusal = (code: string): ReceiptVerdict => ({ code: NOT_PROVEN[code] ?? 'note-malformed' });

const isDemoOrigin = (origin: string): boolean => /(^|\.)invalid(\/|$)/.test(origin);

const ALGORITHMS: Readonly<Record<number, string>> = {
  [SIGNATURE_TYPE.ed25519]: 'Ed25519',
  [SIGNATURE_TYPE.ed25519Cosignature]: 'Ed25519',
  [SIGNATURE_TYPE.mlDsa44]: 'ML-DSA-44',
};

/** Only a cosignature type can be a witness's (c2sp.org/tlog-cosignature). */
const isCosignature = ({ key }: VerifiedSignature): boolean => key.type !== SIGNATURE_TYPE.ed25519;

const keyLabel = (key: VerifierKey): string => `${key.name} (${ALGORITHMS[key.type] ?? key.type})`;
const labels = (signatures: readonly VerifiedSignature[]) => signatures.map(({ key }) => keyLabel(key));

function checkInclusion(primitives: NotePrimitives, text: string, trust: Trust): ReceiptVerdict {
  const proof = parseTlogProof(text);
  if (proof === undefined) return { code: 'proof-malformed' };
  const extra = proof.extra === undefined ? undefined : parseReceiptExtra(proof.extra);
  if (extra === undefined) return { code: 'extra-malformed' };
  const opened = openCheckpoint(primitives, proof.checkpoint, checkpointKeys(trust));
  if (!opened.ok) return refusal(opened.code);
  const { origin, size, root } = opened.checkpoint;
  const commitment = recomputeCommitment(primitives.sha256, extra);
  const claim = { index: proof.index, size, root, proof: proof.hashes };
  const found = candidateEntries(extra, commitment).find(({ entry }) =>
    verifyInclusion(primitives.sha256, { ...claim, leaf: leafHash(primitives.sha256, entry) }),
  );
  if (found === undefined) return { code: 'not-included' };
  const receipt = {
    origin,
    caseNumber: extra.caseNumber,
    act: found.act,
    held: extra.kind === 'held',
    index: proof.index,
    size,
    root: toBase64(root),
    commitment,
    signedBy: labels(opened.signedBy),
    cosignedBy: labels(opened.cosigned.filter(isCosignature)),
    unchecked: opened.unchecked.map(keyLabel),
    demo: extra.demo || isDemoOrigin(origin),
    serverMadeSecret: extra.serverMadeSecret,
  };
  return { code: 'included', receipt };
}

function checkPromise(primitives: NotePrimitives, text: string, trust: Trust): ReceiptVerdict {
  const note = parseNote(text);
  const promise = note === undefined ? undefined : parsePromiseText(note.text);
  if (promise === undefined) return { code: 'not-a-receipt' };
  const name = promiseKeyName(promise.origin);
  const { logKeys } = checkpointKeys(trust);
  const own = logKeys.filter((key) => key.name === name && key.type === SIGNATURE_TYPE.ed25519);
  const opened = openNote(primitives, text, own);
  if (!opened.ok) return refusal(opened.code);
  const { origin, caseNumber, received, publishBy } = promise;
  const commitment = toBase64Url(promise.commitment);
  const signedBy = labels(opened.verified);
  const facts = { origin, caseNumber, commitment, received, publishBy, signedBy, demo: isDemoOrigin(origin) };
  return { code: 'promised', promise: facts };
}

/**
 * Checks a receipt 收執 (a `tlog-proof` file) or a signed promise against the keys one trusts, offline: the
 * commitment is recomputed from the receipt's parts, the entry from the commitment, the leaf and the root from the
 * path, and the signatures over the root are verified. Never throws for any input; every outcome has a code.
 *
 * `included` proves that the log signed a tree holding this entry; not that it is counted (only the log can tell
 * whether a later entry excludes it), nor who signed. Keys must come from elsewhere than the file itself; witnesses
 * of the policy can vouch for a log's checkpoint and never make one.
 */
export function checkReceipt(
  primitives: NotePrimitives,
  file: string | Uint8Array,
  trust: Trust,
): ReceiptVerdict {
  if (file.length > MAX_RECEIPT_BYTES) return { code: 'file-too-large' };
  let text: string;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    text = typeof file === 'string' ? file : decoder.decode(file);
  } catch {
    return { code: 'not-a-receipt' };
  }
  if (text.includes('\r\n')) return { code: 'line-ends-changed' };
  const verdict = text.startsWith('c2sp.org/tlog-proof@')
    ? checkInclusion(primitives, text, trust)
    : checkPromise(primitives, text, trust);
  return verdict.code === 'unknown-signer' && allKeys(trust).length === 0
    ? { code: 'no-trusted-key' }
    : verdict;
}
