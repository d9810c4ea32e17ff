import type { FastifyInstance } from 'fastify';
import { countView, outcomeOf } from './case-view.ts';
import type { Initiatives } from './initiatives.ts';

/** `/v1/initiatives`: the list and one case, as open data. No key, no cookie, any origin. */
export function initiativesApi(server: FastifyInstance, initiatives: Initiatives): void {
  server.get('/v1/initiatives', { config: { publicForSeconds: 2 } }, async (_request, reply) => {
    const cases = await initiatives.listCases('');
    return reply
      .header('access-control-allow-origin', '*')
      .type('application/json; charset=utf-8')
      .send(
        JSON.stringify({
          initiatives: cases.map((material) => ({
            case: material.facts.caseNumber,
            subject: material.facts.filed.subject,
            state: material.state,
            firstDay: material.facts.opened?.firstDay,
            lastDay: material.facts.opened?.lastDay,
            count: countView(material),
          })),
        }),
      );
  });

  server.get<{ Params: { case: string } }>(
    '/v1/initiatives/:case',
    { config: { publicForSeconds: 2 } },
    async (request, reply) => {
      const found = /^[1-9][0-9]{3,5}$/.test(request.params.case)
        ? await initiatives.findCase(request.params.case)
        : undefined;
      if (!found) return reply.refuse({ code: 'not-found' });
      const { material, acts, version } = found;
      return reply
        .header('access-control-allow-origin', '*')
        .type('application/json; charset=utf-8')
        .send(
          JSON.stringify({
            case: material.facts.caseNumber,
            subject: material.facts.filed.subject,
            leadProposer: material.facts.filed.leadProposer,
            rulePack: material.facts.filed.rulePack,
            state: material.state,
            outcome: outcomeOf(material),
            period: material.facts.opened,
            text: version && {
              version: version.version,
              mainText: version.mainText,
              sha256: version.digest,
              file: `/initiatives/${material.facts.caseNumber}/texts/${version.version}.txt`,
            },
            count: countView(material),
            acts: acts.map(({ kind, at, basis, index }) => ({ kind, at, basis, index })),
          }),
        );
    },
  );
}
