import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkpointText, openCheckpoint, parseCheckpointText } from './checkpoint.ts';
import { cosigner, ed25519Signer, nodeNotePrimitives, sha256 } from './node-primitives.ts';
import { MAX_NOTE_SIGNATURES, openNote, parseNote, signatureLine, signNote } from './note.ts';
import {
  formatVerifierKey,
  parseVerifierKey,
  parseVerifierKeys,
  SIGNATURE_TYPE,
  verifierKey,
} from './verifier-key.ts';

const ORIGIN = 'test.lianshu.invalid/log';
const log = ed25519Signer(ORIGIN, generateKeyPairSync('ed25519').privateKey);
const other = ed25519Signer('other.invalid/x', generateKeyPairSync('ed25519').privateKey);
const mlDsaKey = generateKeyPairSync('ml-dsa-44').privateKey;
const quantum = cosigner(ORIGIN, SIGNATURE_TYPE.mlDsa44, mlDsaKey, () => 1_795_000_000);
const witness = cosigner('w.invalid', 0x04, generateKeyPairSync('ed25519').privateKey, () => 1_795_000_001);
const checkpoint = { origin: ORIGIN, size: 7, root: sha256(new Uint8Array([1])) };
const text = checkpointText(checkpoint);
const keysOf = (...signers: readonly { key: typeof log.key }[]) => signers.map(({ key }) => key);

describe('verifier keys', () => {
  it('read back what they write, for every signature type', () => {
    for (const { key } of [log, quantum, witness]) {
      expect(parseVerifierKey(sha256, formatVerifierKey(key))).toEqual(key);
    }
  });

  it('have the id of the published example', () => {
    // c2sp.org/signed-note, "Verifier keys", example.
    const example = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    expect(parseVerifierKey(sha256, example)?.id).toBe(0x530d903a);
    expect(parseVerifierKey(sha256, example.replace('530d903a', '530d903b'))).toBeUndefined();
  });

  it.each([
    '',
    '+',
    'a b+00000000+AQ==',
    'x+0000000g+AQ==',
    'x+00000000+',
    'x+00000000+AQ==',
    'x+00000000+Aw==',
  ])('refuse %j', (vkey) => expect(parseVerifierKey(sha256, vkey)).toBeUndefined());

  it('refuse a name or a length that cannot be one', () => {
    expect(() => verifierKey(sha256, 'a+b', 1, log.key.publicKey)).toThrow(RangeError);
    expect(() => verifierKey(sha256, 'a', 6, log.key.publicKey)).toThrow(RangeError);
  });

  it('come from a list with comments, and a bad line is told', () => {
    const list = `# demo\n\n${formatVerifierKey(log.key)}\r\nnonsense\n${formatVerifierKey(quantum.key)}\n`;
    expect(parseVerifierKeys(sha256, list)).toEqual({ keys: keysOf(log, quantum), badLines: [4] });
  });
});

describe('signed notes', () => {
  it('open with any known signer, and tell which', () => {
    const note = signNote(text, [log, other, quantum]);
    const opened = openNote(nodeNotePrimitives, note, keysOf(log, quantum));
    expect(opened).toMatchObject({ ok: true, text });
    expect(opened.ok && opened.verified.map(({ key }) => key)).toEqual(keysOf(log, quantum));
  });

  it('are rejected for one bad signature of a known key, though others hold', () => {
    const bad = { key: other.key, sign: () => new Uint8Array(64) };
    const note = signNote(text, [log, bad]);
    expect(openNote(nodeNotePrimitives, note, keysOf(log, other))).toEqual({
      ok: false,
      code: 'note-bad-signature',
    });
    expect(openNote(nodeNotePrimitives, note, keysOf(log)).ok).toBe(true);
  });

  it('are rejected without a known signer: same name or same id alone is not known', () => {
    const namesake = ed25519Signer(ORIGIN, generateKeyPairSync('ed25519').privateKey);
    const twin = { ...log.key, name: 'twin.invalid' };
    for (const keys of [[], keysOf(other), keysOf(namesake), [twin]]) {
      expect(openNote(nodeNotePrimitives, signNote(text, [log]), keys)).toEqual({
        ok: false,
        code: 'note-no-known-key',
      });
    }
  });

  it('are not accepted on an algorithm the primitives lack, and the key is told', () => {
    const { sha256: hash, ed25519 } = nodeNotePrimitives;
    const browser = { sha256: hash, ed25519 };
    expect(openNote(browser, signNote(text, [quantum]), keysOf(quantum)).ok).toBe(false);
    const both = openNote(browser, signNote(text, [log, quantum]), keysOf(log, quantum));
    expect(both.ok && both.unchecked).toEqual(keysOf(quantum));
  });

  it('have limits, and take at least 16 signatures', () => {
    const line = signatureLine(other, text);
    expect(parseNote(`${text}\n${line.repeat(MAX_NOTE_SIGNATURES)}`)?.signatures.length).toBe(
      MAX_NOTE_SIGNATURES,
    );
    expect(parseNote(`${text}\n${line.repeat(MAX_NOTE_SIGNATURES + 1)}`)).toBeUndefined();
    expect(parseNote(`${'x'.repeat(300_000)}\n\n${line}`)).toBeUndefined();
  });

  it.each([
    ['no signature', 'a\n'],
    ['no newline at the end', 'a\n\n— b AAAAAAA='],
    ['hyphen for dash', 'a\n\n- b AAAAAAA=\n'],
    ['no name', 'a\n\n—  AAAAAAA=\n'],
    ['plus in the name', 'a\n\n— b+c AAAAAAA=\n'],
    ['no signature bytes', 'a\n\n— b AAAAAA==\n'],
    ['loose base64', 'a\n\n— b AAAAAAB=\n'],
    ['carriage return', 'a\r\n\n— b AAAAAAA=\n'],
    ['text after the signatures', 'a\n\n— b AAAAAAA=\nx\n'],
  ])('are refused: %s', (_, note) => expect(parseNote(note)).toBeUndefined());

  it('cannot be signed when the text would not come back', () => {
    expect(() => signNote('no newline', [log])).toThrow(RangeError);
    expect(() => signNote('a\tb\n', [log])).toThrow(RangeError);
  });
});

describe('checkpoints', () => {
  it('open under Ed25519 and ML-DSA-44, with the cosignature’s time', () => {
    const note = signNote(text, [log, quantum, witness]);
    const opened = openCheckpoint(nodeNotePrimitives, note, { logKeys: keysOf(log, quantum, witness) });
    expect(opened).toMatchObject({ ok: true, checkpoint });
    expect(opened.ok && opened.verified.map(({ timestamp }) => timestamp)).toEqual([
      undefined,
      1_795_000_000,
      1_795_000_001,
    ]);
  });

  it('refuse an ML-DSA-44 signature with any part of its time, name or head changed', () => {
    const line = signatureLine(quantum, text);
    for (const changed of [text.replace('7', '8'), text.replace(ORIGIN, 'x.invalid')]) {
      const code = openNote(nodeNotePrimitives, `${changed}\n${line}`, keysOf(quantum));
      expect(code).toEqual({ ok: false, code: 'note-bad-signature' });
    }
    const raw = quantum.sign(text);
    raw[7] = (raw[7] ?? 0) ^ 1;
    const late = { key: quantum.key, sign: () => raw };
    expect(openNote(nodeNotePrimitives, signNote(text, [late]), keysOf(quantum)).ok).toBe(false);
  });

  it('carry no extension lines under ML-DSA-44, which would not sign them', () => {
    const line = signatureLine(quantum, text);
    const extended = `${text}extension\n\n${line}`;
    expect(openNote(nodeNotePrimitives, extended, keysOf(quantum))).toEqual({
      ok: false,
      code: 'note-bad-signature',
    });
    expect(() => signNote(`${text}extension\n`, [quantum])).toThrow(RangeError);
  });

  it('are not a log’s when only others signed', () => {
    const opened = openCheckpoint(nodeNotePrimitives, signNote(text, [other]), { logKeys: keysOf(other) });
    expect(opened).toEqual({ ok: false, code: 'checkpoint-other-log' });
  });

  it.each([
    '',
    'o\n7\n',
    `o\n07\n${text.split('\n')[2]}\n`,
    `o\n-1\n${text.split('\n')[2]}\n`,
    'o\n1\nAAAA\n',
    `${text}extension\n`,
  ])('have no other form: %j', (bad) => expect(parseCheckpointText(bad)).toBeUndefined());
});
