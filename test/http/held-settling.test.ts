/** Held signatures stay decidable: restarts, broken rows, past days; and what their receipt pages say. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cast, citizen } from '@lianshu/simulators';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { heldSignatures } from '../builders/held.ts';
import { eventually, publishedIndex, readPublishedLog } from '../builders/published-log.ts';
import { prepare, send, sign } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let platform: TestPlatform;
let held: ReturnType<typeof heldSignatures>;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['public', 'sequencer'], identityWaitMs: 250 });
  await platform.openCase(CASE);
  held = heldSignatures(platform, CASE);
});
afterAll(() => platform?.close());
afterEach(async () => {
  platform.identity.state.fault = 'none';
  await platform.identity.comeBack();
});

describe('a held signature stays decidable', () => {
  test('across a restart of the sealer and of the public surface', async () => {
    platform.identity.state.fault = 'silent';
    const prepared = await prepare(platform, citizen(150), CASE);
    const commitment = await held.expectHeld(await send(platform, CASE, prepared));
    await platform.restartSealer();
    await platform.restartServer();
    const answer = await send(platform, CASE, prepared);
    expect(await held.expectHeld(answer)).toBe(commitment);
    platform.identity.state.fault = 'none';
    expect((await held.settled(commitment)).outcome).toBe('counted');
    await eventually(async () => (await send(platform, CASE, prepared)).status === 201 || undefined);
  });

  test('one that can never be opened is reported and holds up no other', async () => {
    platform.identity.state.fault = 'silent';
    const commitments: string[] = [];
    // More than one page of the job, and older than the one that must be settled.
    const broken = await prepare(platform, citizen(151), CASE);
    commitments.push(await held.expectHeld(await send(platform, CASE, broken)));
    const good = await held.expectHeld(await sign(platform, citizen(152), CASE));
    await platform.database.pool.query(
      `update held_signature set ciphertext = (select ciphertext from held_signature where commitment = $2)
       where commitment = $1`,
      [held.bytea(commitments[0]), held.bytea(good)],
    );
    platform.identity.state.fault = 'none';
    held.stuck.length = 0;
    expect((await held.settled(good)).outcome).toBe('counted');
    expect(held.stuck).toContain('hold-record-of-another-row');
    expect((await held.heldRow(commitments[0]))?.outcome).toBeNull();
    expect(await held.tagsOf(commitments[0])).toBe(0);
  });

  test('more than a job’s page of undecidable ones does not starve the newest', async () => {
    platform.identity.state.fault = 'silent';
    const unreadable = await Promise.all(
      Array.from({ length: 33 }, async (_, i) =>
        held.expectHeld(await sign(platform, citizen(160 + i), CASE)),
      ),
    );
    const newest = await held.expectHeld(await sign(platform, citizen(199), CASE));
    await platform.database.pool.query(
      `update held_signature set ciphertext = decode(repeat('00', 200), 'hex') where commitment = any($1)`,
      [unreadable.map(held.bytea)],
    );
    platform.identity.state.fault = 'none';
    expect((await held.settled(newest)).outcome).toBe('counted');
    for (const commitment of unreadable) expect((await held.heldRow(commitment))?.outcome).toBeNull();
    // Out of the way of the tests that follow; nothing else could ever end their waiting.
    await platform.database.pool.query(
      `update held_signature set settled_at = clock_timestamp() + interval '1 hour', outcome = 'refused', code = 'E_FORMAT', ciphertext = null
       where outcome is null`,
    );
  });

  test('the hold key of a past day is destroyed with its last record, today’s is not', async () => {
    const keyFiles = () => readdirSync(join(platform.directory, 'sealer', 'hold-keys'));
    platform.identity.state.fault = 'silent';
    const yesterday = await held.expectHeld(await sign(platform, citizen(210), CASE));
    const old = String((await held.heldRow(yesterday))?.hold_key_id);
    platform.identity.state.fault = 'none';
    await held.settled(yesterday);
    expect(keyFiles()).toContain(`${old}.key`);

    // The next legal day. Nothing is settled in it: the key goes all the same.
    const nextDay = 26 * 3_600_000;
    platform.clock.moveBy(nextDay);
    await held.settleNow();
    expect(keyFiles()).not.toContain(`${old}.key`);
    platform.authority.publishLists({ thisUpdateMs: platform.clock.nowMs() - 1_000 });
    await platform.sealer.reloadRevocation();
    platform.identity.state.fault = 'silent';
    const today = await held.expectHeld(await sign(platform, citizen(211), CASE));
    const current = String((await held.heldRow(today))?.hold_key_id);
    expect(current).not.toBe(old);
    platform.identity.state.fault = 'none';
    expect((await held.settled(today)).outcome).toBe('counted');
    expect(keyFiles()).toEqual([`${current}.key`]);
  });
});

describe('receipt pages of a held signature', () => {
  const page = async (commitment: string, language: '' | '/en') => {
    const response = await fetch(`${platform.url}${language}/receipts/${commitment}`, {
      headers: { accept: 'text/html' },
    });
    return { status: response.status, html: await response.text() };
  };

  test('held, then counted; each in both languages, and by the API', async () => {
    platform.identity.state.fault = 'silent';
    const commitment = await held.expectHeld(await sign(platform, cast.shufen, CASE));
    const index = await publishedIndex(platform, commitment);
    expect((await page(commitment, '')).html).toContain('已收下，等待身分確認');
    expect((await page(commitment, '/en')).html).toMatch(/<h1>Received, waiting/);
    const waiting = await fetch(`${platform.url}/v1/receipts/${commitment}`);
    expect(waiting.status).toBe(200);
    expect(await waiting.json()).toMatchObject({ state: 'held', index, case: CASE, proof: { index } });

    platform.identity.state.fault = 'none';
    await held.settled(commitment);
    const zh = await eventually(async () => {
      const { html } = await page(commitment, '');
      return html.includes('身分已確認並計入') ? html : undefined;
    });
    const at = readPublishedLog(platform)?.entries.findIndex(
      (entry) => entry['kind'] === 'settled' && entry['index'] === index,
    );
    expect(zh).toContain(`<dd>${String(at).replace(/\B(?=(\d{3})+$)/g, ',')}</dd>`);
    expect((await page(commitment, '/en')).html).toMatch(/<h1>[^<]*counted/i);
    const api = await fetch(`${platform.url}/v1/receipts/${commitment}`);
    expect(await api.json()).toMatchObject({ state: 'counted-after-hold', index, settledAt: at });
  });

  test('refused: the ground and what can be done, in both languages', async () => {
    platform.identity.state.fault = 'silent';
    const commitment = await held.expectHeld(await sign(platform, cast.shufen, CASE));
    platform.identity.state.fault = 'none';
    expect(await held.settled(commitment)).toMatchObject({ outcome: 'refused', code: 'E_ALREADY_SIGNED' });
    await eventually(
      async () => (await page(commitment, '')).html.includes('身分確認後未被採計') || undefined,
    );
    expect((await page(commitment, '/en')).html).toMatch(/<html lang="en"/);
    expect((await page(commitment, '/en')).html).toMatch(/class="[^"]*notice/);
  });

  test('an unknown commitment is 404 in both languages and in the API', async () => {
    const unknown = 'A'.repeat(43);
    for (const language of ['', '/en'] as const) {
      const { status, html } = await page(unknown, language);
      expect(status).toBe(404);
      expect(html).toContain(language === '' ? 'lang="zh-Hant-TW"' : 'lang="en"');
    }
    const api = await fetch(`${platform.url}/v1/receipts/${unknown}`);
    expect(api.status).toBe(404);
    expect(await api.json()).toMatchObject({ code: 'receipt-unknown' });
  });
});
