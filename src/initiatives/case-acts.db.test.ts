import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CaseHouse, caseHouse, commission, lead, NOON_MS } from '../../test/builders/case-house.ts';
import { startOfLegalDay } from '../platform/time.ts';
import type { CaseAct } from './case-acts.ts';
import { findPeriod, textDigestOf } from './initiative-store.ts';

const CASE = '9903';
let house: CaseHouse;
beforeEach(async () => {
  house = await caseHouse(CASE);
});
afterEach(() => house.database.drop());

const enter = (day: string, act: CaseAct) => house.enter(day, act);
const refusal = (day: string, act: CaseAct) => house.refusal(day, act);
const kinds = async (): Promise<readonly string[]> => (await house.acts()).map(({ kind }) => kind);

describe('entering acts', () => {
  it('from filing to open signing, in time, each with the article the law gives it', async () => {
    await house.toCollecting();
    await enter('2026-04-05', lead('collection', { on: '2026-04-05', mode: 'code' }));
    expect(await findPeriod(house.database.db, CASE)).toMatchObject({ opensAtMs: undefined });
    await enter('2026-04-05', lead('signing-address', { on: '2026-04-05' }));
    expect(await findPeriod(house.database.db, CASE)).toMatchObject({
      opensAtMs: startOfLegalDay('2026-04-06'),
      closesAtMs: startOfLegalDay('2026-10-06'),
    });
    const acts = await house.acts();
    expect(acts.at(-1)).toMatchObject({
      kind: 'opened',
      body: { firstDay: '2026-04-06', lastDay: '2026-10-05', threshold: 293_228, mode: 'electronic' },
    });
    expect(acts.find(({ kind }) => kind === 'notice-to-collect')?.basis).toBe('公民投票法 §10 IX');
    expect((await house.initiatives.course(CASE))?.stage).toBe('signing');
  });

  it('opens at once when the lead proposer signs in days later, and the period stays', async () => {
    await house.toCollecting();
    await enter('2026-04-05', lead('collection', { on: '2026-04-05', mode: 'both' }));
    await enter('2026-04-20', lead('signing-address', { on: '2026-04-20' }));
    expect(await findPeriod(house.database.db, CASE)).toMatchObject({
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
      await house.initiatives.enter(
        '9999',
        commission('decision', { decides: 'accepted', on: '2026-02-11' }),
      ),
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
    const found = await house.initiatives.findCase(CASE);
    expect(found?.version).toMatchObject({ version: 2, mainText: '你是否同意修正後之測試？' });
    expect(await house.initiatives.findTextFile(CASE, 1)).toBeDefined();
  });

  it('of two officers who enter the same act at once, one is told that it was done', async () => {
    house.goTo('2026-02-12');
    const act = commission('decision', { decides: 'accepted', on: '2026-02-12' });
    const outcomes = await Promise.all([
      house.initiatives.enter(CASE, act),
      house.initiatives.enter(CASE, act),
    ]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect((await kinds()).filter((kind) => kind === 'decision')).toHaveLength(1);
  });

  it('withdrawal and the filing of the roster end signing at that instant', async () => {
    await house.toCollecting();
    await enter('2026-04-05', lead('collection', { on: '2026-04-05', mode: 'code' }));
    await enter('2026-04-06', lead('signing-address', { on: '2026-04-06' }));
    await enter('2026-09-01', lead('roster-filed', { on: '2026-09-01' }));
    expect((await findPeriod(house.database.db, CASE))?.stoppedAtMs).toBe(
      startOfLegalDay('2026-09-01') + NOON_MS,
    );
    expect((await house.initiatives.course(CASE))?.stage).toBe('raw-count');
  });

  it('the same number is filed once', async () => {
    const again = await house.initiatives.file({
      caseNumber: CASE,
      filed: (await house.initiatives.findCase(CASE))?.material.facts.filed as never,
      text: { heading: [], mainText: '你是否同意另案？', reasons: [] },
    });
    expect(again).toBe(false);
  });
});
