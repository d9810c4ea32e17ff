import { canonicalJson, utf8 } from '@lianshu/statement';
import { checkpointText, formatPolicy, formatVerifierKey, signNote } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { checkReceipt } from '@lianshu/verify';
import { promiseKey, SAMPLE_ORIGIN, SampleLog, sampleKey } from '../../../packages/verify/src/sample-log.ts';
import { sampleCounts, sampleCourse, voidEntry } from '../../../packages/verify/src/sample-record.ts';
import { quantum, six, specimens, trusted } from './specimens.ts';

/**
 * The files of `audit-kit/known/`, by path, with fresh keys: what the kit's `selftest` checks itself against.
 * `node tools/write-known-answers.ts` writes them.
 */
export function knownAnswers(): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const names = [
    'short',
    'receipt',
    'stranger',
    'witnessed-3',
    'witnessed-4',
    'two-keys',
    'ml-dsa-44',
    'all',
  ];
  const expected: Record<string, unknown> = {};
  for (const [i, file] of specimens.entries()) {
    const name = names[i] === undefined ? `promise-${i - names.length + 1}.txt` : `${names[i]}.tlog-proof`;
    files.set(name, utf8(file));
    expected[name] = checkReceipt(nodeNotePrimitives, file, { keys: trusted });
  }
  files.set('expected.json', utf8(`${JSON.stringify(expected, null, 1)}\n`));
  const own = [sampleKey.key, quantum.key, promiseKey.key];
  files.set('keys.txt', utf8(own.map((key) => `${formatVerifierKey(key)}\n`).join('')));
  const witnesses = six.map(({ key }) => ({ name: key.name.slice(0, 9), key }));
  const members = witnesses.map(({ name }) => name);
  const policy = {
    logs: [{ key: sampleKey.key }, { key: quantum.key }],
    witnesses,
    groups: [{ name: 'most', threshold: 4, members }],
    quorum: 'most',
  };
  files.set('policy.txt', utf8(formatPolicy(policy)));
  const signers = [sampleKey, quantum, ...six.slice(0, 4)];
  const log = new SampleLog([...sampleCourse, voidEntry(2)], signers);
  for (const [path, bytes] of log.files) files.set(`log/${path}`, bytes);
  const counts = { counted: 4, settledCounted: 1, settledRefused: 1, signed: 4, voided: 1 };
  files.set('log/counts/9901.json', sampleCounts(log, sampleCourse.length + 1, counts));
  files.set('old.checkpoint', utf8(log.checkpoint(8, signers)));
  const fork = { origin: SAMPLE_ORIGIN, size: 8, root: sha256(canonicalJson('another tree')) };
  files.set('fork.checkpoint', utf8(signNote(checkpointText(fork), signers)));
  return files;
}
