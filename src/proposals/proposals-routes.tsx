import type { FastifyInstance, FastifyRequest } from 'fastify';
import { renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { DraftPage } from './draft-page.tsx';
import { DraftsPage } from './drafts-page.tsx';
import type { Proposals } from './proposals.ts';

const HTML = 'text/html; charset=utf-8';
const SHORT = { config: { publicForSeconds: 2 } };

const draftOf = (request: FastifyRequest): string => (request.params as { draft: string }).draft;

/** `/drafts` and `/drafts/:draft` in both languages: read without logging in and without script. */
export function proposalsRoutes(
  server: FastifyInstance,
  site: Site,
  proposals: Proposals,
  workspaceUrl: () => string | undefined,
): void {
  for (const url of bothLanguages('/drafts'))
    server.get(url, SHORT, async (request, reply) => {
      const drafts = await proposals.list();
      return reply
        .type(HTML)
        .send(
          renderPage(
            <DraftsPage frame={pageFrame(site, request)} drafts={drafts} workspaceUrl={workspaceUrl()} />,
          ),
        );
    });

  for (const url of bothLanguages('/drafts/:draft'))
    server.get(url, SHORT, async (request, reply) => {
      const draft = await proposals.find(draftOf(request));
      if (draft === undefined) return reply.refuse({ code: 'not-found' });
      return reply.type(HTML).send(renderPage(<DraftPage frame={pageFrame(site, request)} draft={draft} />));
    });

  server.get('/drafts/:draft/text.txt', async (request, reply) => {
    const number = draftOf(request);
    const file = await proposals.textFile(number);
    if (file === undefined) return reply.refuse({ code: 'not-found' });
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-disposition', `inline; filename="${number}.txt"`)
      .type('text/plain; charset=utf-8')
      .send(Buffer.from(file));
  });
}
