import { canonicalJson, type JsonValue } from '@lianshu/statement';
import { describe, expect, it } from 'vitest';
import { paperOf } from './compare-numbers.ts';
import { readEntry } from './read-entry.ts';
import { RecordFold } from './record-fold.ts';
import { sampleSignature } from './sample-log.ts';
import {
  heldEntry,
  refusedEntry,
  SAMPLE_COUNTS,
  sampleAct,
  sampleClosed,
  sampleCourse,
  sampleDay,
  sampleDraftOpened,
  sampleFiled,
  sampleOpened,
  settledEntry,
  signatureEntry,
  voidEntry,
} from './sample-record.ts';

function fold(entries: readonly JsonValue[]): RecordFold {
  const folded = new RecordFold();
  for (const entry of entries) {
    const read = readEntry(canonicalJson(entry));
    if ('code' in read) throw new Error(`${read.code} ${read.at}`);
    folded.take(read);
  }
  return folded;
}

const supplement = (of: string, step: string): JsonValue =>
  sampleAct('supplement', '2026-11-22T10:00:00', { of, on: '2026-11-22', step }, '9901');

const GROUP = '9901/joint-signature';
const tally = (entries: readonly JsonValue[], size?: number) => fold(entries).talliesAt(size).get(GROUP);

describe('the fold of the record', () => {
  it('counts signatures + settled as counted − void, and nothing else', () => {
    const folded = fold(sampleCourse);
    expect(folded.anomalies).toEqual([]);
    expect(folded.talliesAt().get(GROUP)).toEqual(SAMPLE_COUNTS);
    expect(tally([...sampleCourse, voidEntry(2), voidEntry(8)])).toMatchObject({ counted: 3, voided: 2 });
  });

  it('gives the numbers of every earlier size', () => {
    const counted = Array.from({ length: 14 }, (_, size) => tally(sampleCourse, size)?.counted);
    expect(counted).toEqual([0, 0, 0, 1, 2, 3, 3, 3, 3, 4, 4, 5, 5, 5]);
    expect(tally(sampleCourse, 7)).toMatchObject({ held: 2 });
  });

  it('gives the daily series between the day marks', () => {
    expect(fold([...sampleCourse, voidEntry(2)]).dailyOf(GROUP)).toEqual([
      { date: '2026-11-19', counted: 3 },
      { date: '2026-11-20', counted: 2 },
      { counted: -1 },
    ]);
  });

  it('knows where a commitment stands, and which held ones wait', () => {
    const folded = fold(sampleCourse.slice(0, 9));
    const own = signatureEntry(3) as Readonly<Record<string, string>>;
    expect(folded.find(own['commitment'] ?? '')).toBe(4);
    expect(folded.find('A'.repeat(43))).toBeUndefined();
    expect(folded.waiting()).toEqual([6]);
  });

  it.each<[string, readonly JsonValue[], object]>([
    ['commitment-twice', [signatureEntry(1), signatureEntry(1)], { entry: 2, about: 1 }],
    [
      'commitment-twice',
      [
        heldEntry(1),
        {
          ...(signatureEntry(9) as object),
          commitment: (heldEntry(1) as Record<string, string>)['commitment'] ?? '',
        },
      ],
      { entry: 2, about: 1 },
    ],
    ['settled-not-held', [signatureEntry(1), settledEntry(1)], { entry: 2, about: 1 }],
    ['settled-not-held', [settledEntry(9)], { entry: 1, about: 9 }],
    ['settled-twice', [heldEntry(1), settledEntry(1), refusedEntry(1)], { entry: 3, about: 1 }],
    [
      'settled-other-case',
      [heldEntry(1), settledEntry(1, { case: '9902' })],
      { entry: 2, caseNumber: '9902' },
    ],
    [
      'settled-other-case',
      [heldEntry(1), settledEntry(1, { act: 'proposal-signature', case: 'D00001' })],
      { entry: 2 },
    ],
    ['void-not-counted', [heldEntry(1), voidEntry(1)], { entry: 2, about: 1 }],
    ['void-not-counted', [voidEntry(0)], { entry: 1, about: 0 }],
    ['void-not-counted', [heldEntry(1), refusedEntry(1), voidEntry(2)], { entry: 3 }],
    ['void-twice', [signatureEntry(1), voidEntry(1), voidEntry(1)], { entry: 3, about: 1 }],
    ['void-other-case', [signatureEntry(1), voidEntry(1, { case: '9902' })], { entry: 2 }],
    ['signature-after-closed', [sampleClosed, signatureEntry(1)], { entry: 2 }],
    ['signature-after-closed', [sampleClosed, heldEntry(1)], { entry: 2 }],
    ['closed-not-open', [sampleClosed, sampleClosed], { entry: 2 }],
    ['filed-again', [sampleFiled, { ...sampleFiled, at: '2026-11-19T10:00:00+08:00' }], { entry: 2 }],
    ['opened-again', [sampleOpened], { entry: 1 }],
    ['opened-again', [sampleClosed, sampleOpened], { entry: 2 }],
    ['opened-again', [sampleClosed, supplement('proposers', 'ordered'), sampleOpened], { entry: 3 }],
    ['opened-again', [sampleClosed, supplement('signers', 'filed'), sampleOpened], { entry: 3 }],
    ['day-order', [sampleDay('2026-11-19'), sampleDay('2026-11-21')], { entry: 2 }],
    ['day-order', [sampleDay('2026-11-19'), sampleDay('2026-11-19')], { entry: 2 }],
    ['day-early', [sampleAct('day', '2026-11-19T23:59:59', { date: '2026-11-19' })], { entry: 1 }],
    ['act-time', [sampleAct('closed', '2026-19-21T00:00:30', {}, '9901')], { entry: 1 }],
    ['replaces-nothing', [{ ...(sampleDay('2026-11-19') as object), replaces: 1 }], { entry: 1, about: 1 }],
  ])('names %s', (code, entries, where) => {
    const folded = fold([sampleOpened, ...entries]);
    expect(folded.anomalies).toEqual([expect.objectContaining({ code, ...where })]);
  });

  it('counts the proposers of a draft between its opening and its closing', () => {
    const proposed = (n: number) => sampleSignature(n, 'proposal-signature').entry;
    const closed = sampleAct('proposal-closed', '2026-11-21T09:00:00', { outcome: 'expired' }, 'D00001');
    const good = fold([sampleDraftOpened, proposed(1), proposed(2), closed]);
    expect(good.anomalies).toEqual([]);
    expect(good.talliesAt().get('D00001/proposal-signature')).toMatchObject({ signed: 2, counted: 2 });
    const codes = (entries: readonly JsonValue[]) => fold(entries).anomalies.map(({ code }) => code);
    expect(codes([proposed(1), sampleDraftOpened])).toEqual(['signature-before-opened']);
    expect(codes([sampleDraftOpened, closed, proposed(1)])).toEqual(['signature-after-closed']);
    expect(codes([sampleDraftOpened, sampleDraftOpened])).toEqual(['opened-again']);
    expect(codes([sampleDraftOpened, closed, closed])).toEqual(['closed-not-open']);
  });

  it('holds the proposers a case was filed with against the entries before it', () => {
    const proposed = [1, 2].map((n) => sampleSignature(n, 'proposal-signature').entry);
    const paper = sampleAct(
      'paper-proposers',
      '2026-11-21T09:00:00',
      { on: '2026-11-21', count: 7, includesLead: false },
      'D00001',
    );
    const closed = sampleAct(
      'proposal-closed',
      '2026-11-21T09:00:00',
      { outcome: 'filed', case: '9901' },
      'D00001',
    );
    const filed = (proposal: object) => ({
      ...sampleFiled,
      body: { ...(sampleFiled['body'] as object), proposal: { draft: 'D00001', ...proposal } },
    });
    const codes = (entries: readonly JsonValue[]) => fold(entries).anomalies.map(({ code }) => code);
    const before = [sampleDraftOpened, ...proposed, paper];
    expect(codes([...before, closed, filed({ electronic: 2, paper: 7 })])).toEqual([]);
    for (const [entries, proposal] of [
      [[...before, closed], { electronic: 3, paper: 7 }],
      [[...before, closed], { electronic: 2, paper: 8 }],
      [before, { electronic: 2, paper: 7 }],
      [[...before, closed], { electronic: 2, paper: 7, draft: 'D00002' }],
    ] as const)
      expect(codes([...entries, filed(proposal)])).toEqual(['proposers-differ']);
    const held = {
      ...(heldEntry(5) as Record<string, JsonValue>),
      act: 'proposal-signature',
      case: 'D00001',
    };
    const settled = settledEntry(4, { act: 'proposal-signature', case: 'D00001' });
    const later = [...before, held, settled, closed, filed({ electronic: 3, paper: 7 })];
    expect(codes(later)).toEqual([]);
    const voided = voidEntry(1, { act: 'proposal-signature', case: 'D00001' });
    expect(codes([...before, voided, closed, filed({ electronic: 1, paper: 7 })])).toEqual([]);
  });

  it('adds paper proposers, and lets a mended entry speak in place of the wrong one', () => {
    const paper = (count: number, more: object = {}) => ({
      ...sampleAct(
        'paper-proposers',
        '2026-11-21T09:00:00',
        { on: '2026-11-21', count, includesLead: false },
        'D00001',
      ),
      ...more,
    });
    const folded = fold([sampleDraftOpened, paper(30), paper(7), paper(3, { replaces: 1 })]);
    expect(paperOf(folded, 'D00001/proposal-signature')).toBe(10);
    expect(paperOf(folded, 'D00001/proposal-signature', 3)).toBe(37);
    expect(paperOf(folded, 'D00002/proposal-signature')).toBeUndefined();
  });

  it('lets a wrong entry count for nothing', () => {
    const entries = [
      sampleOpened,
      signatureEntry(1),
      signatureEntry(1),
      voidEntry(1),
      voidEntry(1),
      settledEntry(1),
    ];
    expect(tally(entries)).toMatchObject({ signed: 1, voided: 1, settledCounted: 0, counted: 0 });
  });

  it('names a signature before its case was opened', () => {
    expect(fold([signatureEntry(1)]).anomalies).toEqual([
      { code: 'signature-before-opened', entry: 0, caseNumber: '9901' },
    ]);
  });

  it('lets no signature stand in a period opened again', () => {
    expect(fold([sampleOpened, sampleClosed, sampleOpened, signatureEntry(1)]).anomalies).toMatchObject([
      { code: 'opened-again', entry: 2 },
      { code: 'signature-after-closed', entry: 3 },
    ]);
  });

  it('lets a held signature be settled after the closing', () => {
    expect(fold([sampleOpened, heldEntry(1), sampleClosed, settledEntry(1)]).anomalies).toEqual([]);
  });
});
