import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { startOfLegalDay } from '../platform/time.ts';
import { publicRecord } from '../record/index.ts';
import type { CaseAct } from './case-acts.ts';
import { findPeriod, textDigestOf } from './initiative-store.ts';
import { createInitiatives, type Initiatives } from './initiatives.ts';
import { INITIATIVE_KINDS } from './initiatives-record.ts';

const CASE = '9903';
const NOON_MS = 12 * 3_600_000;

let database: WorkerDatabase;
let initiatives: Initiatives;
let nowMs = 0;
const record = publicRecord(INITIATIVE_KINDS);

/** Noon of a legal day. */
const goTo = (day: string): void => {
  nowMs = startOfLegalDay(day) + NOON_MS;
};

beforeEach(async () => {
  database = await workerDatabase();
  await database.db.updateTable('record_condition').set({ state: 'serving' }).execute();
  initiatives = createInitiatives({
    db: database.db,
    clock: { nowMs: () => nowMs },
    record,
    logUrl: '',
    publishedCount: async () => undefined,
  });
  goTo('2026-02-10');
  await initiatives.file({
    caseNumber: CASE,
    filed: {
      subject: { 'zh-Hant-TW': '測試案', en: 'Test case' },
      leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
      subjectMatter: 'principle',
      rulePack: 'tw.referendum.national@2025-12-03',
      origin: 'here',
      isInvented: true,
    },
    text: { heading: ['示範文字，非公告主文'], mainText: '你是否同意測試？', reasons: ['一、測試。'] },
  });
});
afterEach(() => database.drop());

const commission = (kind: string, body: CaseAct['body']): CaseAct => ({ kind, body, capacity: 'commission' });
const lead = (kind: string, body: CaseAct['body']): CaseAct => ({ kind, body, capacity: 'lead-proposer' });

/** Enters on its day; fails the test when the law refuses. */
async function enter(day: string, act: CaseAct): Promise<void> {
  goTo(day);
  const outcome = await initiatives.enter(CASE, act);
  if (!outcome.ok) throw new Error(`${act.kind}: ${JSON.stringify(outcome.refusal)}`);
}

async function refusal(day: string, act: CaseAct): Promise<string> {
  goTo(day);
  const outcome = await initiatives.enter(CASE, act);
  if (outcome.ok) return 'entered';
  return typeof outcome.refusal === 'string' ? outcome.refusal : outcome.refusal.code;
}

const kinds = async (): Promise<readonly string[]> =>
  (await record.acts(database.db, CASE)).map(({ kind }) => kind);

const toCollecting = async (): Promise<void> => {
  await enter('2026-02-12', commission('decision', { decides: 'accepted', on: '2026-02-12' }));
  await enter('2026-03-20', commission('decision', { decides: 'conforming', on: '2026-03-20' }));
  await enter('2026-03-21', commission('check-request', { of: 'proposers', on: '2026-03-21', sent: 1_960 }));
  await enter('2026-03-30', {
    kind: 'check-result',
    capacity: 'registry',
    body: { of: 'proposers', on: '2026-03-30', received: 1_960, valid: 1_956, required: 1_955, excluded: {} },
  });
  await enter('2026-04-01', commission('notice-to-collect', { on: '2026-04-01' }));
};

describe('entering acts', () => {
  it('from filing to open signing, in time, each with the article the law gives it', async () => {
    await toCollecting();
    await enter('2026-04-05', lead('collection', { on: '2026-04-05', mode: 'code' }));
    expect(await findPeriod(database.db, CASE)).toMatchObject({ opensAtMs: undefined });
    await enter('2026-04-05', lead('signing-address', { on: '2026-04-05' }));
    expect(await findPeriod(database.db, CASE)).toMatchObject({
      opensAtMs: startOfLegalDay('2026-04-06'),
      closesAtMs: startOfLegalDay('2026-10-06'),
    });
    const acts = await record.acts(database.db, CASE);
    expect(acts.at(-1)).toMatchObject({
      kind: 'opened',
      body: { firstDay: '2026-04-06', lastDay: '2026-10-05', threshold: 293_228, mode: 'electronic' },
    });
    expect(acts.find(({ kind }) => kind === 'notice-to-collect')?.basis).toBe('公民投票法 §10 IX');
    expect((await initiatives.course(CASE))?.stage).toBe('signing');
  });

  it('opens at once when the lead proposer signs in days later, and the period stays', async () => {
    await toCollecting();
    await enter('2026-04-05', lead('collection', { on: '2026-04-05', mode: 'both' }));
    await enter('2026-04-20', lead('signing-address', { on: '2026-04-20' }));
    expect(await findPeriod(database.db, CASE)).toMatchObject({
      opensAtMs: startOfLegalDay('2026-04-20') + NOON_MS,
      closesAtMs: startOfLegalDay('2026-10-06'),
    });
  });

  it('refuses out of order, by the wrong capacity, for a day to come, for a case nobody knows; nothing is entered', async () => {
    const before = await kinds();
    expect(await refusal('2026-02-11', commission('notice-to-collect', { on: '2026-02-11' }))).toBe(
      'out-of-order',
    );
    expect(await refusal('2026-02-11', lead('decision', { decides: 'accepted', on: '2026-02-11' }))).toBe(
      'wrong-capacity',
    );
    expect(
      await refusal('2026-02-11', commission('decision', { decides: 'accepted', on: '2026-02-12' })),
    ).toBe('not-yet-the-day');
    expect(
      await initiatives.enter('9999', commission('decision', { decides: 'accepted', on: '2026-02-11' })),
    ).toEqual({
      ok: false,
      refusal: 'unknown-case',
    });
    expect(await kinds()).toEqual(before);
  });

  it('a correction is a new version beside the old one, within thirty days', async () => {
    await enter('2026-02-12', commission('decision', { decides: 'accepted', on: '2026-02-12' }));
    await enter(
      '2026-02-20',
      commission('hearing', { step: 'notified', on: '2026-02-20', hearingOn: '2026-03-05', place: '臺北' }),
    );
    await enter(
      '2026-03-05',
      commission('hearing', { step: 'held', on: '2026-03-05', disputedFacts: [], recordings: [] }),
    );
    await enter(
      '2026-03-20',
      commission('decision', {
        decides: 'correction',
        on: '2026-03-20',
        grounds: [{ ground: 'wording', reasons: { 'zh-Hant-TW': '用字' } }],
      }),
    );
    const text = {
      heading: ['示範文字，非公告主文'],
      mainText: '你是否同意修正後之測試？',
      reasons: ['一、測試。'],
    };
    const corrected: CaseAct = {
      ...lead('correction', { on: '2026-04-19', version: 2, textDigest: textDigestOf(text) }),
      text,
    };
    expect(
      await refusal('2026-04-20', {
        ...corrected,
        body: { on: '2026-04-20', version: 2, textDigest: textDigestOf(text) },
      }),
    ).toBe('too-late');
    await enter('2026-04-19', corrected);
    const found = await initiatives.findCase(CASE);
    expect(found?.version).toMatchObject({ version: 2, mainText: '你是否同意修正後之測試？' });
    expect(await initiatives.findTextFile(CASE, 1)).toBeDefined();
  });

  it('of two officers who enter the same act at once, one is told that it was done', async () => {
    goTo('2026-02-12');
    const act = commission('decision', { decides: 'accepted', on: '2026-02-12' });
    const outcomes = await Promise.all([initiatives.enter(CASE, act), initiatives.enter(CASE, act)]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect((await kinds()).filter((kind) => kind === 'decision')).toHaveLength(1);
  });

  it('withdrawal and the filing of the roster end signing at that instant', async () => {
    await toCollecting();
    await enter('2026-04-05', lead('collection', { on: '2026-04-05', mode: 'code' }));
    await enter('2026-04-06', lead('signing-address', { on: '2026-04-06' }));
    await enter('2026-09-01', lead('roster-filed', { on: '2026-09-01' }));
    expect((await findPeriod(database.db, CASE))?.stoppedAtMs).toBe(startOfLegalDay('2026-09-01') + NOON_MS);
    expect((await initiatives.course(CASE))?.stage).toBe('raw-count');
  });

  it('the same number is filed once', async () => {
    const again = await initiatives.file({
      caseNumber: CASE,
      filed: (await initiatives.findCase(CASE))?.material.facts.filed as never,
      text: { heading: [], mainText: '你是否同意另案？', reasons: [] },
    });
    expect(again).toBe(false);
  });
});
