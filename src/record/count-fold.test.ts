import { describe, expect, it } from 'vitest';
import { countedOf, recount, waitingOf } from './count-fold.ts';
import type { RecordEntry } from './entry.ts';

const D = 'A'.repeat(43);
const about = { act: 'joint-signature', case: '9901', v: 1 } as const;
const signed: RecordEntry = { case: '9901', commitment: D, kind: 'joint-signature', tag: D, v: 1 };
const held: RecordEntry = { ...about, commitment: D, kind: 'held' };
const counted = (index: number): RecordEntry => ({
  ...about,
  index,
  kind: 'settled',
  outcome: 'counted',
  tag: D,
});
const refused = (index: number): RecordEntry => ({
  ...about,
  index,
  kind: 'settled',
  outcome: 'refused',
  code: 'E_X',
});
const voids = (index: number, caseNumber = '9901'): RecordEntry => ({
  ...about,
  case: caseNumber,
  ground: 'x',
  index,
  kind: 'void',
});

describe('recount', () => {
  it('counts signatures and settled ones, less the voided', () => {
    const count = recount([signed, signed, held, held, held, counted(2), refused(3), voids(0), voids(5)]).get(
      '9901/joint-signature',
    );
    expect(count && [countedOf(count), waitingOf(count)]).toEqual([1, 1]);
  });

  it.each<readonly [string, readonly RecordEntry[]]>([
    ['settles what was not held', [signed, counted(0)]],
    ['settles twice', [held, refused(0), counted(0)]],
    ['voids twice', [signed, voids(0), voids(0)]],
    ['voids a held one', [held, voids(0)]],
    ['voids the held index instead of the settled', [held, counted(0), voids(0)]],
    ['voids in another case', [signed, voids(0, '9902')]],
    ['voids what is not there', [voids(7)]],
  ])('refuses a record that %s', (_, entries) => {
    expect(() => recount(entries)).toThrow(expect.objectContaining({ code: 'count-inconsistent' }));
  });
});
