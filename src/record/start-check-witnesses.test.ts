import { describe, expect, it } from 'vitest';
import { policyText, witnessSigner } from '../../test/builders/scripted-witness.ts';
import { logSigners } from '../../test/builders/test-log.ts';
import { witnessIdOf } from './cosigning-store.ts';
import type { StoredTree } from './start-check-tree.ts';
import { checkWitnesses, type KnownOfWitnesses } from './start-check-witnesses.ts';
import type { NewestAnswer } from './witness-client.ts';
import { asksForWitnesses, witnessPolicyOf } from './witnessing-policy.ts';

const ownKeys = logSigners().map(({ key }) => key);
const signers = ['a', 'b', 'c'].map((name) => witnessSigner(`${name}.invalid`));
const endpoints = signers.map(({ key }) => ({ url: `https://${key.name}`, keys: [key] }));
const text = policyText(ownKeys, endpoints, 2);
const policy = witnessPolicyOf(Buffer.from(text), ownKeys, 'test');
const nobody = witnessPolicyOf(Buffer.from(text.replace(/^quorum .*$/m, 'quorum none')), ownKeys, 'test');

/** A 404 is judged by the tree's size alone. */
const treeOf = (size: number) => ({ size }) as StoredTree;
const unknown: KnownOfWitnesses = { published: undefined, cosigned: new Map(), mayAdopt: false };

/** `code/severity` of each finding when all witnesses answer this. */
async function found(
  size: number,
  state: 'none' | 'unreachable',
  known: Partial<KnownOfWitnesses> = {},
  asked: Readonly<{ of?: typeof policy; mayRunWithout?: boolean }> = {},
): Promise<readonly string[]> {
  const { of = policy, ...rest } = asked;
  const answer: NewestAnswer = { state };
  const evidence = of.endpoints.map((witness) => ({ witness, answer }));
  const witnessing = { policy: of, ask: async () => answer, ...rest };
  const findings = await checkWitnesses(treeOf(size), witnessing, evidence, { ...unknown, ...known });
  return findings.map(({ code, severity }) => `${code}/${severity}`);
}

const times = (n: number, what: string): readonly string[] => Array<string>(n).fill(what);

describe('witnesses that know nothing of the log', () => {
  it('agree with one that is empty', async () => {
    expect(await found(0, 'none')).toEqual([...times(3, 'witness-new/ok'), 'quorum-ok/ok']);
  });

  it('say nothing of one that has entries: their 404 could be anybody’s', async () => {
    expect(await found(100_000, 'none')).toEqual([
      ...times(3, 'witness-new/warn'),
      'quorum-missing/read-only',
    ]);
  });

  it('count when a person states that no later log exists, but not those that once knew it', async () => {
    expect(await found(5, 'none', { mayAdopt: true })).toEqual([
      ...times(3, 'witness-adopted/warn'),
      'quorum-ok/ok',
    ]);
    const cosigned = new Map(signers.slice(0, 2).map(({ key }) => [witnessIdOf(key), 5]));
    expect(await found(5, 'none', { mayAdopt: true, cosigned })).toEqual([
      ...times(2, 'witness-forgot/warn'),
      'witness-adopted/warn',
      'quorum-missing/read-only',
    ]);
  });
});

describe('a policy that asks for no cosignature', () => {
  it('is refused unless the log may run without witnesses', async () => {
    expect(asksForWitnesses(policy)).toBe(true);
    expect(asksForWitnesses(nobody)).toBe(false);
    const silent = times(3, 'witness-silent/warn');
    expect(await found(5, 'unreachable', {}, { of: nobody })).toEqual(['no-quorum/refuse', ...silent]);
    expect(await found(5, 'unreachable', {}, { of: nobody, mayRunWithout: false })).toContain(
      'no-quorum/refuse',
    );
    expect(await found(5, 'unreachable', {}, { of: nobody, mayRunWithout: true })).toEqual([
      'no-quorum/warn',
      ...silent,
    ]);
  });
});
