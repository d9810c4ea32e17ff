import { z } from 'zod';
import { type ApiRoute, apiRoute, localisedText } from '../platform/http/api.ts';
import { countOfDraft, type DraftMaterial } from './draft-view.ts';
import type { Proposals } from './proposals.ts';

const words = (zh: string, en: string) => ({ 'zh-Hant-TW': zh, en });
const PUBLIC = { publicForSeconds: 2, problems: [] } as const;
const day = z.iso.date();
const count = z.int().nonnegative();
const draftNumber = z.string().regex(/^D[0-9]{5}$/);

const summary = z.object({
  draft: draftNumber,
  subject: localisedText,
  state: z.string(),
  /** The case it was filed as. */
  case: z.string().optional(),
  firstDay: day,
  lastDay: day,
  count: z.looseObject({ origin: z.literal('record'), threshold: count }).optional(),
  /** Of a draft that was opened again after a shortfall: who passed the check, and who proposed since. */
  supplement: z
    .object({ firstDay: day, lastDay: day, valid: count, electronic: count, paper: count, required: count })
    .optional(),
});
const draftsAnswer = z.object({ drafts: z.array(summary) });
const draftAnswer = z.object({
  ...summary.shape,
  leadProposer: localisedText,
  rulePack: z.string(),
  /** What allows electronic proposals: a provision, or a default of this project. */
  allowedBy: z.unknown(),
  text: z.object({ mainText: z.string(), sha256: z.string(), file: z.string() }),
  acts: z.array(z.object({ kind: z.string(), at: z.string(), basis: z.string(), index: count.optional() })),
});

/** `/v1/drafts`: the drafts that look for proposers and one draft, as open data. No key, no cookie, any origin. */
export function proposalsApi(proposals: Proposals): readonly ApiRoute[] {
  return [
    apiRoute({
      ...PUBLIC,
      id: 'listDrafts',
      method: 'GET',
      path: '/v1/drafts',
      summary: words('徵求提案人的草案', 'Drafts that look for proposers'),
      answers: { 200: { description: words('草案', 'Drafts'), schema: draftsAnswer } },
      answer: async () => ({ status: 200, body: { drafts: (await proposals.list()).map(summaryOf) } }),
    }),
    apiRoute({
      ...PUBLIC,
      id: 'getDraft',
      method: 'GET',
      path: '/v1/drafts/{draft}',
      summary: words('一件草案', 'One draft'),
      params: z.object({ draft: draftNumber }),
      answers: { 200: { description: words('草案', 'The draft'), schema: draftAnswer } },
      async answer({ params }) {
        const draft = await proposals.find(params.draft);
        if (draft === undefined) return { code: 'not-found' };
        const { facts, text, acts } = draft;
        return {
          status: 200,
          body: {
            ...summaryOf(draft),
            leadProposer: facts.opened.leadProposer,
            rulePack: facts.opened.rulePack,
            allowedBy: facts.opened.allowedBy,
            text: { mainText: text.mainText, sha256: text.digest, file: `/drafts/${facts.draft}/text.txt` },
            acts: acts.map(({ kind, at, basis, index }) => ({ kind, at, basis, index })),
          },
        };
      },
    }),
  ];
}

function summaryOf(draft: DraftMaterial) {
  const { facts, state, required, supplement } = draft;
  const { opened, closed, reopened } = facts;
  const filedAs = closed?.case ?? reopened?.case;
  const count = countOfDraft(draft);
  return {
    draft: facts.draft,
    subject: opened.subject,
    state,
    ...(filedAs === undefined ? {} : { case: filedAs }),
    firstDay: opened.firstDay,
    lastDay: opened.lastDay,
    count: count && { origin: 'record', threshold: required, ...count },
    ...(reopened === undefined || supplement === undefined
      ? {}
      : { supplement: { ...supplement, firstDay: reopened.firstDay, lastDay: draft.lastDay } }),
  };
}
