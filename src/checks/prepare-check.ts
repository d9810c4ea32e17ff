/** The batch of a check: made once, under the order that two officers signed, and the same bytes ever after. */
import { toHex } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { inTransaction, type Tx } from '../platform/db/index.ts';
import { legalDateOf } from '../platform/time.ts';
import { batchBytes } from '../registry/index.ts';
import { barredRoster, electronicRoll, isNotReady, paperRows } from './assemble-batch.ts';
import { checkFacts } from './check-facts.ts';
import { insertCheck, letterKeyNamed, listChecks, type StoredCheck } from './check-store.ts';
import type { CheckRefusal, ChecksDeps } from './checks-contract.ts';
import { standingSheets } from './paper-store.ts';

const currentOf = (checks: readonly StoredCheck[], ordered: number): StoredCheck | undefined =>
  checks.find(({ round }) => round === ordered);

type Facts = NonNullable<Awaited<ReturnType<typeof checkFacts>>>;

export async function prepareCheck(
  deps: ChecksDeps,
  caseNumber: string,
): Promise<StoredCheck | CheckRefusal> {
  const facts = await checkFacts(deps, caseNumber);
  if (facts === undefined) return 'unknown-case';
  const { ordered } = facts;
  if (ordered === 0) return 'not-ordered';
  return inTransaction(deps.db, async (tx): Promise<StoredCheck | CheckRefusal> => {
    const known = currentOf(await listChecks(tx, caseNumber, true), ordered);
    if (known !== undefined) return known;
    const refusal = await insertBatch(deps, tx, caseNumber, facts);
    return refusal ?? currentOf(await listChecks(tx, caseNumber), ordered) ?? 'unknown-case';
  });
}

async function insertBatch(
  { clock, initiatives, random }: ChecksDeps,
  tx: Tx,
  caseNumber: string,
  facts: Facts,
): Promise<CheckRefusal | undefined> {
  const { draft, numbers, filedOn, firstAskedOn, supplementedOn, ordered, orderedLetter } = facts;
  // What came with the supplement is judged on the day the supplement was filed.
  const isOfSupplement = (atMs: number): boolean =>
    ordered > 1 && firstAskedOn !== undefined && legalDateOf(atMs) > firstAskedOn;
  const laterOn = ordered > 1 ? supplementedOn : undefined;
  const roll =
    draft === undefined ? undefined : await electronicRoll(tx, draft, { isOfSupplement, on: laterOn });
  if (isNotReady(roll)) return roll.held > 0 ? 'held' : 'pending';
  const sheets = await standingSheets(tx, numbers);
  if (roll === undefined && sheets.length === 0) return 'nobody';
  const paper = paperRows(sheets, ({ enteredAtMs }) => (isOfSupplement(enteredAtMs) ? laterOn : undefined));
  const barred = [];
  for (const of of facts.barred) {
    const filed = (await initiatives.findCase(of))?.material.facts.filed;
    const roster = await barredRoster(tx, of, filed?.proposal?.draft);
    if ('held' in roster) return 'held';
    barred.push(roster);
  }
  const batch = {
    id: toHex(random.bytes(16)),
    caseNumber,
    of: 'proposers' as const,
    on: filedOn,
    required: facts.threshold,
    least: facts.least,
    electronic: roll,
    paper,
    barred,
    letterTo: orderedLetter === undefined ? [] : [await letterKeyNamed(tx, numbers, orderedLetter)],
  };
  const body = batchBytes(batch);
  await insertCheck(tx, {
    id: batch.id,
    caseNumber,
    round: ordered,
    body,
    digest: toHex(sha256(body)),
    required: batch.required,
    entries: [...(roll?.entries.values() ?? [])],
    paper: paper.map(({ row }) => row),
    atMs: clock.nowMs(),
  });
  return undefined;
}
