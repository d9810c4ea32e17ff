import { utf8 } from '@lianshu/statement';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { checkReceipt } from '@lianshu/verify';
import { expect, it } from 'vitest';
import {
  quantumKey,
  SAMPLE_ORIGIN,
  SampleLog,
  sampleKey,
  sampleSignature,
  withByte,
} from '../../../packages/verify/src/sample-log.ts';

const signatures = Array.from({ length: 9 }, (_, n) => sampleSignature(n, 'joint-signature'));
const log = new SampleLog(signatures.map(({ entry }) => entry));

it('allows no change in a doubly signed receipt but one that makes the second signer unknown', () => {
  const quantum = quantumKey(1_795_000_000);
  const trusted = [sampleKey.key, quantum.key];
  const receipt = log.receipt(4, signatures[4]?.extra ?? new Uint8Array(), 9, [sampleKey, quantum]);
  const bytes = utf8(receipt);
  // The allow-list: name and key id of the other signature line, either of which may cease to be a known key's.
  const allowed: [number, number][] = [];
  for (const { key } of [sampleKey, quantum]) {
    const line = receipt
      .split('\n')
      .findIndex((text) => text === receipt.split('\n').at(key === quantum.key ? -2 : -3));
    const start = utf8(receipt.split('\n').slice(0, line).join('\n')).length + 1 + utf8('— ').length;
    const idChars = 6; // base64 of the 4 bytes of the id ends within the 6th character
    allowed.push([start, start + utf8(`${SAMPLE_ORIGIN} `).length + idChars]);
  }
  let accepted = 0;
  const wrong: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const verdict = checkReceipt(nodeNotePrimitives, withByte(bytes, at, (bytes[at] ?? 0) ^ 1), {
      keys: trusted,
    });
    if (verdict.code !== 'included') continue;
    accepted++;
    expect(verdict.receipt.signedBy.length).toBe(1);
    if (!allowed.some(([from, to]) => at >= from && at < to)) wrong.push(at);
  }
  expect(wrong).toEqual([]);
  expect(accepted).toBeGreaterThan(20);
});

it('proves nothing when any one byte of a singly signed receipt becomes any of eight others', () => {
  const bytes = utf8(log.receipt(4, signatures[4]?.extra ?? new Uint8Array(), 9));
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const changed = withByte(bytes, at, (bytes[at] ?? 0) ^ (1 << bit));
      const { code } = checkReceipt(nodeNotePrimitives, changed, { keys: [sampleKey.key] });
      expect(['included', 'promised'], `byte ${at} bit ${bit}`).not.toContain(code);
    }
  }
});
