import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddCheckpoint, MAX_ADD_CHECKPOINT_BYTES, parseAddCheckpoint } from './add-checkpoint.ts';
import { checkpointText } from './checkpoint.ts';
import { cosigner, ed25519Signer, nodeNotePrimitives, sha256 } from './node-primitives.ts';
import { signatureLine, signNote } from './note.ts';
import type { Policy } from './policy.ts';
import { SIGNATURE_TYPE } from './verifier-key.ts';
import { openWitnessedCheckpoint, readCosignatures } from './witnessed-checkpoint.ts';

const ed = () => generateKeyPairSync('ed25519').privateKey;
const dsa = () => generateKeyPairSync('ml-dsa-44').privateKey;
const log = ed25519Signer('log.invalid', ed());
const keyA = ed();
const a = cosigner('a.invalid', SIGNATURE_TYPE.ed25519Cosignature, keyA, () => 1_795_000_001);
const later = cosigner('a.invalid', SIGNATURE_TYPE.ed25519Cosignature, keyA, () => 1_795_000_009);
const b = cosigner('b.invalid', SIGNATURE_TYPE.mlDsa44, dsa(), () => 1_795_000_002);
/** A witness that bears the log's own name. */
const namesake = cosigner('log.invalid', SIGNATURE_TYPE.ed25519Cosignature, ed(), () => 1);
const text = checkpointText({ origin: 'log.invalid', size: 7, root: sha256(new Uint8Array()) });
const policy: Policy = {
  logs: [{ key: log.key }],
  witnesses: [
    { name: 'a', key: a.key },
    { name: 'b', key: b.key },
    { name: 'n', key: namesake.key },
  ],
  groups: [{ name: 'two', threshold: 2, members: ['a', 'b', 'n'] }],
  quorum: 'two',
};
const bytes = (body: string) => new TextEncoder().encode(body);
const signed = signNote(text, [log]);
const hash = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';

describe('an add-checkpoint body', () => {
  it('comes back as it was written', () => {
    const proof = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 });
    const sizes = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(sizes, proof, (oldSize, hashes) => {
        const request = { oldSize, proof: hashes, checkpoint: signed };
        const body = formatAddCheckpoint(request);
        expect(parseAddCheckpoint(bytes(body))).toEqual({ ok: true, request });
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['', 'request-old-size', 1],
    ['old 1', 'request-no-checkpoint', 2],
    ['old 1\n', 'request-no-checkpoint', 2],
    ['old 1\n\n', 'request-no-checkpoint', 3],
    ['old 01\n\nx', 'request-old-size', 1],
    ['old +1\n\nx', 'request-old-size', 1],
    ['old  1\n\nx', 'request-old-size', 1],
    ['old 1 \n\nx', 'request-old-size', 1],
    ['Old 1\n\nx', 'request-old-size', 1],
    ['\ufeffold 1\n\nx', 'request-old-size', 1],
    ['old 9007199254740992\n\nx', 'request-old-size', 1],
    ['old 1\r\n\r\nx', 'request-old-size', 1],
    [`old 1\n${hash.slice(0, -2)}\n\nx`, 'request-proof', 2],
    [`old 1\n${hash}\n ${hash}\n\nx`, 'request-proof', 3],
    [`old 1\n${hash.replace('A=', 'B=')}\n\nx`, 'request-proof', 2],
    [`old 1\n${`${hash}\n`.repeat(64)}\nx`, 'request-proof-too-long', 65],
  ])('is refused by line: %j', (body, code, line) => {
    expect(parseAddCheckpoint(bytes(body))).toEqual({ ok: false, code, line });
  });

  it('has a size and an encoding', () => {
    const huge = new Uint8Array(MAX_ADD_CHECKPOINT_BYTES + 1);
    expect(parseAddCheckpoint(huge)).toMatchObject({ code: 'request-too-large' });
    expect(parseAddCheckpoint(Uint8Array.of(0xff))).toMatchObject({ code: 'request-not-text' });
    expect(parseAddCheckpoint(bytes(`old 1\n${`${hash}\n`.repeat(63)}\nx`)).ok).toBe(true);
    const request = { oldSize: 1, proof: [], checkpoint: 'x' };
    for (const bad of [
      { oldSize: -1 },
      { oldSize: 0.5 },
      { proof: [new Uint8Array(31)] },
      { checkpoint: '' },
    ]) {
      expect(() => formatAddCheckpoint({ ...request, ...bad })).toThrow(RangeError);
    }
  });
});

describe('a checkpoint opened with a policy', () => {
  const open = (...signers: Parameters<typeof signNote>[1]) =>
    openWitnessedCheckpoint(nodeNotePrimitives, signNote(text, signers), policy);

  it('tells who cosigned and when, and whether they are enough', () => {
    expect(open(b, log, a)).toMatchObject({
      ok: true,
      checkpoint: { size: 7 },
      logKeys: [log.key],
      cosigned: [
        { name: 'a', timestamp: 1_795_000_001 },
        { name: 'b', timestamp: 1_795_000_002 },
      ],
      quorum: true,
    });
    expect(open(log, a)).toMatchObject({ ok: true, quorum: false });
    expect(open(log)).toMatchObject({ ok: true, quorum: false, cosigned: [] });
  });

  it('counts a witness once, however often it signed', () => {
    expect(open(log, later, a, later)).toMatchObject({
      ok: true,
      quorum: false,
      cosigned: [{ name: 'a', timestamp: 1_795_000_001 }],
    });
  });

  it('needs the log itself: no number of witnesses stands for it, nor one that bears its name', () => {
    expect(open(a, b, namesake)).toEqual({ ok: false, code: 'checkpoint-other-log' });
    expect(open(ed25519Signer('x.invalid', ed()))).toEqual({ ok: false, code: 'note-no-known-key' });
  });

  it('is refused for one bad cosignature of a known witness', () => {
    expect(open(log, a, { key: b.key, sign: () => new Uint8Array(2428) })).toEqual({
      ok: false,
      code: 'note-bad-signature',
    });
  });

  it('does not count what the primitives cannot check', () => {
    const { sha256: digest, ed25519 } = nodeNotePrimitives;
    const note = signNote(text, [log, a, b]);
    const opened = openWitnessedCheckpoint({ sha256: digest, ed25519 }, note, policy);
    expect(opened).toMatchObject({ ok: true, quorum: false, unchecked: [b.key] });
    expect(opened.ok && opened.cosigned.map(({ name }) => name)).toEqual(['a']);
  });
});

describe('a witness’s answer', () => {
  const note = signNote(text, [log]);
  const read = (answer: string) => readCosignatures(nodeNotePrimitives, note, answer, [a.key, b.key]);

  it('yields the verified lines of known keys only', () => {
    const [lineA, lineB] = [signatureLine(a, text), signatureLine(b, text)];
    const other = signatureLine(namesake, text);
    expect(read(other + lineB + lineA + lineA)).toMatchObject({ ok: true, lines: lineB + lineA });
    const merged = openWitnessedCheckpoint(nodeNotePrimitives, note + lineA + lineB, policy);
    expect(merged).toMatchObject({ ok: true, quorum: true });
  });

  it.each([
    ['', 'note-malformed'],
    ['\n', 'note-malformed'],
    ['3\n', 'note-malformed'],
    [`x\n\n${signatureLine(a, text)}`, 'note-malformed'],
    [`${signatureLine(a, text)}\n${signatureLine(a, text)}`, 'note-malformed'],
    [signatureLine(namesake, text), 'note-no-known-key'],
    [signatureLine(a, text.replace('7', '8')), 'note-bad-signature'],
    [signatureLine(a, text) + signatureLine(b, text.replace('7', '8')), 'note-bad-signature'],
  ])('is refused otherwise: %j', (answer, code) => expect(read(answer)).toEqual({ ok: false, code }));
});
