/** Midnight in Asia/Taipei, which is 16:00 UTC of the day before: to which legal day an act belongs. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CaseHouse, caseHouse, lead } from '../../test/builders/case-house.ts';
import { startOfLegalDay } from '../platform/time.ts';
import { findPeriod } from './initiative-store.ts';

const CASE = '9903';
let house: CaseHouse;
beforeEach(async () => {
  house = await caseHouse(CASE);
  await house.toCollecting();
});
afterEach(() => house.database.drop());

/** The refusal's code, or `entered`, at an instant. */
async function collecting(atMs: number, on: string): Promise<string> {
  house.goToInstant(atMs);
  const outcome = await house.initiatives.enter(CASE, lead('collection', { on, mode: 'code' }));
  if (outcome.ok) return 'entered';
  return typeof outcome.refusal === 'string' ? outcome.refusal : outcome.refusal.code;
}

/** Notified on 2026-04-01: ten days end with 2026-04-11, at 24:00. */
const MIDNIGHT = startOfLegalDay('2026-04-12');

it('is 16:00 UTC of the day before', () => {
  expect(new Date(MIDNIGHT).toISOString()).toBe('2026-04-11T16:00:00.000Z');
});

it('the last millisecond of the last day is in time, whatever day it is in London', async () => {
  expect(await collecting(MIDNIGHT - 1, '2026-04-12')).toBe('not-yet-the-day');
  expect(await collecting(MIDNIGHT - 1, '2026-04-11')).toBe('entered');
  const acts = await house.acts();
  expect(acts.at(-1)).toMatchObject({
    kind: 'collection',
    at: expect.stringContaining('2026-04-11T23:59:59'),
  });
});

it('the first millisecond of the next day is late: the case has lapsed, and nothing is entered', async () => {
  expect(await collecting(MIDNIGHT, '2026-04-12')).not.toBe('entered');
  expect((await house.initiatives.course(CASE))?.outcome).toMatchObject({
    value: 'deemed-abandoned',
    on: '2026-04-12',
  });
  expect((await house.acts()).some(({ kind }) => kind === 'collection')).toBe(false);
});

it('signing opens at the first instant of the day after the collection', async () => {
  expect(await collecting(MIDNIGHT - 1, '2026-04-11')).toBe('entered');
  const outcome = await house.initiatives.enter(CASE, lead('signing-address', { on: '2026-04-11' }));
  expect(outcome.ok).toBe(true);
  expect((await findPeriod(house.database.db, CASE))?.opensAtMs).toBe(MIDNIGHT);
});
