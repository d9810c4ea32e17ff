import {
  fromBase64,
  type NotePrimitives,
  openCheckpoint,
  parseTlogProof,
  verifyConsistency,
} from '@lianshu/tlog';
import { MAX_RECEIPT_BYTES } from './check-receipt.ts';
import { allKeys, checkpointKeys, type Trust } from './trust.ts';

/** A checkpoint that a trusted key of its log signed. `note` is its verbatim text, as it must be kept. */
export type SignedHead = Readonly<{ origin: string; size: number; root: Uint8Array; note: string }>;

/** Why one of two files says nothing: it cannot be read, or no trusted key stands behind it. */
export type HeadFaultCode =
  | 'no-trusted-key'
  | 'unknown-signer'
  | 'bad-signature'
  | 'other-log'
  | 'not-a-checkpoint';

/**
 * What two signed checkpoints show together. `forked`: one log signed two trees of one size, which an honest log
 * never does; both notes are the proof. `needs-proof`: the sizes differ, so only a consistency proof can tell.
 * `proof-fails`: the proof given does not join them, which may be the proof's fault alone.
 */
export type Comparison =
  | Readonly<{
      code: 'same' | 'forked' | 'needs-proof' | 'consistent' | 'proof-fails' | 'different-logs';
      heads: readonly [SignedHead, SignedHead];
    }>
  | Readonly<{ code: HeadFaultCode; which: 0 | 1 }>;

const FAULTS: Readonly<Record<string, HeadFaultCode>> = {
  'note-bad-signature': 'bad-signature',
  'note-no-known-key': 'unknown-signer',
  'checkpoint-other-log': 'other-log',
};

/** The checkpoint in a file: the file itself, or what a receipt (`tlog-proof`) carries. */
const checkpointIn = (file: string): string | undefined =>
  file.startsWith('c2sp.org/tlog-proof@') ? parseTlogProof(file)?.checkpoint : file;

function openHead(primitives: NotePrimitives, file: string, trust: Trust): SignedHead | HeadFaultCode {
  const note = file.length > MAX_RECEIPT_BYTES ? undefined : checkpointIn(file);
  if (note === undefined) return 'not-a-checkpoint';
  const opened = openCheckpoint(primitives, note, checkpointKeys(trust));
  if (opened.ok) return { ...opened.checkpoint, note };
  if (opened.code === 'note-no-known-key' && allKeys(trust).length === 0) return 'no-trusted-key';
  return FAULTS[opened.code] ?? 'not-a-checkpoint';
}

/** Most lines of a consistency proof: c2sp.org/tlog-witness allows 63. */
const MAX_PROOF_LINES = 63;

/**
 * Reads a consistency proof: an `old <size>` line (optional), then one base64 hash a line, up to the end or the
 * first empty line. So the body of an `add-checkpoint` request (c2sp.org/tlog-witness) is such a file too.
 */
function parseConsistencyProof(text: string, oldSize: number): readonly Uint8Array[] | undefined {
  const lines = (text.slice(0, MAX_RECEIPT_BYTES).split('\n\n')[0] ?? '').trim().split('\n');
  if (lines[0]?.startsWith('old ') && lines.shift() !== `old ${oldSize}`) return undefined;
  if (lines.length > MAX_PROOF_LINES) return undefined;
  const hashes = lines.map(fromBase64);
  return hashes.every((hash) => hash?.length === 32)
    ? hashes.filter((hash) => hash !== undefined)
    : undefined;
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, i) => byte === b[i]);

/**
 * Compares two checkpoints, or the checkpoints of two receipts, under the keys one trusts (a witness's alone are not enough); `proof` joins them
 * when their sizes differ. Pure, offline, never throws. Order does not matter.
 */
export function compareCheckpoints(
  primitives: NotePrimitives,
  files: readonly [string, string],
  trust: Trust,
  proof = '',
): Comparison {
  const first = openHead(primitives, files[0], trust);
  if (typeof first === 'string') return { code: first, which: 0 };
  const second = openHead(primitives, files[1], trust);
  if (typeof second === 'string') return { code: second, which: 1 };
  const heads = [first, second] as const;
  if (first.origin !== second.origin) return { code: 'different-logs', heads };
  if (first.size === second.size) {
    return { code: sameBytes(first.root, second.root) ? 'same' : 'forked', heads };
  }
  const [older, newer] = first.size < second.size ? [first, second] : [second, first];
  if (proof.trim() === '') return { code: 'needs-proof', heads };
  const hashes = parseConsistencyProof(proof, older.size);
  const claim = { size1: older.size, size2: newer.size, root1: older.root, root2: newer.root };
  const holds = hashes !== undefined && verifyConsistency(primitives.sha256, { ...claim, proof: hashes });
  return { code: holds ? 'consistent' : 'proof-fails', heads };
}
