/**
 * Records in which a period of signing begins, moves or ends, and what a reader must find in each. Not part of the
 * package: unit tests and the comparison with the audit kit read them.
 */
import type { JsonValue } from '@lianshu/statement';
import { sampleAct, sampleClosed, sampleDraftOpened, sampleFiled } from './sample-record.ts';

type Body = Readonly<Record<string, JsonValue>>;
type Entry = Readonly<Record<string, JsonValue>>;

/** A record, and the anomalies it has: code and index. */
export type PeriodSpecimen = readonly [
  name: string,
  entries: readonly Entry[],
  found: readonly (readonly [code: string, entry: number])[],
];

const DRAFT = 'D00001';
const AT = '2026-12-01T10:00:00';
const act = (kind: string, body: Body, more: Body = {}, at = AT): Entry => ({
  ...sampleAct(kind, at, body, '9901'),
  ...more,
});
const replacing = (index: number): Body => ({ replaces: index });

const collection = (on: string, more: Body = {}) => act('collection', { on, mode: 'code' }, more);
/** Six months from the day after 20 May 2026, or as said. */
const opened = (body: Body = {}, more: Body = {}, at = AT): Entry =>
  act(
    'opened',
    {
      ...{ collectedOn: '2026-05-20', firstDay: '2026-05-21', lastDay: '2026-11-20' },
      ...{ electors: 1000, threshold: 15, mode: 'electronic' },
      ...body,
    },
    more,
    at,
  );
const order = (on: string, of = 'signers', more: Body = {}) =>
  act('supplement', { of, on, step: 'ordered' }, more);
const retraction = (index: number) => act('retraction', { on: '2026-11-23' }, replacing(index));
const court = (step: string, on: string) => act('suspension', { step, on, court: '最高行政法院' });
const closure = (day: string, more: Body = {}): Entry => ({
  ...sampleAct('closure', AT, {
    day,
    place: '臺北市',
    source: { label: '人事行政總處', href: 'https://example.invalid/' },
  }),
  ...more,
});
/** Opened for a supplement ordered on 22 November 2026. */
const supplied = (body: Body = {}, more: Body = {}): Entry =>
  opened({ collectedOn: '2026-11-22', firstDay: '2026-11-23', lastDay: '2026-12-22', ...body }, more);
const daysOf = (collectedOn: string, firstDay: string, lastDay: string): Body => ({
  collectedOn,
  firstDay,
  lastDay,
});

const MAY = collection('2026-05-20');
const JUNE = collection('2026-06-01', replacing(0));
const IN_JUNE = daysOf('2026-06-01', '2026-06-02', '2026-12-01');
const ORDERED = order('2026-11-22');

const ofDraft = (entry: Entry): Entry => ({ ...entry, case: DRAFT });
const draftOpened = (body: Body, more: Body = {}): Entry => ({
  ...sampleDraftOpened,
  ...more,
  body: { ...(sampleDraftOpened['body'] as Body), ...body },
});
const draftEnd = ofDraft(act('proposal-closed', { outcome: 'filed', case: '9901' }));
const filedWith = { ...sampleFiled, body: { ...(sampleFiled['body'] as Body) } };
const filed: Entry = {
  ...filedWith,
  body: { ...filedWith.body, proposal: { draft: DRAFT, electronic: 0, paper: 0 } },
};
const both = { 'zh-Hant-TW': '案', en: 'case' };
const reopened = (body: Body = {}): Entry =>
  ofDraft(
    act('proposal-reopened', {
      ...{ case: '9901', allowedBy: both, firstDay: '2026-11-22', lastDay: '2026-12-22', threshold: 5 },
      ...body,
    }),
  );
const SHORT = [sampleDraftOpened, draftEnd, filed] as const;

const DIFFERS = 'period-differs';
const AGAIN = 'opened-again';

export const PERIOD_SPECIMENS: readonly PeriodSpecimen[] = [
  ['a case opened for six months', [MAY, opened()], []],
  ['a case whose collection is not in the record', [opened()], []],
  ...(
    [
      ['2026-08-31', '2026-09-01', '2027-02-28'],
      ['2026-08-30', '2026-08-31', '2027-02-28'],
      ['2026-08-28', '2026-08-29', '2027-02-28'],
      ['2026-08-27', '2026-08-28', '2027-02-27'],
      ['2023-08-29', '2023-08-30', '2024-02-29'],
      ['2023-12-31', '2024-01-01', '2024-06-30'],
    ] as const
  ).map(
    ([from, first, last]): PeriodSpecimen => [
      `a month’s end: ${last}`,
      [opened(daysOf(from, first, last))],
      [],
    ],
  ),
  ['a first opening for years', [MAY, opened({ lastDay: '2032-11-20' })], [[DIFFERS, 1]]],
  ['a first opening for less', [MAY, opened({ lastDay: '2026-11-19' })], [[DIFFERS, 1]]],
  ['one from another day than the collection', [MAY, opened(IN_JUNE)], [[DIFFERS, 1]]],
  ['one from a later of two collections', [MAY, collection('2026-06-01'), opened(IN_JUNE)], [[DIFFERS, 2]]],
  ['one with another first day', [MAY, opened({ firstDay: '2026-05-20' })], [[DIFFERS, 1]]],
  ['one before its collection', [MAY, opened({}, {}, '2026-05-19T10:00:00')], [[DIFFERS, 1]]],
  ['a case opened as a draft', [ofDraft(opened())], [[DIFFERS, 0]]],
  ['a last day of official closure', [MAY, closure('2026-11-20'), opened({ lastDay: '2026-11-23' })], []],
  ['one told before the closure moved it', [MAY, closure('2026-11-20'), opened()], []],
  [
    'a last day moved by a closure that was mended',
    [MAY, closure('2026-11-20'), closure('2026-11-19', replacing(1)), opened({ lastDay: '2026-11-23' })],
    [[DIFFERS, 3]],
  ],
  [
    'a closure of another day',
    [MAY, closure('2026-11-19'), opened({ lastDay: '2026-11-23' })],
    [[DIFFERS, 2]],
  ],

  ['a corrected day', [MAY, opened(), JUNE, opened(IN_JUNE, replacing(1))], []],
  [
    'a corrected mode, and once more',
    [
      MAY,
      opened(),
      collection('2026-05-20', replacing(0)),
      opened({ mode: 'paper-and-electronic' }, replacing(1)),
      collection('2026-06-01', replacing(2)),
      opened(IN_JUNE, replacing(3)),
    ],
    [],
  ],
  [
    'a period stretched in the place of the former',
    [MAY, opened(), opened({ lastDay: '2032-11-20', threshold: 1 }, replacing(1))],
    [[AGAIN, 2]],
  ],
  ['the same opening again without a correction', [MAY, opened(), opened({}, replacing(1))], [[AGAIN, 2]]],
  [
    'one correction used twice',
    [MAY, opened(), JUNE, opened(IN_JUNE, replacing(1)), opened(IN_JUNE, replacing(3))],
    [[AGAIN, 4]],
  ],
  [
    'a correction of the mode from which another last day is made',
    [MAY, opened(), collection('2026-05-20', replacing(0)), opened({ lastDay: '2032-11-20' }, replacing(1))],
    [[DIFFERS, 3]],
  ],
  [
    'a lower threshold in a correction',
    [MAY, opened(), JUNE, opened({ ...IN_JUNE, threshold: 1 }, replacing(1))],
    [[DIFFERS, 3]],
  ],
  [
    'fewer electors in a correction',
    [MAY, opened(), JUNE, opened({ ...IN_JUNE, electors: 999 }, replacing(1))],
    [[DIFFERS, 3]],
  ],
  [
    'a further collection, which corrects nothing',
    [MAY, opened(), collection('2026-06-01'), opened(IN_JUNE, replacing(1))],
    [[AGAIN, 3]],
  ],
  [
    'a collection in the place of something else',
    [MAY, opened(), collection('2026-06-01', replacing(1)), opened(IN_JUNE, replacing(1))],
    [[AGAIN, 3]],
  ],
  [
    'a correction that was known before the opening',
    [MAY, JUNE, opened(IN_JUNE), opened(IN_JUNE, replacing(2))],
    [[AGAIN, 3]],
  ],
  [
    'a correction after the closing',
    [MAY, opened(), sampleClosed, JUNE, opened(IN_JUNE, replacing(1))],
    [[AGAIN, 4]],
  ],
  [
    'a case opened in the place of a draft’s opening',
    [sampleDraftOpened, ofDraft(opened({}, replacing(0)))],
    [[AGAIN, 1]],
  ],

  ['a supplement of signers', [MAY, opened(), sampleClosed, ORDERED, supplied()], []],
  [
    'one that ends on a day of closure',
    [MAY, opened(), sampleClosed, ORDERED, closure('2026-12-22'), supplied({ lastDay: '2026-12-23' })],
    [],
  ],
  [
    'one that a court held for three days',
    [
      ...[MAY, opened(), sampleClosed, ORDERED],
      ...[court('begun', '2026-11-24'), court('ended', '2026-11-27'), supplied({ lastDay: '2026-12-25' })],
    ],
    [],
  ],
  [
    'a supplement for longer',
    [MAY, opened(), sampleClosed, ORDERED, supplied({ lastDay: '2026-12-23' })],
    [[DIFFERS, 4]],
  ],
  [
    'a supplement with another threshold',
    [MAY, opened(), sampleClosed, ORDERED, supplied({ threshold: 14 })],
    [[DIFFERS, 4]],
  ],
  [
    'a supplement of another day than the order',
    [MAY, opened(), sampleClosed, order('2026-11-23'), supplied()],
    [[DIFFERS, 4]],
  ],
  [
    'a second opening by one order',
    [MAY, opened(), sampleClosed, ORDERED, supplied(), supplied()],
    [[AGAIN, 5]],
  ],
  [
    'an order that was retracted',
    [MAY, opened(), sampleClosed, ORDERED, retraction(3), supplied()],
    [[AGAIN, 5]],
  ],
  [
    'an order with its day corrected',
    [
      MAY,
      opened(),
      sampleClosed,
      order('2026-11-21'),
      order('2026-11-22', 'signers', replacing(3)),
      supplied(),
    ],
    [],
  ],
  [
    'an order replaced by one for the proposers',
    [MAY, opened(), sampleClosed, ORDERED, order('2026-11-22', 'proposers', replacing(3)), supplied()],
    [[AGAIN, 5]],
  ],
  [
    'a correction of the opening of a supplement',
    [MAY, opened(), sampleClosed, ORDERED, supplied(), JUNE, opened(IN_JUNE, replacing(4))],
    [[AGAIN, 6]],
  ],

  ['a draft', [sampleDraftOpened], []],
  ['a draft for longer', [draftOpened({ lastDay: '2027-05-21' })], [[DIFFERS, 0]]],
  [
    'a draft from a later day',
    [draftOpened({ firstDay: '2026-11-21', lastDay: '2027-05-21' })],
    [[DIFFERS, 0]],
  ],
  ['a draft opened in its own place', [sampleDraftOpened, draftOpened({}, replacing(0))], [[AGAIN, 1]]],
  ['a supplement of proposers', [...SHORT, order('2026-11-22', 'proposers'), reopened()], []],
  [
    'one for longer',
    [...SHORT, order('2026-11-22', 'proposers'), reopened({ lastDay: '2026-12-23' })],
    [[DIFFERS, 4]],
  ],
  [
    'one begun before the order',
    [...SHORT, order('2026-11-22', 'proposers'), reopened({ firstDay: '2026-11-21' })],
    [[DIFFERS, 4]],
  ],
  [
    'one whose order was retracted',
    [...SHORT, order('2026-11-22', 'proposers'), retraction(3), reopened()],
    [[AGAIN, 5]],
  ],
  ['one without an order', [...SHORT, ORDERED, reopened()], [[AGAIN, 4]]],
];
