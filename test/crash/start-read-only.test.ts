/** 唯讀: too few witnesses answer at the start. Reading goes on, nothing is entered, and service returns by itself. */
import { citizen } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from '../../src/platform/time.ts';
import type { RecordFault } from '../../src/record/index.ts';
import { type LogHouse, logHouse } from '../builders/log-house.ts';
import { cosigns, status } from '../builders/scripted-witness.ts';
import { patiently, post, prepare, send } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(50);
  }
  throw new Error(`not within thirty seconds: ${what}`);
}

describe('a log that no witness ever cosigned', () => {
  it('killed between its first round and its first publication, introduces itself and goes on', async () => {
    const house = await logHouse(3);
    try {
      const first = await house.sequencer();
      await house.append(4);
      await first.drain();
      await first.stop();
      expect(house.watched.witnesses).toHaveLength(3);
      const second = await house.sequencer();
      expect(second.released?.size).toBe(4);
      await house.publish(second);
      await second.stop();
      expect((await house.doctor()).exit).toBe(0);
    } finally {
      await house.close();
    }
  });

  it('stays read-only when too few witnesses answer, and doctor introduces nothing', async () => {
    const house = await logHouse(3);
    try {
      const first = await house.sequencer();
      await house.append(4);
      await first.drain();
      await first.stop();
      expect((await house.doctor()).exit).toBe(4);
      const [a, b] = house.watched.witnesses;
      await a?.stop();
      await b?.stop();
      const second = await house.sequencer();
      expect(second.released).toBeUndefined();
      await second.stop();
    } finally {
      await house.close();
    }
  });

  it('that was cosigned once is not taken for new by witnesses that forgot', async () => {
    const house = await logHouse(3);
    try {
      await house.live(4);
      for (const witness of house.watched.witnesses)
        await witness.betray((asked) =>
          asked.request.method === 'GET' ? status(404)(asked) : cosigns(witness.signer)(asked),
        );
      const next = await house.sequencer();
      expect(next.released).toBeUndefined();
      await next.stop();
    } finally {
      await house.close();
    }
  });
});

describe('the sequencer', () => {
  let house: LogHouse;
  beforeAll(async () => {
    house = await logHouse(3);
    await house.live(10);
  });
  afterAll(() => house.close());
  const state = async () =>
    await house.database.db
      .selectFrom('record_condition')
      .select(['state', 'reasons'])
      .executeTakeFirstOrThrow();
  const size = async () =>
    Number((await house.database.db.selectFrom('log').select('size').executeTakeFirstOrThrow()).size);

  it('waits for the quorum with rounds and publication, then goes on by itself', async () => {
    await house.append(5);
    const [first, second] = house.watched.witnesses;
    await first?.stop();
    await second?.stop();
    const sequencer = await house.sequencer();
    expect(await state()).toEqual({ state: 'read-only', reasons: '["quorum-missing"]' });
    expect(sequencer.released).toBeUndefined();
    await house.publish(sequencer);
    expect(await size()).toBe(10);
    await expect(house.append(1)).rejects.toMatchObject({ constraint: 'record_is_read_only' });

    await first?.start();
    await until(async () => ((await state()).state === 'serving' ? true : undefined), 'it serves');
    await until(async () => ((await size()) === 15 ? true : undefined), 'what waited is sequenced');
    await house.append(1);
    await house.publish(sequencer);
    await sequencer.stop();
    await second?.start();
    expect((await house.doctor(['--deep'])).exit).toBe(0);
    expect(house.faults).toEqual([]);
  });

  it('that learns of a later log while it waits stops, and nothing is entered', async () => {
    const yesterday = await house.backup();
    await house.live(3);
    yesterday.restoreJournal();
    yesterday.restorePublic();
    for (const witness of house.watched.witnesses) await witness.stop();
    const sequencer = await house.sequencer({ url: yesterday.databaseUrl });
    expect(sequencer.released).toBeUndefined();
    await house.watched.witnesses[2]?.start();
    const fault = await until(async () => house.faults[0], 'the fault');
    expect(fault).toMatchObject({ code: 'database-behind' } satisfies Partial<RecordFault>);
    expect(fault.message).toContain('witness-ahead');
    await sequencer.stop();
  });
});

describe('the public surface', () => {
  let platform: TestPlatform;
  const CASE = '9901';
  beforeAll(async () => {
    platform = await startPlatform({ witnesses: 3 });
    await platform.openCase(CASE);
  });
  afterAll(() => platform.close());
  const page = (path: string, init?: RequestInit) => fetch(`${platform.url}${path}`, init);
  const health = async () => (await (await page('/healthz')).json()) as Record<string, unknown>;

  it('takes no signature while read-only, says so on every page, and takes the same one afterwards', async () => {
    const signed = await prepare(platform, citizen(900), CASE);
    const before = await prepare(platform, citizen(901), CASE);
    expect((await patiently(() => send(platform, CASE, before))).status).toBe(201);
    expect(await health()).toEqual({ ok: true, writes: 'open' });

    const [first, second] = platform.witnesses;
    await first?.stop();
    await second?.stop();
    await platform.restartServer();
    expect(await health()).toEqual({ ok: true, writes: 'stopped', reason: 'witnesses' });

    const refused = await send(platform, CASE, signed);
    expect([refused.status, refused.body['code']]).toEqual([503, 'E_READ_ONLY']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.body['title']).toMatch(/唯讀/);
    const opened = await post(platform, `/v1/initiatives/${CASE}/transactions`, {
      signerCommitment: 'A'.repeat(43),
    });
    expect([opened.status, opened.body['code']]).toEqual([503, 'E_READ_ONLY']);
    const form = await page(`/en/initiatives/${CASE}/statement`, {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'nationalId=A123456789',
    });
    expect(form.status).toBe(503);
    expect(await form.text()).toMatch(/read-only for now: this signature was not taken/);

    // What was taken before is answered as before, and everything can be read.
    expect((await send(platform, CASE, before)).status).toBe(201);
    expect((await page('/log/checkpoint')).status).toBe(200);
    for (const [path, words] of [
      ['/', '暫時不收新的連署'],
      [`/en/initiatives/${CASE}`, 'No new signatures are taken for now'],
      [`/initiatives/${CASE}/sign`, '暫時不收新的連署'],
      ['/problems/E_READ_ONLY', '公卷暫時唯讀'],
    ] as const)
      expect(await (await page(path)).text(), path).toContain(words);

    await first?.start();
    await until(
      async () => ((await health())['writes'] === 'open' ? true : undefined),
      'it takes signatures again',
    );
    expect((await patiently(() => send(platform, CASE, signed))).status).toBe(201);
    expect(await (await page('/en/')).text()).not.toContain('No new signatures are taken');
    await second?.start();
  });
});
