import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { describe, expect, it } from 'vitest';
import { noblePrimitives } from '../../../packages/verify/src/noble-primitives.browser.ts';
import { haveVectors, vectorText } from './shared-vectors.ts';

type Group = Readonly<{
  publicKey: { pk: string };
  tests: readonly Readonly<{ tcId: number; msg: string; sig: string; result: string }>[];
}>;

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

describe.skipIf(!haveVectors('wycheproof'))('Wycheproof Ed25519', () => {
  const groups = haveVectors('wycheproof')
    ? (JSON.parse(vectorText('wycheproof/ed25519_test.json')) as { testGroups: Group[] }).testGroups
    : [];

  it('node:crypto as bound here agrees with all 151', () => {
    const differing = groups.flatMap(({ publicKey, tests }) =>
      tests.filter(
        ({ msg, sig, result }) =>
          nodeNotePrimitives.ed25519(hex(publicKey.pk), hex(msg), hex(sig)) !== (result === 'valid'),
      ),
    );
    expect(groups.flatMap(({ tests }) => tests).length).toBe(151);
    expect(differing).toEqual([]);
  });

  it('the one-file verifier agrees with all 151', () => {
    const differing = groups.flatMap(({ publicKey, tests }) =>
      tests.filter(
        ({ msg, sig, result }) =>
          noblePrimitives.ed25519(hex(publicKey.pk), hex(msg), hex(sig)) !== (result === 'valid'),
      ),
    );
    expect(differing).toEqual([]);
  });
});
