import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { verdict } from './schema-fixture.ts';

let database: WorkerDatabase;
beforeAll(async () => {
  database = await workerDatabase();
});
afterAll(() => database?.drop());

const cosignature = (columns: Record<string, unknown> = {}): readonly [string, unknown[]] => {
  const row = {
    origin: 'test.lianshu.invalid/log',
    size: 5,
    witness: 'witness.invalid+0a1b2c3d',
    line: '— witness.invalid AAAA',
    cosigned_at: '2026-03-02T04:00:00Z',
    ...columns,
  };
  const names = Object.keys(row);
  return [
    `insert into cosignature (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(row),
  ];
};
const asIntake = ['set local role lianshu_intake'] as const;

describe('cosignatures in the schema', () => {
  it.each<readonly [string, string, readonly (readonly [string, unknown[]?])[]]>([
    [
      'takes one of each witness',
      'accepted',
      [cosignature(), cosignature({ witness: 'other.invalid+0a1b2c3d' })],
    ],
    ['takes one of each size', 'accepted', [cosignature(), cosignature({ size: 6 })]],
    ['a second of the same witness over the same size', 'cosignature_pkey', [cosignature(), cosignature()]],
    ['one over nothing', 'cosignature_size_positive', [cosignature({ size: 0 })]],
    ['a witness without its key', 'cosignature_witness_form', [cosignature({ witness: 'witness.invalid' })]],
    ['two lines in one', 'cosignature_line_form', [cosignature({ line: '— w AAAA\n— w AAAA' })]],
    ['a line that is none', 'cosignature_line_form', [cosignature({ line: 'witnessed, honestly' })]],
    [
      'a changed one',
      'cosignature_is_immutable',
      [cosignature(), ["update cosignature set cosigned_at = '2020-01-01Z'"]],
    ],
    ['a deleted one', 'cosignature_is_kept', [cosignature(), ['delete from cosignature']]],
    ['all of them gone', 'cosignature_is_kept_whole', [['truncate cosignature']]],
    ['intake reading', 'accepted', [asIntake, ['select * from cosignature']]],
    ['intake adding', '42501', [asIntake, cosignature()]],
  ])('%s: %s', async (_, expected, statements) => {
    expect(await verdict(database.pool, statements)).toBe(expected);
  });
});
