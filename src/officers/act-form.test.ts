import { describe, expect, it } from 'vitest';
import { INITIATIVE_KINDS } from '../initiatives/index.ts';
import type { LegalEventKind } from '../law/index.ts';
import { PROPOSAL_KINDS } from '../proposals/index.ts';
import { SWITCH_KIND } from '../switches/index.ts';
import { bodyFrom, type FormPart, formOf } from './act-form.ts';
import { DESK_ACTS, type DeskAct } from './desk-acts.ts';

const KINDS = [...INITIATIVE_KINDS, ...PROPOSAL_KINDS, SWITCH_KIND];

const desk = (kind: LegalEventKind) => {
  const act = DESK_ACTS[kind];
  const entry = KINDS.find((one) => one.kind === act?.entry);
  if (act === undefined || entry === undefined) throw new Error(kind);
  return [act, entry] as const;
};
const names = (parts: readonly FormPart[]): string[] =>
  parts.flatMap((part) => (part.type === 'rows' ? [part.name, ...names(part.rows[0] ?? [])] : [part.name]));

describe('a form from the shape of an entry', () => {
  it.each(Object.keys(DESK_ACTS) as LegalEventKind[])('asks for everything that %s says', (kind) => {
    const [act, entry] = desk(kind);
    expect(formOf(act, entry).length).toBeGreaterThan(0);
  });

  it('asks for grounds with reasons and for the meeting', () => {
    expect(names(formOf(...desk('correction-ordered')))).toEqual([
      'on',
      'grounds',
      'grounds.0.ground',
      'grounds.0.reasons.zh-Hant-TW',
      'grounds.0.reasons.en',
      'meeting.number',
      'meeting.date',
    ]);
  });

  it('chooses its inputs by the shape', () => {
    const inputs = formOf(...desk('raw-counted')).map((part) =>
      part.type === 'field' ? [part.name, part.input] : [],
    );
    expect(inputs.slice(0, 5)).toEqual([
      ['on', 'day'],
      ['electronic', 'number'],
      ['paper', 'number'],
      ['required', 'number'],
      ['isBound', 'flag'],
    ]);
  });
});

describe('a body from a form', () => {
  const correction = {
    on: '2026-03-02',
    'grounds.0.ground': 'wording',
    'grounds.0.reasons.zh-Hant-TW': '主文有二事項。\r\n應分別提出。',
    'grounds.0.reasons.en': '',
    'meeting.number': '第 600 次',
    'meeting.date': '2026-02-27',
  };

  it('is the entry’s body, empty rows and optional members left out', () => {
    expect(bodyFrom(...desk('correction-ordered'), correction)).toEqual({
      ok: true,
      body: {
        decides: 'correction',
        on: '2026-03-02',
        grounds: [{ ground: 'wording', reasons: { 'zh-Hant-TW': '主文有二事項。\n應分別提出。' } }],
        meeting: { number: '第 600 次', date: '2026-02-27' },
      },
    });
  });

  it('names each field that is missing or wrong', () => {
    const faults = (values: Record<string, string>, must: string[] = []) => {
      const filled = bodyFrom(...desk('correction-ordered'), values, {}, must);
      return filled.ok ? [] : filled.faults;
    };
    expect(faults({ ...correction, on: '2026-02-30' })).toEqual([{ field: 'on', code: 'wrong' }]);
    expect(faults({ on: '2026-03-02' }, ['meeting'])).toEqual([
      { field: 'grounds.0.ground', code: 'missing' },
      { field: 'grounds.0.reasons.zh-Hant-TW', code: 'missing' },
      { field: 'meeting.number', code: 'missing' },
      { field: 'meeting.date', code: 'missing' },
    ]);
    expect(faults({ ...correction, 'grounds.0.ground': 'taste' })).toEqual([
      { field: 'grounds.0.ground', code: 'wrong' },
    ]);
    expect(faults({ ...correction, 'grounds.0.reasons.zh-Hant-TW': '字'.repeat(8_001) })).toEqual([
      { field: 'grounds.0.reasons.zh-Hant-TW', code: 'too-long' },
    ]);
    expect(faults({ ...correction, 'grounds.0.reasons.zh-Hant-TW': '' })).toEqual([
      { field: 'grounds.0.reasons.zh-Hant-TW', code: 'missing' },
    ]);
  });

  it('asks for every leaf of a member that is missing whole', () => {
    const filled = bodyFrom(
      ...desk('delivered'),
      { on: '2026-03-02', route: 'president' },
      { rulePack: 'x' },
    );
    const missing = filled.ok ? [] : filled.faults.filter(({ code }) => code === 'missing');
    expect(missing.map(({ field }) => field)).toEqual([
      'document.number',
      'document.date',
      'subject.zh-Hant-TW',
      'subject.en',
      'subjectMatter',
    ]);
  });

  it('keeps numbers, yes and no, and lists', () => {
    expect(
      bodyFrom(...desk('raw-counted'), {
        on: '2026-03-02',
        electronic: '300000',
        paper: '0',
        required: '293228',
        isBound: 'no',
        'meeting.number': '1',
        'meeting.date': '2026-03-01',
      }),
    ).toMatchObject({ ok: true, body: { electronic: 300_000, paper: 0, isBound: false } });
    expect(
      bodyFrom(...desk('hearing-held'), {
        on: '2026-03-02',
        'disputedFacts.1.fact': '事實',
        'disputedFacts.1.settled': '認定',
        recordings: 'https://example.invalid/a\n\nhttps://example.invalid/b',
      }),
    ).toEqual({
      ok: true,
      body: {
        step: 'held',
        on: '2026-03-02',
        disputedFacts: [{ fact: '事實', settled: '認定' }],
        recordings: ['https://example.invalid/a', 'https://example.invalid/b'],
      },
    });
  });

  it('takes no member that the form did not ask for', () => {
    const filled = bodyFrom(...desk('notified-to-collect'), {
      on: '2026-03-02',
      'constructor.x': '1',
      extra: '2',
    });
    expect(filled).toEqual({ ok: true, body: { on: '2026-03-02' } });
  });

  it('refuses an act whose constants no shape has', () => {
    const [act, entry] = desk('accepted');
    const other: DeskAct = { ...act, fixed: { decides: 'nothing' } };
    expect(() => formOf(other, entry)).toThrow(RangeError);
  });
});
