import { expect, it } from 'vitest';
import { rulePack } from '../law/index.ts';
import { startOfLegalDay } from '../platform/time.ts';
import { collectionRefusal } from './collection-correction.ts';
import type { RecordedAct } from './initiative-facts.ts';

const act = (index: number, kind: string, body: object): RecordedAct => ({
  index,
  kind,
  at: '',
  basis: '',
  body,
});
const ACTS = [
  act(0, 'initiative-filed', {}),
  act(1, 'collection', { on: '2026-04-06', mode: 'code' }),
  act(2, 'opened', {}),
];
const NOON_MS = 12 * 3_600_000;
const at = (day: string) => startOfLegalDay(day) + NOON_MS;

const judge = (on: string, received?: readonly [string, string], today = '2026-05-01') =>
  collectionRefusal({ ...act(9, 'collection', { on, mode: 'code' }), replaces: 1 }, ACTS, {
    pack: rulePack('tw.referendum.national@2025-12-03'),
    closed: [],
    today,
    received: received && { firstMs: at(received[0]), lastMs: at(received[1]) },
  });

it.each<readonly [string, readonly [string, string] | undefined]>([
  ['2026-04-03', undefined],
  ['2026-04-20', undefined],
  ['2026-04-03', ['2026-04-07', '2026-05-01']],
  // The first signature came on the first day of the corrected period.
  ['2026-04-19', ['2026-04-20', '2026-05-01']],
])('a collection of %s with signatures %j may be entered', (on, received) => {
  expect(judge(on, received)).toBeUndefined();
});

it('leaves no signature outside: the refusal names when they came, and the period there would be', () => {
  const refused = judge('2026-04-20', ['2026-04-20', '2026-05-01']);
  expect(refused).toMatchObject({ code: 'too-late' });
  expect(refused?.citation).toContain('公民投票法 §12 II');
  for (const day of ['2026-04-20', '2026-05-01', '2026-04-21', '2026-10-20'])
    expect(refused?.instead.en).toContain(day);
});

it('ends no period looking back', () => {
  expect(judge('2026-04-03', undefined, '2026-10-03')).toBeUndefined();
  expect(judge('2026-04-03', undefined, '2026-10-04')).toMatchObject({ code: 'too-late' });
});
