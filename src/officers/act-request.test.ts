import { expect, it } from 'vitest';
import { INITIATIVE_KINDS } from '../initiatives/index.ts';
import { type Asked, checklistOf, requested } from './act-request.ts';
import { DESK_ACTS } from './desk-acts.ts';
import type { DeskKind } from './desk-rules.ts';

function asked(kind: DeskKind): Asked {
  const desk = DESK_ACTS[kind];
  const entry = INITIATIVE_KINDS.find((one) => one.kind === desk?.entry);
  if (desk === undefined || entry === undefined) throw new Error(kind);
  const isInSession = kind === 'correction-ordered';
  const none = { replaces: undefined, opinionMost: undefined, pack: undefined, added: {} };
  return { kind, desk, entry, caseNumber: '', isInSession, today: '2026-03-02', ...none };
}
const TICKED = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`check.${i}`, 'yes']));
const faultsOf = (kind: DeskKind, values: Readonly<Record<string, string>>) => {
  const made = requested(asked(kind), { ...TICKED, ...values }, 'en');
  return made.ok ? [] : made.faults;
};

it.each([
  ['2026-03-03', '2026-03-02'],
  ['2026-03-01', '2026-02-28'],
  ['2026-03-03', '2026-03-03'],
])('takes no meeting of %s for a decision of %s', (date, on) => {
  const values = { on, 'grounds.0.ground': 'wording', 'grounds.0.reasons.zh-Hant-TW': '主文有二事項。' };
  const of = { ...values, 'meeting.number': '600' };
  expect(faultsOf('correction-ordered', { ...of, 'meeting.date': date })).toEqual([
    { field: 'meeting.date', code: 'meeting-late' },
  ]);
  expect(faultsOf('correction-ordered', { ...of, 'meeting.date': '2026-02-27' })).toEqual([]);
});

it('takes no election before its announcement', () => {
  const values = {
    on: '2026-03-02',
    'election.zh-Hant-TW': '選舉',
    'election.en': 'An election',
    'source.label': '公告',
    'source.href': 'https://example.invalid/a',
  };
  const past = faultsOf('election-day', { ...values, day: '2020-01-11' });
  expect(past).toEqual([{ field: 'day', code: 'election-past' }]);
});

it('ticks for a delivered case what concerns its route', () => {
  const lines = (route: string) => checklistOf(asked('delivered'), { route }).map(({ en }) => en);
  expect(lines('executive').filter((line) => /consent of the legislature/.test(line))).toHaveLength(1);
  for (const route of ['legislature', 'president']) expect(lines(route).join()).not.toMatch(/consent/);
  expect(lines('president').join()).not.toMatch(/rejected/);
});
