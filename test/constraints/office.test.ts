/** What a taken-over office can write with its database role: acts of its desk, and what the record then tells of. */
import { canonicalJson, type JsonValue, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESK_ACTS } from '../../src/officers/desk-acts.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { resultName } from '../../src/registry/index.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { actBytes, bytes, signatureBytes, verdict } from './schema-fixture.ts';

let database: WorkerDatabase;
let office: ReturnType<typeof openDatabase>;

const DRAFT = 'D00001';
const PROPOSALS = [0, 1] as const;

beforeAll(async () => {
  database = await workerDatabase();
  const { pool } = database;
  await pool.query(`
    insert into initiative (number) values ('9901'), ('9903');
    insert into initiative (number, opens_at, closes_at) values
      ('${DRAFT}', '2026-01-01Z', '2026-07-01Z'), ('9902', '2026-01-01Z', '2026-07-01Z');
    select create_signing_partition('${DRAFT}');
    insert into epoch_key (epoch_id, initiative, part, wrapped) values
      ('e', '${DRAFT}', 'evidence', '\\x01'), ('r', '${DRAFT}', 'roster', '\\x01')`);
  for (const place of PROPOSALS) {
    const L = bytes(32, place + 1);
    await pool.query(
      `insert into entry (id, seq, kind, initiative, commitment, is_act, body)
       values ($1, $2, 'proposal-signature', '${DRAFT}', $3, false, $4)`,
      [100 + place, place, L, signatureBytes(L, { case: DRAFT, kind: 'proposal-signature' })],
    );
    await pool.query(
      `insert into joint_signature (initiative, act, tag, tx, commitment, evidence_epoch, evidence_place, evidence,
         roster_epoch, roster_place, roster, received_at, entry_id)
       values ('${DRAFT}', 'proposal-signature', $1, $2, $1, 'e', $3, $4, 'r', $3, $4, '2026-02-01Z', $5)`,
      [L, `tx${place}`, place, bytes(16), 100 + place],
    );
  }
  await pool.query(
    "insert into entry (kind, initiative, is_act, body) values ('initiative-filed', '9901', true, $1)",
    [actBytes('initiative-filed', { case: '9901', body: { proposal: { draft: DRAFT } } })],
  );
  office = openDatabase({ connectionString: database.url, role: 'lianshu_office', max: 1 });
});
afterAll(async () => {
  await office?.close();
  await database?.drop();
});

type Statement = readonly [string, unknown[]?];
const act = (
  kind: string,
  number: string | null = '9901',
  members: Readonly<Record<string, JsonValue>> = {},
): Statement => [
  'insert into entry (kind, initiative, is_act, body) values ($1, $2, true, $3)',
  [kind, number, actBytes(kind, { ...(number === null ? {} : { case: number }), ...members })],
];
const hex = (text: string) => Buffer.from(sha256(utf8(text))).toString('hex');
const resultBody = (lines: string): JsonValue => ({
  electronic: { voids: hex(lines) },
  of: 'proposers',
  proof: 'p',
});
const RESULT = resultBody('0 dead\n1 moved\n');
const result = (body: JsonValue = RESULT, number = '9901'): Statement =>
  act('check-result', number, { body });
const excluding = (index: number, ground: string, body: JsonValue = RESULT, number = '9901'): Statement => [
  `insert into entry (kind, initiative, about, is_act, body) values ('void', '${DRAFT}', $1, false, $2)`,
  [
    index,
    canonicalJson({
      ...{ act: 'proposal-signature', case: DRAFT, ground, index, kind: 'void' },
      ...{ result: resultName(number, body), v: 1 },
    }),
  ],
];
const marking = (place: number): Statement => [
  `update joint_signature set voided_at = '2026-03-01Z' where initiative = '${DRAFT}' and entry_id = ${100 + place}`,
];
const BOTH = [excluding(0, 'dead'), excluding(1, 'moved')];

describe('the office role enters', () => {
  it('every act of its desk', async () => {
    const kinds = new Set(Object.values(DESK_ACTS).map(({ entry }) => entry));
    for (const kind of kinds)
      expect([kind, await verdict(office.pool, [act(kind)])]).toEqual([kind, 'accepted']);
  });

  it('the exclusions of a result, marked', async () => {
    expect(await verdict(office.pool, [result(), ...BOTH, marking(0), marking(1)])).toBe('accepted');
    expect(await verdict(office.pool, [...BOTH, marking(1), marking(0), result()])).toBe('accepted');
  });

  const smuggled: Statement = [
    "insert into entry (kind, initiative, is_act, body) values ('hearing', '9901', true, $1)",
    [signatureBytes(bytes(32, 7))],
  ];
  it.each<readonly [string, string, readonly Statement[]]>([
    ['a signature as an act', 'entry_is_what_it_says', [smuggled]],
    [
      'bytes that are no JSON',
      'entry_is_what_it_says',
      [["insert into entry (kind, initiative, is_act, body) values ('hearing', '9901', true, 'hello')"]],
    ],
    ...[
      'closed',
      'opened',
      'day',
      'policy',
      'incident',
      'destruction',
      'statistics',
      'proposal-opened',
      'held',
      'anything',
    ].map((kind) => [`the kind ${kind}`, 'entry_of_office', [act(kind)]] as const),
    ['an exclusion without its result', 'entry_of_office_void', BOTH],
    [
      'an exclusion by a result of another case',
      'entry_of_office_void',
      [result(RESULT, '9903'), excluding(0, 'dead', RESULT, '9903')],
    ],
    [
      'an exclusion by another result',
      'entry_of_office_void',
      [result(), excluding(0, 'dead', resultBody('x'))],
    ],
    ['fewer exclusions than the result names', 'entry_of_office_void', [result(), excluding(0, 'dead')]],
    [
      'an exclusion on another ground',
      'entry_of_office_void',
      [result(), excluding(0, 'dead'), excluding(1, 'dead')],
    ],
    ['a mark without an exclusion', 'joint_signature_void_is_told', [marking(0)]],
    [
      'a mark beside the exclusion of another',
      'joint_signature_void_is_told',
      [result(resultBody('0 dead\n')), excluding(0, 'dead', resultBody('0 dead\n')), marking(1)],
    ],
    [
      'a mark taken back',
      'joint_signature_voids_once',
      [marking(0), ['update joint_signature set voided_at = null where voided_at is not null']],
    ],
  ])('not %s', async (_, refusedBy, statements) => {
    expect(await verdict(office.pool, statements)).toBe(refusedBy);
  });

  it('no exclusion by a result of an earlier transaction', async () => {
    const body = resultBody('0 dead\n');
    await office.pool.query(...(act('check-result', '9901', { body }) as [string, unknown[]]));
    expect(await verdict(office.pool, [excluding(0, 'dead', body)])).toBe('entry_of_office_void');
  });
});

describe('the office role changes when a case takes signatures', () => {
  const set = (what: string, number = '9902'): Statement => [
    `update initiative set ${what} where number = '${number}'`,
  ];
  const stopped = "stopped_at = '2026-03-01Z'";
  it.each<readonly [string, string, readonly Statement[]]>([
    ['a stop, told', 'accepted', [set(stopped), act('stop', '9902')]],
    ['a withdrawal, told', 'accepted', [act('withdrawal', '9902'), set(stopped)]],
    [
      'a longer period, by a closure',
      'accepted',
      [act('closure', null, { body: { day: '2026-07-01' } }), set("closes_at = '2026-07-02T16:00Z'")],
    ],
    ['a case without a period', 'accepted', [["insert into initiative (number) values ('9904')"]]],
    ['a stop, untold', 'initiative_period_is_told', [set(stopped)]],
    ['a stop told of another case', 'initiative_period_is_told', [act('stop', '9901'), set(stopped)]],
    ['a stop told as something else', 'initiative_period_is_told', [act('hearing', '9902'), set(stopped)]],
    [
      'a shorter period, by a closure',
      'initiative_period_is_told',
      [act('closure', null), set("closes_at = '2026-06-30Z'")],
    ],
    ['a longer period, untold', 'initiative_period_is_told', [set("closes_at = '2026-07-02Z'")]],
    [
      'an opening',
      'initiative_period_is_told',
      [act('decision', '9903'), set("opens_at = '2026-01-01Z', closes_at = '2026-07-01Z'", '9903')],
    ],
    [
      'another beginning',
      'initiative_period_is_told',
      [act('stop', '9902'), set("opens_at = '2026-01-02Z'")],
    ],
    [
      'a case that is open when it comes',
      'initiative_period_is_told',
      [
        [
          "insert into initiative (number, opens_at, closes_at) values ('9904', '2026-01-01Z', '2026-07-01Z')",
        ],
      ],
    ],
  ])('%s: %s', async (_, expected, statements) => {
    expect(await verdict(office.pool, statements)).toBe(expected);
  });
});

describe('the office role reads', () => {
  it.each([
    ['select person from affidavit', '42501'],
    ['select evidence from affidavit', '42501'],
    ['select salt from access_code', '42501'],
    ['select hash from access_code', '42501'],
    ['select initiative, entry_id from affidavit', 'accepted'],
    ['select initiative, serial from access_code', 'accepted'],
  ])('%s: %s', async (sql, expected) => expect(await verdict(office.pool, [[sql]])).toBe(expected));
});
