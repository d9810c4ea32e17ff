/** How the proposers of a supplement stand: who passed the check before, and who came since. */
import { type RecordedAct, standingActs } from '../initiatives/index.ts';
import type { Db, Tx } from '../platform/db/index.ts';
import { factsOf } from './draft-context.ts';
import type { DraftFacts } from './draft-facts.ts';
import { countHeld, countProposers } from './draft-store.ts';
import type { ProposalsDeps } from './proposals-deps.ts';

type Body = Readonly<Record<string, unknown>>;

/** The proposers of a supplement as they stand against what is required. */
export interface SupplementStanding {
  /** Who passed the check before. */
  readonly valid: number;
  /** Who proposed since, electronically and on sheets. */
  readonly electronic: number;
  readonly paper: number;
  readonly total: number;
  readonly required: number;
  /** How many are missing still; 0 when there are enough, if every one of them passes. */
  readonly missing: number;
}

/**
 * What the record says of a supplement; `counted` are the draft's electronic proposers who count at that size.
 * Undefined without a supplement, or where the record of that size does not hold its check yet.
 */
export async function supplementStanding(
  { record }: Pick<ProposalsDeps, 'record'>,
  reader: Db | Tx,
  { draft, reopened }: DraftFacts,
  counted: number,
  size = Number.POSITIVE_INFINITY,
): Promise<SupplementStanding | undefined> {
  if (reopened === undefined) return undefined;
  const acts = (await record.acts(reader, reopened.case)) as readonly RecordedAct[];
  const known = standingActs(acts.filter(({ index = 0 }) => index < size));
  const checks = known.filter(
    ({ kind, body }) => kind === 'check-result' && (body as Body)['of'] === 'proposers',
  );
  const before = checks[0]?.body as Readonly<{ valid: number; electronic?: { valid: number } }> | undefined;
  if (before === undefined) {
    // What is published may not yet hold the check that the order rests on.
    if (size < Number.POSITIVE_INFINITY) return undefined;
    throw new Error(`the draft ${draft} was opened again without a check`);
  }
  const paper = known
    .filter(({ kind }) => kind === 'paper-proposers')
    .reduce((sum, { body }) => sum + Number((body as Body)['count']), 0);
  const electronic = Math.max(0, counted - (before.electronic?.valid ?? counted));
  const total = before.valid + electronic + paper;
  const required = reopened.threshold;
  const missing = Math.max(0, required - total);
  return { valid: before.valid, electronic, paper, total, required, missing };
}

/** The exact standing of this moment, with those who wait for their identity to be confirmed. */
export async function supplementNow(
  deps: ProposalsDeps,
  draft: string,
): Promise<(SupplementStanding & Readonly<{ held: number }>) | undefined> {
  const facts = await factsOf(deps, deps.db, draft);
  if (facts?.reopened === undefined) return undefined;
  const standing = await supplementStanding(deps, deps.db, facts, await countProposers(deps.db, draft));
  return standing && { ...standing, held: await countHeld(deps.db, draft) };
}
