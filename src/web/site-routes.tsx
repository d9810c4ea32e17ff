import type { FastifyInstance, FastifyRequest } from 'fastify';
import { languageOf, withoutLanguage } from '../platform/http/language.ts';
import type { Language, ProblemDocument, Problems } from '../platform/http/problem.ts';
import { type ContentSlug, contentSlugs } from './content.ts';
import { FaultPage, NotFoundPage, ProblemPage, RefusalPage, UnavailablePage } from './error-pages.tsx';
import type { Localised } from './language.ts';
import { renderPage } from './layout.tsx';
import type { PageFrame, Site } from './site.ts';
import { TextPage } from './text-page.tsx';

/** Where the asked-for page stands, from its address alone. */
export function pageFrame(site: Site, request: FastifyRequest): PageFrame {
  const path = withoutLanguage(request.url).split('?')[0] ?? '/';
  return { site, language: languageOf(request.url), path };
}

/** Registers a page at `/…` and at `/en/…`. */
export const bothLanguages = (path: string): readonly string[] =>
  path === '/' ? ['/', '/en'] : [path, `/en${path}`];

/** A refusal or a fault as a page; what was asked for is never repeated on it. */
export function renderProblem(site: Site, document: ProblemDocument, language: Language): string {
  const frame: PageFrame = { site, language, path: '/' };
  if (document.status === 404) return renderPage(<NotFoundPage frame={frame} />);
  if (document.status === 500)
    return renderPage(<FaultPage frame={frame} requestId={document.instance.replace('urn:uuid:', '')} />);
  if (document.code === 'overloaded') return renderPage(<UnavailablePage frame={frame} retryAfter={5} />);
  return renderPage(<RefusalPage frame={frame} problem={document} />);
}

/** The pages that belong to no module: texts, and one page for every code a refusal can carry. */
export function siteRoutes(
  server: FastifyInstance,
  site: Site,
  problems: Problems,
  content: Readonly<Record<ContentSlug, Localised>>,
): void {
  const page = { config: { publicForSeconds: 60 } };
  for (const slug of contentSlugs)
    for (const url of bothLanguages(`/${slug}`))
      server.get(url, page, async (request, reply) => {
        const frame = pageFrame(site, request);
        return reply
          .type('text/html; charset=utf-8')
          .send(renderPage(<TextPage frame={frame} source={content[slug][frame.language]} />));
      });

  for (const url of bothLanguages('/problems/:code'))
    server.get<{ Params: { code: string } }>(url, page, async (request, reply) => {
      const { code } = request.params;
      const entry = problems.find(code);
      if (!entry) return reply.refuse({ code: 'not-found' });
      const frame = pageFrame(site, request);
      const problem = problems.document({ code }, String(request.id), frame.language);
      return reply
        .type('text/html; charset=utf-8')
        .send(renderPage(<ProblemPage frame={frame} problem={problem} />));
    });
}
