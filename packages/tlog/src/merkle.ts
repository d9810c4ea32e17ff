import { concatBytes, equalBytes } from './encoding.ts';

/** SHA-256, passed in: `node:crypto` on the server, a library where Web Crypto would be asynchronous. */
export type Sha256 = (data: Uint8Array) => Uint8Array;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** `SHA-256(00 ‖ entry)`, RFC 6962 §2.1. */
export const leafHash = (sha256: Sha256, entry: Uint8Array): Uint8Array => sha256(concatBytes(LEAF, entry));

/** `SHA-256(01 ‖ left ‖ right)`, RFC 6962 §2.1. */
export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(NODE, left, right));
}

/** The root over hashes that stand for equal, full subtrees (the last may be smaller): RFC 6962's MTH above them. */
export function rootOf(sha256: Sha256, hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes;
  while (row.length > 1) {
    const next: Uint8Array[] = [];
    for (let i = 0; i < row.length; i += 2) {
      const [left, right] = [row[i], row[i + 1]];
      if (left !== undefined) next.push(right === undefined ? left : nodeHash(sha256, left, right));
    }
    row = next;
  }
  return row[0] ?? sha256(new Uint8Array());
}

/** An index or a size; `bigint` where it may exceed 2^53. */
export type TreeNumber = number | bigint;

const inRange = (value: bigint): boolean => value >= 0n && value < 1n << 63n;

/** Whole and not negative, as a bigint; else undefined. */
function whole(value: TreeNumber): bigint | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined;
  const big = BigInt(value);
  return inRange(big) ? big : undefined;
}

const isHash = (hash: Uint8Array): boolean => hash.length === 32;

/**
 * Verifies that `leaf` is the leaf hash at `index` of the tree of `size` with this root (RFC 9162 §2.1.3.2).
 * False for anything malformed; never throws. Sizes up to 2^63.
 */
export function verifyInclusion(
  sha256: Sha256,
  claim: Readonly<{
    index: TreeNumber;
    size: TreeNumber;
    leaf: Uint8Array;
    proof: readonly Uint8Array[];
    root: Uint8Array;
  }>,
): boolean {
  const [index, size] = [whole(claim.index), whole(claim.size)];
  if (index === undefined || size === undefined || index >= size) return false;
  if (![claim.leaf, claim.root, ...claim.proof].every(isHash)) return false;
  let [fn, sn, hash] = [index, size - 1n, claim.leaf];
  for (const sibling of claim.proof) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      hash = nodeHash(sha256, sibling, hash);
      while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      hash = nodeHash(sha256, hash, sibling);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && equalBytes(hash, claim.root);
}

/**
 * Verifies that the tree of `size2` begins with the tree of `size1` (RFC 9162 §2.1.4.2). A proof from size 0
 * is refused as meaningless: whoever accepts "nothing seen yet" (a new witness) treats 0 before calling.
 * False for anything malformed; never throws. Sizes up to 2^63.
 */
export function verifyConsistency(
  sha256: Sha256,
  claim: Readonly<{
    size1: TreeNumber;
    size2: TreeNumber;
    root1: Uint8Array;
    root2: Uint8Array;
    proof: readonly Uint8Array[];
  }>,
): boolean {
  const [size1, size2] = [whole(claim.size1), whole(claim.size2)];
  if (size1 === undefined || size2 === undefined || size1 === 0n || size1 > size2) return false;
  if (size1 === size2) return claim.proof.length === 0 && equalBytes(claim.root1, claim.root2);
  if (![claim.root1, claim.root2, ...claim.proof].every(isHash)) return false;
  const powerOfTwo = (size1 & (size1 - 1n)) === 0n;
  const [first, ...rest] = powerOfTwo ? [claim.root1, ...claim.proof] : claim.proof;
  if (first === undefined || (powerOfTwo && claim.proof.length === 0)) return false;
  let [fn, sn] = [size1 - 1n, size2 - 1n];
  while ((fn & 1n) === 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
  let [hash1, hash2] = [first, first];
  for (const sibling of rest) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      [hash1, hash2] = [nodeHash(sha256, sibling, hash1), nodeHash(sha256, sibling, hash2)];
      while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      hash2 = nodeHash(sha256, hash2, sibling);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && equalBytes(hash1, claim.root1) && equalBytes(hash2, claim.root2);
}
