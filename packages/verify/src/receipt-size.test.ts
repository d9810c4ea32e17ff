import { ed25519Form, parseVerifierKeys } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { describe, expect, it } from 'vitest';
import { checkReceipt } from './check-receipt.ts';
import { LARGE_LOG, sampleLargeReceipt } from './sample-large-receipt.ts';

describe('a receipt at ten million entries, cosigned by six witnesses', () => {
  const { receipt, keys, witnesses } = sampleLargeReceipt();
  const trusted = parseVerifierKeys(sha256, keys).keys;
  const small = ed25519Form(receipt) ?? '';

  it('has at most 25 KB with all cosignatures', () => {
    const verdict = checkReceipt(nodeNotePrimitives, receipt, { keys: trusted });
    expect(verdict).toMatchObject({ code: 'included', receipt: { size: LARGE_LOG.size } });
    expect(verdict.code === 'included' && verdict.receipt.cosignedBy).toHaveLength(2 * witnesses.length);
    expect(verdict.code === 'included' && verdict.receipt.signedBy).toHaveLength(2);
    expect(Buffer.byteLength(receipt)).toBeGreaterThan(20_000);
    expect(Buffer.byteLength(receipt)).toBeLessThanOrEqual(25 * 1024);
  });

  it('has at most 2,900 bytes in its Ed25519-only form, which proves the same', () => {
    const verdict = checkReceipt(nodeNotePrimitives, small, { keys: trusted });
    expect(verdict).toMatchObject({ code: 'included', receipt: { index: LARGE_LOG.index } });
    expect(verdict.code === 'included' && verdict.receipt.cosignedBy).toHaveLength(witnesses.length);
    expect(Buffer.byteLength(small)).toBeGreaterThan(2_000);
    expect(Buffer.byteLength(small)).toBeLessThanOrEqual(2_900);
  });

  it('keeps every other byte, and stays itself when asked again', () => {
    const lines = small.split('\n');
    expect(receipt.split('\n').filter((line) => line.length < 2_000)).toEqual(lines);
    expect(ed25519Form(small)).toBe(small);
  });

  it('has no such form when nothing would remain, or when it is no note', () => {
    const [head = ''] = receipt.split('\n\n\u2014 ');
    const quantum = receipt.split('\n').filter((line) => line.length > 2_000);
    expect(ed25519Form(`${head}\n\n${quantum.join('\n')}\n`)).toBeUndefined();
    for (const text of ['', '\n\n', receipt.slice(0, -1), receipt.replaceAll('\n', '\r\n')])
      expect(ed25519Form(text)).toBeUndefined();
  });
});
