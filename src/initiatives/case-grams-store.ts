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

/** Makes a case findable that has a title and no text here: a vote held outside this platform. */
export const indexCaseTitle = (tx: Tx, caseNumber: string, title: string): Promise<void> =>
  indexPart(tx, caseNumber, 'subject', title);

export interface GramMatch {
  readonly caseNumber: string;
  readonly part: CasePart;
  /** How many of the asked grams it holds. */
  readonly shared: number;
}

type Matching = Readonly<{ grams: readonly string[]; least: number; parts: readonly CasePart[] }>;

/** The rows that hold at least `least` of the grams, each with how many. All of them: the index alone answers. */
function holding({ grams, least, parts }: Matching) {
  const asked = sql`${[...grams]}::text[]`;
  const isAll = least >= grams.length;
  // Each row's grams are hashed once; comparing pairwise would cost their product.
  const shared = isAll
    ? sql`${grams.length}::int`
    : sql`cardinality(array(select unnest(grams) intersect select unnest(${asked})))`;
  return sql`
    select * from (
      select initiative, part, text, ${shared} as shared from case_grams
      where ${isAll ? sql`grams @> ${asked}` : sql`grams && ${asked}`} and part = any(${[...parts]}::text[])
    ) as held where shared >= ${least}`;
}

/** Every part that holds enough of the grams, best first; `isWhole` where `phrase` stands in it as it is. */
export async function partsHolding(
  db: Db | Tx,
  matching: Matching,
  phrase: string,
  limit: number,
): Promise<readonly (GramMatch & Readonly<{ isWhole: boolean }>)[]> {
  const { rows } = await sql<{ initiative: string; part: CasePart; shared: number; whole: boolean }>`
    select initiative, part, shared, position(${phrase} in text) > 0 as whole
    from (${holding(matching)}) as found
    order by shared desc, initiative, part
    limit ${limit}`.execute(db);
  return rows.map(({ initiative: caseNumber, part, shared, whole }) => ({
    caseNumber,
    part,
    shared,
    isWhole: whole,
  }));
}

/** The texts of the parts that share most of the grams. */
export async function textsHolding(
  db: Db | Tx,
  matching: Matching,
  limit: number,
): Promise<readonly Readonly<{ caseNumber: string; text: string }>[]> {
  const { rows } = await sql<{ initiative: string; text: string }>`
    select initiative, text from (${holding(matching)}) as found
    order by shared desc, initiative, part
    limit ${limit}`.execute(db);
  return rows.map(({ initiative, text }) => ({ caseNumber: initiative, text }));
}

/** In how many cases each gram stands, and how many cases there are. */
export async function gramFrequencies(
  db: Db | Tx,
  grams: readonly string[],
): Promise<Readonly<{ cases: number; of: ReadonlyMap<string, number> }>> {
  // Reasons are left out: they are long, and hold nearly every word.
  const { rows } = await sql<{ gram: string; cases: number }>`
    select gram, count(distinct initiative)::int as cases
    from case_grams, unnest(grams) as gram
    where part <> 'reasons' and gram = any(${[...grams]}::text[])
    group by gram`.execute(db);
  const counted = await sql<{ cases: number }>`
    select count(*)::int as cases from case_grams where part = 'subject'`.execute(db);
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
