import { sql } from 'kysely';
import { type Db, inTransaction } from '../platform/db/index.ts';
import { addLegalDays, startOfLegalDay, utcIso } from '../platform/time.ts';
import type { CountyDay } from '../sealer/index.ts';

/** Those of whom the registry said no county, or gave no answer, or was not asked. */
export const UNKNOWN_COUNTY = 'unknown';

/**
 * Writes the totals of a day that is over, all cases in one transaction, once: a day that stands is never changed, so a
 * hand-over repeated after a crash leaves the same figures. Whom the sealer could not place, because it or its registry
 * was away, are counted as unknown: the day's stored signatures less those placed. False when the day stood already.
 *
 * No increment is ever written here, only finished days: `xmin` and time of these rows are those of the hand-over.
 */
export async function storeCountyDay(db: Db, { day, rows }: CountyDay): Promise<boolean> {
  const [from, to] = [startOfLegalDay(day), startOfLegalDay(addLegalDays(day, 1))].map(utcIso);
  return inTransaction(db, async (tx) => {
    // Two collectors: the second waits, and then finds the day.
    await sql`select pg_advisory_xact_lock(hashtext('county-day'))`.execute(tx);
    const stands = await tx
      .selectFrom('day_tally')
      .select('day')
      .where(sql<boolean>`day = ${day}::date`)
      .limit(1)
      .executeTakeFirst();
    if (stands) return false;
    const stored = await tx
      .selectFrom('joint_signature')
      .select(['initiative', 'act', (of) => of.fn.countAll<bigint>().as('counted')])
      .where(sql<boolean>`received_at >= ${from} and received_at < ${to}`)
      .groupBy(['initiative', 'act'])
      .execute();
    const known = await tx.selectFrom('initiative').select('number').execute();
    const numbers = new Set(known.map(({ number }) => number));
    const totals = new Map<string, { initiative: string; act: string; county: string; counted: number }>();
    const add = (initiative: string, act: string, county: string, counted: number) => {
      const key = `${initiative} ${act} ${county}`;
      totals.set(key, { initiative, act, county, counted: counted + (totals.get(key)?.counted ?? 0) });
    };
    for (const { caseNumber, act, county, counted } of rows)
      if (numbers.has(caseNumber)) add(caseNumber, act, county, counted);
    for (const { initiative, act, counted } of stored) {
      const placed = [...totals.values()]
        .filter((one) => one.initiative === initiative && one.act === act)
        .reduce((sum, one) => sum + one.counted, 0);
      add(initiative, act, UNKNOWN_COUNTY, Math.max(0, Number(counted) - placed));
    }
    const values = [...totals.values()].map((row) => ({ ...row, day }));
    if (values.length > 0) await tx.insertInto('day_tally').values(values).execute();
    return true;
  });
}
