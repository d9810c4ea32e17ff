import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBundle, encodeBundle } from './entry-bundle.ts';
import { ed25519Signer, nodeNotePrimitives, sha256 } from './node-primitives.ts';
import { openNote, signNote } from './note.ts';
import { parsePromiseText, promiseKeyName, promiseText } from './promise.ts';
import { parseTilePath, tilePath } from './tile.ts';
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts';

const hash = sha256(new Uint8Array());

describe('tlog-proof files', () => {
  const proofs = fc.record(
    {
      extra: fc.uint8Array({ maxLength: 80 }),
      index: fc.nat(),
      hashes: fc.array(fc.constant(hash), { maxLength: 53 }),
      checkpoint: fc.constant('o\n1\nx\n\n— o AAAAAAA=\n'),
    },
    { requiredKeys: ['index', 'hashes', 'checkpoint'] },
  );

  it('read back what they write', () => {
    fc.assert(
      fc.property(proofs, (proof) => {
        expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof);
      }),
    );
  });

  it('have one spelling: what is read is written back byte for byte', () => {
    fc.assert(
      fc.property(proofs, fc.nat(), fc.constantFrom(...'0A=\n \r'), (proof, at, char) => {
        const text = formatTlogProof(proof);
        const i = at % text.length;
        const changed = text.slice(0, i) + char + text.slice(i + 1);
        const back = parseTlogProof(changed);
        expect(back === undefined || formatTlogProof(back) === changed).toBe(true);
      }),
    );
  });

  it('refuse another version, a missing index, too long a path', () => {
    const text = formatTlogProof({ index: 1, hashes: [hash], checkpoint: 'x' });
    expect(parseTlogProof(text.replace('@v1', '@v2'))).toBeUndefined();
    expect(parseTlogProof(text.replace('index 1\n', ''))).toBeUndefined();
    expect(parseTlogProof(text.replace('index 1', 'index 01'))).toBeUndefined();
    expect(
      parseTlogProof(formatTlogProof({ index: 1, hashes: Array(54).fill(hash), checkpoint: 'x' })),
    ).toBeUndefined();
  });
});

describe('promises', () => {
  const promise = {
    origin: 'test.lianshu.invalid/log',
    commitment: hash,
    caseNumber: '9901',
    received: '2026-11-21T04:00Z',
    publishBy: '2026-11-21T04:02:30Z',
  };

  it('are signed notes of their own key name', () => {
    const sealer = ed25519Signer(promiseKeyName(promise.origin), generateKeyPairSync('ed25519').privateKey);
    const opened = openNote(nodeNotePrimitives, signNote(promiseText(promise), [sealer]), [sealer.key]);
    expect(opened.ok && parsePromiseText(opened.text)).toEqual(promise);
    expect(promiseText(promise).split('\n')[0]).toBe('test.lianshu.invalid/log/promise');
  });

  it('have one form only', () => {
    const text = promiseText(promise);
    for (const bad of [
      `${text}\n`,
      text.slice(0, -1),
      text.replace('/promise', ''),
      text.replace('case ', 'case  '),
      text.replace('11-21T04:00Z', '11-31T04:00Z'),
    ]) {
      expect(parsePromiseText(bad)).toBeUndefined();
    }
    for (const change of [
      { caseNumber: 'a b' },
      { received: '2026-11-21T04:00:00Z' },
      { publishBy: '2026-02-29T00:00:00Z' },
      { commitment: hash.slice(1) },
    ]) {
      expect(() => promiseText({ ...promise, ...change })).toThrow(RangeError);
    }
  });
});

describe('tile paths', () => {
  it('are those of the specification', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 2, index: 0, width: 17 })).toBe('tile/2/000.p/17');
  });

  it('read back, in one spelling', () => {
    fc.assert(
      fc.property(fc.nat({ max: 63 }), fc.nat(), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
        expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width });
      }),
    );
    for (const bad of [
      'tile/00/000',
      'tile/64/000',
      'tile/0/0',
      'tile/0/x000/067',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/01',
      'tile/0/../000',
      'tile/entries/000/',
    ]) {
      expect(parseTilePath(bad)).toBeUndefined();
    }
    expect(parseTilePath('tile/entries/x001/000.p/3')).toEqual({ level: 'entries', index: 1000, width: 3 });
  });
});

describe('entry bundles', () => {
  it('read back what they write, at the right width only', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 }), (entries) => {
        const bytes = encodeBundle(entries);
        expect(decodeBundle(bytes, entries.length)?.map((entry) => [...entry])).toEqual(
          entries.map((entry) => [...entry]),
        );
        expect(decodeBundle(bytes, entries.length + 1)).toBeUndefined();
        expect(decodeBundle(bytes, entries.length - 1)).toBeUndefined();
        expect(decodeBundle(bytes.slice(0, -1), entries.length)).toBeUndefined();
      }),
    );
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow(RangeError);
  });
});
