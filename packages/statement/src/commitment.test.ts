import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  deriveLeafSecret,
  deriveSalt,
  duplicateTag,
  evidenceCommitment,
  publicTag,
  recordCommitment,
  signerCommitment,
} from './commitment.ts';
import { toHex } from './encoding.ts';
import { NationalId } from './national-id.ts';
import { nodePrimitives } from './node-primitives.ts';
import type { Primitives } from './primitives.ts';
import { webPrimitives } from './web-primitives.browser.ts';

const folder = new URL('../vectors/', import.meta.url);
const vector = JSON.parse(readFileSync(new URL('commitments.json', folder), 'utf8')) as Record<
  string,
  string
>;
const text = (name: string) => vector[name] ?? '';
const bytes = (name: string) => new Uint8Array(Buffer.from(text(name), 'hex'));

async function everything(primitives: Primitives): Promise<Record<string, string>> {
  const id = NationalId.parse(text('nationalId'));
  if (!(id instanceof NationalId)) throw new Error(id.code);
  const salt16 = await deriveSalt(primitives, bytes('s'));
  const leafSecret = await deriveLeafSecret(primitives, bytes('s'));
  const evidence = await evidenceCommitment(primitives, {
    statement: bytes('statement'),
    signature: bytes('signature'),
    certificate: bytes('certificate'),
  });
  const opening = { caseNumber: text('case'), leafSecret, evidence };
  const joint = await duplicateTag(primitives, bytes('caseKey'), 'joint-signature', id);
  const computed = {
    salt16,
    r: leafSecret,
    signerCommitment: await signerCommitment(primitives, id, salt16),
    E: evidence,
    L: await recordCommitment(primitives, opening),
    tJointSignature: joint,
    tProposal: await duplicateTag(primitives, bytes('caseKey'), 'proposal', id),
    T: await publicTag(primitives, bytes('r2'), joint),
  };
  return Object.fromEntries(Object.entries(computed).map(([name, value]) => [name, toHex(value)]));
}

it('node:crypto gives the golden commitments', async () => {
  expect(vector).toMatchObject(await everything(nodePrimitives));
});

it('Web Crypto gives the golden commitments', async () => {
  expect(vector).toMatchObject(await everything(webPrimitives));
});

it('synchronous primitives answer at once, and a wrong length is a fault', () => {
  expect(deriveSalt(nodePrimitives, bytes('s'))).toBeInstanceOf(Uint8Array);
  expect(() => deriveSalt(nodePrimitives, bytes('s').slice(1))).toThrow('not 32');
  expect(() => publicTag(nodePrimitives, bytes('r2'), new Uint8Array(31))).toThrow('not 32');
});
