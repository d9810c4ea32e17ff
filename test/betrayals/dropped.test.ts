/** 吃掉保留中的簽署、不履行承諾: the operator drops a held signature, or one that was promised. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { citizen } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { heldSignatures } from '../builders/held.ts';
import { publishedIndex, readPublishedLog } from '../builders/published-log.ts';
import { prepare, send } from '../builders/signer.ts';
import { betrayedHouse, CASE, type House, type Monitor, WITHIN_MS } from './betrayed-house.ts';

let house: House;
let monitor: Monitor;
let promises: string;
beforeAll(async () => {
  house = await betrayedHouse({ identityWaitMs: 300 });
  promises = join(house.platform.directory, 'promises');
  mkdirSync(promises);
  await house.signed(861);
  monitor = house.monitor('promises', { args: ['--promises', promises] });
  await monitor.sees('nothing wrong');
});
afterAll(() => house?.close());

/** Signs while the identity service says nothing; the promise goes to the monitor's folder. */
async function heldOf(n: number): Promise<string> {
  const { platform } = house;
  const prepared = await prepare(platform, citizen(n), CASE);
  platform.identity.state.fault = 'silent';
  const commitment = await heldSignatures(platform, CASE).expectHeld(await keep(n, prepared));
  platform.identity.state.fault = 'none';
  await publishedIndex(platform, commitment);
  return commitment;
}

async function keep(n: number, prepared: Awaited<ReturnType<typeof prepare>>) {
  const answer = await send(house.platform, CASE, prepared);
  writeFileSync(join(promises, `${n}.promise`), String(answer.body['promise']));
  return answer;
}

describe('the operator drops', () => {
  it('a promised signature before it is logged: the promise is evidence once its time is over', async () => {
    const { clock, database } = house.platform;
    const prepared = await prepare(house.platform, citizen(862), CASE);
    // While the log's row is locked no round can include anything; then the rows go, triggers off.
    const client = await database.pool.connect();
    let commitment = '';
    try {
      await client.query('begin');
      await client.query('lock table log in exclusive mode');
      const answer = await keep(862, prepared);
      expect(answer.status).toBe(202);
      commitment = String(answer.body['commitment']);
      await client.query("set local session_replication_role = 'replica'");
      for (const table of ['joint_signature', 'entry']) {
        const gone = await client.query(`delete from ${table} where commitment = $1`, [
          Buffer.from(commitment, 'base64url'),
        ]);
        expect(gone.rowCount).toBe(1);
      }
      await client.query('commit');
    } finally {
      client.release();
    }
    await monitor.sees('nothing wrong');
    clock.moveBy(4 * 60_000);
    const alert = await monitor.raises('promise-broken');
    expect(alert).toMatchObject({ case: CASE, evidence: { commitment, file: '862.promise' } });
    expect(readPublishedLog(house.platform)?.entries.some((e) => e['commitment'] === commitment)).toBe(false);
  });

  it('a held signature: the entry stays without an outcome, and after seven days that is overdue', async () => {
    const { clock, database } = house.platform;
    const kept = await heldOf(863);
    const dropped = await heldOf(864);
    // The row is all that the job would ask again with.
    await database.pool.query('delete from held_signature where commitment = $1', [
      Buffer.from(dropped, 'base64url'),
    ]);
    expect(await heldSignatures(house.platform, CASE).settled(kept)).toMatchObject({ outcome: 'counted' });

    const index = await publishedIndex(house.platform, dropped);
    for (let day = 0; day < 8; day += 1) clock.moveBy(86_400_000);
    await vi.waitFor(
      () =>
        expect(
          readPublishedLog(house.platform)?.entries.filter((e) => e['kind'] === 'day').length,
        ).toBeGreaterThan(7),
      { timeout: WITHIN_MS, interval: 200 },
    );
    const alert = await monitor.raises('held-overdue');
    expect(alert.evidence).toEqual({ entries: [index] });
    // Its own promise was kept: the log holds the entry. What became of it is what the record must still say.
    expect(monitor.codes.filter((code) => code === 'promise-broken')).toHaveLength(1);
  });
});
