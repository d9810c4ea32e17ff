import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/db/index.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { actBytes, bytes, verdict } from './schema-fixture.ts';

let database: WorkerDatabase;
let intake: ReturnType<typeof openDatabase>;
beforeAll(async () => {
  database = await workerDatabase();
  await database.pool.query("insert into initiative (number) values ('9901')");
  await database.pool.query("select create_signing_partition('9901'), create_signing_partition('9901')");
  await database.pool.query(
    `insert into epoch_key values ('e', '9901', 'evidence', $1), ('r', '9901', 'roster', $1)`,
    [bytes(1)],
  );
  await database.pool.query("insert into entry (kind, is_act, body) values ('day', true, $1)", [
    actBytes('day'),
  ]);
  intake = openDatabase({ connectionString: database.url, role: 'lianshu_intake', max: 1 });
});
afterAll(async () => {
  await intake?.close();
  await database?.drop();
});

const insert = (table: string, row: Record<string, unknown>): readonly [string, unknown[]] => [
  `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row)
    .map((_, i) => `$${i + 1}`)
    .join(', ')})`,
  Object.values(row),
];
const signature = (columns: Record<string, unknown> = {}) =>
  insert('joint_signature', {
    initiative: '9901',
    act: 'joint-signature',
    tag: bytes(32),
    tx: 't1',
    commitment: bytes(32),
    evidence_epoch: 'e',
    evidence_place: 0,
    evidence: bytes(32),
    roster_epoch: 'r',
    roster_place: 0,
    roster: bytes(32),
    received_at: '2026-01-01Z',
    entry_id: 1,
    ...columns,
  });
const DRAFT: readonly (readonly [string])[] = [
  ["insert into initiative (number) values ('D00001')"],
  ["select create_signing_partition('D00001')"],
];
const drafted = { initiative: 'D00001' };
const other = { tx: 't2', commitment: bytes(32, 2) };
const held = (columns: Record<string, unknown> = {}) =>
  insert('held_signature', {
    initiative: '9901',
    act: 'joint-signature',
    tx: 't1',
    commitment: bytes(32),
    hold_key_id: 'k',
    ciphertext: bytes(8),
    reason: 'identity-silent',
    received_at: '2026-01-01Z',
    entry_id: 1,
    ...columns,
  });
const settle = (set: string): readonly [string] => [
  `update held_signature set settled_at = '2026-01-02Z', ciphertext = null, ${set}`,
];

describe('a signature in the schema', () => {
  it.each<readonly [string, string, readonly (readonly [string, unknown[]?])[]]>([
    ['is taken', 'accepted', [signature()]],
    ['one person twice', 'joint_signature_9901_initiative_act_tag_idx', [signature(), signature(other)]],
    [
      'a proposal under a case’s number',
      'joint_signature_act_of_number',
      [signature({ act: 'proposal-signature' })],
    ],
    [
      'a joint signature under a draft’s number',
      'joint_signature_act_of_number',
      [...DRAFT, signature(drafted)],
    ],
    [
      'one person as proposer of a draft and signer of a case',
      'accepted',
      [...DRAFT, signature(), signature({ ...drafted, ...other, act: 'proposal-signature' })],
    ],
    [
      'a held proposal under a case’s number',
      'held_signature_act_of_number',
      [held({ act: 'proposal-signature' })],
    ],
    [
      'a case among the drafts',
      'proposal_draft_number',
      [["insert into proposal_draft (number) values ('9901')"]],
    ],
    [
      'a pseudonym of another length',
      'proposal_draft_person_length',
      [...DRAFT, ["insert into proposal_draft (number, lead_person) values ('D00001', $1)", [bytes(31)]]],
    ],
    [
      'a lead proposer who signed and then did not',
      'proposal_draft_keeps',
      [
        ...DRAFT,
        ["insert into proposal_draft (number, has_lead_signed) values ('D00001', true)"],
        ['update proposal_draft set has_lead_signed = false'],
      ],
    ],
    [
      'another lead proposer',
      'proposal_draft_keeps',
      [
        ...DRAFT,
        ["insert into proposal_draft (number) values ('D00001')"],
        ['update proposal_draft set lead_person = $1', [bytes(32)]],
      ],
    ],
    [
      'who was excluded, again in the supplement',
      'accepted',
      [signature({ voided_at: '2026-02-01Z' }), signature(other)],
    ],
    [
      'one transaction twice',
      'joint_signature_9901_initiative_tx_idx',
      [signature(), signature({ tag: bytes(32, 3), commitment: bytes(32, 2) })],
    ],
    [
      'one commitment twice',
      'joint_signature_9901_initiative_commitment_idx',
      [signature(), signature({ tag: bytes(32, 3), tx: 't2' })],
    ],
    ['an act nobody counts', 'joint_signature_act', [signature({ act: 'vote' })]],
    ['a tag in clear length', 'joint_signature_tag_length', [signature({ tag: bytes(10) })]],
    ['evidence too short to be sealed', 'joint_signature_sealed', [signature({ evidence: bytes(15) })]],
    ['a signature without its entry', 'joint_signature_entry_id_fkey', [signature({ entry_id: 999 })]],
    [
      'sealed under an epoch whose key is not stored',
      'joint_signature_evidence_epoch_fkey',
      [signature({ evidence_epoch: 'x' })],
    ],
    ['excluded before it came', 'joint_signature_voided_later', [signature({ voided_at: '2025-12-31Z' })]],
    ['a case without a partition', '23514', [signature({ initiative: '9909' })]],
    ['a partition of no case', '23503', [["select create_signing_partition('9909')"]]],
  ])('%s: %s', async (_, expected, statements) => {
    expect(await verdict(database.pool, statements)).toBe(expected);
  });
});

describe('a held signature in the schema', () => {
  it.each<readonly [string, string, readonly (readonly [string, unknown[]?])[]]>([
    ['is taken', 'accepted', [held()]],
    ['is settled as counted', 'accepted', [held(), settle("outcome = 'counted'")]],
    [
      'is settled as refused, with the code',
      'accepted',
      [held(), settle("outcome = 'refused', code = 'E_X'")],
    ],
    ['refused without a code', 'held_signature_code', [held(), settle("outcome = 'refused'")]],
    ['counted with a code', 'held_signature_code', [held(), settle("outcome = 'counted', code = 'E_X'")]],
    [
      'settled twice',
      'held_signature_settles_once',
      [held(), settle("outcome = 'counted'"), settle("outcome = 'refused', code = 'E_X'")],
    ],
    [
      'settled and still reopenable',
      'held_signature_reopenable',
      [held(), ["update held_signature set settled_at = '2026-01-02Z', outcome = 'counted'"]],
    ],
    ['waiting and not reopenable', 'held_signature_reopenable', [held({ ciphertext: null })]],
    [
      'an outcome without its time',
      'held_signature_settled_whole',
      [held(), ["update held_signature set outcome = 'counted'"]],
    ],
    [
      'another time of receipt',
      'held_signature_settles_once',
      [held(), ["update held_signature set received_at = '2026-01-03Z'"]],
    ],
    ['one transaction twice', 'held_signature_tx', [held(), held({ commitment: bytes(32, 2) })]],
  ])('%s: %s', async (_, expected, statements) => {
    expect(await verdict(database.pool, statements)).toBe(expected);
  });
});

describe('the intake role', () => {
  const denied = async (text: string, values: unknown[] = []): Promise<string> =>
    verdict(intake.pool, [[text, values]]);

  it('inserts signatures, and a duplicate leaves neither row nor error', async () => {
    const [text, values] = signature();
    const returning = `${text} on conflict do nothing returning commitment`;
    const client = await intake.pool.connect();
    try {
      await client.query('begin');
      const [otherText, otherValues] = signature(other);
      expect((await client.query(returning, values)).rows).toEqual([{ commitment: bytes(32) }]);
      expect(
        (await client.query(`${otherText} on conflict do nothing returning commitment`, otherValues)).rows,
      ).toEqual([]);
      const first = await client.query("select first_signed_at('9901', 'joint-signature', $1) as at", [
        bytes(32),
      ]);
      expect(String(first.rows[0].at)).toBe('2026-01-01T00:00:00Z');
      const nobody = await client.query("select first_signed_at('9901', 'joint-signature', $1) as at", [
        bytes(32, 9),
      ]);
      expect(nobody.rows[0].at).toBeNull();
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('locks a case without being able to change it', async () => {
    const { rows } = await intake.pool.query("select * from hold_initiative('9901')");
    expect(rows).toHaveLength(1);
    expect(await denied('update initiative set stopped_at = now()')).toBe('42501');
  });

  it.each([
    ['read a tag', 'select tag from joint_signature'],
    ['search by tag', 'select tx from joint_signature where tag = $1', [bytes(32)]],
    ['read tags of the partition', 'select tag from joint_signature_9901'],
    ['read all columns', 'select * from joint_signature'],
    ['return a tag it inserted', `${signature()[0]} returning tag`, signature()[1]],
    ['read sealed evidence', 'select evidence from joint_signature'],
    ['delete a signature', 'delete from joint_signature'],
    ['exclude a signature', 'update joint_signature set voided_at = now()'],
    [
      'give an entry its index',
      "insert into entry (seq, kind, is_act, body) values (0, 'day', true, $1)",
      [bytes(2)],
    ],
    ['move the log', 'update log set size = 1'],
    ['move a count', 'update case_count set signed = 1'],
    ['make a partition', "select create_signing_partition('9901')"],
    ['settle a held signature', "update held_signature set outcome = 'counted'"],
    ['open a draft', "insert into proposal_draft (number) values ('D00001')"],
    ['name another lead proposer of a draft', 'update proposal_draft set lead_person = $1', [bytes(32)]],
  ])('cannot %s', async (_, text, values = []) => {
    expect(await denied(text, values)).toBe('42501');
  });
});
