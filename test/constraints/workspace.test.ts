/** What a taken-over workspace can write with its database role: what its pages write, and only as the record tells it. */
import { readdirSync, readFileSync } from 'node:fs';
import type { JsonValue } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INITIATIVE_KINDS } from '../../src/initiatives/index.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { PROPOSAL_KINDS } from '../../src/proposals/index.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { actBytes, bytes, signatureBytes, verdict } from './schema-fixture.ts';

let database: WorkerDatabase;
let workspace: ReturnType<typeof openDatabase>;

const CASE = '9901';
const DRAFT = 'D00001';
/** Filed as 9904, whose proposers are to be supplied. */
const SUPPLIED = 'D00002';
const TEXT = bytes(40, 7);
const hexOf = (text: Uint8Array) => Buffer.from(sha256(text)).toString('hex');

type Statement = readonly [string, unknown[]?];
type Members = Readonly<Record<string, JsonValue>>;

const act = (kind: string, number: string, body: JsonValue = {}, members: Members = {}): Statement => [
  'insert into entry (kind, initiative, is_act, body) values ($1, $2, true, $3)',
  [kind, number, actBytes(kind, { case: number, capacity: 'lead-proposer', body, ...members })],
];
const initiative = (number: string): Statement => ['insert into initiative (number) values ($1)', [number]];
const text = (number: string, version = 1, file = TEXT): Statement => [
  `insert into initiative_version (initiative, version, main_text, text_file, text_sha256, published_at)
   values ($1, $2, '主文', $3, $4, '2026-01-01Z')`,
  [number, version, file, sha256(file)],
];
const draftRow = (number: string): Statement => ['insert into proposal_draft (number) values ($1)', [number]];
const period: Statement = [
  "update initiative set opens_at = '2026-01-01Z', closes_at = '2026-06-30T16:00Z' where number = $1",
  ['D00009'],
];
const DAYS = { collectedOn: '2025-12-31', firstDay: '2026-01-01', lastDay: '2026-06-30' };

beforeAll(async () => {
  database = await workerDatabase();
  const { pool } = database;
  await pool.query(`
    insert into initiative (number) values ('${CASE}');
    insert into initiative (number, opens_at, closes_at) values
      ('${DRAFT}', '2026-01-01Z', '2026-07-01Z'), ('9902', '2026-01-01Z', '2026-07-01Z');
    insert into proposal_draft (number) values ('${DRAFT}');
    select create_signing_partition('${DRAFT}');
    insert into epoch_key (epoch_id, initiative, part, wrapped) values
      ('e', '${DRAFT}', 'evidence', '\\x01'), ('r', '${DRAFT}', 'roster', '\\x01')`);
  await pool.query(...(text(DRAFT) as [string, unknown[]]));
  for (const place of [0, 1]) {
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
  for (const [seq, kind] of [
    [2, 'help-contact'],
    [3, 'decision'],
  ] as const)
    await pool.query(
      'insert into entry (seq, kind, initiative, is_act, body) values ($1, $2, $3, true, $4)',
      [seq, kind, CASE, actBytes(kind, { case: CASE })],
    );
  await pool.query(`
    insert into initiative (number) values ('9904');
    insert into initiative (number, opens_at, closes_at) values ('${SUPPLIED}', '2026-01-01Z', '2026-07-01Z')`);
  for (const [kind, body] of [
    ['initiative-filed', { proposal: { draft: SUPPLIED } }],
    ['supplement', { of: 'proposers', step: 'ordered', on: '2026-01-02' }],
  ] as const)
    await pool.query(...(act(kind, '9904', body) as [string, unknown[]]));
  workspace = openDatabase({ connectionString: database.url, role: 'lianshu_workspace', max: 1 });
});
afterAll(async () => {
  await workspace?.close();
  await database?.drop();
});

const STATEMENT = bytes(60, 4);
const affidavit = (number: string, digest = hexOf(STATEMENT)): readonly Statement[] => [
  [
    'insert into entry (id, kind, initiative, is_act, body) values (900, $1, $2, true, $3)',
    [
      'affidavit',
      number,
      actBytes('affidavit', {
        ...{ case: number, capacity: 'lead-proposer' },
        body: { step: 'signed', statementDigest: digest },
      }),
    ],
  ],
  [
    `insert into affidavit (initiative, statement, statement_sha256, person, evidence, entry_id, received_at)
     values ($1, $2, $3, $4, $5, 900, '2026-01-01Z')`,
    [number, STATEMENT, sha256(STATEMENT), bytes(32), bytes(200)],
  ],
];
const code: Statement = [
  "insert into access_code (initiative, serial, salt, hash, issued_at) values ($1, 1, $2, $3, '2026-01-01Z')",
  [CASE, bytes(16), bytes(32)],
];
const opening = [
  initiative('D00009'),
  draftRow('D00009'),
  text('D00009'),
  act('proposal-opened', 'D00009', {
    textDigest: hexOf(TEXT),
    firstDay: '2025-12-31',
    lastDay: '2026-06-30',
  }),
  period,
] as const;
const grams = (number: string): Statement => [
  "insert into case_grams (initiative, part, text, grams) values ($1, 'question', '主文', '{主文}')",
  [number],
];
const stop = (number: string): Statement => [
  "update initiative set stopped_at = '2026-03-01Z', closed_at = '2026-03-01Z' where number = $1",
  [number],
];
const filing = (proposal: JsonValue = { draft: DRAFT, electronic: 2 }, file = TEXT, closed = '9903') => [
  stop(DRAFT),
  act('proposal-closed', DRAFT, { outcome: 'filed', case: closed }),
  initiative('9903'),
  text('9903', 1, file),
  act('initiative-filed', '9903', { proposal }),
  act('version', '9903', { textDigest: hexOf(file) }),
];
const replaced = (about: number): Statement => [
  'insert into entry (kind, initiative, about, is_act, body) values ($1, $2, $3, true, $4)',
  [
    'help-contact',
    CASE,
    about,
    actBytes('help-contact', { case: CASE, capacity: 'lead-proposer', replaces: about }),
  ],
];

const supplied = (of = '9904', step = 'filed') => [
  act('supplement', '9904', { of: 'proposers', step }),
  stop(SUPPLIED),
  act('proposal-closed', SUPPLIED, { outcome: 'supplemented', case: of }),
];

describe('the workspace role enters', () => {
  it.each<readonly [string, readonly Statement[]]>([
    ['a draft that opens, with its text and period', [...opening, grams('D00009')]],
    [
      'a draft that its lead proposer ends',
      [stop(DRAFT), act('proposal-closed', DRAFT, { outcome: 'withdrawn' })],
    ],
    ['a case filed of a draft', filing()],
    ['a signed affidavit with its evidence', affidavit(CASE)],
    [
      'a collection, and a code with its hash',
      [act('collection', CASE), code, act('access-code', CASE, { step: 'issued' })],
    ],
    [
      'a signing address, and what it opens',
      [
        act('collection', CASE, { on: '2025-12-31', mode: 'code' }),
        act('signing-address', CASE),
        act('opened', CASE, DAYS, { capacity: 'system' }),
        [period[0], [CASE]],
      ],
    ],
    [
      'a correction with its text',
      [
        act('correction', CASE),
        text(CASE),
        act('version', CASE, { textDigest: hexOf(TEXT) }, { capacity: 'system' }),
      ],
    ],
    [
      'a roster, once',
      [
        act('roster-filed', '9902'),
        ["update initiative set stopped_at = '2026-03-01Z' where number = '9902'"],
      ],
    ],
    ['the end of a supplement, with it', supplied()],
    ['a supplement', [act('supplement', CASE, { of: 'signers', step: 'filed' })]],
    ['a contact in the place of a former one', [replaced(2)]],
  ])('%s', async (_, statements) => {
    expect(await verdict(workspace.pool, statements)).toBe('accepted');
  });

  const OF_OTHERS = [
    ...['announcement', 'approval', 'check-request', 'check-result', 'closed', 'closure', 'day', 'decision'],
    ...['destruction', 'hearing', 'incident', 'key-event', 'notice-to-collect', 'opinion', 'paper-proposers'],
    ...['policy', 'purpose-notice', 'raw-count', 'retraction', 'statistics', 'stop', 'suspension', 'switch'],
    ...['vote', 'void', 'held', 'settled', 'joint-signature', 'proposal-signature', 'withdrawal', 'anything'],
  ];
  it('no kind of another hand', async () => {
    for (const kind of OF_OTHERS)
      expect([kind, await verdict(workspace.pool, [act(kind, CASE)])]).toEqual([
        kind,
        expect.stringMatching(/^entry_of_workspace$|^entry_commitment_of_signature$/),
      ]);
  });

  it('what its pages enter, and nothing more', async () => {
    const { rows } = await database.pool.query<{ prosrc: string }>(
      "select prosrc from pg_proc where proname = 'judge_workspace_entry'",
    );
    const [, list = ''] = /not in \(([^)]*)\)/.exec(rows[0]?.prosrc ?? '') ?? [];
    const allowed = new Set([...list.matchAll(/'([a-z-]+)'/g)].map(([, kind]) => kind));
    const known = new Set([...INITIATIVE_KINDS, ...PROPOSAL_KINDS].map(({ kind }) => kind));
    // What `initiatives` adds: a filing with its text, and what a correction and a signing address bring.
    const written = new Set(['initiative-filed', 'version', 'opened']);
    for (const folder of ['../../src/console/', '../../src/drafting/', '../../src/proposals/']) {
      const url = new URL(folder, import.meta.url);
      for (const file of readdirSync(url).filter((name) => /(?<!test)\.tsx?$/.test(name)))
        for (const [, kind = ''] of readFileSync(new URL(file, url), 'utf8').matchAll(/\bkind: '([a-z-]+)'/g))
          if (known.has(kind)) written.add(kind);
    }
    // Judged on a page, never entered from one; and entered by the desk alone.
    for (const kind of ['withdrawal', 'paper-proposers', 'proposal-reopened']) written.delete(kind);
    expect([...written].sort()).toEqual([...allowed].sort());
  });

  const SO = 'entry_of_workspace_is_so';
  it.each<readonly [string, string, readonly Statement[]]>([
    [
      'a stranger’s step in a lead proposer’s kind',
      SO,
      [act('roster-filed', '9902', {}, { capacity: 'commission' })],
    ],
    ['the end of a code', SO, [code, act('access-code', CASE, { step: 'ended' })]],
    ['a code without its hash', SO, [act('access-code', CASE, { step: 'issued' })]],
    ['an affidavit on paper', SO, [act('affidavit', CASE, { step: 'handed-in' })]],
    ['an affidavit without its evidence', SO, [act('affidavit', CASE, { step: 'signed' })]],
    ['an affidavit with evidence of another', SO, affidavit(CASE, hexOf(TEXT))],
    ['a notice of supplement', SO, [act('supplement', CASE, { of: 'signers', step: 'notified' })]],
    ['an opening without its cause', SO, [act('opened', CASE, {}, { capacity: 'system' })]],
    ['a version without its cause', SO, [act('version', CASE, { textDigest: hexOf(TEXT) }), text(CASE)]],
    ['a draft that is none', SO, [act('proposal-opened', CASE)]],
    ['an expiry', SO, [stop(DRAFT), act('proposal-closed', DRAFT, { outcome: 'expired' })]],
    ['the end of a supplement alone', SO, supplied().slice(1)],
    ['the end of another case’s supplement', SO, supplied(CASE)],
    ['an order to supply', SO, supplied('9904', 'ordered')],
    [
      'a filing of no case',
      SO,
      [stop(DRAFT), act('proposal-closed', DRAFT, { outcome: 'filed', case: CASE })],
    ],
    ['a case of no draft', SO, [initiative('9903'), act('initiative-filed', '9903', {})]],
    ['a case with more proposers than signed', SO, filing({ draft: DRAFT, electronic: 3 })],
    ['a case with another text than was signed', SO, filing(undefined, bytes(41, 8))],
    ['a case whose draft became another', SO, filing(undefined, TEXT, '9902')],
    ['something in the place of a decision', SO, [replaced(3)]],
    [
      'an act of no case',
      'entry_of_workspace',
      [["insert into entry (kind, is_act, body) values ('collection', true, $1)", [actBytes('collection')]]],
    ],
    ['bytes of another case', 'entry_is_what_it_says', [act('collection', CASE, {}, { case: '9902' })]],
    [
      'an index',
      '42501',
      [
        [
          "insert into entry (seq, kind, initiative, is_act, body) values (9, 'collection', '9901', true, $1)",
          [actBytes('collection', { case: CASE })],
        ],
      ],
    ],
    ['words for search, untold', 'index_of_workspace_is_told', [grams('9902')]],
    ['words for search, told of another', 'index_of_workspace_is_told', [...opening, grams('9902')]],
    ['a case untold', 'initiative_of_workspace_is_told', [initiative('9903')]],
    ['a draft untold', 'initiative_of_workspace_is_told', [initiative('D00009')]],
    ['a text untold', 'text_of_workspace_is_told', [text('9902', 2, bytes(41))]],
    [
      'a text that another entry names',
      'text_of_workspace_is_told',
      [act('correction', CASE), act('version', CASE, { textDigest: hexOf(TEXT) }), text(CASE, 1, bytes(41))],
    ],
  ])('not %s', async (_, refusedBy, statements) => {
    expect(await verdict(workspace.pool, statements)).toBe(refusedBy);
  });
});
