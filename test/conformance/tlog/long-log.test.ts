import type { JsonValue } from '@lianshu/statement';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { checkReceipt, followLog } from '@lianshu/verify';
import { expect, it } from 'vitest';
import { SampleLog, sampleKey, sampleSignature } from '../../../packages/verify/src/sample-log.ts';

it('a receipt is followed in a log with tiles of the second level', async () => {
  const own = sampleSignature(1, 'joint-signature');
  const index = 65_536 + 300;
  const before = Array.from({ length: index }, (_, n): JsonValue => n);
  const log = new SampleLog([...before, own.entry, 'later']);
  const keys = [sampleKey.key];
  const verdict = checkReceipt(nodeNotePrimitives, log.receipt(index, own.extra, index + 1), { keys });
  const read: string[] = [];
  const source = log.source((path, bytes) => {
    read.push(path);
    return bytes;
  });
  const context = { primitives: nodeNotePrimitives, source, trust: { keys }, nowMs: 0, progress: () => {} };
  expect((await followLog(context, verdict)).code).toBe('counted');
  expect(read.sort()).toEqual(['checkpoint', 'tile/1/001.p/1', 'tile/2/000.p/1', 'tile/entries/257.p/46']);
});
