/** The embed page, on the public surface: the only page that other sites may frame. */
import type { FastifyInstance } from 'fastify';
import type { Initiatives } from '../initiatives/index.ts';
import { daysBetween, OUTCOME_NAMES, STAGE_NAMES } from '../law/index.ts';
import { languageOf } from '../platform/http/language.ts';
import { renderPage, type Site } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import { EmbedPage, type EmbedView } from './embed-page.tsx';

export interface EmbedDeps {
  readonly site: Site;
  readonly initiatives: Pick<Initiatives, 'findCase'>;
  /** Origin of the public site. */
  readonly publicUrl: string;
}

/** Everything off but its own style; any site may frame it, and it can send nothing anywhere. */
const EMBED_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join(';');

const CASE = /^[1-9][0-9]{3,5}$/;

export function embedRoutes(server: FastifyInstance, { site, initiatives, publicUrl }: EmbedDeps): void {
  async function viewOf(caseNumber: string): Promise<EmbedView | undefined> {
    const found = CASE.test(caseNumber) ? await initiatives.findCase(caseNumber) : undefined;
    if (found === undefined) return undefined;
    const { facts, course, count, state } = found.material;
    const { opened } = facts;
    const isOpen = state === 'open' && opened !== undefined;
    return {
      caseNumber,
      subject: facts.filed.subject,
      stage: course.outcome === undefined ? STAGE_NAMES[course.stage] : OUTCOME_NAMES[course.outcome.value],
      lastDay: isOpen ? opened.lastDay : undefined,
      daysLeft: isOpen ? daysBetween(course.today, opened.lastDay) : undefined,
      count: opened === undefined || facts.filed.origin !== 'here' ? undefined : count?.counted,
      countedAt: count?.at,
      threshold: opened?.threshold,
      mode: opened?.mode,
    };
  }

  for (const url of bothLanguages('/embed/initiatives/:case'))
    server.get<{ Params: { case: string } }>(
      url,
      { config: { publicForSeconds: 60 } },
      async (request, reply) => {
        const view = await viewOf(request.params.case);
        if (view === undefined) return reply.refuse({ code: 'not-found' });
        const language = languageOf(request.url);
        const { css } = site.assets;
        // The style is the only thing loaded, and across origins: its digest is compared by the browser as ever.
        return reply
          .removeHeader('x-frame-options')
          .header('content-security-policy', EMBED_POLICY)
          .header('cross-origin-resource-policy', 'cross-origin')
          .header('referrer-policy', 'no-referrer')
          .type('text/html; charset=utf-8')
          .send(
            renderPage(
              <EmbedPage
                language={language}
                view={view}
                css={css}
                publicUrl={publicUrl}
                isDemo={site.demo}
              />,
            ),
          );
      },
    );
}
