import { formatVerifierKey } from '@lianshu/tlog';
import { describe, expect, it } from 'vitest';
import { policyText, witnessSigner } from '../../test/builders/scripted-witness.ts';
import { logSigners } from '../../test/builders/test-log.ts';
import { ConfigFault } from '../platform/config.ts';
import { readWitnessPolicy, witnessPolicyOf } from './witnessing-policy.ts';

const ownKeys = logSigners().map(({ key }) => key);
const [first, second] = [witnessSigner('one.invalid'), witnessSigner('two.invalid')].map(({ key }) => key);
if (!first || !second) throw new Error('unreachable');
const text = policyText(
  ownKeys,
  [
    { url: 'https://one.invalid/w', keys: [first] },
    { url: 'http://127.0.0.1:7380', keys: [second] },
  ],
  2,
);
const read = (policy: string) => () => witnessPolicyOf(Buffer.from(policy), ownKeys, 'policy.txt');

describe('the witness policy of a log', () => {
  it('gives the addresses to ask, in its order, and the digest of the very file', () => {
    const policy = read(text)();
    expect(policy.endpoints.map(({ url }) => url)).toEqual([
      'https://one.invalid/w',
      'http://127.0.0.1:7380',
    ]);
    expect(policy.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(read(`${text}# a remark\n`)().digest).not.toBe(policy.digest);
  });

  it('asks a witness with two keys once', () => {
    const endpoint = { url: 'https://one.invalid', keys: [first, second] };
    expect(read(policyText(ownKeys, [endpoint], 1))().endpoints).toEqual([endpoint]);
  });

  it.each([
    [
      'a line of another kind',
      `${text}witnes x\n`,
      /policy\.txt cannot be used: line 7: policy-unknown-line/,
    ],
    ['two faults', `nonsense\n${text}quorum enough\n`, /line 1: .*; line 8: policy-second-quorum/],
    ['a file cut short', text.slice(0, -1), /line 6: policy-no-newline/],
    ['no quorum', text.replace(/^quorum.*\n/m, ''), /policy-no-quorum/],
    ['a log key missing', text.replace(/^log .*\n/, ''), /no line for this log's own key: log test\.lianshu/],
    ['another log', text.replaceAll('log test.', 'log best.'), /policy-key/],
    ['no address', text.replace(' https://one.invalid/w', ''), /no http address for the witness w1/],
    ['another protocol', text.replace('https://one', 'ftp://one'), /no http address for the witness w1/],
  ])('refuses %s, and says where', (_what, policy, message) => {
    expect(read(policy)).toThrow(ConfigFault);
    expect(read(policy)).toThrow(message);
  });

  it('refuses a file that is not there', () => {
    expect(() => readWitnessPolicy('/nowhere/policy.txt', ownKeys)).toThrow(
      /\/nowhere\/policy\.txt cannot be read/,
    );
  });

  it('writes a whole verifier key into the message, to be put into the file', () => {
    const [own] = ownKeys;
    expect(read(text.replace(/^log .*\n/, ''))).toThrow(own ? formatVerifierKey(own) : '');
  });
});
