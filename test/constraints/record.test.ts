import { canonicalJson, type JsonValue, toBase64Url } from '@lianshu/statement';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { actBytes, bytes, signatureBytes, verdict } from './schema-fixture.ts';

let database: WorkerDatabase;
beforeAll(async () => {
  database = await workerDatabase();
});
afterAll(() => database?.drop());

const entry = (columns: Record<string, unknown>): readonly [string, unknown[]] => {
  const row = { kind: 'day', is_act: true, body: actBytes('day'), ...columns };
  const names = Object.keys(row);
  return [
    `insert into entry (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(row),
  ];
};
const signature = (columns: Record<string, unknown> = {}) =>
  entry({
    kind: 'joint-signature',
    initiative: '9901',
    is_act: false,
    commitment: bytes(32),
    body: signatureBytes(bytes(32)),
    ...columns,
  });
/** An entry about the entry at index 0: of the compact kinds, with these members. */
const about = (kind: string, members: Readonly<Record<string, JsonValue>> = {}, index = 0) =>
  entry({
    kind,
    initiative: '9901',
    is_act: false,
    about: index,
    body: canonicalJson({ act: 'joint-signature', case: '9901', index, kind, v: 1, ...members }),
  });
const held = signature({
  seq: 0,
  kind: 'held',
  body: canonicalJson({
    act: 'joint-signature',
    case: '9901',
    commitment: toBase64Url(bytes(32)),
    kind: 'held',
    v: 1,
  }),
});
const REFUSED = { code: 'E_REVOKED', outcome: 'refused' };
const TAG = { tag: toBase64Url(bytes(32, 3)) };
const COUNTED = { outcome: 'counted', ...TAG };
const GROUND = { ground: 'not-qualified' };
const LOG =
  "insert into log (origin, size, root, edge, checkpoint, signed_at) values ('o', 5, $1, '', '', '2026-01-01Z')";
const log: readonly [string, unknown[]] = [LOG, [bytes(32)]];

describe('the record in the schema', () => {
  it.each<readonly [string, string, readonly (readonly [string, unknown[]?])[]]>([
    ['takes a pending act', 'accepted', [entry({})]],
    ['takes its index, once', 'accepted', [entry({}), ['update entry set seq = 0']]],
    ['an entry longer than a bundle can hold', 'entry_body_size', [entry({ body: bytes(65_536) })]],
    ['an empty entry', 'entry_body_size', [entry({ body: bytes(0) })]],
    ['a signature without a commitment', 'entry_commitment_of_signature', [signature({ commitment: null })]],
    ['an act with a commitment', 'entry_commitment_of_signature', [entry({ commitment: bytes(32) })]],
    ['a commitment of another length', 'entry_commitment_length', [signature({ commitment: bytes(31) })]],
    ['one commitment twice', 'entry_commitment', [signature(), signature()]],
    ['one index twice', 'entry_seq', [entry({ seq: 1 }), entry({ seq: 1 })]],
    ['a settlement of nothing', 'entry_about_something', [entry({ kind: 'settled', is_act: false })]],
    [
      'settling twice',
      'entry_settles_or_voids_once',
      [held, about('settled', REFUSED), about('settled', COUNTED)],
    ],
    [
      'voiding twice',
      'entry_settles_or_voids_once',
      [signature({ seq: 0 }), about('void', GROUND), about('void', GROUND)],
    ],
    ['an entry about a later one', 'entry_about_earlier', [entry({ seq: 3, about: 3 })]],
    [
      'editing a logged entry',
      'entry_is_immutable',
      [entry({ seq: 0 }), ["update entry set body = '\\x3132'"]],
    ],
    [
      'editing a pending entry',
      'entry_is_immutable',
      [entry({}), ["update entry set body = '\\x3132', seq = 1"]],
    ],
    ['moving an entry', 'entry_is_immutable', [entry({ seq: 0 }), ['update entry set seq = 1']]],
    ['deleting a pending entry', 'entry_is_kept', [entry({}), ['delete from entry']]],
    ['emptying the record', 'entry_is_kept_whole', [['truncate entry cascade']]],
    ['a second log', 'log_pkey', [log, log]],
    ['a log that shrinks', 'log_moves_forward', [log, ['update log set size = 4']]],
    [
      'another root of the same size',
      'log_moves_forward',
      [log, ['update log set root = $1', [bytes(32, 2)]]],
    ],
    [
      'a checkpoint before the last',
      'log_moves_forward',
      [log, ["update log set size = 6, signed_at = '2025-12-31Z'"]],
    ],
    ['another origin', 'log_moves_forward', [log, ["update log set origin = 'p'"]]],
    ['deleting the log', 'log_is_kept', [log, ['delete from log']]],
    ['a partial tile', 'log_tile_full', [['insert into log_tile values (0, 0, $1)', [bytes(32)]]]],
    [
      'a changed tile',
      'log_tile_is_immutable',
      [
        ['insert into log_tile values (0, 0, $1)', [bytes(8192)]],
        ['update log_tile set hashes = $1', [bytes(8192, 2)]],
      ],
    ],
    [
      'more settled than held',
      'case_count_settles_held',
      [["insert into case_count values ('9901', 'joint-signature', 0, 1, 1, 1, 0)"]],
    ],
    [
      'more voided than counted',
      'case_count_voids_counted',
      [["insert into case_count values ('9901', 'joint-signature', 1, 1, 1, 0, 3)"]],
    ],
  ])('%s: %s', async (_, expected, statements) => {
    expect(await verdict(database.pool, statements)).toBe(expected);
  });
});
