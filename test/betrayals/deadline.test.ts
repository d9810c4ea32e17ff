/** 倒填日期: the operator adds behind the end of a period, moves the end, or enters an act with a false time. */
import { randomBytes } from 'node:crypto';
import { citizen } from '@lianshu/simulators';
import { canonicalJson, type JsonValue, toBase64Url } from '@lianshu/statement';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monthsAfter } from '../../src/law/index.ts';
import { addLegalDays, legalDateOf, startOfLegalDay, taipeiTimestamp } from '../../src/platform/time.ts';
import { eventually, readPublishedLog } from '../builders/published-log.ts';
import { sign } from '../builders/signer.ts';
import { untilWitnessed, untilWitnessing } from '../witnesses/witnessed.ts';
import { betrayedHouse, type House, type Monitor, WITHIN_MS } from './betrayed-house.ts';

const HONEST = '9912';
const MOVED = '9913';

let house: House;
let monitor: Monitor;
/** First instant after the period of both cases. */
let endMs: number;

beforeAll(async () => {
  house = await betrayedHouse();
  const { platform } = house;
  const today = legalDateOf(platform.clock.nowMs());
  let daysAgo = 170;
  while (monthsAfter(addLegalDays(today, -daysAgo - 1), 6).lastDay >= today) daysAgo += 1;
  const { lastDay } = monthsAfter(addLegalDays(today, -daysAgo), 6);
  endMs = startOfLegalDay(addLegalDays(lastDay, 1));
  for (const [i, caseNumber] of [HONEST, MOVED].entries()) {
    await platform.openCase(caseNumber, daysAgo);
    const answer = await sign(platform, citizen(851 + i), caseNumber);
    expect(answer.status).toBe(201);
    await untilWitnessed(platform, String(answer.body['commitment']));
  }
  monitor = house.monitor('deadlines');
  await monitor.sees('nothing wrong');
});
afterAll(() => house?.close());

const at = (instantMs: number) => house.platform.clock.moveBy(instantMs - house.platform.clock.nowMs());
const published = (kind: string, caseNumber: string) =>
  readPublishedLog(house.platform)?.entries.find((e) => e['kind'] === kind && e['case'] === caseNumber);

/** A signature that no card made: to the log it is as good as any. */
async function logSignature(caseNumber: string): Promise<void> {
  const [commitment, tag] = [randomBytes(32), randomBytes(32)];
  const names = { commitment: toBase64Url(commitment), tag: toBase64Url(tag) };
  await house.platform.database.pool.query(
    `insert into entry (kind, initiative, commitment, is_act, body) values ('joint-signature', $1, $2, false, $3)`,
    [caseNumber, commitment, canonicalJson({ case: caseNumber, ...names, kind: 'joint-signature', v: 1 })],
  );
}

describe('the operator back-dates past a deadline', () => {
  it('an honest closing in time makes no alarm', async () => {
    // What anybody with the database can try: the house itself then believes in a later end.
    await house.platform.database.pool.query(
      `update initiative set closes_at = closes_at + interval '7 days' where number = $1`,
      [MOVED],
    );
    at(endMs + 31_000);
    await house.platform.running.initiatives.closeEnded(30_000);
    await eventually(() => published('closed', HONEST), WITHIN_MS);
    await monitor.sees('nothing wrong');
    expect(published('closed', MOVED)).toBeUndefined();
  });

  it('a signature behind `closed`', async () => {
    await logSignature(HONEST);
    expect(await monitor.raises('signature-after-closed')).toMatchObject({ case: HONEST });
  });

  it('a period that does not end when the record says', async () => {
    at(endMs + 150_000);
    expect(await monitor.raises('closed-overdue')).toMatchObject({ case: MOVED });
  });

  it('a signature behind a tree that witnesses saw after the end', async () => {
    await house.platform.openCase('9914');
    const { size } = await untilWitnessing(house.platform, ({ size, quorum }) => {
      expect(published('opened', '9914')).toBeDefined();
      expect(size).toBe(readPublishedLog(house.platform)?.size);
      expect(quorum).toBe(true);
    });
    await monitor.raises('closed-overdue');
    await logSignature(MOVED);
    const late = await monitor.raises('late-signature');
    expect(late).toMatchObject({ case: MOVED, evidence: { late: 1 } });
    const { size: seen, atMs } = late.evidence as { size: number; atMs: number };
    expect(seen).toBeLessThanOrEqual(size);
    expect(atMs).toBeGreaterThan(endMs);
  });

  it('an act that claims an earlier time than its neighbours were witnessed at', async () => {
    const closed = published('closed', HONEST) as { readonly [name: string]: JsonValue };
    const falseTime = taipeiTimestamp(endMs + 5_000);
    await house.platform.database.pool.query(
      `insert into entry (kind, initiative, is_act, body) values ('closed', $1, true, $2)`,
      [MOVED, canonicalJson({ ...closed, case: MOVED, at: falseTime })],
    );
    const alert = await monitor.raises('back-dated');
    expect(alert.evidence).toMatchObject({ at: falseTime });
    expect(monitor.codes).toContain('closed-late');
  });
});
