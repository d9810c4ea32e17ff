import { fromBase64, type TreeNumber, verifyConsistency, verifyInclusion } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { describe, expect, it } from 'vitest';
import { haveVectors, vectorFiles, vectorText } from './shared-vectors.ts';

type Vector = Readonly<Record<string, unknown>> & { wantErr: boolean; proof: readonly string[] | null };

/** Indexes and sizes exceed 2^53: their digits are taken from the text, never through a JSON number. */
function wholeNumber(text: string, name: string): TreeNumber {
  const digits = new RegExp(`"${name}":\\s*(\\d+)`).exec(text)?.[1];
  if (digits === undefined) throw new Error(`vector without ${name}`);
  return BigInt(digits);
}

const bytes = (value: unknown) =>
  typeof value === 'string' ? (fromBase64(value) ?? new Uint8Array()) : new Uint8Array();
const proofOf = (vector: Vector) => (vector.proof ?? []).map(bytes);

describe.skipIf(!haveVectors('merkle'))('transparency-dev/merkle vectors', () => {
  for (const file of haveVectors('merkle') ? vectorFiles('merkle/inclusion') : []) {
    it(`inclusion ${file}`, () => {
      const text = vectorText(`merkle/inclusion/${file}`);
      const vector = JSON.parse(text) as Vector;
      const accepted = verifyInclusion(sha256, {
        index: wholeNumber(text, 'leafIdx'),
        size: wholeNumber(text, 'treeSize'),
        leaf: bytes(vector['leafHash']),
        root: bytes(vector['root']),
        proof: proofOf(vector),
      });
      expect(accepted).toBe(!vector.wantErr);
    });
  }

  for (const file of haveVectors('merkle') ? vectorFiles('merkle/consistency') : []) {
    it(`consistency ${file}`, () => {
      const text = vectorText(`merkle/consistency/${file}`);
      const vector = JSON.parse(text) as Vector;
      const accepted = verifyConsistency(sha256, {
        size1: wholeNumber(text, 'size1'),
        size2: wholeNumber(text, 'size2'),
        root1: bytes(vector['root1']),
        root2: bytes(vector['root2']),
        proof: proofOf(vector),
      });
      expect(accepted).toBe(!vector.wantErr);
    });
  }
});
