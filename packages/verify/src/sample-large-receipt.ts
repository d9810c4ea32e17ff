import { generateKeyPairSync } from 'node:crypto';
import {
  checkpointText,
  formatTlogProof,
  formatVerifierKey,
  leafHash,
  type NoteSigner,
  nodeHash,
  SIGNATURE_TYPE,
  signNote,
} from '@lianshu/tlog';
import { cosigner, ed25519Signer, sha256 } from '@lianshu/tlog/node';
import { candidateEntries, parseReceiptExtra, recomputeCommitment } from './receipt-leaf.ts';
import { sampleSignature } from './sample-log.ts';

/** A log as large as the largest planned for; its left subtree of 2^23 leaves gives the longest path, 24 hashes. */
export const LARGE_LOG = {
  origin: 'log.lianshu.example.tw/2026',
  size: 10_000_000,
  index: 5_432_109,
} as const;
const PATH_LENGTH = 24;

/** Six organisations; names as long as they are likely to be. */
const WITNESSES = [
  'witness.bar-association.example.tw',
  'witness.university-library.example.tw',
  'witness.open-data.example.org',
  'witness.election-watch.example.tw',
  'witness.party-of-the-hill.example.tw',
  'witness.party-of-the-bay.example.tw',
] as const;

const key = (type: 'ed25519' | 'ml-dsa-44') =>
  type === 'ed25519'
    ? generateKeyPairSync('ed25519').privateKey
    : generateKeyPairSync('ml-dsa-44').privateKey;

/**
 * A builder for tests and benches: the receipt of an entry amid ten million, with every cosignature that trust.md
 * plans for: six witnesses and the log, each with Ed25519 and ML-DSA-44. It verifies: the path is made of any
 * hashes, and the root follows from it. Keys are random; lengths are always the same.
 */
export function sampleLargeReceipt(): Readonly<{
  receipt: string;
  keys: string;
  witnesses: readonly string[];
}> {
  const { extra } = sampleSignature(1, 'joint-signature', true);
  const opened = parseReceiptExtra(extra);
  if (opened === undefined) throw new Error('the sample receipt cannot be read');
  const [entry] = candidateEntries(opened, recomputeCommitment(sha256, opened));
  if (entry === undefined) throw new Error('the sample receipt stands for no entry');
  const hashes = Array.from({ length: PATH_LENGTH }, (_, i) => sha256(Uint8Array.of(i)));
  let root = leafHash(sha256, entry.entry);
  for (const [height, sibling] of hashes.entries()) {
    const isRight = Math.floor(LARGE_LOG.index / 2 ** height) % 2 === 1;
    root = isRight ? nodeHash(sha256, sibling, root) : nodeHash(sha256, root, sibling);
  }
  const seconds = () => 1_790_000_000;
  const signers: readonly NoteSigner[] = [
    ed25519Signer(LARGE_LOG.origin, key('ed25519')),
    cosigner(LARGE_LOG.origin, SIGNATURE_TYPE.mlDsa44, key('ml-dsa-44'), () => 0),
    ...WITNESSES.map((name) => cosigner(name, SIGNATURE_TYPE.ed25519Cosignature, key('ed25519'), seconds)),
    ...WITNESSES.map((name) => cosigner(name, SIGNATURE_TYPE.mlDsa44, key('ml-dsa-44'), seconds)),
  ];
  const checkpoint = signNote(
    checkpointText({ origin: LARGE_LOG.origin, size: LARGE_LOG.size, root }),
    signers,
  );
  return {
    receipt: formatTlogProof({ extra, index: LARGE_LOG.index, hashes, checkpoint }),
    keys: signers.map((signer) => `${formatVerifierKey(signer.key)}\n`).join(''),
    witnesses: WITNESSES,
  };
}
