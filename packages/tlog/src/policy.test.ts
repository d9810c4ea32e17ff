import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPolicy } from './format-policy.ts';
import { cosigner, ed25519Signer, sha256 } from './node-primitives.ts';
import { MAX_POLICY_BYTES, type Policy, parsePolicy } from './policy.ts';
import { quorumOf } from './quorum.ts';
import { formatVerifierKey, verifierKey } from './verifier-key.ts';

const ed = () => generateKeyPairSync('ed25519').privateKey;
const logKey = ed25519Signer('log.invalid/1', ed()).key;
const quantumKey = cosigner('log.invalid/1', 0x06, generateKeyPairSync('ml-dsa-44').privateKey, () => 1).key;
const key = (name: string) => verifierKey(sha256, name, 0x04, sha256(new TextEncoder().encode(name)));
const names = ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'];
const keys = Object.fromEntries(names.map((name) => [name, key(`${name}.invalid`)]));
const vkey = (name: string) => formatVerifierKey(key(`${name}.invalid`));
const log = `log ${formatVerifierKey(logKey)}`;
const witnesses = names.map((name) => `witness ${name} ${vkey(name)}\n`).join('');
const example = `${log}\n\n${witnesses}group X 2 X1 X2 X3\n\t group  Y\tany Y1 Y2 Y3 \n  # both camps\ngroup X-and-Y all X Y\nquorum X-and-Y\n`;

function policyOf(text: string | Uint8Array): Policy {
  const parsed = parsePolicy(sha256, text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.policy;
}

function faultsOf(text: string | Uint8Array): unknown {
  const parsed = parsePolicy(sha256, text);
  return parsed.ok ? [] : parsed.faults.map(({ line, code }) => `${line} ${code}`);
}

describe('a policy', () => {
  it('reads logs, witnesses, groups and the quorum, and writes them back', () => {
    const policy = policyOf(`${example}log ${formatVerifierKey(quantumKey)} https://log.invalid/\n`);
    expect(policy.logs).toEqual([{ key: logKey }, { key: quantumKey, url: 'https://log.invalid/' }]);
    expect(policy.witnesses.map(({ name }) => name)).toEqual(names);
    expect(policy.groups.map(({ name, threshold }) => [name, threshold])).toEqual([
      ['X', 2],
      ['Y', 1],
      ['X-and-Y', 2],
    ]);
    expect(policyOf(formatPolicy(policy))).toEqual(policy);
    expect(policyOf('quorum none\n')).toEqual({ logs: [], witnesses: [], groups: [], quorum: 'none' });
  });

  it('counts what cosigned: any set agrees with the rule said in words', () => {
    const policy = policyOf(example);
    fc.assert(
      fc.property(fc.subarray(names), (some) => {
        const xs = some.filter((name) => name.startsWith('X')).length;
        const expected = xs >= 2 && some.length > xs;
        const quorum = quorumOf(
          policy,
          some.flatMap((name) => keys[name] ?? []),
        );
        expect(quorum.reached).toBe(expected);
        expect(quorum.cosigned).toEqual(some);
        expect([...quorum.cosigned, ...quorum.missing].sort()).toEqual(names);
      }),
      { numRuns: 64 },
    );
    expect(quorumOf(policyOf('quorum none\n'), []).reached).toBe(true);
    expect(quorumOf(policyOf(`witness a ${vkey('a')}\nquorum a\n`), [logKey]).reached).toBe(false);
    expect(quorumOf(policyOf(`witness a ${vkey('a')}\nquorum a\n`), [key('a.invalid')]).reached).toBe(true);
  });

  it('does not take another key with the same name and id for a witness', () => {
    const policy = policyOf(`witness a ${vkey('a')}\nquorum a\n`);
    const twin = { ...key('a.invalid'), publicKey: new Uint8Array(32) };
    expect(quorumOf(policy, [twin]).reached).toBe(false);
  });

  it.each([
    ['', ['1 policy-no-quorum']],
    ['# only words\n', ['1 policy-no-quorum']],
    ['quorum none', ['1 policy-no-newline', '1 policy-no-quorum']],
    ['quorum none\nquorum none\n', ['2 policy-second-quorum']],
    ['quorum none\r\n', ['1 policy-octet', '1 policy-no-quorum']],
    ['# \u0000\nquorum none\n', ['1 policy-octet']],
    ['# \u007f\nquorum none\n', ['1 policy-octet']],
    ['quorum none # but why\n', ['1 policy-fields', '1 policy-no-quorum']],
    ['Quorum none\n', ['1 policy-unknown-line', '1 policy-no-quorum']],
    ['\u00a0quorum none\n', ['1 policy-unknown-line', '1 policy-no-quorum']],
    ['quorum a\n', ['1 policy-undefined-name']],
    [`quorum a\nwitness a ${vkey('a')}\n`, ['1 policy-undefined-name']],
    [`${log}\n${log} https://x/\nquorum none\n`, ['2 policy-duplicate-key']],
    [`${log} a b\nquorum none\n`, ['1 policy-fields']],
    ['log nonsense\nquorum none\n', ['1 policy-key']],
    [`log ${vkey('a')}\nquorum none\n`, ['1 policy-key-role']],
    [`witness a ${log.slice(4)}\nquorum none\n`, ['1 policy-key-role']],
    [`witness a ${vkey('a')}\nwitness a ${vkey('b')}\nquorum a\n`, ['2 policy-duplicate-name']],
    [`witness a ${vkey('a')}\nwitness b ${vkey('a')}\nquorum a\n`, ['2 policy-duplicate-key']],
    [`witness none ${vkey('a')}\nquorum none\n`, ['1 policy-reserved-name']],
    [`witness a ${vkey('a')}\ngroup g any none\nquorum a\n`, ['2 policy-reserved-name']],
    [`witness a ${vkey('a')}\ngroup none any a\nquorum a\n`, ['2 policy-reserved-name']],
    [`witness a ${vkey('a')}\ngroup a any a\nquorum a\n`, ['2 policy-duplicate-name']],
    ['group g any g\nquorum g\n', ['1 policy-undefined-name', '2 policy-undefined-name']],
    [`witness a ${vkey('a')}\ngroup g any\nquorum a\n`, ['2 policy-fields']],
    [`witness a ${vkey('a')}\ngroup g any a a\nquorum a\n`, ['2 policy-member-twice']],
    [`witness a ${vkey('a')}\ngroup g any a\ngroup h any a\nquorum a\n`, ['3 policy-member-twice']],
    ...['0', '2', '01', '-1', '1.0', 'All'].map((k): [string, string[]] => [
      `witness a ${vkey('a')}\ngroup g ${k} a\nquorum g\n`,
      ['2 policy-threshold'],
    ]),
  ])('is refused by line: %j', (text, faults) => expect(faultsOf(text)).toEqual(faults));

  it('finds one key under two names a duplicate', () => {
    const again = formatVerifierKey(verifierKey(sha256, 'other.invalid', 0x04, key('a.invalid').publicKey));
    expect(faultsOf(`witness a ${vkey('a')}\nwitness b ${again}\nquorum a\n`)).toEqual([
      '2 policy-duplicate-key',
    ]);
  });

  it('takes names as octets: no normalisation, and what is no UTF-8 stays apart', () => {
    const text = `witness K ${vkey('a')}\nwitness \u212a ${vkey('b')}\nquorum \u212a\n`;
    expect(policyOf(text).quorum).toBe('\u212a');
    const latin = (part: string) => Uint8Array.from(part, (char) => char.charCodeAt(0));
    const raw = policyOf(latin(`witness \xe9 ${vkey('a')}\nwitness \xea ${vkey('b')}\nquorum \xea\n`));
    expect(quorumOf(raw, [key('a.invalid')]).reached).toBe(false);
    expect(quorumOf(raw, [key('b.invalid')]).reached).toBe(true);
    expect(() => formatPolicy(raw)).toThrow(RangeError);
    const marked = policyOf(`witness \ufeffa ${vkey('a')}\nwitness a ${vkey('b')}\nquorum a\n`);
    expect(quorumOf(marked, [key('a.invalid')]).reached).toBe(false);
  });

  it('has room for 128 of each kind, and says where it ends', () => {
    const lines = Array.from({ length: 129 }, (_, i) => `witness w${i} ${vkey(`w${i}`)}\n`);
    const groups = Array.from({ length: 128 }, (_, i) => `group g${i} any w${i}\n`);
    const policy = policyOf(`${lines.slice(0, 128).join('')}${groups.join('')}quorum g127\n`);
    expect(quorumOf(policy, [key('w127.invalid')]).reached).toBe(true);
    expect(faultsOf(`${lines.join('')}quorum w0\n`)).toEqual(['129 policy-too-many']);
    expect(faultsOf(new Uint8Array(MAX_POLICY_BYTES + 1))).toEqual(['1 policy-too-large']);
  });

  it('is a value or faults, never an exception, for any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const parsed = parsePolicy(sha256, bytes);
        expect(parsed.ok || parsed.faults.length > 0).toBe(true);
      }),
    );
  });

  it('names the line of any changed octet in a key, or reads another name', () => {
    const whole = new TextEncoder().encode(example);
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      const parsed = parsePolicy(sha256, changed);
      const line = new TextDecoder().decode(whole.subarray(0, at)).split('\n').length;
      if (!parsed.ok) expect(parsed.faults[0]?.line).toBeGreaterThanOrEqual(line - 1);
      else expect(formatPolicy(parsed.policy)).toBeTypeOf('string');
      const inKey = example.slice(0, at).lastIndexOf('+') > example.slice(0, at).lastIndexOf('\n');
      if (inKey && whole[at] !== 0x0a) expect(parsed.ok).toBe(false);
    }
  });
});
