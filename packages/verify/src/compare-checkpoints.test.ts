import { canonicalJson } from '@lianshu/statement';
import {
  checkpointText,
  leafHash,
  type NoteSigner,
  ProofBuilder,
  signNote,
  TreeEdge,
  tilePath,
  toBase64,
} from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { describe, expect, it } from 'vitest';
import { compareCheckpoints } from './compare-checkpoints.ts';
import { promiseKey, SAMPLE_ORIGIN, SampleLog, sampleKey, sampleSignature } from './sample-log.ts';

const signatures = Array.from({ length: 9 }, (_, n) => sampleSignature(n, 'joint-signature'));
const log = new SampleLog(signatures.map(({ entry }) => entry));
const other = new SampleLog([...signatures].reverse().map(({ entry }) => entry));
const keys = [sampleKey.key];
const compare = (a: string, b: string, proof?: string, trusted = keys) =>
  compareCheckpoints(nodeNotePrimitives, [a, b], { keys: trusted }, proof);

function consistency(size1: number, size2: number): string {
  const leaves = signatures.slice(0, size2).map(({ entry }) => leafHash(sha256, canonicalJson(entry)));
  const { edge, fullTiles } = TreeEdge.empty(sha256).append(leaves);
  const tiles = new Map([...fullTiles, ...edge.partialTiles()].map((tile) => [tilePath(tile), tile.bytes]));
  const builder = new ProofBuilder(sha256, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array());
  return builder.consistency(size1, size2).map(toBase64).join('\n');
}

describe('compareCheckpoints', () => {
  it('finds one state of one log, whoever cosigned, in checkpoints and in receipts', () => {
    const receipt = log.receipt(3, signatures[3]?.extra ?? new Uint8Array(), 7);
    expect(compare(log.checkpoint(7), log.checkpoint(7, [sampleKey, sampleKey])).code).toBe('same');
    expect(compare(receipt, log.checkpoint(7)).code).toBe('same');
  });

  it('calls one size with two roots a fork, and keeps both notes', () => {
    const [mine, theirs] = [log.checkpoint(6), other.checkpoint(6)];
    const verdict = compare(mine, theirs);
    expect(verdict.code).toBe('forked');
    expect('heads' in verdict && verdict.heads.map(({ note }) => note)).toEqual([mine, theirs]);
  });

  it('joins two sizes by a consistency proof, in either order and as an add-checkpoint body', () => {
    for (const [m, n] of [
      [1, 9],
      [4, 7],
      [8, 9],
      [3, 4],
    ] as const) {
      const proof = consistency(m, n);
      const [older, newer] = [log.checkpoint(m), log.checkpoint(n)];
      expect(compare(older, newer).code).toBe('needs-proof');
      expect(compare(older, newer, proof).code).toBe('consistent');
      expect(compare(newer, older, `${proof}\n`).code).toBe('consistent');
      expect(compare(older, newer, `old ${m}\n${proof}\n\n${newer}`).code).toBe('consistent');
      expect(compare(older, other.checkpoint(n), proof).code).toBe('proof-fails');
    }
  });

  it('refuses a proof that is not one, and never throws', () => {
    const [older, newer] = [log.checkpoint(4), log.checkpoint(7)];
    const proof = consistency(4, 7);
    const wrong = [`old 5\n${proof}`, proof.slice(4), `${proof}\nAAAA`, 'x', `${proof}\n${proof}`, 'old 4'];
    for (const each of wrong) expect(compare(older, newer, each).code, each).toBe('proof-fails');
    expect(
      compare(
        older,
        newer,
        Array(64)
          .fill(toBase64(sha256(new Uint8Array())))
          .join('\n'),
      ).code,
    ).toBe('proof-fails');
  });

  it('says which file proves nothing, and why', () => {
    const good = log.checkpoint(5);
    const forged = good.replace('\n5\n', '\n6\n');
    const stranger: NoteSigner = { ...sampleKey, key: { ...sampleKey.key, id: 1 } };
    const cases = [
      [good, 'nothing', { code: 'not-a-checkpoint', which: 1 }],
      ['', good, { code: 'not-a-checkpoint', which: 0 }],
      [good, forged, { code: 'bad-signature', which: 1 }],
      [log.checkpoint(5, [stranger]), good, { code: 'unknown-signer', which: 0 }],
      [good, 'c2sp.org/tlog-proof@v1\nnothing', { code: 'not-a-checkpoint', which: 1 }],
    ] as const;
    for (const [a, b, verdict] of cases) expect(compare(a, b)).toEqual(verdict);
    expect(compare(good, good, undefined, [])).toEqual({ code: 'no-trusted-key', which: 0 });
    expect(compare(good, good, undefined, [promiseKey.key])).toEqual({ code: 'unknown-signer', which: 0 });
  });

  it('does not compare two logs', () => {
    const root = sha256(new Uint8Array());
    const second = { ...promiseKey, key: { ...promiseKey.key, name: 'b.invalid' } };
    const note = signNote(checkpointText({ origin: 'b.invalid', size: 5, root }), [second]);
    const verdict = compare(log.checkpoint(5), note, undefined, [sampleKey.key, second.key]);
    expect(verdict.code).toBe('different-logs');
    expect('heads' in verdict && verdict.heads.map(({ origin }) => origin)).toEqual([
      SAMPLE_ORIGIN,
      'b.invalid',
    ]);
  });
});
