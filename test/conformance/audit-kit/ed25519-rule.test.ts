import { createHash } from 'node:crypto';
import { parseVerifierKey, SIGNATURE_TYPE, toBase64 } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { Point } from '@noble/ed25519';
import { describe, expect, it } from 'vitest';
import { noblePrimitives } from '../../../packages/verify/src/noble-primitives.browser.ts';
import { haveVectors, vectorText } from '../tlog/shared-vectors.ts';
import { havePython, runPython } from './python.ts';

type Question = Readonly<{ name: string; key: string; message: string; signature: string; holds?: boolean }>;

const ORDER = Point.CURVE().n;
const TORSION = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const little = (number: bigint): Buffer =>
  Buffer.from(number.toString(16).padStart(64, '0'), 'hex').reverse();

/** What the holder of a key can make on purpose: `a` signs with nonce `r`, torsion added where asked, S moved by `shift`. */
function crafted(
  name: string,
  wish: Readonly<{ message: string; keyTorsion?: boolean; nonceTorsion?: boolean; shift?: bigint }>,
  holds?: boolean,
): Question {
  const [a, r] = [1234567890123456789n, 987654321n];
  const bent = (point: Point, torsion: boolean | undefined) =>
    torsion === true ? point.add(TORSION) : point;
  const key = bent(Point.BASE.multiply(a), wish.keyTorsion).toBytes();
  const nonce = bent(Point.BASE.multiply(r), wish.nonceTorsion).toBytes();
  const message = Buffer.from(wish.message);
  const digest = createHash('sha512').update(nonce).update(key).update(message).digest();
  const k = BigInt(`0x${hex(digest.reverse())}`) % ORDER;
  const s = ((r + k * a) % ORDER) + (wish.shift ?? 0n);
  const signature = hex(Buffer.concat([nonce, little(s)]));
  const question = { name, key: hex(key), message: hex(message), signature };
  return holds === undefined ? question : { ...question, holds };
}

const CRAFTED: readonly Question[] = [
  crafted('as RFC 8032 makes it', { message: 'm' }, true),
  crafted('a nonce with torsion', { message: 'm', nonceTorsion: true }, false),
  crafted('S raised by the order', { message: 'm', shift: ORDER }, false),
  ...Array.from({ length: 24 }, (_, i) =>
    crafted('a key with torsion', { message: `m${i}`, keyTorsion: true }),
  ),
];

function wycheproof(): readonly Question[] {
  type Group = { publicKey: { pk: string }; tests: { msg: string; sig: string; result: string }[] };
  const { testGroups } = JSON.parse(vectorText('wycheproof/ed25519_test.json')) as { testGroups: Group[] };
  return testGroups.flatMap(({ publicKey, tests }) =>
    tests.map(({ msg, sig, result }, i) => ({
      name: `wycheproof ${i}`,
      key: publicKey.pk,
      message: msg,
      signature: sig,
      holds: result === 'valid',
    })),
  );
}

const PROGRAM = `
import json, sys
from lianshu_audit import ed25519
for q in json.load(sys.stdin):
    print(int(ed25519.verify(*(bytes.fromhex(q[n]) for n in ("key", "message", "signature")))))
`;

describe.skipIf(!havePython())('one rule of Ed25519 in three implementations', () => {
  const questions = [...CRAFTED, ...(haveVectors('wycheproof') ? wycheproof() : [])];

  it('gives every crafted and every published signature the same verdict', async () => {
    const python = (await runPython(['-c', PROGRAM], JSON.stringify(questions)))
      .toString()
      .trim()
      .split('\n');
    const differing = questions.filter(({ key, message, signature, holds }, i) => {
      const parts = [bytesOf(key), bytesOf(message), bytesOf(signature)] as const;
      const said = [
        nodeNotePrimitives.ed25519(...parts),
        noblePrimitives.ed25519(...parts),
        python[i] === '1',
      ];
      return new Set(said).size !== 1 || (holds !== undefined && said[0] !== holds);
    });
    expect(python.length).toBe(questions.length);
    expect(differing).toEqual([]);
  });

  it('refuses keys of small order and in a second spelling, in both readers', async () => {
    const prime = 2n ** 255n - 19n;
    const values = [0n, 1n, prime - 1n, prime, prime + 1n, 2n ** 255n - 1n, 2n];
    const order8 = [TORSION, TORSION.add(TORSION).add(TORSION)].map((point) => point.toBytes());
    const plain = [...values.map((value) => new Uint8Array(little(value))), ...order8];
    const signed = plain.map((bytes) => bytes.map((byte, i) => (i === 31 ? byte ^ 0x80 : byte)));
    const lines = [...plain, ...signed].map((bytes) => {
      const body = Buffer.concat([Uint8Array.of(SIGNATURE_TYPE.ed25519), bytes]);
      const id = hex(sha256(Buffer.concat([Buffer.from('k.invalid\n'), body])).subarray(0, 4));
      return `k.invalid+${id}+${toBase64(body)}`;
    });
    const program =
      'import sys\nfrom lianshu_audit import notes\nfor l in sys.stdin:print(int(notes.parse_key(l.strip()) is not None))';
    const python = (await runPython(['-c', program], lines.join('\n'))).toString().trim().split('\n');
    const ours = lines.map((line) => (parseVerifierKey(sha256, line) === undefined ? '0' : '1'));
    expect(python).toEqual(ours);
    // Only y = 2, which is no point of small order, may pass, with either sign.
    expect(ours.map((said, i) => (said === '1' ? i % plain.length : -1)).filter((i) => i >= 0)).toEqual([
      6, 6,
    ]);
  });
});
