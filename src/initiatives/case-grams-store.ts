/** SQL on the index of words of public texts. It follows from those texts and may be made again at any time. */
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/db/index.ts';
import { gramsOf, normalisedForSearch } from './case-grams.ts';

/** Where in a case's public text a word stands. */
export type CasePart = 'subject' | 'question' | 'reasons';

/** Replaces what is known of one part of a case's text. */
export async function indexPart(
  tx: Db | Tx,
  caseNumber: string,
  part: CasePart,
  text: string,
): Promise<void> {
  const values = { text: normalisedForSearch(text), grams: [...gramsOf(text)] };
  await tx
    .insertInto('case_grams')
    .values({ initiative: caseNumber, part, ...values })
    .onConflict((conflict) => conflict.columns(['initiative', 'part']).doUpdateSet(values))
    .execute();
}

export interface GramMatch {
  readonly caseNumber: string;
  readonly part: CasePart;
  /** How many of the asked grams it holds. */
  readonly shared: number;
  readonly text: string;
}

/** Every part that holds at least `least` of the grams, best first. */
export async function partsHolding(
  db: Db | Tx,
  grams: readonly string[],
  least: number,
  parts: readonly CasePart[],
  limit: number,
): Promise<readonly GramMatch[]> {
  const asked = sql`${[...grams]}::text[]`;
  // All of them: the index alone answers. Some of them: what the index finds is counted, each part once hashed.
  const isAll = least >= grams.length;
  const { rows } = await sql<{ initiative: string; part: CasePart; shared: number; text: string }>`
    select * from (
      select initiative, part, text,
        ${isAll ? sql`${grams.length}::int` : sql`cardinality(array(select unnest(grams) intersect select unnest(${asked})))`}
          as shared
      from case_grams
      where ${isAll ? sql`grams @> ${asked}` : sql`grams && ${asked}`} and part = any(${[...parts]}::text[])
    ) as found
    where shared >= ${least}
    order by shared desc, initiative, part
    limit ${limit}`.execute(db);
  return rows.map(({ initiative, ...row }) => ({ caseNumber: initiative, ...row }));
}

/** In how many cases each gram stands, and how many cases there are. */
export async function gramFrequencies(
  db: Db | Tx,
  grams: readonly string[],
): Promise<Readonly<{ cases: number; of: ReadonlyMap<string, number> }>> {
  const { rows } = await sql<{ gram: string; cases: number }>`
    select asked.gram, count(distinct held.initiative)::int as cases
    from unnest(${[...grams]}::text[]) as asked(gram)
    join case_grams as held on held.grams @> array[asked.gram] and held.part <> 'reasons'
    group by asked.gram`.execute(db);
  const counted = await sql<{ cases: number }>`
    select count(distinct initiative)::int as cases from case_grams`.execute(db);
  return {
    cases: counted.rows[0]?.cases ?? 0,
    of: new Map(rows.map(({ gram, cases }) => [gram, cases] as const)),
  };
}

/** Cases whose newest text is not in the index: from before there was one. */
export async function listUnindexed(
  db: Db,
): Promise<
  readonly Readonly<{ caseNumber: string; mainText: string | undefined; file: Uint8Array | undefined }>[]
> {
  const { rows } = await sql<{ number: string; main_text: string | null; text_file: Uint8Array | null }>`
    select i.number, v.main_text, v.text_file
    from initiative i
    left join lateral (
      select main_text, text_file from initiative_version where initiative = i.number order by version desc limit 1
    ) v on true
    where not exists (select from case_grams g where g.initiative = i.number and g.part = 'subject')
      or (v.main_text is not null
        and not exists (select from case_grams g where g.initiative = i.number and g.part = 'question'))
    order by i.number`.execute(db);
  return rows.map((row) => ({
    caseNumber: row.number,
    mainText: row.main_text ?? undefined,
    file: row.text_file ?? undefined,
  }));
}
