import { sql } from 'kysely';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import { addLegalDays, startOfLegalDay, utcIso } from '../platform/time.ts';
import { type CountyDay, DAY_CLOSES_MS, UNKNOWN_COUNTY } from '../sealer/index.ts';

/**
 * Writes the totals of a day that is over, all cases in one transaction, once: a day that stands is never changed, so a
 * hand-over repeated after a crash leaves the same figures. Whom the sealer could not place, because it or its registry
 * was away, are counted as unknown: the day's stored signatures less those placed. False when the day stood already.
 *
 * No increment is ever written here, only finished days: `xmin` and time of these rows are those of the hand-over.
 */
export async function storeCountyDay(db: Db, { day, rows }: CountyDay): Promise<boolean> {
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
    const stored = await storedOn(tx, day);
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

interface StoredCount {
  readonly initiative: string;
  readonly act: string;
  readonly counted: bigint;
}

/**
 * How many signatures the sealer counts into a day: of those received on it, and of held ones settled while it was the
 * first open day. See `CountyDays.count`, which decides.
 */
async function storedOn(tx: Tx, day: string): Promise<readonly StoredCount[]> {
  const from = utcIso(startOfLegalDay(day));
  const to = utcIso(startOfLegalDay(addLegalDays(day, 1)));
  const closes = `${DAY_CLOSES_MS} milliseconds`;
  const { rows } = await sql<StoredCount>`
    select s.initiative, s.act, count(*) as counted
    from joint_signature s left join held_signature h using (initiative, commitment)
    where s.received_at < ${to} and (s.received_at >= ${from} or h.settled_at >= ${from})
      and greatest((s.received_at at time zone 'Asia/Taipei')::date,
        ((h.settled_at - ${closes}::interval) at time zone 'Asia/Taipei')::date) = ${day}::date
    group by s.initiative, s.act`.execute(tx);
  return rows;
}
