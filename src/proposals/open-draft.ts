import { renderProposalStatement, StatementFault } from '@lianshu/statement';
import {
  type FiledBody,
  insertInitiative,
  insertVersion,
  type NewText,
  textDigestOf,
  textFile,
} from '../initiatives/index.ts';
import {
  type ElectronicProposal,
  electronicProposal,
  known,
  monthsAfter,
  publishedWording,
  rulePack,
} from '../law/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { addLegalDays, legalDateOf, startOfLegalDay } from '../platform/time.ts';
import { entryOf, inside } from './draft-context.ts';
import { notSignable, type ProposalRefusal, proposersRequired } from './draft-rules.ts';
import { insertDraft, nextDraftNumber } from './draft-store.ts';
import type { ProposalsDeps } from './proposals-deps.ts';

/** What opens a draft for proposers. The lead proposer is the only person a public entry names. */
export interface Opening
  extends Pick<
    FiledBody,
    'subject' | 'leadProposer' | 'subjectMatter' | 'rulePack' | 'isInvented' | 'plainWords' | 'helpContact'
  > {
  /**
   * The text, frozen from here on. Its heading (the draft number) is written here; what is beyond the limits of the
   * pack is not published (公民投票法 §9), so it is not signed either.
   */
  readonly text: Omit<NewText, 'heading'>;
  /** The lead proposer's pseudonym as the sealer gave it at sign-in, 32 bytes; it must be found among the proposers. */
  readonly leadPerson?: Uint8Array;
}

/** What became of it. A refusal changed nothing. */
export type OpenOutcome =
  | Readonly<{ ok: true; draft: string; textDigest: string; lastDay: string }>
  | Readonly<{ ok: false; refusal: ProposalRefusal }>;

const DEMO_MARK = '示範文字，非公告主文';

/** Whether a pack, or a switch in the record, lets proposals be collected electronically today. */
export const allowedUnder = async (deps: ProposalsDeps, pack: string): Promise<ElectronicProposal> =>
  electronicProposal(rulePack(pack), {
    isDemonstration: deps.isDemo,
    switched: await deps.switched?.(legalDateOf(deps.clock.nowMs())),
  });

/** Freezes the text under the next draft number; it takes signatures from this moment on. */
export async function openDraft(
  deps: ProposalsDeps,
  { text: whole, leadPerson, ...told }: Opening,
  within?: Tx,
): Promise<OpenOutcome> {
  const pack = rulePack(told.rulePack);
  const allowed = await allowedUnder(deps, told.rulePack);
  if (!allowed.isOn)
    return {
      ok: false,
      refusal: { code: 'not-enabled', citation: allowed.citation, instead: allowed.instead },
    };
  const { text } = publishedWording(whole, pack);
  const fault = signableFault(text.mainText);
  if (fault !== undefined) return { ok: false, refusal: notSignable(fault) };
  return inside(deps.db, within, async (tx): Promise<OpenOutcome> => {
    const draft = await nextDraftNumber(tx);
    const nowMs = deps.clock.nowMs();
    const today = legalDateOf(nowMs);
    const { lastDay } = monthsAfter(today, known(pack, 'proposalCollectMonths', today));
    const period = { opensAtMs: nowMs, closesAtMs: startOfLegalDay(addLegalDays(lastDay, 1)) };
    if (!(await insertInitiative(tx, { caseNumber: draft, period })))
      throw new Error(`the draft number ${draft} is taken`);
    const heading = [...(told.isInvented ? [DEMO_MARK] : []), `草案編號 ${draft}`, ''];
    const { translation, ...chinese } = text;
    const textDigest = await insertVersion(tx, {
      caseNumber: draft,
      version: 1,
      mainText: text.mainText,
      file: textFile({ ...chinese, heading }),
      publishedAtMs: nowMs,
    });
    await insertDraft(tx, draft, leadPerson);
    const { required: threshold, electors } = proposersRequired(told.rulePack, today);
    const body = {
      ...told,
      allowedBy: allowed.allowedBy,
      textDigest,
      ...(translation === undefined ? {} : { translation }),
      firstDay: today,
      lastDay,
      threshold,
      electors,
    };
    const act = { kind: 'proposal-opened', capacity: 'lead-proposer', basis: '公民投票法 §9 VI', body };
    await deps.record.appendMany(tx, [entryOf(deps, draft, act)]);
    return { ok: true, draft, textDigest, lastDay };
  });
}

/** Whether a statement 提案書 can carry the main text: rendered once with stand-ins for everything else. */
function signableFault(mainText: string): StatementFault | undefined {
  try {
    renderProposalStatement({
      draftId: 'D00001',
      mainText,
      textDigest: textDigestOf({ heading: [], mainText, reasons: [] }),
      signerCommitment: 'A'.repeat(43),
      signedAt: '2026-01-01T00:00:00+08:00',
      transaction: 'A'.repeat(22),
    });
    return undefined;
  } catch (error) {
    if (error instanceof StatementFault) return error;
    throw error;
  }
}
