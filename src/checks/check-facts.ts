/** What a check needs to know of its case, from the record. */
import {
  type CaseAct,
  type Initiatives,
  legalEvents,
  type RecordedAct,
  standingActs,
} from '../initiatives/index.ts';
import { electorBaseOn, known, type LegalDate, required, rulePack } from '../law/index.ts';
import type { Db } from '../platform/db/index.ts';
import type { PublicRecord } from '../record/index.ts';

export interface FactsDeps {
  readonly db: Db;
  readonly record: Pick<PublicRecord, 'acts'>;
  readonly initiatives: Pick<Initiatives, 'course' | 'findCase' | 'listCases'>;
}

/** A case whose original proposers may be barred from the same matter. */
export interface AbandonedCase {
  readonly caseNumber: string;
  readonly subject: Readonly<{ 'zh-Hant-TW': string; en: string }>;
}

export const isOfProposers = ({ kind, body }: RecordedAct | CaseAct, of: string): boolean =>
  kind === of && (body as Readonly<{ of?: unknown }>).of === 'proposers';

/** What the record says of a case whose proposers are to be checked; undefined where there is none. */
export async function checkFacts({ db, initiatives, record }: FactsDeps, caseNumber: string) {
  const [found, course, acts] = await Promise.all([
    initiatives.findCase(caseNumber),
    initiatives.course(caseNumber),
    record.acts(db, caseNumber),
  ]);
  if (found === undefined || course === undefined) return undefined;
  const { filed } = found.material.facts;
  const events = legalEvents(acts);
  const filedOn = events.find(({ kind }) => kind === 'filed')?.on;
  const base = filedOn === undefined ? undefined : electorBaseOn(filedOn);
  if (filedOn === undefined || base === undefined) return undefined;
  const draft = filed.proposal?.draft;
  const numbers = [caseNumber, ...(draft === undefined ? [] : [draft])];
  const pack = rulePack(filed.rulePack);
  const threshold = Number(required(base.electors, known(pack, 'proposalRate', filedOn)));
  const least = known(pack, 'suppressionK');
  const orders = standingActs(acts).filter((act) => isOfProposers(act, 'check-request'));
  const ordered = orders.length;
  const barred = barredIn(orders.at(-1)?.body);
  const orderedLetter = letterIn(orders.at(-1)?.body);
  const supplementedOn = events.findLast(({ kind }) => kind === 'proposer-supplement-filed')?.on;
  const firstAskedOn = events.find(({ kind }) => kind === 'proposers-sent')?.on;
  const subject = filed.subject;
  return {
    ...{ subject, course, filedOn, draft, numbers, threshold, least, ordered, barred },
    ...{ supplementedOn, firstAskedOn, orderedLetter },
  };
}

/** 函送查對: abandoned cases of the same matter, as the two officers signed them in the request (公民投票法 §12 IV). */
export const barredIn = (body: unknown): readonly string[] =>
  (body as Readonly<{ barred?: readonly string[] }> | undefined)?.barred ?? [];

/** 函送查對: the digest of the key to which the letter about deleted proposers is to be sealed, as two officers signed it. */
export const letterIn = (body: unknown): string | undefined =>
  (body as Readonly<{ letter?: string }> | undefined)?.letter;

/** Cases whose proposers must not propose the same matter again; whether it is the same is the officers' to say. */
export async function abandonedBefore(
  { initiatives }: Pick<FactsDeps, 'initiatives'>,
  filedOn: LegalDate,
  own: string,
): Promise<readonly AbandonedCase[]> {
  const cases = await initiatives.listCases('');
  const found: AbandonedCase[] = [];
  for (const { facts, course } of cases) {
    if (facts.caseNumber === own || facts.filed.origin !== 'here') continue;
    // The bar of the other case's own pack, in the days that its course gives it.
    const isBarred = course.bars.some(
      ({ bar, from, until }) => bar.whom === 'the-original-proposers' && from <= filedOn && filedOn <= until,
    );
    if (isBarred) found.push({ caseNumber: facts.caseNumber, subject: facts.filed.subject });
  }
  return found;
}
