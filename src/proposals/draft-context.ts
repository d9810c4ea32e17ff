import type { JsonValue } from '@lianshu/statement';
import { lockInitiative, markClosed, stopSigning } from '../initiatives/index.ts';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import { legalDateOf, taipeiTimestamp } from '../platform/time.ts';
import type { ActEntry } from '../record/index.ts';
import { type DraftAct, type DraftFacts, foldDraft } from './draft-facts.ts';
import {
  notCollecting,
  onlySupplement,
  type ProposalRefusal,
  type ProposersStanding,
  packOnFiling,
  proposersRequired,
  UNKNOWN_DRAFT,
} from './draft-rules.ts';
import { countHeld, countProposers, findLead, isLeadAmong } from './draft-store.ts';
import type { ProposalsDeps } from './proposals-deps.ts';

export const isDraftNumber = (number: string): boolean => /^D[0-9]{5}$/.test(number);

/** Runs in the caller's transaction, or in one of its own. */
export const inside = <T>(db: Db, within: Tx | undefined, work: (tx: Tx) => Promise<T>): Promise<T> =>
  within === undefined ? inTransaction(db, work) : work(within);

/** The draft as its entries tell it; undefined when there is none. */
export const factsOf = async (
  { record }: Pick<ProposalsDeps, 'record'>,
  reader: Db | Tx,
  draft: string,
): Promise<DraftFacts | undefined> =>
  isDraftNumber(draft)
    ? foldDraft(draft, (await record.acts(reader, draft)) as readonly DraftAct[])
    : undefined;

/** The proposers this moment, exact; under the draft's lock nothing is added meanwhile. */
export async function standingOf(
  { clock, leadMark }: Pick<ProposalsDeps, 'clock' | 'leadMark'>,
  reader: Db | Tx,
  { draft, opened, paper, isLeadOnPaper, reopened }: DraftFacts,
): Promise<ProposersStanding> {
  const electronic = await countProposers(reader, draft);
  const held = await countHeld(reader, draft);
  const lead = await findLead(reader, draft);
  const today = legalDateOf(clock.nowMs());
  const required =
    reopened?.threshold ?? proposersRequired(packOnFiling(opened.rulePack, today), today).required;
  const hasLead =
    isLeadOnPaper || lead?.hasSigned === true || (await hasSigned(reader, draft, lead?.person, leadMark));
  return { electronic, held, paper, hasLead, required };
}

/** Whether a lead proposer who is known by their card is among the electronic proposers; undefined: cannot be told now. */
async function hasSigned(
  reader: Db | Tx,
  draft: string,
  person: Uint8Array | undefined,
  leadMark: ProposalsDeps['leadMark'],
): Promise<boolean | undefined> {
  if (person === undefined || leadMark === undefined) return false;
  const mark = await leadMark({ draft, person });
  return mark && isLeadAmong(reader, draft, mark);
}

/** An act of a draft, of this moment. */
export const entryOf = (
  { clock }: Pick<ProposalsDeps, 'clock'>,
  draft: string,
  act: Readonly<{ kind: string; capacity: string; basis: string; body: object }>,
): ActEntry => ({
  at: taipeiTimestamp(clock.nowMs()),
  basis: act.basis,
  body: act.body as JsonValue,
  capacity: act.capacity,
  case: draft,
  kind: act.kind,
  v: 1,
});

/** Locks a draft that collects its first proposers, against signatures and every other act: what follows judges one past. */
export async function lockCollecting(
  deps: Pick<ProposalsDeps, 'record'>,
  tx: Tx,
  draft: string,
): Promise<DraftFacts | ProposalRefusal> {
  if (!isDraftNumber(draft) || !(await lockInitiative(tx, draft))) return UNKNOWN_DRAFT;
  const facts = await factsOf(deps, tx, draft);
  if (facts === undefined) return UNKNOWN_DRAFT;
  if (facts.closed !== undefined) return notCollecting(facts.closed);
  return facts.reopened === undefined ? facts : onlySupplement(facts.reopened);
}

/** No request that is still on its way is taken after this: none of them has been answered yet. */
export async function endSigning(
  { clock }: Pick<ProposalsDeps, 'clock'>,
  tx: Tx,
  draft: string,
): Promise<void> {
  const nowMs = clock.nowMs();
  await stopSigning(tx, draft, nowMs);
  await markClosed(tx, draft, nowMs);
}
