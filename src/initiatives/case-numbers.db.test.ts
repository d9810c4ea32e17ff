import { afterEach, beforeEach, expect, it } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { startOfLegalDay } from '../platform/time.ts';
import { publicRecord } from '../record/index.ts';
import type { CaseAct } from './case-acts.ts';
import { createInitiatives, type Initiatives } from './initiatives.ts';
import { INITIATIVE_KINDS } from './initiatives-record.ts';

let database: WorkerDatabase;
let initiatives: Initiatives;
let nowMs = 0;

beforeEach(async () => {
  database = await workerDatabase();
  await database.db.updateTable('record_condition').set({ state: 'serving' }).execute();
  initiatives = createInitiatives({
    db: database.db,
    clock: { nowMs: () => nowMs },
    record: publicRecord(INITIATIVE_KINDS),
    logUrl: '',
    publishedCount: async () => undefined,
  });
});
afterEach(() => database.drop());

const enter = (caseNumber: string, day: string, act: Omit<CaseAct, 'body'> & { body: object }) => {
  nowMs = startOfLegalDay(day) + 12 * 3_600_000;
  return initiatives.enter(caseNumber, { ...act, body: { on: day, ...act.body } as CaseAct['body'] });
};

/** Up to the day on which its establishment is to be announced. */
async function establishing(caseNumber: string): Promise<void> {
  nowMs = startOfLegalDay('2026-02-10');
  await initiatives.register({
    caseNumber,
    filed: {
      subject: { 'zh-Hant-TW': '測試案', en: 'Test case' },
      leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
      subjectMatter: 'principle',
      rulePack: 'tw.referendum.national@2025-12-03',
      origin: 'here',
      isInvented: true,
    },
    collectedOn: '2026-02-10',
    mode: 'paper-and-electronic',
    text: { heading: ['示範'], mainText: '你是否同意測試？', reasons: ['一、測試。'] },
  });
  const figures = { electronic: 300_000, paper: 0, isBound: true };
  const checked = { of: 'signers', received: 300_000, valid: 299_000, excluded: { duplicate: 1_000 } };
  const required = 293_228;
  const commission = { capacity: 'commission' } as const;
  const steps: readonly (readonly [string, Parameters<typeof enter>[2]])[] = [
    ['2026-06-01', { kind: 'roster-filed', capacity: 'lead-proposer', body: {} }],
    ['2026-06-02', { ...commission, kind: 'raw-count', body: { ...figures, required } }],
    ['2026-06-03', { ...commission, kind: 'check-request', body: { of: 'signers', sent: 300_000 } }],
    ['2026-06-20', { kind: 'check-result', capacity: 'registry', body: { ...checked, required } }],
  ];
  for (const [day, act] of steps) expect(await enter(caseNumber, day, act)).toMatchObject({ ok: true });
}

it('of two cases established at once under one number, one is told that it is taken', async () => {
  await establishing('9903');
  await establishing('9904');
  const act = {
    kind: 'decision',
    capacity: 'commission',
    body: { decides: 'established', number: 22, meeting: { number: '測試-1', date: '2026-06-22' } },
  } as const;
  const outcomes = await Promise.all([enter('9903', '2026-06-22', act), enter('9904', '2026-06-22', act)]);
  expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(outcomes.find(({ ok }) => !ok)).toMatchObject({
    refusal: { code: 'wrong-figure', citation: '公民投票法 §13 III' },
  });
});
