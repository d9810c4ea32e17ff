import { utf8 } from '@lianshu/statement';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkReceiptOnWebCrypto } from './check-receipt.browser.ts';
import { checkReceipt, MAX_RECEIPT_BYTES } from './check-receipt.ts';
import { noblePrimitives } from './noble-primitives.browser.ts';
import { promiseKey, SampleLog, sampleKey, samplePromise, sampleSignature, withByte } from './sample-log.ts';

const keys = [sampleKey.key, promiseKey.key];
const kinds = ['joint-signature', 'proposal-signature', 'held'] as const;
const signatures = Array.from({ length: 9 }, (_, n) => sampleSignature(n, kinds[n % 3] ?? 'held', n > 5));
const log = new SampleLog(signatures.map(({ entry }) => entry));
const receiptOf = (n: number, size = signatures.length) =>
  log.receipt(n, signatures[n]?.extra ?? new Uint8Array(), size);
const check = (file: string | Uint8Array, trusted = keys) =>
  checkReceipt(nodeNotePrimitives, file, { keys: trusted });

describe('checkReceipt', () => {
  it('proves every receipt the log gives, at every size, alike on node:crypto, a library and Web Crypto', async () => {
    for (let size = 1; size <= signatures.length; size++) {
      for (let n = 0; n < size; n++) {
        const receipt = receiptOf(n, size);
        const verdict = check(receipt);
        expect(verdict).toMatchObject({
          code: 'included',
          receipt: {
            index: n,
            size,
            caseNumber: signatures[n]?.caseNumber,
            commitment: signatures[n]?.commitment,
            held: n % 3 === 2,
          },
        });
        expect(checkReceipt(noblePrimitives, receipt, { keys })).toEqual(verdict);
        if (n % 4 === 0) expect(await checkReceiptOnWebCrypto(receipt, () => keys)).toEqual(verdict);
      }
    }
  });

  it('proves nothing when any one byte is changed, and never throws', () => {
    const bytes = utf8(receiptOf(4));
    for (let at = 0; at < bytes.length; at++) {
      const code = check(withByte(bytes, at, (bytes[at] ?? 0) ^ 1)).code;
      expect(['included', 'promised'], `byte ${at}`).not.toContain(code);
    }
  });

  it('proves nothing when a byte is cut out, put in, or the end is missing', () => {
    const bytes = utf8(receiptOf(4));
    for (let at = 0; at < bytes.length; at++) {
      const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
      for (const changed of [head, [...head, ...tail.subarray(1)], [...head, 0x41, ...tail]]) {
        expect(check(Uint8Array.from(changed)).code).not.toBe('included');
      }
    }
  });

  it('needs a trusted key, and the right one', () => {
    expect(check(receiptOf(0), []).code).toBe('no-trusted-key');
    expect(check(receiptOf(0), [promiseKey.key]).code).toBe('unknown-signer');
    const stranger = { ...sampleKey.key, publicKey: promiseKey.key.publicKey };
    expect(check(receiptOf(0), [stranger]).code).toBe('bad-signature');
  });

  it('refuses the parts of another receipt', () => {
    const [own, other] = [receiptOf(3), receiptOf(4)];
    const extraLine = (text: string) => text.split('\n')[1] ?? '';
    expect(check(own.replace(extraLine(own), extraLine(other))).code).toBe('not-included');
    expect(check(own.replace(`${extraLine(own)}\n`, '')).code).toBe('extra-malformed');
  });

  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'not-a-receipt'],
    ['another file', '{"hello":1}', 'not-a-receipt'],
    ['no UTF-8', Uint8Array.of(0xff, 0xfe), 'not-a-receipt'],
    ['Windows line ends', receiptOf(1).replaceAll('\n', '\r\n'), 'line-ends-changed'],
    ['a byte-order mark', `\ufeff${receiptOf(1)}`, 'not-a-receipt'],
    ['another version', receiptOf(1).replace('@v1', '@v2'), 'proof-malformed'],
    ['no signature', receiptOf(1).split('\n—')[0] ?? '', 'note-malformed'],
    ['too large', 'x'.repeat(MAX_RECEIPT_BYTES + 1), 'file-too-large'],
  ])('says what is wrong: %s', (_, file, code) => expect(check(file).code).toBe(code));

  it('never throws on any text', () => {
    const start = fc.constantFrom(
      '',
      'c2sp.org/tlog-proof@v1\n',
      'c2sp.org/tlog-proof@v1\nextra e30=\nindex 0\n\n',
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 60 }), (head, bytes) => {
        const tail = String.fromCharCode(...bytes);
        expect(check(head + tail).code).not.toBe('included');
      }),
    );
  });
});

describe('a signed promise', () => {
  const promise = samplePromise(sampleSignature(1, 'joint-signature'));

  it('is a promise, not proof of inclusion', () => {
    expect(check(promise)).toMatchObject({
      code: 'promised',
      promise: { caseNumber: '9901', publishBy: '2026-11-21T04:02:00Z', demo: true },
    });
    expect(checkReceipt(noblePrimitives, promise, { keys })).toEqual(check(promise));
  });

  it('counts for nothing with any byte changed, or under the log’s own key', () => {
    const bytes = utf8(promise);
    for (let at = 0; at < bytes.length; at++) {
      expect(check(withByte(bytes, at, (bytes[at] ?? 0) ^ 1)).code).not.toBe('promised');
    }
    expect(check(promise, [sampleKey.key]).code).toBe('unknown-signer');
  });
});
