/** When a case takes signatures, tried as the workspace and as the office: only what the law makes of the record. */
import type { JsonValue } from '@lianshu/statement';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monthsAfter } from '../../src/law/index.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { actBytes, verdict } from './schema-fixture.ts';

type Statement = readonly [string, unknown[]?];
type Body = Readonly<Record<string, JsonValue>>;

let database: WorkerDatabase;
let workspace: ReturnType<typeof openDatabase>;
let office: ReturnType<typeof openDatabase>;

const [NEW, RUNNING, ENDED, RETRACTED, USED] = ['9901', '9902', '9903', '9904', '9905'] as const;
const [SHORT, WITHDRAWN] = ['9906', '9907'] as const;
/** Where entries are, by case and name. */
const places = new Map<string, number>();
const at = (name: string): number => places.get(name) ?? -1;

/** Six months from the day after 31 December 2025. */
const FIRST = {
  ...{ collectedOn: '2025-12-31', firstDay: '2026-01-01', lastDay: '2026-06-30' },
  ...{ electors: 1000, threshold: 15, mode: 'electronic' },
};
const ORDER = { of: 'signers', on: '2026-08-20', step: 'ordered' };
const SUPPLEMENT = {
  ...FIRST,
  ...{ collectedOn: '2026-08-20', firstDay: '2026-08-21', lastDay: '2026-09-19' },
};

const act = (
  kind: string,
  number: string | null,
  body: Body,
  about?: number,
  day = '2026-09-01',
): Statement => [
  'insert into entry (kind, initiative, about, is_act, body) values ($1, $2, $3, true, $4)',
  [
    kind,
    number,
    about ?? null,
    actBytes(kind, {
      ...(number === null ? {} : { case: number }),
      ...(about === undefined ? {} : { replaces: about }),
      at: `${day}T09:00:00+08:00`,
      body,
      capacity: kind === 'opened' || kind === 'proposal-reopened' ? 'system' : 'lead-proposer',
    }),
  ],
];
/** As the server writes it: open until the last day has ended, in Taipei. */
const row = (number: string, { firstDay, lastDay }: Body, more = ''): Statement => [
  `update initiative set opens_at = $2, closes_at = ($3::date + 1)::timestamp at time zone 'Asia/Taipei' ${more}
   where number = $1`,
  [number, `${firstDay}T09:00:00+08:00`, lastDay],
];
const again = (number: string, body: Body): Statement =>
  row(number, body, ', stopped_at = null, closed_at = null');
const address = (number: string) => act('signing-address', number, { on: '2026-09-01' });
/** A lead proposer signs in, and signing opens. */
const opens = (number: string, body: Body, period = row(number, body)): readonly Statement[] => [
  address(number),
  act('opened', number, body),
  period,
];
/** A collection is corrected, and the period with it. */
const mends = (
  number: string,
  on: string,
  body: Body,
  about = at(`${number} opened`),
): readonly Statement[] => [
  act('collection', number, { on, mode: 'code' }, at(`${number} collection`)),
  act('opened', number, body, about),
  row(number, body),
];

async function enter(name: string, [sql, values = []]: Statement): Promise<void> {
  const { rows } = await database.pool.query<{ id: bigint }>(`${sql} returning id`, values);
  const seq = places.size;
  places.set(name, seq);
  await database.pool.query('update entry set seq = $1 where id = $2', [seq, rows[0]?.id]);
}

beforeAll(async () => {
  database = await workerDatabase();
  const { pool } = database;
  await pool.query(`insert into initiative (number) values ('${NEW}'), ('${RUNNING}'), ('${ENDED}'), ('${RETRACTED}'),
    ('${USED}'), ('${SHORT}'), ('${WITHDRAWN}'), ('D00001'), ('D00002')`);
  await enter(`${NEW} collection`, act('collection', NEW, { on: '2025-12-31', mode: 'code' }));
  for (const number of [RUNNING, ENDED, RETRACTED, USED]) {
    await enter(`${number} collection`, act('collection', number, { on: '2025-12-31', mode: 'code' }));
    await enter(`${number} opened`, act('opened', number, FIRST));
    await pool.query(...(row(number, FIRST) as [string, unknown[]]));
    if (number === RUNNING) continue;
    await enter(`${number} closed`, act('closed', number, {}));
    await enter(`${number} order`, act('supplement', number, ORDER));
  }
  await enter(`${RETRACTED} retraction`, act('retraction', RETRACTED, {}, at(`${RETRACTED} order`)));
  await enter(`${USED} again`, act('opened', USED, SUPPLEMENT));
  await enter(`${USED} closed again`, act('closed', USED, {}));
  for (const [number, draft] of [
    [SHORT, 'D00001'],
    [WITHDRAWN, 'D00002'],
  ] as const) {
    await enter(`${number} filed`, act('initiative-filed', number, { proposal: { draft } }));
    await enter(`${number} order`, act('supplement', number, { ...ORDER, of: 'proposers' }));
  }
  await enter(`${WITHDRAWN} retraction`, act('retraction', WITHDRAWN, {}, at(`${WITHDRAWN} order`)));
  for (const draft of ['D00001', 'D00002']) await pool.query(...(row(draft, FIRST) as [string, unknown[]]));
  await pool.query(
    "update initiative set closed_at = '2026-09-20Z' where closes_at is not null and number <> $1",
    [RUNNING],
  );
  workspace = openDatabase({ connectionString: database.url, role: 'lianshu_workspace', max: 1 });
  office = openDatabase({ connectionString: database.url, role: 'lianshu_office', max: 1 });
});
afterAll(async () => {
  await workspace?.close();
  await office?.close();
  await database?.drop();
});

const UNLAWFUL = 'opening_is_lawful';
const LATER = '2031-06-30';

describe('the workspace opens', () => {
  it.each<readonly [string, string, () => readonly Statement[]]>([
    ['a case for six months', 'accepted', () => opens(NEW, FIRST)],
    ['a case for years', UNLAWFUL, () => opens(NEW, { ...FIRST, lastDay: LATER })],
    [
      'a case that the row opens for years',
      UNLAWFUL,
      () => opens(NEW, FIRST, row(NEW, { ...FIRST, lastDay: LATER })),
    ],
    [
      'a case before its first day',
      UNLAWFUL,
      () => opens(NEW, FIRST, row(NEW, { ...FIRST, firstDay: '2025-12-31' })),
    ],
    [
      'a case from another day than the collection',
      UNLAWFUL,
      () => opens(NEW, { ...FIRST, collectedOn: '2026-01-01' }),
    ],
    [
      'a case by an earlier collection that it brings itself',
      UNLAWFUL,
      () => [act('collection', NEW, { on: '2025-12-30', mode: 'paper' }), ...opens(NEW, FIRST)],
    ],
    ['a case without days', UNLAWFUL, () => opens(NEW, {}, row(NEW, { ...FIRST, lastDay: LATER }))],
    [
      'a case with days that are none',
      UNLAWFUL,
      () => opens(NEW, { ...FIRST, collectedOn: 'never' }, row(NEW, FIRST)),
    ],
    ['a draft under the name of a case', UNLAWFUL, () => opens('D00001', FIRST, again('D00001', FIRST))],
    [
      'a running case, with an empty body and five years',
      UNLAWFUL,
      () => opens(RUNNING, {}, row(RUNNING, { ...FIRST, lastDay: LATER })),
    ],
    ['a running case, as it was', UNLAWFUL, () => opens(RUNNING, FIRST)],
    [
      'a running case, then moving the row alone',
      'initiative_period_is_told',
      () => [
        ...opens(NEW, FIRST),
        ['set constraints all immediate'],
        ['set constraints all deferred'],
        row(NEW, { ...FIRST, lastDay: LATER }),
      ],
    ],
    ['a case for its supplement', 'accepted', () => opens(ENDED, SUPPLEMENT, again(ENDED, SUPPLEMENT))],
    [
      'a supplement for longer',
      UNLAWFUL,
      () =>
        opens(
          ENDED,
          { ...SUPPLEMENT, lastDay: '2026-09-20' },
          again(ENDED, { ...SUPPLEMENT, lastDay: '2026-09-20' }),
        ),
    ],
    [
      'a supplement for fewer',
      UNLAWFUL,
      () => opens(ENDED, { ...SUPPLEMENT, threshold: 1 }, again(ENDED, SUPPLEMENT)),
    ],
    ['six months more by an order', UNLAWFUL, () => opens(ENDED, FIRST, again(ENDED, FIRST))],
    [
      'a case whose order was retracted',
      UNLAWFUL,
      () => opens(RETRACTED, SUPPLEMENT, again(RETRACTED, SUPPLEMENT)),
    ],
    ['a case whose order was used', UNLAWFUL, () => opens(USED, SUPPLEMENT, again(USED, SUPPLEMENT))],
    [
      'one order twice in one go',
      UNLAWFUL,
      () => [...opens(ENDED, SUPPLEMENT, again(ENDED, SUPPLEMENT)), act('opened', ENDED, SUPPLEMENT)],
    ],
    [
      'one order twice, under an id of its choice',
      UNLAWFUL,
      () => [
        address(USED),
        [
          `insert into entry (id, kind, initiative, is_act, body) values (-5, 'opened', '${USED}', true, $1)`,
          [
            actBytes('opened', {
              case: USED,
              at: '2026-09-01T09:00:00+08:00',
              body: SUPPLEMENT,
              capacity: 'system',
            }),
          ],
        ],
        again(USED, SUPPLEMENT),
      ],
    ],
  ])('%s: %s', async (_, expected, statements) => {
    expect(await verdict(workspace.pool, statements())).toBe(expected);
  });

  it('no closed case by the row alone, whoever asks, unless an order stands', async () => {
    for (const number of [RETRACTED, USED])
      expect(
        await verdict(database.pool, [act('opened', number, SUPPLEMENT), again(number, SUPPLEMENT)]),
      ).toBe('initiative_stays_closed');
    expect(await verdict(database.pool, [act('opened', ENDED, SUPPLEMENT), again(ENDED, SUPPLEMENT)])).toBe(
      'accepted',
    );
  });
});

const JANUARY = { ...FIRST, collectedOn: '2026-01-05', firstDay: '2026-01-06', lastDay: '2026-07-05' };
const REOPENED = { case: SHORT, firstDay: '2026-09-01', lastDay: '2026-09-19', threshold: 5 };
const closure = (day: string) => act('closure', null, { day });

describe('the office moves', () => {
  const reopens = (draft: string, body: Body): readonly Statement[] => [
    act('proposal-reopened', draft, body),
    again(draft, body),
  ];
  it.each<readonly [string, string, () => readonly Statement[]]>([
    ['a period with its corrected collection', 'accepted', () => mends(RUNNING, '2026-01-05', JANUARY)],
    [
      'no day by a corrected mode',
      'accepted',
      () => mends(RUNNING, '2025-12-31', { ...FIRST, mode: 'paper-and-electronic' }),
    ],
    [
      'a period for years by a corrected mode',
      UNLAWFUL,
      () => mends(RUNNING, '2025-12-31', { ...FIRST, lastDay: LATER }),
    ],
    ['a threshold', UNLAWFUL, () => mends(RUNNING, '2026-01-05', { ...JANUARY, threshold: 1 })],
    ['electors', UNLAWFUL, () => mends(RUNNING, '2026-01-05', { ...JANUARY, electors: 1 })],
    [
      'a period to a day that has not come',
      UNLAWFUL,
      () =>
        mends(RUNNING, '2026-10-01', {
          ...FIRST,
          collectedOn: '2026-10-01',
          firstDay: '2026-10-02',
          lastDay: monthsAfter('2026-10-01', 6).lastDay,
        }),
    ],
    ['a period that was closed', UNLAWFUL, () => mends(USED, '2026-01-05', JANUARY)],
    [
      'a supplement, as if it were the first period',
      UNLAWFUL,
      () => [
        act('collection', USED, { on: '2026-01-05', mode: 'code' }, at(`${USED} collection`)),
        act('opened', USED, JANUARY, at(`${USED} again`)),
      ],
    ],
    ['a draft open for its supplement', 'accepted', () => reopens('D00001', REOPENED)],
    ['a draft for longer', UNLAWFUL, () => reopens('D00001', { ...REOPENED, lastDay: '2026-09-20' })],
    [
      'a draft whose order was retracted',
      'draft_reopened_for_supplement',
      () => reopens('D00002', { ...REOPENED, case: WITHDRAWN }),
    ],
    [
      'an end that a closure moves',
      'accepted',
      () => [closure('2026-06-30'), row(RUNNING, { ...FIRST, lastDay: '2026-07-01' })],
    ],
    [
      'an end that a closure moves over a weekend',
      'accepted',
      () => [
        closure('2026-06-30'),
        closure('2026-07-01'),
        closure('2026-07-02'),
        closure('2026-07-03'),
        row(RUNNING, { ...FIRST, lastDay: '2026-07-06' }),
      ],
    ],
    [
      'an end further than the closure',
      'initiative_period_is_told',
      () => [closure('2026-06-30'), row(RUNNING, { ...FIRST, lastDay: LATER })],
    ],
    [
      'an end by a closure of another day',
      'initiative_period_is_told',
      () => [closure('2026-06-29'), row(RUNNING, { ...FIRST, lastDay: '2026-07-01' })],
    ],
  ])('%s: %s', async (_, expected, statements) => {
    expect(await verdict(office.pool, statements())).toBe(expected);
  });

  it('a supplement by the days on which a court held the case', async () => {
    const held = [
      act('suspension', ENDED, { step: 'begun', on: '2026-08-22' }),
      act('suspension', ENDED, { step: 'ended', on: '2026-08-25' }),
    ];
    for (const [lastDay, expected] of [
      ['2026-09-22', 'accepted'],
      ['2026-09-23', UNLAWFUL],
    ] as const) {
      const body = { ...SUPPLEMENT, lastDay };
      const opening = act('opened', ENDED, body);
      const judged: Statement = [
        'select is_lawful_opening(e) as good from entry e where e.kind = $1 and e.seq is null',
        ['opened'],
      ];
      const client = await database.pool.connect();
      try {
        await client.query('begin');
        for (const [sql, values] of [...held, opening]) await client.query(sql, values);
        const { rows } = await client.query<{ good: boolean }>(...(judged as [string, unknown[]]));
        expect(rows.map(({ good }) => (good ? 'accepted' : UNLAWFUL))).toEqual([expected]);
      } finally {
        await client.query('rollback');
        client.release();
      }
    }
  });
});

it('the database counts months as the law does', async () => {
  const { rows } = await database.pool.query<{ day: string; ends: string }>(
    `select d::date::text as day, months_later(d::date, 6)::text as ends
     from generate_series('2023-08-01'::date, '2028-09-01', '1 day') d`,
  );
  expect(rows.filter(({ day, ends }) => monthsAfter(day, 6).lastDay !== ends)).toEqual([]);
});
