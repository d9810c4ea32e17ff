/** The signing period: the time of receipt decides, to the millisecond, and `closed` comes after all that was in time. */
import { citizen } from '@lianshu/simulators';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { heldSignatures } from '../builders/held.ts';
import { eventually, readPublishedLog } from '../builders/published-log.ts';
import { type Answer, post, prepare, send, sign, storedRows } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;
let number = 9910;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['public', 'sequencer'], identityWaitMs: 1_500 });
});
afterAll(() => platform?.close());
afterEach(() => {
  platform.clock.letGo();
  platform.identity.state.fault = 'none';
  platform.identity.state.delayMs = 0;
});

/** A case of its own whose row says what the test needs; registering sets whole days only. */
async function caseWith(row: { opensAt?: number; closesAt?: number; stoppedAt?: number }): Promise<string> {
  number += 1;
  const caseNumber = String(number);
  await platform.openCase(caseNumber);
  await change(caseNumber, row);
  return caseNumber;
}

async function change(caseNumber: string, row: { opensAt?: number; closesAt?: number; stoppedAt?: number }) {
  const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
  await platform.database.pool.query(
    `update initiative set opens_at = coalesce($2, opens_at), closes_at = coalesce($3, closes_at),
            stopped_at = coalesce($4, stopped_at) where number = $1`,
    [caseNumber, iso(row.opensAt), iso(row.closesAt), iso(row.stoppedAt)],
  );
}

const openTransaction = (caseNumber: string): Promise<Answer> =>
  post(platform, `/v1/initiatives/${caseNumber}/transactions`, { signerCommitment: 'A'.repeat(43) });

const closedIndex = (caseNumber: string): number =>
  readPublishedLog(platform)?.entries.findIndex((e) => e['kind'] === 'closed' && e['case'] === caseNumber) ??
  -1;

describe('the first and the last instant', () => {
  test('nothing before the first instant of the period, and everything from it on', async () => {
    const opensAt = platform.clock.nowMs() + 60_000;
    const caseNumber = await caseWith({ opensAt });
    platform.clock.standAt(opensAt - 1);
    expect(await openTransaction(caseNumber)).toMatchObject({ body: { code: 'E_INITIATIVE_CLOSED' } });
    platform.clock.standAt(opensAt);
    expect((await openTransaction(caseNumber)).status).toBe(200);
    expect((await sign(platform, citizen(1), caseNumber)).status).toBe(201);
  });

  test('on the day of collection neither a transaction nor a signature, and the refusal cites its article', async () => {
    number += 1;
    const caseNumber = String(number);
    await platform.openCase(caseNumber);
    const prepared = await prepare(platform, citizen(5), caseNumber);
    const opensAt =
      Math.ceil((platform.clock.nowMs() + 8 * 3_600_000) / 86_400_000) * 86_400_000 - 8 * 3_600_000;
    await change(caseNumber, { opensAt });
    for (const answer of [await openTransaction(caseNumber), await send(platform, caseNumber, prepared)]) {
      expect(answer.body).toMatchObject({ code: 'E_INITIATIVE_CLOSED' });
      expect(String(answer.body['legalBasis'])).toContain('第6條');
      const at = new Date(opensAt + 8 * 3_600_000).toISOString();
      expect(answer.body).toMatchObject({ period: 'not-yet', opensAt: `${at.slice(0, 19)}+08:00` });
      const [year, month, day] = at.slice(0, 10).split('-').map(Number);
      expect(String(answer.body['title'])).toBe(
        `沒有計入連署：本案連署自 ${year} 年 ${month} 月 ${day} 日 00:00 起。`,
      );
    }
    expect(await storedRows(platform, caseNumber)).toBe(0);
  });

  test('received in the last millisecond counts; one later, with a statement from before, does not', async () => {
    const closesAt = platform.clock.nowMs() + 60_000;
    const caseNumber = await caseWith({ closesAt });
    const inTime = await prepare(platform, citizen(2), caseNumber);
    const late = await prepare(platform, citizen(3), caseNumber);
    platform.clock.standAt(closesAt - 1);
    expect((await send(platform, caseNumber, inTime)).status).toBe(201);
    const before = await storedRows(platform, caseNumber);
    platform.clock.standAt(closesAt);
    const answer = await send(platform, caseNumber, late);
    expect(answer.body).toMatchObject({ code: 'E_INITIATIVE_CLOSED', check: 3 });
    expect(await openTransaction(caseNumber)).toMatchObject({ body: { code: 'E_INITIATIVE_CLOSED' } });
    expect(await storedRows(platform, caseNumber)).toBe(before);
    // What was taken in time is answered again after the end.
    expect((await send(platform, caseNumber, inTime)).status).toBe(201);
  });

  test('received before the end and stored after it, because the identity service is slow: counted', async () => {
    const caseNumber = await caseWith({});
    const prepared = await prepare(platform, citizen(4), caseNumber);
    platform.identity.state.delayMs = 700;
    const closesAt = platform.clock.nowMs() + 300;
    await change(caseNumber, { closesAt });
    const answer = await send(platform, caseNumber, prepared);
    expect(answer.status).toBe(201);
    const { rows } = await platform.database.pool.query<{ in_time: boolean; stored_ms: number }>(
      `select s.received_at < i.closes_at as in_time,
              extract(epoch from e.entered_at - i.closes_at)::float * 1000 as stored_ms
       from joint_signature s join entry e on e.id = s.entry_id join initiative i on i.number = s.initiative
       where s.initiative = $1`,
      [caseNumber],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.in_time).toBe(true);
    // The clock of the platform may have been moved forward; the entry's time is the database's own.
    const movedMs = platform.clock.nowMs() - Date.now();
    expect(Number(rows[0]?.stored_ms) + movedMs).toBeGreaterThan(0);
  });

  test('a stopped case takes nothing from the instant of the stop', async () => {
    const stoppedAt = platform.clock.nowMs() + 60_000;
    const caseNumber = await caseWith({ stoppedAt });
    const inTime = await prepare(platform, citizen(5), caseNumber);
    const late = await prepare(platform, citizen(6), caseNumber);
    platform.clock.standAt(stoppedAt - 1);
    expect((await send(platform, caseNumber, inTime)).status).toBe(201);
    platform.clock.standAt(stoppedAt);
    expect(await send(platform, caseNumber, late)).toMatchObject({ body: { code: 'E_INITIATIVE_CLOSED' } });
    platform.clock.letGo();
    expect(await platform.running.initiatives.closeEnded(30_000)).not.toContain(caseNumber);
    platform.clock.moveBy(30_001);
    expect(await platform.running.initiatives.closeEnded(30_000)).toContain(caseNumber);
  });
});

describe('closing', () => {
  test('`closed` is entered half a minute after the end, not before, and once', async () => {
    const closesAt = platform.clock.nowMs() + 1_000;
    const caseNumber = await caseWith({ closesAt });
    expect((await sign(platform, citizen(7), caseNumber)).status).toBe(201);
    platform.clock.standAt(closesAt + 29_999);
    expect(await platform.running.initiatives.closeEnded(30_000)).not.toContain(caseNumber);
    platform.clock.standAt(closesAt + 30_000);
    const both = await Promise.all([1, 2].map(() => platform.running.initiatives.closeEnded(30_000)));
    expect(both.flat().filter((each) => each === caseNumber)).toHaveLength(1);
    platform.clock.letGo();
    const index = await eventually(() => {
      const found = closedIndex(caseNumber);
      return found < 0 ? undefined : found;
    });
    const signatures = readPublishedLog(platform)?.entries.filter(
      (entry, i) => i > index && entry['case'] === caseNumber,
    );
    expect(signatures).toEqual([]);
  });

  test('the jobs of the program: closed first, then what was held is counted with its old time', async () => {
    const caseNumber = await caseWith({});
    const held = heldSignatures(platform, caseNumber);
    const prepared = await prepare(platform, citizen(8), caseNumber);
    const refused = await prepare(platform, citizen(9), caseNumber);
    expect((await sign(platform, citizen(9), caseNumber)).status).toBe(201);
    platform.identity.state.fault = 'silent';
    const commitment = await held.expectHeld(await send(platform, caseNumber, prepared));
    const again = await held.expectHeld(await send(platform, caseNumber, refused));
    const receivedAt = (await held.heldRow(commitment))?.received;
    await change(caseNumber, { closesAt: platform.clock.nowMs() });
    platform.clock.moveBy(31_000);

    const jobs = await platform.serveAnother({ surfaces: ['jobs'] });
    try {
      const closedAt = await eventually(() => {
        const found = closedIndex(caseNumber);
        return found < 0 ? undefined : found;
      });
      platform.identity.state.fault = 'none';
      const late = await sign(platform, citizen(10), caseNumber).catch((error: Error) => error.message);
      expect(late).toBe('no statement: 409 E_INITIATIVE_CLOSED');
      const settled = await eventually(() => {
        const found = readPublishedLog(platform)?.entries.filter(
          (entry) => entry['kind'] === 'settled' && entry['case'] === caseNumber,
        );
        return found?.length === 2 ? found : undefined;
      }, 15_000);
      expect(settled.map((entry) => [entry['outcome'], entry['code']]).sort()).toEqual([
        ['counted', undefined],
        ['refused', 'E_ALREADY_SIGNED'],
      ]);
      const after = readPublishedLog(platform)?.entries.filter(
        (entry, i) => i > closedAt && entry['case'] === caseNumber,
      );
      expect(after?.map((entry) => entry['kind'])).toEqual(['settled', 'settled']);
    } finally {
      await jobs.close();
    }
    expect((await held.heldRow(again))?.outcome).toBe('refused');
    const { rows } = await platform.database.pool.query<{ received: number }>(
      `select extract(epoch from received_at)::float * 1000 as received from joint_signature where commitment = $1`,
      [held.bytea(commitment)],
    );
    expect(rows[0]?.received).toBe(receivedAt);
    // The counters follow the checkpoint that was just read.
    await expect
      .poll(async () => (await fetch(`${platform.url}/v1/initiatives/${caseNumber}`)).json(), {
        timeout: 10_000,
      })
      .toMatchObject({ state: 'closed', count: { electronic: 2 } });
    expect((await send(platform, caseNumber, prepared)).status).toBe(201);
  });
});
