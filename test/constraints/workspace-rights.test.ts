/** What a taken-over workspace can change and read with its database role, and with which login production starts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/db/index.ts';
import { openRestrictedAlone, WORKSPACE_ROLE } from '../../src/restricted-database.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { bytes, signatureBytes, verdict } from './schema-fixture.ts';

let database: WorkerDatabase;
let workspace: ReturnType<typeof openDatabase>;

beforeAll(async () => {
  database = await workerDatabase();
  const { pool } = database;
  const L = bytes(32);
  await pool.query(`
    insert into initiative (number, opens_at, closes_at) values
      ('D00001', '2026-01-01Z', '2026-07-01Z'), ('9902', '2026-01-01Z', '2026-07-01Z');
    insert into proposal_draft (number) values ('D00001');
    select create_signing_partition('D00001');
    insert into epoch_key (epoch_id, initiative, part, wrapped) values
      ('e', 'D00001', 'evidence', '\\x01'), ('r', 'D00001', 'roster', '\\x01')`);
  await pool.query(
    `insert into entry (id, seq, kind, initiative, commitment, is_act, body)
     values (100, 0, 'proposal-signature', 'D00001', $1, false, $2)`,
    [L, signatureBytes(L, { case: 'D00001', kind: 'proposal-signature' })],
  );
  await pool.query(
    `insert into joint_signature (initiative, act, tag, tx, commitment, evidence_epoch, evidence_place, evidence,
       roster_epoch, roster_place, roster, received_at, entry_id)
     values ('D00001', 'proposal-signature', $1, 'tx', $1, 'e', 0, $2, 'r', 0, $2, '2026-02-01Z', 100)`,
    [L, bytes(16)],
  );
  workspace = openDatabase({ connectionString: database.url, role: 'lianshu_workspace', max: 1 });
});
afterAll(async () => {
  await workspace?.close();
  await database?.drop();
});

describe('the workspace role changes', () => {
  it.each<readonly [string, string]>([
    ["update initiative set stopped_at = '2026-03-01Z' where number = '9902'", 'initiative_period_is_told'],
    ["update initiative set closed_at = '2026-08-01Z' where number = '9902'", 'initiative_period_is_told'],
    ["update initiative set closes_at = '2027-01-01Z' where number = '9902'", 'initiative_period_is_told'],
    ["update initiative set opens_at = '2026-01-02Z' where number = '9902'", 'initiative_period_is_told'],
    ["update joint_signature set voided_at = '2026-03-01Z'", '42501'],
    ['delete from joint_signature', '42501'],
    ['update held_signature set settled_at = now()', '42501'],
    ['insert into held_signature (initiative) values (null)', '42501'],
    ['update case_count set signed = 0', '42501'],
    ['update day_tally set counted = 0', '42501'],
    ['update log set size = 0', '42501'],
    ["update record_condition set state = 'serving'", '42501'],
    ['update entry set seq = 9', '42501'],
    ['update initiative_version set main_text = null', '42501'],
    ['update proposal_draft set has_lead_signed = true', '42501'],
    ['update affidavit set person = null', '42501'],
    ['update access_code set hash = null', '42501'],
    ['update account set person = null', '42501'],
    ['delete from account_session', '42501'],
    ["insert into action_approval (action) values ('a')", '42501'],
    ["insert into proposed_action (id) values ('a')", '42501'],
    ["insert into mandate (officer) values ('a')", '42501'],
    ['insert into officer_session (officer) values (null)', '42501'],
    ['delete from spent_challenge', '42501'],
    ['update proposer_check set letter = null', '42501'],
    ['insert into paper_proposer (initiative) values (null)', '42501'],
    ["select follow_stop('\\x00')", '42501'],
    ['create table mine (n integer)', '42501'],
  ])('%s: %s', async (sql, refusedBy) => {
    expect(await verdict(workspace.pool, [[sql]])).toBe(refusedBy);
  });
});

describe('the workspace role reads', () => {
  it.each<readonly [string, string]>([
    ...[
      'tag',
      'lead_mark',
      'tx',
      'commitment',
      'evidence',
      'roster',
      'received_at',
      'entry_id',
      'promise',
      'xmin',
    ].map((column) => [`select ${column} from joint_signature`, '42501'] as const),
    ...['commitment', 'ciphertext', 'received_at', 'entry_id', 'promise'].map(
      (column) => [`select ${column} from held_signature`, '42501'] as const,
    ),
    ['select commitment from entry', '42501'],
    ['select entered_at from entry', '42501'],
    ['select xmin from entry', '42501'],
    ['select 1 from recorded_commitment', '42501'],
    [`select first_signed_at('D00001', 'proposal-signature', '\\x00')`, '42501'],
    ['select evidence from affidavit', '42501'],
    ['select body from proposer_check', '42501'],
    ['select deleted from proposer_check', '42501'],
    ['select 1 from epoch_key', '42501'],
    ['select 1 from subscription', '42501'],
    ['select 1 from subscription_mail', '42501'],
    ['select 1 from officer_session', '42501'],
    ['select 1 from passkey', '42501'],
    ['select 1 from officer_invite', '42501'],
    ['select 1 from proposed_action', '42501'],
    ['select 1 from paper_proposer', '42501'],
    ['select count(*) from joint_signature where voided_at is null', 'accepted'],
    ['select initiative, person from affidavit', 'accepted'],
    ['select letter from proposer_check', 'accepted'],
  ])('%s: %s', async (sql, expected) => {
    expect(await verdict(workspace.pool, [[sql]])).toBe(expected);
  });

  it('how many signed on which day, and not when', async () => {
    const { rows } = await workspace.pool.query(`select * from signed_by_day('D00001', '2026-03-01')`);
    expect(rows).toEqual([{ day: '2026-02-01', counted: 1n }]);
  });
});

describe('in production the workspace starts', () => {
  const production = { isProduction: true };
  const shared = () => database.url;
  const LOGINS = ['member', 'stranger', 'maker', 'both', 'reader', 'granted'] as const;
  const nameOf = (login: string) => `lianshu_test_${login}_${process.pid}`;
  const urlOf = (login: string): string => {
    const url = new URL(database.url);
    url.username = nameOf(login);
    url.password = 'of-this-test';
    return url.href;
  };
  const start = async (own: string | undefined): Promise<string> => {
    const said: string[] = [];
    try {
      const opened = await openRestrictedAlone(production, WORKSPACE_ROLE, { own, shared }, (text) =>
        said.push(text),
      );
      await opened.close();
      return ['started', ...said].join(' ');
    } catch (error) {
      return String(error);
    }
  };

  beforeAll(async () => {
    for (const login of LOGINS)
      await database.pool.query(`create role ${nameOf(login)} login password 'of-this-test'`);
    await database.pool.query(`
      grant lianshu_workspace to ${nameOf('member')}, ${nameOf('maker')}, ${nameOf('both')};
      grant lianshu_office to ${nameOf('both')};
      grant lianshu_workspace to ${nameOf('reader')}, ${nameOf('granted')};
      grant pg_read_all_data to ${nameOf('reader')};
      grant select on joint_signature to ${nameOf('granted')};
      alter role ${nameOf('maker')} createrole`);
  });
  afterAll(async () => {
    await database.pool.query(`revoke all on joint_signature from ${nameOf('granted')}`);
    for (const login of LOGINS) await database.pool.query(`drop role if exists ${nameOf(login)}`);
  });

  it('with a login that is a member of its role and no more', async () => {
    expect(await start(urlOf('member'))).toBe('started');
  });

  it.each([
    ['without a login of its own', () => undefined, 'must be set in production'],
    ['with the owner’s', () => database.url, 'is more than a member'],
    ['with one that may make roles', () => urlOf('maker'), 'is more than a member'],
    ['with one that is an officer’s too', () => urlOf('both'), 'is more than a member'],
    ['with one that may read everything', () => urlOf('reader'), 'is more than a member'],
    ['with one that was given a table itself', () => urlOf('granted'), 'is more than a member'],
    ['with one that is no member', () => urlOf('stranger'), 'is no member'],
  ])('not %s', async (_, own, because) => {
    expect(await start(own())).toContain(because);
  });

  it('and elsewhere with any, saying what a missing role means', async () => {
    const said: string[] = [];
    const opened = await openRestrictedAlone(
      { isProduction: false },
      { ...WORKSPACE_ROLE, role: 'lianshu_nobody' },
      { own: undefined, shared },
      (text) => said.push(text),
    );
    await opened.close();
    expect(said.join()).toContain('single-role mode');
  });
});
