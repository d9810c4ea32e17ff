import type { FastifyInstance } from 'fastify';
import { countOfDraft, type DraftMaterial } from './draft-view.ts';
import type { Proposals } from './proposals.ts';

const SHORT = { config: { publicForSeconds: 2 } };

/** `/v1/drafts`: the drafts that look for proposers and one draft, as open data. No key, no cookie, any origin. */
export function proposalsApi(server: FastifyInstance, proposals: Proposals): void {
  server.get('/v1/drafts', SHORT, async (_request, reply) => {
    const drafts = await proposals.list();
    return reply
      .header('access-control-allow-origin', '*')
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ drafts: drafts.map(summaryOf) }));
  });

  server.get<{ Params: { draft: string } }>('/v1/drafts/:draft', SHORT, async (request, reply) => {
    const draft = await proposals.find(request.params.draft);
    if (draft === undefined) return reply.refuse({ code: 'not-found' });
    const { facts, text, acts } = draft;
    return reply
      .header('access-control-allow-origin', '*')
      .type('application/json; charset=utf-8')
      .send(
        JSON.stringify({
          ...summaryOf(draft),
          leadProposer: facts.opened.leadProposer,
          rulePack: facts.opened.rulePack,
          allowedBy: facts.opened.allowedBy,
          text: {
            mainText: text.mainText,
            sha256: text.digest,
            file: `/drafts/${facts.draft}/text.txt`,
          },
          acts: acts.map(({ kind, at, basis, index }) => ({ kind, at, basis, index })),
        }),
      );
  });
}

function summaryOf(draft: DraftMaterial) {
  const { facts, state, required } = draft;
  const { opened, closed } = facts;
  const count = countOfDraft(draft);
  return {
    draft: facts.draft,
    subject: opened.subject,
    state,
    ...(closed?.case === undefined ? {} : { case: closed.case }),
    firstDay: opened.firstDay,
    lastDay: opened.lastDay,
    count: count && { origin: 'record', threshold: required, ...count },
  };
}
