/** Public pages of what authorities announce, owe and have switched on, and of automatic notices. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { standingActs } from '../initiatives/index.ts';
import type { Db } from '../platform/db/index.ts';
import { languageOf } from '../platform/http/language.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { PublicRecord } from '../record/index.ts';
import type { Switches } from '../switches/index.ts';
import { localPath, renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { AnnouncementsPage } from './announcements-page.tsx';
import { atomText } from './atom.ts';
import { DUTY_STATES } from './duties.ts';
import { DutiesPage } from './duties-page.tsx';
import { noticesMessages } from './notices-messages.ts';
import { PublicityPage } from './publicity-page.tsx';
import type { NoticesReading } from './read-notices.ts';
import { SwitchesPage } from './switches-page.tsx';

export interface NoticesDeps {
  readonly site: Site;
  readonly db: Db;
  readonly clock: Clock;
  readonly reading: NoticesReading;
  readonly record: Pick<PublicRecord, 'actsOfKind'>;
  readonly switches: Switches;
  readonly publicOrigin: string;
}

const ASKED = z.object({ state: z.enum(DUTY_STATES as [string, ...string[]]).optional() });

type ClosureBody = Readonly<{ day: string; place: string; source: { label: string; href: string } }>;

export function noticesRoutes(server: FastifyInstance, deps: NoticesDeps): void {
  const { site, db, clock, reading, record, switches, publicOrigin } = deps;
  const page = { config: { publicForSeconds: 60 } };
  const html = 'text/html; charset=utf-8';

  for (const url of bothLanguages('/announcements'))
    server.get(url, page, async (request, reply) => {
      const announcements = await reading.announced();
      const view = <AnnouncementsPage frame={pageFrame(site, request)} announcements={announcements} />;
      return reply.type(html).send(renderPage(view));
    });

  for (const url of bothLanguages('/duties'))
    server.get(url, page, async (request, reply) => {
      const asked = ASKED.safeParse(request.query);
      const [rows, closures] = await Promise.all([reading.duties(), record.actsOfKind(db, 'closure')]);
      const view = {
        rows,
        state: DUTY_STATES.find((state) => state === asked.data?.state),
        closures: standingActs(closures)
          .map(({ body }) => body as unknown as ClosureBody)
          .toReversed(),
      };
      return reply.type(html).send(renderPage(<DutiesPage frame={pageFrame(site, request)} view={view} />));
    });

  for (const url of bothLanguages('/notices'))
    server.get(url, page, async (request, reply) => {
      const items = await reading.published();
      const view = <PublicityPage frame={pageFrame(site, request)} items={items} />;
      return reply.type(html).send(renderPage(view));
    });

  for (const url of bothLanguages('/switches'))
    server.get(url, page, async (request, reply) => {
      const { states, entries } = await switches.all(legalDateOf(clock.nowMs()));
      const view = <SwitchesPage frame={pageFrame(site, request)} states={states} entries={entries} />;
      return reply.type(html).send(renderPage(view));
    });

  for (const url of bothLanguages('/announcements.atom'))
    server.get(url, page, async (request, reply) => {
      const language = languageOf(request.url);
      const path = `${publicOrigin}${localPath(language, '/announcements')}`;
      const items = (await reading.announced()).map((one) => ({
        id: `${path}#${one.index === undefined ? one.at : `entry-${one.index}`}`,
        title: one.title[language],
        text: `${one.text[language]}\n${one.article}`,
        updated: one.at,
        url: one.index === undefined ? path : `${path}#entry-${one.index}`,
      }));
      const { announcements: title } = noticesMessages(language);
      const feed = { title, url: path, feedUrl: `${path}.atom`, language, items };
      return reply.type('application/atom+xml; charset=utf-8').send(atomText(feed));
    });

  for (const url of bothLanguages('/notices.atom'))
    server.get(url, page, async (request, reply) => {
      const language = languageOf(request.url);
      const path = `${publicOrigin}${localPath(language, '/notices')}`;
      const items = (await reading.published()).map((item) => ({
        id: `${path}#${item.caseNumber}-${item.event}-${item.on}`,
        title: item.title[language],
        text: item.text[language],
        updated: item.on,
        url: `${publicOrigin}${localPath(language, `/initiatives/${item.caseNumber}`)}`,
      }));
      const { publicity: title } = noticesMessages(language);
      const feed = { title, url: path, feedUrl: `${path}.atom`, language, items };
      return reply.type('application/atom+xml; charset=utf-8').send(atomText(feed));
    });
}
