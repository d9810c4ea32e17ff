import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { languageOf } from '../platform/http/language.ts';
import type { Clock } from '../platform/time.ts';
import { utcIso } from '../platform/time.ts';
import { localPath, renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { caseCalendar } from './case-calendar.ts';
import { ComparePage } from './case-compare-page.tsx';
import { courseView } from './case-course-view.ts';
import { caseFeed } from './case-feed.ts';
import type { FoundCase, Initiatives } from './initiatives.ts';

const CASE = z.string().regex(/^[1-9][0-9]{3,5}$/);
const VERSION = z.coerce.number().int().min(1).max(9_999);
const COMPARED = z.object({ from: VERSION.optional(), to: VERSION.optional() });

/** What follows a case elsewhere: its calendar, its feed, and any two versions of its text compared. */
export function caseFilesRoutes(
  server: FastifyInstance,
  options: Readonly<{ site: Site; initiatives: Initiatives; clock: Clock; publicOrigin: string }>,
): void {
  const { site, initiatives, clock, publicOrigin } = options;
  const find = async (caseNumber: string): Promise<FoundCase | undefined> =>
    CASE.safeParse(caseNumber).success ? initiatives.findCase(caseNumber) : undefined;

  for (const url of bothLanguages('/initiatives/:case/calendar.ics'))
    server.get<{ Params: { case: string } }>(
      url,
      { config: { publicForSeconds: 60 } },
      async (request, reply) => {
        const found = await find(request.params.case);
        if (!found) return reply.refuse({ code: 'not-found' });
        const language = languageOf(request.url);
        const { facts, course } = found.material;
        const text = caseCalendar(
          {
            caseNumber: facts.caseNumber,
            title: facts.filed.subject,
            course,
            url: `${publicOrigin}${localPath(language, `/initiatives/${facts.caseNumber}`)}`,
            host: new URL(publicOrigin).hostname,
            stamp: utcIso(clock.nowMs()).replace(/[-:]|\.\d+/g, ''),
          },
          language,
        );
        return reply
          .header('content-disposition', `inline; filename="${facts.caseNumber}.ics"`)
          .type('text/calendar; charset=utf-8')
          .send(text);
      },
    );

  for (const url of bothLanguages('/initiatives/:case/feed.atom'))
    server.get<{ Params: { case: string } }>(
      url,
      { config: { publicForSeconds: 60 } },
      async (request, reply) => {
        const found = await find(request.params.case);
        if (!found) return reply.refuse({ code: 'not-found' });
        const language = languageOf(request.url);
        const { facts } = found.material;
        const path = localPath(language, `/initiatives/${facts.caseNumber}`);
        const text = caseFeed(
          {
            caseNumber: facts.caseNumber,
            title: facts.filed.subject,
            entries: courseView(found.acts, facts),
            url: `${publicOrigin}${path}`,
            feedUrl: `${publicOrigin}${path}/feed.atom`,
            author: '連署 Lianshu',
          },
          language,
        );
        return reply.type('application/atom+xml; charset=utf-8').send(text);
      },
    );

  for (const url of bothLanguages('/initiatives/:case/texts/compare'))
    server.get<{ Params: { case: string } }>(
      url,
      { config: { publicForSeconds: 60 } },
      async (request, reply) => {
        const found = await find(request.params.case);
        const asked = COMPARED.safeParse(request.query);
        const newest = found?.version?.version;
        if (!found || newest === undefined || !asked.success) return reply.refuse({ code: 'not-found' });
        const to = asked.data.to ?? newest;
        const from = asked.data.from ?? Math.max(1, to - 1);
        const { facts } = found.material;
        const [earlier, later] = await Promise.all([
          initiatives.findTextFile(facts.caseNumber, from),
          initiatives.findTextFile(facts.caseNumber, to),
        ]);
        if (!earlier || !later) return reply.refuse({ code: 'not-found' });
        const text = new TextDecoder();
        const view = {
          caseNumber: facts.caseNumber,
          title: facts.filed.subject,
          from: { version: from, text: text.decode(earlier) },
          to: { version: to, text: text.decode(later) },
          versions: Array.from({ length: newest }, (_, i) => i + 1),
        };
        return reply
          .type('text/html; charset=utf-8')
          .send(renderPage(<ComparePage frame={pageFrame(site, request)} view={view} />));
      },
    );
}
