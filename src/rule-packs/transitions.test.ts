import { expect, it } from 'vitest';
import { RULE_PACKS, rulePack } from '../law/index.ts';
import { packDigest, packDigests } from './pack-digest.ts';
import { type PolicyBody, policyDue, transitionsOf } from './transitions.ts';

const act = (body: PolicyBody, index: number) => ({ body, at: '2026-01-01T00:00:00+08:00', index });
const PACKS = packDigests();
const due = (bodies: readonly PolicyBody[], today: string, packs = PACKS) =>
  policyDue(bodies.map(act), packs, today, 'r');

it('says the packs once, and again when one comes into force or says something else', () => {
  const first = due([], '2025-12-02');
  expect(first).toMatchObject({
    inForce: 'tw.referendum.national@2019-06-21',
    rulePacks: RULE_PACKS.map(({ id }) => id).sort(),
  });
  if (first === undefined) throw new Error('nothing was due');
  expect(due([first], '2025-12-02')).toBeUndefined();
  const second = due([first], '2025-12-03');
  expect(second?.inForce).toBe('tw.referendum.national@2025-12-03');
  if (second === undefined) throw new Error('nothing was due');
  const [id = ''] = second.rulePacks;
  const third = due([first, second], '2025-12-03', { ...PACKS, [id]: '0'.repeat(64) });
  if (third === undefined) throw new Error('nothing was due');
  expect(transitionsOf([first, second, third].map(act))).toMatchObject([
    { cameIntoForce: 'tw.referendum.national@2019-06-21', changed: [], removed: [] },
    { cameIntoForce: 'tw.referendum.national@2025-12-03', added: [], changed: [] },
    { cameIntoForce: undefined, changed: [id] },
  ]);
});

it('takes an entry that names ids only for one that says nothing of content', () => {
  const old: PolicyBody = { rulePacks: ['tw.referendum.national@2019-06-21'], release: 'r' };
  expect(due([old], '2026-01-01')).toBeDefined();
  expect(transitionsOf([act(old, 0)])).toEqual([]);
});

it('has another digest for whatever a pack says otherwise, and the same for the same', () => {
  const pack = rulePack('tw.referendum.national@2025-12-03');
  const digest = packDigest(pack);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(packDigest({ ...pack })).toBe(digest);
  const { parameters } = pack;
  const days = { ...parameters.reviewDays, value: 61 };
  expect(packDigest({ ...pack, parameters: { ...parameters, reviewDays: days } })).not.toBe(digest);
  const rate = { ...parameters.petitionRate, value: { numerator: 16n, denominator: 1_000n } };
  expect(packDigest({ ...pack, parameters: { ...parameters, petitionRate: rate } })).not.toBe(digest);
});
