import { findPeriod, findVersion, periodState } from '../initiatives/index.ts';
import { rulePack, whoMay } from '../law/index.ts';
import { legalDateOf } from '../platform/time.ts';
import { factsOf, isDraftNumber, standingOf } from './draft-context.ts';
import { type DraftAct, foldDraft } from './draft-facts.ts';
import {
  judgeFiling,
  notCollecting,
  onlySupplement,
  type ProposalRefusal,
  type ProposersStanding,
  packOnFiling,
  proposersRequired,
} from './draft-rules.ts';
import { listDraftNumbers } from './draft-store.ts';
import { type DraftMaterial, type SignableDraft, takesProposals } from './draft-view.ts';
import type { ProposalsDeps } from './proposals-deps.ts';
import { supplementStanding } from './supplement-standing.ts';

/** One draft: public facts only. */
export async function findDraft(deps: ProposalsDeps, draft: string): Promise<DraftMaterial | undefined> {
  if (!isDraftNumber(draft)) return undefined;
  const { db, clock, record, logUrl } = deps;
  const [period, recorded, count, text] = await Promise.all([
    findPeriod(db, draft),
    record.acts(db, draft),
    deps.publishedCount(draft),
    findVersion(db, draft),
  ]);
  const acts = recorded as readonly DraftAct[];
  const facts = foldDraft(draft, acts);
  if (period === undefined || facts === undefined || text === undefined) return undefined;
  const nowMs = clock.nowMs();
  const isOpen = periodState(period, nowMs) === 'open' && facts.closed === undefined;
  const { opened, closed, reopened } = facts;
  const state =
    closed?.outcome ?? (!isOpen ? 'ended' : reopened === undefined ? 'collecting' : 'supplementing');
  const today = legalDateOf(nowMs);
  const threshold = proposersRequired(packOnFiling(opened.rulePack, today), today);
  const required = reopened?.threshold ?? threshold.required;
  // A day of official closure may have moved the end of a supplement.
  const { closesAtMs } = period;
  const lastDay =
    reopened === undefined || closesAtMs === undefined ? opened.lastDay : legalDateOf(closesAtMs - 1);
  const supplement =
    count === undefined ? undefined : await supplementStanding(deps, db, facts, count.counted, count.size);
  return {
    ...{ facts, acts, text, state, lastDay, supplement, count },
    ...{ ...threshold, required, nowMs, logUrl },
  };
}

/** Every draft whose number or subject holds the words, by number: no other order is neutral. */
export async function listDrafts(deps: ProposalsDeps, query: string): Promise<readonly DraftMaterial[]> {
  const words = query.normalize('NFKC').toLowerCase();
  const numbers = await listDraftNumbers(deps.db);
  const found = await Promise.all(numbers.map((draft) => findDraft(deps, draft)));
  return found.flatMap((one) => {
    if (one === undefined) return [];
    const { draft, opened } = one.facts;
    const haystack = `${draft} ${opened.subject['zh-Hant-TW']} ${opened.subject.en}`.toLowerCase();
    return haystack.includes(words) ? [one] : [];
  });
}

/** What the signing page shows, if the draft collects now. */
export async function findSignable(
  deps: ProposalsDeps,
  draft: string,
): Promise<SignableDraft | 'unknown' | 'closed'> {
  const found = await findDraft(deps, draft);
  if (found === undefined) return 'unknown';
  if (!takesProposals(found)) return 'closed';
  const { opened, reopened } = found.facts;
  return {
    title: opened.subject,
    demonstrationText: opened.isInvented === true,
    mainText: found.text.mainText,
    ...(opened.translation ? { mainTextTranslation: opened.translation.mainText } : {}),
    textDigest: found.text.digest,
    lastDay: found.lastDay,
    whoMay: whoMay(rulePack(opened.rulePack), 'propose', found.lastDay),
    allowedBy: (reopened ?? opened).allowedBy,
  };
}

/** The exact numbers, and why filing would be refused now. */
export async function standingNow(
  deps: ProposalsDeps,
  draft: string,
): Promise<(ProposersStanding & Readonly<{ refusal: ProposalRefusal | undefined }>) | undefined> {
  const facts = await factsOf(deps, deps.db, draft);
  if (facts === undefined) return undefined;
  const standing = await standingOf(deps, deps.db, facts);
  const { closed, reopened } = facts;
  const refusal =
    closed !== undefined
      ? notCollecting(closed)
      : reopened !== undefined
        ? onlySupplement(reopened)
        : judgeFiling(standing);
  return { ...standing, refusal };
}
