/** From a signature to the totals by county: sealer, simulated registry, midnight, day_tally; and what none of it touches. */
import { cast, citizen, type Person, type RegistryServer, startRegistry } from '@lianshu/simulators';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addLegalDays, legalDateOf, startOfLegalDay } from '../../src/platform/time.ts';
import { collectCountyDays } from '../../src/signing/index.ts';
import { heldSignatures } from '../builders/held.ts';
import { eventually } from '../builders/published-log.ts';
import { sign } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

/** One case for each kind of day. */
const [USUAL, DARK, HELD, RESTART, LATE] = ['9901', '9902', '9903', '9904', '9905'] as const;
let platform: TestPlatform;
let registry: RegistryServer;
let today: string;
let late: string;

beforeAll(async () => {
  registry = await startRegistry({ port: 0 });
  platform = await startPlatform({ registry });
  // What follows happens on one day, also where the machine's own day is about to end.
  const midnight = startOfLegalDay(addLegalDays(legalDateOf(platform.clock.nowMs()), 1));
  if (midnight - platform.clock.nowMs() < 1_200_000) platform.clock.moveBy(1_260_000);
  today = legalDateOf(platform.clock.nowMs());
  for (const number of [USUAL, DARK, HELD, RESTART, LATE]) await platform.openCase(number);
});
afterAll(async () => {
  await platform?.close();
  await registry?.close();
});
afterEach(() => {
  registry.preCheck.state.fault = 'none';
  platform.identity.state.fault = 'none';
});

const people = (from: number, count: number) => Array.from({ length: count }, (_, i) => citizen(from + i));
const countyOf = (person: Person) =>
  registry.register.find(person.nationalId)?.township.slice(0, 5) ?? 'unknown';

/** What a signer is told who waited for the inclusion; a slow machine may make it a promise. */
const [PROMISED, TOLD] = [
  ['commitment', 'held', 'promise'],
  ['commitment', 'held', 'included', 'promise', 'receipt'],
];

/** Nobody's answer is another than without a registry: counted, not held, not refused. */
async function signAll(signers: readonly Person[], caseNumber: string) {
  const answers = await Promise.all(signers.map((person) => sign(platform, person, caseNumber)));
  for (const { status, body } of answers) {
    expect([201, 202]).toContain(status);
    expect(body['held']).toBe(false);
    expect(Object.keys(body).sort()).toEqual(status === 201 ? TOLD : PROMISED);
  }
}

/** Waits until the sealer has asked about, and heard of, as many as were sealed since the start of the sealer. */
const asked = (count: number) =>
  eventually(async () => (await platform.sealer.health()).preCheck?.asked === count || undefined);

const tally = async (caseNumber?: string, day = today) => {
  const { rows } = await platform.database.pool.query<{ county: string; counted: number }>(
    `select county, counted from day_tally where initiative = coalesce($1, initiative) and day = $2 order by county`,
    [caseNumber ?? null, day],
  );
  return Object.fromEntries(rows.map(({ county, counted }) => [county, counted]));
};

const tallyOf = (counties: readonly string[], unknown = 0) => {
  const counts: Record<string, number> = { unknown };
  for (const county of counties) counts[county] = (counts[county] ?? 0) + 1;
  return counts;
};

const collect = (atStep?: () => Promise<void>) =>
  collectCountyDays({
    db: platform.database.db,
    sealer: platform.sealer,
    note: () => undefined,
    ...(atStep ? { atStep } : {}),
  });

describe('while people sign', () => {
  const signers = [...people(300, 8), cast.meiling];
  test('nothing by county leaves the sealer, and a second signature is not counted', async () => {
    await signAll(signers, USUAL);
    const again = await sign(platform, cast.meiling, USUAL);
    expect(again.body['code']).toBe('E_ALREADY_SIGNED');
    await asked(signers.length + 1);
    expect(await platform.sealer.countyDays()).toEqual([]);
    expect(await collect()).toBe(0);
    const { rows } = await platform.database.pool.query('select 1 from day_tally');
    expect(rows).toEqual([]);
  });

  test.each(['silent', 'http-503', 'wrong-signature', 'garbage'] as const)(
    'a registry that is %s changes nothing in an answer',
    async (fault) => {
      registry.preCheck.state.fault = fault;
      const index = ['silent', 'http-503', 'wrong-signature', 'garbage'].indexOf(fault);
      await signAll([citizen(320 + index)], DARK);
    },
  );

  test('a registry that is gone changes nothing either', async () => {
    await registry.goDown();
    await signAll([citizen(330)], DARK);
    await registry.comeBack();
  });

  test('a held signature is counted once it is settled', async () => {
    const held = heldSignatures(platform, HELD);
    platform.identity.state.fault = 'silent';
    const commitment = await held.expectHeld(await sign(platform, citizen(340), HELD));
    platform.identity.state.fault = 'none';
    expect((await held.settled(commitment)).outcome).toBe('counted');
  });

  test('a restart of the sealer loses nothing that was counted; whom it forgot is unknown', async () => {
    await signAll([citizen(350), citizen(351)], RESTART);
    // Nine, five of the dark case, one held, two here: all reported by intake and answered or given up.
    await eventually(async () => (await platform.sealer.health()).preCheck?.counted === 17 || undefined);
    registry.preCheck.state.delayMs = 1_000;
    await signAll([citizen(352)], RESTART);
    await platform.restartSealer();
    registry.preCheck.state.delayMs = 0;
  });

  test('a held signature may wait over midnight', async () => {
    await platform.identity.goDown();
    late = await heldSignatures(platform, LATE).expectHeld(await sign(platform, citizen(345), LATE));
  });
});

describe('after midnight', () => {
  test('a day leaves whole, a quarter of an hour later', async () => {
    platform.clock.standAt(startOfLegalDay(addLegalDays(today, 1)) + 14 * 60_000);
    expect(await collect()).toBe(0);
    platform.clock.moveBy(60_000);
    await expect(
      collect(() => {
        throw new Error('crash between writing and telling');
      }),
    ).rejects.toThrow('crash');
    const written = await tally();
    expect((await platform.sealer.countyDays()).map(({ day }) => day)).toEqual([today]);
    expect(await collect()).toBe(0);
    expect(await tally()).toEqual(written);
    expect(await platform.sealer.countyDays()).toEqual([]);
  });

  test('with the county of everybody stored and answered, and everybody else unknown', async () => {
    expect(await tally(USUAL)).toEqual(tallyOf([...people(300, 8), cast.meiling].map(countyOf)));
    expect(await tally(DARK)).toEqual({ unknown: 5 });
    expect(await tally(HELD)).toEqual(tallyOf([countyOf(citizen(340))]));
    expect(await tally(RESTART)).toEqual(tallyOf([citizen(350), citizen(351)].map(countyOf), 1));
  });

  test('adds up to the signatures of the day, and shares no transaction with any', async () => {
    const { rows } = await platform.database.pool.query<{
      signed: number;
      told: number;
      shared: number;
      own: number;
    }>(
      `select (select count(*)::int from joint_signature) as signed,
              (select sum(counted)::int from day_tally) as told,
              (select count(*)::int from day_tally d join joint_signature s on s.xmin = d.xmin) as shared,
              (select count(distinct xmin::text)::int from day_tally) as own`,
    );
    expect(rows[0]).toEqual({ signed: 18, told: 18, shared: 0, own: 1 });
  });

  test('what is settled later counts into the day of settling, once', async () => {
    await platform.identity.comeBack();
    const tomorrow = addLegalDays(today, 1);
    expect((await heldSignatures(platform, LATE).settled(late)).outcome).toBe('counted');
    await eventually(async () => (await platform.sealer.health()).preCheck?.counted === 1 || undefined);
    platform.clock.standAt(startOfLegalDay(addLegalDays(tomorrow, 1)) + 15 * 60_000);
    expect(await collect()).toBe(1);
    expect([await tally(LATE), await tally(LATE, tomorrow)]).toEqual([{}, tallyOf([countyOf(citizen(345))])]);
  });

  test('no process that meets the public can read or write it', async () => {
    const { pool } = platform.database;
    const { rows } = await pool.query<Record<string, boolean>>(
      `select has_table_privilege('lianshu_intake', 'day_tally', 'select') as can_read,
              has_table_privilege('lianshu_intake', 'day_tally', 'insert') as can_add,
              has_any_column_privilege('lianshu_intake', 'day_tally', 'update') as can_change`,
    );
    expect(rows[0]).toEqual({ can_read: false, can_add: false, can_change: false });
  });

  test('no log line names a county, a case or a person of it', () => {
    const lines = [...platform.sealerLog, ...platform.serverLog].filter((line) =>
      /pre-check|count(y|ies)/.test(line),
    );
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines)
      expect(line).not.toMatch(/\b(63000|65000|66000|67000|64000|10002|09007|990\d)\b/);
  });
});
