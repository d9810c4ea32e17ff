import { ed25519Form, formatVerifierKey, parseVerifierKeys } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { describe, expect, it } from 'vitest';
import { noblePrimitives } from './noble-primitives.browser.ts';
import { receiptWitnesses } from './receipt-witnesses.ts';
import { sampleLargeReceipt } from './sample-large-receipt.ts';
import { allKeys } from './trust.ts';
import { readTrust } from './trust-text.ts';

const { receipt, keys, witnesses } = sampleLargeReceipt();
const all = parseVerifierKeys(sha256, keys).keys.map(formatVerifierKey);
const [logKey = '', logQuantum = ''] = all;
const cosigners = all.slice(2, 8);
const policyText = (quorum: number, extra: readonly string[] = []): string =>
  [
    `log ${logKey}`,
    `log ${logQuantum}`,
    ...cosigners.map((key, i) => `witness w${i} ${key}`),
    ...extra,
    `group all-of-them ${quorum} ${cosigners.map((_, i) => `w${i}`).join(' ')}`,
    'quorum all-of-them',
    '',
  ].join('\n');

describe('readTrust', () => {
  it('reads a key list, a policy, or both in one text', () => {
    expect(readTrust(sha256, keys)).toMatchObject({ faults: [], keys: { length: 14 } });
    const policy = readTrust(sha256, policyText(4));
    expect(policy).toMatchObject({ faults: [], policy: { quorum: 'all-of-them' } });
    expect([policy.keys, allKeys(policy)]).toMatchObject([{ length: 0 }, { length: 8 }]);
    const both = readTrust(sha256, `# mine\n${policyText(4)}\n${logKey}\n`);
    expect(both.faults).toEqual([]);
    expect(both.keys.map(formatVerifierKey)).toEqual([logKey]);
    expect(allKeys(both)).toHaveLength(8);
  });

  it('tells every faulty line by its number in the whole text, and then trusts no part of the policy', () => {
    const trust = readTrust(sha256, `not a key\n${policyText(9)}${logKey}\n`);
    expect(trust.faults).toContainEqual({ line: 1, code: 'not-a-key' });
    expect(trust.faults).toContainEqual({ line: 10, code: 'policy-threshold' });
    expect(trust.policy).toBeUndefined();
    expect(trust.keys.map(formatVerifierKey)).toEqual([logKey]);
    expect(readTrust(sha256, '')).toEqual({ keys: [], faults: [] });
  });
});

describe('receiptWitnesses', () => {
  const policyOf = (quorum: number, extra: readonly string[] = []) => {
    const trust = readTrust(sha256, policyText(quorum, extra));
    if (trust.policy === undefined) throw new Error('no policy');
    return trust;
  };
  const small = ed25519Form(receipt) ?? '';
  /** The receipt after two of its six witnesses took no part. */
  const fewer = small
    .split('\n')
    .filter((line) => !witnesses.slice(0, 2).some((name) => line.startsWith(`\u2014 ${name} `)))
    .join('\n');

  it('names who cosigned, who did not, and whether that is enough', () => {
    const full = receiptWitnesses(nodeNotePrimitives, small, policyOf(6));
    expect(full?.quorum).toBe(true);
    expect(full?.lines).toEqual(
      cosigners.map((_, i) => ({ name: `w${i}`, state: 'cosigned', timestamp: 1_790_000_000 })),
    );
    const some = receiptWitnesses(noblePrimitives, fewer, policyOf(5));
    expect(some?.quorum).toBe(false);
    expect(some?.lines.map(({ state }) => state)).toEqual([
      ...['missing', 'missing'],
      ...Array(4).fill('cosigned'),
    ]);
    expect(receiptWitnesses(noblePrimitives, fewer, policyOf(4))?.quorum).toBe(true);
  });

  it('counts no ML-DSA-44 cosignature where it cannot be verified', () => {
    const policy = policyOf(6, [`witness q ${all[8]}`]);
    const states = (primitives: typeof noblePrimitives) =>
      receiptWitnesses(primitives, receipt, policy)?.lines.map(({ state }) => state);
    expect(states(nodeNotePrimitives)).toEqual(Array(7).fill('cosigned'));
    expect(states(noblePrimitives)).toEqual([...Array(6).fill('cosigned'), 'unchecked']);
  });

  it('says nothing of what is no receipt', () => {
    for (const text of ['', 'c2sp.org/tlog-proof@v1\n', small.replace('\n10000000\n', '\n10000001\n')])
      expect(receiptWitnesses(nodeNotePrimitives, text, policyOf(1))).toBeUndefined();
  });
});
