import type { FastifyInstance } from 'fastify';
import { type Clock, legalDateOf } from '../platform/time.ts';
import { renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import type { PastCases } from './past-cases.ts';
import { PastCasesPage } from './past-cases-page.tsx';

/** `/past-cases`, in both languages. */
export function pastCasesRoutes(
  server: FastifyInstance,
  { site, clock, pastCases }: Readonly<{ site: Site; clock: Clock; pastCases: PastCases }>,
): void {
  for (const url of bothLanguages('/past-cases'))
    server.get(url, { config: { publicForSeconds: 60 } }, async (request, reply) => {
      const view = (
        <PastCasesPage
          frame={pageFrame(site, request)}
          cases={await pastCases.list()}
          today={legalDateOf(clock.nowMs())}
        />
      );
      return reply.type('text/html; charset=utf-8').send(renderPage(view));
    });
}
