/** The period of signing when a collection is corrected, and when a supplement of signers opens it again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CaseHouse, caseHouse, commission, lead, NOON_MS } from '../../test/builders/case-house.ts';
import { startOfLegalDay } from '../platform/time.ts';
import type { CaseAct } from './case-acts.ts';
import { courseView } from './case-course-view.ts';
import { findPeriod } from './initiative-store.ts';

const CASE = '9907';
const WHY = { 'zh-Hant-TW': '收據所載之日誤登。', en: 'The day of the receipt was entered wrongly.' };
let house: CaseHouse;
beforeEach(async () => {
  house = await caseHouse(CASE);
  await house.toCollecting();
});
afterEach(() => house.database.drop());

const never = (): never => {
  throw new Error('the case is not there');
};
const period = () => findPeriod(house.database.db, CASE);
const collected = (on: string, mode = 'code'): CaseAct => lead('collection', { on, mode });
async function mending(act: CaseAct): Promise<CaseAct> {
  await house.sequence();
  const former = (await house.acts()).findLast(({ kind }) => kind === 'collection');
  return { ...act, replaces: former?.index ?? -1, why: WHY };
}
const opened = async () => (await house.acts()).filter(({ kind }) => kind === 'opened');

describe('a collection with a wrong day', () => {
  it('is corrected before signing opens; the opening then counts from the right day', async () => {
    await house.enter('2026-04-06', collected('2026-04-06'));
    await house.enter('2026-04-07', await mending(collected('2026-04-05')));
    await house.enter('2026-04-07', lead('signing-address', { on: '2026-04-07' }));
    expect((await opened()).map(({ body }) => body)).toMatchObject([
      { collectedOn: '2026-04-05', firstDay: '2026-04-06', lastDay: '2026-10-05' },
    ]);
  });

  it('moves the period when signing is open, told by an opening in the place of the former', async () => {
    await house.enter('2026-04-06', collected('2026-04-06'));
    await house.enter('2026-04-07', lead('signing-address', { on: '2026-04-07' }));
    await house.enter('2026-04-20', await mending(collected('2026-04-05', 'both')));
    const [former, corrected] = await opened();
    expect(corrected).toMatchObject({
      replaces: former?.index,
      why: WHY,
      body: {
        collectedOn: '2026-04-05',
        lastDay: '2026-10-05',
        mode: 'paper-and-electronic',
        threshold: 293_228,
      },
    });
    // It had opened with the address, and goes on without a break.
    expect(await period()).toMatchObject({
      opensAtMs: startOfLegalDay('2026-04-07') + NOON_MS,
      closesAtMs: startOfLegalDay('2026-10-06'),
    });
    expect((await house.initiatives.course(CASE))?.signing?.lastDay).toBe('2026-10-05');
    expect((await house.initiatives.findCase(CASE))?.material.facts.opened).toMatchObject({
      lastDay: '2026-10-05',
      mode: 'paper-and-electronic',
    });
  });

  it('is not corrected to a day on which the later acts, or the period, could not stand', async () => {
    await house.enter('2026-04-05', collected('2026-04-05'));
    await house.enter('2026-04-06', lead('signing-address', { on: '2026-04-06' }));
    // Collected after the address was obtained.
    expect(await house.refusal('2026-04-09', await mending(collected('2026-04-08')))).toBe('out-of-order');
    // Before the notice.
    expect(await house.refusal('2026-04-09', await mending(collected('2026-03-31')))).toBe('out-of-order');
    const gone = await mending({ ...commission('retraction', { on: '2026-04-09' }) });
    expect(await house.refusal('2026-04-09', gone)).toBe('out-of-order');
    await house.enter('2026-09-01', lead('roster-filed', { on: '2026-09-01' }));
    expect(await house.refusal('2026-09-02', await mending(collected('2026-04-02')))).toBe('too-late');
    expect(await opened()).toHaveLength(1);
  });

  it('is retracted as long as nothing was opened by it', async () => {
    await house.enter('2026-04-06', collected('2026-04-06', 'paper'));
    await house.enter('2026-04-07', await mending(commission('retraction', { on: '2026-04-07' })));
    expect((await house.initiatives.course(CASE))?.stage).toBe('collecting');
  });
});

describe('a supplement of signers', () => {
  const result = (on: string, valid: number): CaseAct => ({
    kind: 'check-result',
    capacity: 'registry',
    body: { of: 'signers', on, received: 300_000, valid, required: 293_228, excluded: {} },
  });

  beforeEach(async () => {
    await house.enter('2026-04-05', collected('2026-04-05'));
    await house.enter('2026-04-06', lead('signing-address', { on: '2026-04-06' }));
    await house.enter('2026-09-01', lead('roster-filed', { on: '2026-09-01' }));
    house.goTo('2026-10-06');
    await house.initiatives.closeEnded(0);
    // That an order came after an opening is told by their places in the record.
    await house.sequence();
    const count = { on: '2026-10-06', electronic: 300_000, paper: 0, required: 293_228, isBound: true };
    await house.enter('2026-10-06', commission('raw-count', count));
    await house.enter(
      '2026-10-07',
      commission('check-request', { of: 'signers', on: '2026-10-07', sent: 300_000 }),
    );
    await house.enter('2026-11-20', result('2026-11-20', 290_000));
    await house.enter(
      '2026-11-25',
      commission('supplement', { of: 'signers', step: 'ordered', on: '2026-11-25' }),
    );
  });

  it('opens signing again with the new code’s address, until the supplement is due', async () => {
    expect(await house.initiatives.findSignable(CASE)).toBe('closed');
    await house.enter('2026-11-27', lead('access-code', { step: 'issued', on: '2026-11-27' }));
    await house.enter('2026-11-27', lead('signing-address', { on: '2026-11-27' }));
    expect((await opened()).at(-1)?.body).toEqual({
      collectedOn: '2026-11-25',
      firstDay: '2026-11-26',
      lastDay: '2026-12-25',
      threshold: 293_228,
      electors: 19_548_531,
      mode: 'electronic',
    });
    expect(await period()).toEqual({
      caseNumber: CASE,
      opensAtMs: startOfLegalDay('2026-11-27') + NOON_MS,
      closesAtMs: startOfLegalDay('2026-12-26'),
      stoppedAtMs: undefined,
      isClosed: false,
    });
    // What is signed is the announced text, as before.
    const version = (await house.initiatives.findCase(CASE))?.version;
    expect(await house.initiatives.findSignable(CASE)).toMatchObject({
      textDigest: version?.digest,
      lastDay: '2026-12-25',
      // Who turns 18 by the last day of the supplement may sign it.
      whoMay: { act: 'sign', reference: '2026-12-25', bornBy: '2008-12-25' },
    });
    await house.enter('2026-12-10', lead('supplement', { of: 'signers', step: 'filed', on: '2026-12-10' }));
    expect((await period())?.stoppedAtMs).toBe(startOfLegalDay('2026-12-10') + NOON_MS);
    expect(await house.initiatives.findSignable(CASE)).toBe('closed');
    expect(await house.initiatives.closeEnded(0)).toEqual([CASE]);
    // The course tells each opening and closing with its own days.
    const told = await house.initiatives.findCase(CASE);
    const days = courseView(told?.acts ?? [], told?.material.facts ?? never())
      .filter(({ what }) => ['Signing opened', 'Signing closed'].includes(what.en))
      .map(({ on, what, detail }) => [on, what.en, detail?.en.slice(0, 47)]);
    expect(days).toEqual([
      ['2026-12-10', 'Signing closed', undefined],
      ['2026-11-26', 'Signing opened', 'Signing runs from 2026-11-26 to 2026-12-25 (a w'],
      ['2026-10-06', 'Signing closed', undefined],
      ['2026-04-06', 'Signing opened', 'Signing runs from 2026-04-06 to 2026-10-05 (a w'],
    ]);
  });

  it('moves nothing when the mode of a collection is corrected after the closing', async () => {
    const before = await period();
    await house.enter('2026-11-26', await mending(collected('2026-04-05', 'both')));
    expect([await opened(), await period()]).toEqual([[expect.anything()], before]);
  });

  it('opens on the day after the order at the earliest, and once', async () => {
    await house.enter('2026-11-25', lead('access-code', { step: 'issued', on: '2026-11-25' }));
    await house.enter('2026-11-25', lead('signing-address', { on: '2026-11-25' }));
    expect((await period())?.opensAtMs).toBe(startOfLegalDay('2026-11-26'));
    await house.enter('2026-11-28', lead('signing-address', { on: '2026-11-28' }));
    expect(await opened()).toHaveLength(2);
  });
});
