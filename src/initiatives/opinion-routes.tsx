import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import type { Initiatives } from './initiatives.ts';
import { OpinionComparePage } from './opinion-compare-page.tsx';
import { opinionsOf } from './opinions.ts';

const CASE = z.string().regex(/^[1-9][0-9]{3,5}$/);
const DIGEST = z.string().regex(/^[0-9a-f]{64}$/);
const COMPARED = z.object({ from: DIGEST, to: DIGEST });

/** Agencies' opinions, each text under its digest, and what an amendment changed. */
export function opinionRoutes(
  server: FastifyInstance,
  { site, initiatives }: Readonly<{ site: Site; initiatives: Initiatives }>,
): void {
  // The bytes are what their address says: they never change.
  server.get<{ Params: { case: string; digest: string } }>(
    '/initiatives/:case/opinions/:digest.txt',
    { config: { publicForSeconds: 3_600 } },
    async (request, reply) => {
      const { case: of, digest } = request.params;
      const isAsked = CASE.safeParse(of).success && DIGEST.safeParse(digest).success;
      const text = isAsked ? await initiatives.findOpinionText(of, digest) : undefined;
      return text === undefined
        ? reply.refuse({ code: 'not-found' })
        : reply.type('text/plain; charset=utf-8').send(Buffer.from(text));
    },
  );

  for (const url of bothLanguages('/initiatives/:case/opinions/compare'))
    server.get<{ Params: { case: string } }>(
      url,
      { config: { publicForSeconds: 60 } },
      async (request, reply) => {
        const { case: of } = request.params;
        const asked = COMPARED.safeParse(request.query);
        const found = CASE.safeParse(of).success ? await initiatives.findCase(of) : undefined;
        if (!asked.success || found === undefined) return reply.refuse({ code: 'not-found' });
        const { from, to } = asked.data;
        const { facts, course } = found.material;
        const opinion = opinionsOf(found.acts, course).find(({ versions }) =>
          [from, to].every((digest) => versions.some((version) => version.digest === digest)),
        );
        const [earlier, later] = await Promise.all([
          initiatives.findOpinionText(of, from),
          initiatives.findOpinionText(of, to),
        ]);
        if (opinion === undefined || earlier === undefined || later === undefined)
          return reply.refuse({ code: 'not-found' });
        const text = new TextDecoder();
        const view = {
          caseNumber: of,
          title: facts.filed.subject,
          opinion,
          from: { digest: from, text: text.decode(earlier) },
          to: { digest: to, text: text.decode(later) },
        };
        return reply
          .type('text/html; charset=utf-8')
          .send(renderPage(<OpinionComparePage frame={pageFrame(site, request)} view={view} />));
      },
    );
}
