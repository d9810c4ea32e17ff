import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { PastCases } from '../past-cases/index.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import { renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { beforeCaseView, closedCaseView, openCaseView } from './case-lists.ts';
import type { CaseSearch } from './case-search.ts';
import { type CaseMaterial, listOf } from './case-view.ts';
import { HomePage, type HomeView } from './home-page.tsx';
import type { Initiatives } from './initiatives.ts';

const CASE = z.string().regex(/^[1-9][0-9]{3,5}$/);
const LIKE_NATIONAL_ID = /[A-Za-z]\s*[-A-Da-d1289]\s*(\d[\s-]*){8}/;
const SEARCH = z.object({ q: z.string().max(100).optional() });

/** All cases are counted at the published checkpoint: any of them names it. */
function checkpointOf(cases: readonly CaseMaterial[]): Pick<HomeView, 'checkpoint'> {
  const counted = cases.find(({ count }) => count?.witnessed !== undefined)?.count;
  return counted?.witnessed ? { checkpoint: { size: counted.size, witnessed: counted.witnessed } } : {};
}

export interface HomePages {
  readonly site: Site;
  readonly initiatives: Initiatives;
  readonly pastCases: Pick<PastCases, 'list'>;
  readonly search: Pick<CaseSearch, 'find'>;
  readonly clock: Clock;
  /** Where lead proposers draft, once it is served. */
  readonly workspaceUrl: () => string | undefined;
}

/** `/` and the texts of cases, in both languages: read without logging in and without script. */
export function initiativesRoutes(
  server: FastifyInstance,
  { site, initiatives, pastCases, search, clock, workspaceUrl }: HomePages,
): void {
  /** Votes held elsewhere, where the words stand in their titles or are their number. */
  async function pastFound(query: string) {
    if (query === '') return [];
    const [found, all] = await Promise.all([search.find(query), pastCases.list()]);
    const numbers = new Set([query, ...found.map(({ caseNumber }) => caseNumber)]);
    return all.filter(({ number }) => numbers.has(String(number)));
  }

  for (const url of bothLanguages('/'))
    server.get(url, { config: { publicForSeconds: 2 } }, async (request, reply) => {
      const query = SEARCH.safeParse(request.query).data?.q?.trim() ?? '';
      // Somebody typed a national ID into the wrong field: it is neither looked for nor shown nor kept.
      if (LIKE_NATIONAL_ID.test(query.normalize('NFKC')))
        return reply.redirect(request.url.startsWith('/en') ? '/en/#open' : '/#open', 303);
      const [cases, past] = await Promise.all([initiatives.listCases(query), pastFound(query)]);
      const html = renderPage(
        <HomePage
          frame={pageFrame(site, request)}
          view={{
            open: cases.filter((each) => listOf(each) === 'open').map(openCaseView),
            before: cases.filter((each) => listOf(each) === 'before').map(beforeCaseView),
            closed: cases.filter((each) => listOf(each) === 'closed').map(closedCaseView),
            ...checkpointOf(cases),
            workspaceUrl: workspaceUrl(),
            past: { cases: past, today: legalDateOf(clock.nowMs()) },
            ...(query === '' ? {} : { search: { query } }),
          }}
        />,
      );
      return reply.type('text/html; charset=utf-8').send(html);
    });

  for (const url of bothLanguages('/initiatives'))
    server.get(url, async (request, reply) =>
      reply.redirect(request.url.startsWith('/en/') ? '/en/#open' : '/#open'),
    );

  server.get<{ Params: { case: string; version: string } }>(
    '/initiatives/:case/texts/:version.txt',
    async (request, reply) => {
      const { case: caseNumber, version } = request.params;
      const file =
        CASE.safeParse(caseNumber).success && /^[1-9][0-9]{0,3}$/.test(version)
          ? await initiatives.findTextFile(caseNumber, Number(version))
          : undefined;
      if (!file) return reply.refuse({ code: 'not-found' });
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('content-disposition', `inline; filename="${caseNumber}-v${version}.txt"`)
        .type('text/plain; charset=utf-8')
        .send(Buffer.from(file));
    },
  );
}
