/**
 * 補提提案人 (公民投票法 §10 VII): after a shortfall the draft takes proposals again, on the text that was signed before,
 * while the lead proposer may supply proposers. It opens with the order and ends with the supplement or its term; both
 * follow from acts of the case, in their transaction.
 */
import {
  type CaseAct,
  closedDays,
  type EnterOutcome,
  type FiledBody,
  type Initiatives,
  legalEvents,
  lockInitiative,
  type RecordedAct,
  reopenSigning,
  setPeriod,
} from '../initiatives/index.ts';
import { type CaseCourse, courseOf, electronicSupplement, type LawRefusal, rulePack } from '../law/index.ts';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import { addLegalDays, legalDateOf, startOfLegalDay } from '../platform/time.ts';
import { endSigning, entryOf, factsOf } from './draft-context.ts';
import type { DraftFacts, ReopenedBody } from './draft-facts.ts';
import { proposersRequired } from './draft-rules.ts';
import { listCollecting } from './draft-store.ts';
import type { ProposalsDeps } from './proposals-deps.ts';

const CITATION = '公民投票法 §10 VII';

type Body = Readonly<Record<string, unknown>>;

/** What a case is, as far as a supplement of its proposers follows from it. */
interface SupplementedCase {
  readonly draft: string;
  readonly filed: FiledBody;
  readonly course: CaseCourse;
  readonly filedOn: string;
}

async function supplementedCase(
  { clock, record }: ProposalsDeps,
  reader: Db | Tx,
  caseNumber: string,
): Promise<SupplementedCase | undefined> {
  const acts = (await record.acts(reader, caseNumber)) as readonly RecordedAct[];
  const filing = acts.find(({ kind }) => kind === 'initiative-filed');
  const filed = filing?.body as FiledBody | undefined;
  const draft = filed?.proposal?.draft;
  if (filing === undefined || filed === undefined || draft === undefined) return undefined;
  const today = legalDateOf(clock.nowMs());
  const course = courseOf(
    rulePack(filed.rulePack),
    legalEvents(acts),
    today,
    await closedDays(record, reader),
  );
  return { draft, filed, course, filedOn: filed.on ?? filing.at.slice(0, 10) };
}

/** The last day of the term to supply proposers, while it runs. */
function openUntil({ stage, duties, today }: CaseCourse): string | undefined {
  const duty = duties.findLast(({ id }) => id === 'supplement-proposers');
  const runs = stage === 'proposer-supplement' && duty?.status === 'open';
  return runs && duty.due !== undefined && duty.due >= today ? duty.due : undefined;
}

const isFiled = ({ kind, body }: CaseAct): boolean =>
  kind === 'supplement' && (body as Body)['of'] === 'proposers' && (body as Body)['step'] === 'filed';

async function reopen(
  deps: ProposalsDeps,
  tx: Tx,
  caseNumber: string,
  { draft, filed, filedOn }: SupplementedCase,
  lastDay: string,
): Promise<void> {
  const nowMs = deps.clock.nowMs();
  const today = legalDateOf(nowMs);
  const allowed = electronicSupplement(rulePack(filed.rulePack), {
    isDemonstration: deps.isDemo,
    switched: await deps.switched?.(today),
  });
  if (!allowed.isOn) return;
  await reopenSigning(tx, draft, {
    opensAtMs: nowMs,
    closesAtMs: startOfLegalDay(addLegalDays(lastDay, 1)),
  });
  const body: ReopenedBody = {
    case: caseNumber,
    allowedBy: allowed.allowedBy,
    firstDay: today,
    lastDay,
    threshold: proposersRequired(filed.rulePack, filedOn).required,
  };
  const act = { kind: 'proposal-reopened', capacity: 'system', basis: CITATION, body };
  await deps.record.appendMany(tx, [entryOf(deps, draft, act)]);
}

/** Ends a supplement: no request that is still on its way is taken after this. */
export async function endSupplement(
  deps: ProposalsDeps,
  tx: Tx,
  { draft, reopened }: DraftFacts,
  outcome: 'supplemented' | 'lapsed',
): Promise<void> {
  await endSigning(deps, tx, draft);
  const capacity = outcome === 'supplemented' ? 'lead-proposer' : 'system';
  const body = { outcome, case: reopened?.case ?? '' };
  const act = { kind: 'proposal-closed', capacity, basis: CITATION, body };
  await deps.record.appendMany(tx, [entryOf(deps, draft, act)]);
}

/** What follows for the draft from an act of the case filed with it, under both rows' locks. */
async function follow(deps: ProposalsDeps, tx: Tx, caseNumber: string, act: CaseAct): Promise<void> {
  const found = await supplementedCase(deps, tx, caseNumber);
  if (found === undefined || !(await lockInitiative(tx, found.draft))) return;
  const facts = await factsOf(deps, tx, found.draft);
  if (facts === undefined) return;
  const { course } = found;
  const until = openUntil(course);
  if (until !== undefined && facts.closed?.outcome === 'filed' && facts.reopened === undefined)
    await reopen(deps, tx, caseNumber, found, until);
  // What ends by time alone is ended by the jobs.
  else if (
    course.stage !== 'proposer-supplement' &&
    facts.reopened !== undefined &&
    facts.closed === undefined
  )
    await endSupplement(deps, tx, facts, isFiled(act) ? 'supplemented' : 'lapsed');
}

/** The day of an order under which proposers already sign is not moved: it fixed their term. */
const ORDER_STANDS: LawRefusal = {
  code: 'already-done',
  citation: CITATION,
  instead: {
    'zh-Hant-TW': '依該通知已開放電子補提，期間不得再更動；補提期間屆滿或補提後，程序依法續行。',
    en: 'Proposers already sign under that order, and its term is not moved any more; what follows is the supplement, or the end of its term.',
  },
};

async function mendsRunningOrder(deps: ProposalsDeps, tx: Tx, caseNumber: string, act: CaseAct) {
  if (act.replaces === undefined) return false;
  const former = (await deps.record.acts(tx, caseNumber)).find(({ index }) => index === act.replaces);
  const body = former?.body as Body | undefined;
  if (former?.kind !== 'supplement' || body?.['of'] !== 'proposers' || body['step'] !== 'ordered')
    return false;
  const found = await supplementedCase(deps, tx, caseNumber);
  return found !== undefined && (await factsOf(deps, tx, found.draft))?.reopened !== undefined;
}

type Entering = Pick<Initiatives, 'enter' | 'extendPeriods'>;

/** `initiatives` with what an act means for the draft that its case was filed with, in the same transaction. */
export const supplementing = <T extends Entering>(deps: ProposalsDeps, inner: T): T => ({
  ...inner,
  enter(caseNumber: string, act: CaseAct, also: Parameters<T['enter']>[2], within?: Tx) {
    const work = async (tx: Tx): Promise<EnterOutcome> => {
      if (await mendsRunningOrder(deps, tx, caseNumber, act)) return { ok: false, refusal: ORDER_STANDS };
      const entered = await inner.enter(caseNumber, act, also, tx);
      if (entered.ok) await follow(deps, tx, caseNumber, act);
      return entered;
    };
    return within === undefined ? inTransaction(deps.db, work) : work(within);
  },
  async extendPeriods(tx: Tx) {
    await inner.extendPeriods(tx);
    await extendSupplements(deps, tx);
  },
});

/** A term that ends on a day of official closure ends later, and with it the days on which proposers may sign. */
async function extendSupplements(deps: ProposalsDeps, tx: Tx): Promise<void> {
  for (const { draft, opensAtMs, closesAtMs } of await listCollecting(tx)) {
    const of = (await factsOf(deps, tx, draft))?.reopened?.case;
    const found = of === undefined ? undefined : await supplementedCase(deps, tx, of);
    const until = found && openUntil(found.course);
    if (until === undefined) continue;
    const moved = startOfLegalDay(addLegalDays(until, 1));
    if (moved > closesAtMs) await setPeriod(tx, draft, { opensAtMs, closesAtMs: moved });
  }
}
