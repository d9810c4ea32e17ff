import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { bytes, verdict } from './schema-fixture.ts';

let database: WorkerDatabase;
beforeAll(async () => {
  database = await workerDatabase();
});
afterAll(() => database?.drop());

const initiative = (columns: string, values: string): readonly [string] => [
  `insert into initiative (number${columns && `, ${columns}`}) values ('9901'${values && `, ${values}`})`,
];
const filed = initiative('', '');
const open = initiative('opens_at, closes_at', "'2026-01-01Z', '2026-07-01Z'");
const file = new TextEncoder().encode('主文');
const version = (n: number, digest: Uint8Array): readonly [string, unknown[]] => [
  "insert into initiative_version values ('9901', $1, $2, $3, '主文', '2026-01-01Z')",
  [n, file, digest],
];
const sha256 = new Uint8Array(createHash('sha256').update(file).digest());

describe('a case in the schema', () => {
  it.each<readonly [string, string, readonly (readonly [string, unknown[]?])[]]>([
    ['takes a case with a period', 'accepted', [open]],
    [
      'a number that is none',
      'initiative_number_form',
      [["insert into initiative (number) values ('A123')"]],
    ],
    ['half a period', 'initiative_period_whole', [initiative('opens_at', "'2026-01-01Z'")]],
    [
      'a period that ends before it begins',
      'initiative_period_forward',
      [initiative('opens_at, closes_at', "'2026-07-01Z', '2026-01-01Z'")],
    ],
    ['closing what was never open', 'initiative_closed_was_open', [initiative('closed_at', 'now()')]],
    [
      'closing before the end',
      'initiative_closed_at_end',
      [open, ["update initiative set closed_at = '2026-06-30Z'"]],
    ],
    ['closing at the end', 'accepted', [open, ["update initiative set closed_at = '2026-07-01Z'"]]],
    [
      'closing once stopped',
      'accepted',
      [
        open,
        ["update initiative set stopped_at = '2026-03-01Z'"],
        ["update initiative set closed_at = '2026-03-01Z'"],
      ],
    ],
    [
      'closing twice',
      'initiative_keeps_number',
      [
        open,
        ["update initiative set closed_at = '2026-07-01Z'"],
        ["update initiative set closed_at = '2026-07-02Z'"],
      ],
    ],
    ['renumbering', 'initiative_keeps_number', [filed, ["update initiative set number = '9902'"]]],
    ['takes a version', 'accepted', [filed, version(1, sha256)]],
    [
      'a version whose digest is not of its file',
      'initiative_version_digest',
      [filed, version(1, bytes(32))],
    ],
    ['version 0', 'initiative_version_from_one', [filed, version(0, sha256)]],
    ['one version twice', 'initiative_version_pkey', [filed, version(1, sha256), version(1, sha256)]],
    [
      'editing a published version',
      'initiative_version_is_immutable',
      [filed, version(1, sha256), ["update initiative_version set main_text = 'x'"]],
    ],
    [
      'withdrawing a published version',
      'initiative_version_is_kept',
      [filed, version(1, sha256), ['delete from initiative_version']],
    ],
  ])('%s: %s', async (_, expected, statements) => {
    expect(await verdict(database.pool, statements)).toBe(expected);
  });
});
