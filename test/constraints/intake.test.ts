/** What a taken-over public process can write with its database role: nothing that has no row of its own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/db/index.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { bytes, verdict } from './schema-fixture.ts';

let database: WorkerDatabase;
let intake: ReturnType<typeof openDatabase>;

beforeAll(async () => {
  database = await workerDatabase();
  await database.pool.query(`
    insert into initiative (number, opens_at, closes_at) values
      ('9901', '2026-01-01Z', '2026-07-01Z'), ('9902', '2026-01-01Z', '2026-07-01Z');
    update initiative set closed_at = '2026-07-02Z' where number = '9902';
    select create_signing_partition('9901'); select create_signing_partition('9902');
    insert into epoch_key (epoch_id, initiative, part, wrapped) values
      ('e', '9901', 'evidence', '\\x01'), ('r', '9901', 'roster', '\\x01'),
      ('e2', '9902', 'evidence', '\\x01'), ('r2', '9902', 'roster', '\\x01')`);
  intake = openDatabase({ connectionString: database.url, role: 'lianshu_intake', max: 1 });
});
afterAll(async () => {
  await intake?.close();
  await database?.drop();
});

const L = Buffer.from(bytes(32, 1)).toString('base64url');
const TAG = Buffer.from(bytes(32, 3)).toString('base64url');
const BODY = `{"case":"9901","commitment":"${L}","kind":"joint-signature","tag":"${TAG}","v":1}`;

const row = (caseNumber = '9901', receivedAt = '2026-02-01Z'): readonly [string, unknown[]] => [
  `insert into joint_signature (initiative, act, tag, tx, commitment, evidence_epoch, evidence_place, evidence,
     roster_epoch, roster_place, roster, received_at, entry_id)
   values ($1, 'joint-signature', $2, 'tx', $3, $4, 0, $5, $6, 0, $5, $7, 500)`,
  [
    caseNumber,
    bytes(32, 2),
    bytes(32, 1),
    caseNumber === '9901' ? 'e' : 'e2',
    bytes(16),
    caseNumber === '9901' ? 'r' : 'r2',
    receivedAt,
  ],
];
const entry = (body = BODY, kind = 'joint-signature', caseNumber = '9901'): readonly [string, unknown[]] => [
  'insert into entry (id, kind, initiative, commitment, is_act, body) values (500, $1, $2, $3, false, $4)',
  [kind, caseNumber, bytes(32, 1), Buffer.from(body)],
];
const act = (kind: string, body: string): readonly [string, unknown[]] => [
  'insert into entry (id, kind, initiative, is_act, body) values (501, $1, $2, true, $3)',
  [kind, '9901', Buffer.from(body)],
];

describe('the intake role enters', () => {
  it('a signature together with its row', async () => {
    expect(await verdict(intake.pool, [row(), entry()])).toBe('accepted');
  });

  it.each([
    ['a signature without a row', [entry()], 'entry_of_intake_row'],
    ['a closing', [act('closed', '{"kind":"closed"}')], 'entry_of_intake'],
    ['an act of the commission', [act('decision', '{"kind":"decision"}')], 'entry_of_intake'],
    ['bytes that are no JSON', [row(), entry('xx')], 'entry_of_intake'],
    ['another case in the bytes', [row(), entry(BODY.replace('9901', '9902'))], 'entry_of_intake'],
    ['another commitment in the bytes', [row(), entry(BODY.replace(L, TAG))], 'entry_of_intake'],
    ['a further member', [row(), entry(BODY.replace('"v":1', '"v":1,"x":1'))], 'entry_of_intake'],
    ['a signature received after the end', [row('9901', '2026-07-01Z'), entry()], 'entry_of_intake_row'],
    ['a signature received before the opening', [row('9901', '2025-12-31Z'), entry()], 'entry_of_intake_row'],
    [
      'a signature into a closed case',
      [row('9902'), entry(BODY.replace('9901', '9902'), 'joint-signature', '9902')],
      'entry_of_intake_row',
    ],
  ] as const)('not %s', async (_title, statements, refusedBy) => {
    expect(await verdict(intake.pool, statements)).toBe(refusedBy);
  });

  it('no void and no settlement, whatever they point at', async () => {
    for (const kind of ['void', 'settled'])
      expect(
        await verdict(intake.pool, [
          [
            'insert into entry (id, kind, initiative, is_act, body) values (502, $1, $2, false, $3)',
            [kind, '9901', Buffer.from('{}')],
          ],
        ]),
      ).toMatch(/entry_of_intake|entry_about_something/);
  });

  it('no held proposal under a case', async () => {
    const held = `{"act":"proposal-signature","case":"9901","commitment":"${L}","kind":"held","v":1}`;
    expect(await verdict(intake.pool, [entry(held, 'held')])).toBe('entry_of_intake');
  });

  it('nothing about a lead proposer, and asks nothing about one', async () => {
    for (const sql of [
      'update proposal_draft set has_lead_signed = true',
      'select lead_mark from joint_signature',
      "select lead_is_among('D00001', '\\x00')",
    ])
      expect(await verdict(intake.pool, [[sql]])).toBe('42501');
  });

  it('no more questions of followers than the database allows, whatever instant it names', async () => {
    const ask = (i: number, isTagged: boolean): readonly [string, unknown[]] => [
      `select follow_ask($1, '9901', $2, $3, $4, $5, 'en', $6, $7, $8)`,
      [
        `id${i}`,
        bytes(32, i),
        bytes(32, isTagged ? i : 0),
        bytes(32),
        bytes(40),
        bytes(32, 100 + i),
        bytes(32, 200 + i),
        `${2030 + i}-01-01Z`,
      ],
    ];
    const client = await intake.pool.connect();
    try {
      await client.query('begin');
      const said = async (from: number, until: number, isTagged: boolean): Promise<string[]> => {
        const all: string[] = [];
        for (let i = from; i < until; i++)
          all.push(
            (await client.query<{ follow_ask: string }>(...ask(i, isTagged))).rows[0]?.follow_ask ?? '',
          );
        return all;
      };
      expect(await said(1, 8, false)).toEqual([...Array<string>(6).fill('asked'), 'often']);
      expect(await said(8, 11, true)).toEqual(['asked', 'asked', 'often']);
    } finally {
      await client.query('rollback');
      client.release();
    }
    expect(
      await verdict(intake.pool, [
        ['select follow_ask($1, $1, $2, $2, $2, $1, $2, $2, now(), 9, 9)', ['x', bytes(32)]],
      ]),
    ).toBe('42883');
  });

  it('and does not read what is held', async () => {
    expect(await verdict(intake.pool, [['select ciphertext from held_signature']])).toBe('42501');
    expect(await verdict(intake.pool, [['select commitment, promise from held_signature']])).toBe('accepted');
  });
});
