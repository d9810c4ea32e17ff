import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { bytes, verdict } from './schema-fixture.ts';

let database: WorkerDatabase;
beforeAll(async () => {
  database = await workerDatabase();
});
afterAll(() => database?.drop());

type Statement = readonly [string, unknown[]?];

const HEX = 'a'.repeat(64);
const officer = (id: string, label = id): Statement => [
  "insert into officer (id, label, invited_at) values ($1, $2, '2026-01-01Z')",
  [id, label],
];
const passkey = (credential: string, of: string, name = HEX): Statement => [
  `insert into passkey (credential_id, key_sha256, officer, public_key, counter, transports, registered_at)
   values ($1, $2, $3, '', 0, '[]', '2026-01-01Z')`,
  [credential, name, of],
];
const body = new TextEncoder().encode('{}');
const digest = new Uint8Array(createHash('sha256').update(body).digest());
const filed: Statement = ["insert into initiative (number) values ('9901')"];
const action = (id: string, sha256: Uint8Array = digest): Statement => [
  `insert into proposed_action (id, initiative, body, sha256, proposed_by, proposed_at)
   values ($1, '9901', $2, $3, 'a', '2026-01-01Z')`,
  [id, body, sha256],
];
const approval = (of: string, signature: Uint8Array): Statement => [
  "insert into action_approval values ('one', $1, 'key', '', '', $2, '2026-01-01Z')",
  [of, signature],
];
const text = (sha256: Uint8Array = digest): Statement => [
  "insert into action_text values ('one', $1, $2)",
  [sha256, body],
];
const two = [officer('a'), officer('b'), passkey('key', 'a'), filed, action('one')];

describe('officers and their acts in the schema', () => {
  it.each<readonly [string, string, readonly Statement[]]>([
    ['takes an officer with a passkey', 'accepted', [officer('a'), passkey('key', 'a')]],
    ['one label twice', 'officer_label_key', [officer('a', 'x'), officer('b', 'x')]],
    ['a label without letters', 'officer_label_form', [officer('a', '')]],
    ['failures below none', 'officer_failures_counted', [officer('a'), ['update officer set failures = -1']]],
    [
      'a mandate that ends before it begins',
      'mandate_forward',
      [officer('a'), ["insert into mandate values ('a', 'commission', '2026-02-01', '2026-01-31')"]],
    ],
    [
      'a link kept as anything but a digest',
      'officer_invite_digest',
      [officer('a'), ["insert into officer_invite values ('\\x01', 'a', '2026-01-01Z')"]],
    ],
    [
      'two living passkeys',
      'passkey_one_live',
      [officer('a'), passkey('1', 'a'), passkey('2', 'a', 'b'.repeat(64))],
    ],
    ['a key under another name', 'passkey_name_form', [officer('a'), passkey('1', 'a', 'x')]],
    [
      'a session kept as anything but a digest',
      'officer_session_digest',
      [
        officer('a'),
        passkey('key', 'a'),
        ["insert into officer_session values ('\\x01', 'a', 'key', '2026-01-01Z', '2026-01-01Z')"],
      ],
    ],
    [
      'takes an action with two approvals',
      'accepted',
      [...two, approval('a', bytes(9)), approval('b', bytes(9, 2))],
    ],
    [
      'an action whose digest is not of its bytes',
      'proposed_action_digest',
      [officer('a'), filed, action('one', bytes(32))],
    ],
    ['the same bytes twice', 'proposed_action_sha256_key', [...two, action('two')]],
    [
      'editing an action',
      'proposed_action_is_fixed',
      [...two, ["update proposed_action set proposed_by = 'b'"]],
    ],
    ['dropping an action', 'proposed_action_is_kept', [...two, ['delete from proposed_action']]],
    [
      'an action entered as no entry',
      'proposed_action_entered',
      [...two, ["update proposed_action set outcome = 'entered', ended_at = now()"]],
    ],
    [
      'an end without an outcome',
      'proposed_action_outcome',
      [...two, ['update proposed_action set ended_at = now()']],
    ],
    [
      'a second end',
      'proposed_action_is_fixed',
      [
        ...two,
        ["update proposed_action set outcome = 'withdrawn', ended_at = now()"],
        ["update proposed_action set outcome = 'entered', entry_id = 1"],
      ],
    ],
    [
      'one officer approving twice',
      'action_approval_pkey',
      [...two, approval('a', bytes(9)), approval('a', bytes(9, 2))],
    ],
    [
      'one signature twice',
      'action_approval_signature_key',
      [...two, approval('a', bytes(9)), approval('b', bytes(9))],
    ],
    [
      'editing an approval',
      'action_approval_is_fixed',
      [...two, approval('a', bytes(9)), ["update action_approval set officer = 'b'"]],
    ],
    [
      'taking an approval back',
      'action_approval_is_kept',
      [...two, approval('a', bytes(9)), ['delete from action_approval']],
    ],
    ['a text that is not its digest', 'action_text_digest', [...two, text(bytes(32))]],
    ['editing a text', 'action_text_is_fixed', [...two, text(), ["update action_text set action = 'x'"]]],
    ['dropping a text', 'action_text_is_kept', [...two, text(), ['delete from action_text']]],
  ])('%s: %s', async (_, expected, statements) => {
    expect(await verdict(database.pool, statements)).toBe(expected);
  });
});
