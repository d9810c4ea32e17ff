/** Public pages of what authorities announce, owe and have switched on, and of automatic notices. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { standingActs } from '../initiatives/index.ts';
import { citation } from '../law/index.ts';
import type { Db } from '../platform/db/index.ts';
import { languageOf } from '../platform/http/language.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { PublicRecord } from '../record/index.ts';
import type { Switches } from '../switches/index.ts';
import { type AtomItem, atomText, type Language, localPath, renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { AnnouncementsPage } from './announcements-page.tsx';
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

const MOST_IN_FEED = 100;

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

  /** Two feeds at the addresses of their pages with `.atom`. */
  const feed = (
    name: 'announcements' | 'notices',
    read: (language: Language, path: string) => Promise<readonly AtomItem[]>,
  ): void => {
    for (const url of bothLanguages(`/${name}.atom`))
      server.get(url, page, async (request, reply) => {
        const language = languageOf(request.url);
        const path = `${publicOrigin}${localPath(language, `/${name}`)}`;
        const items = (await read(language, path)).slice(0, MOST_IN_FEED);
        const { announcements, publicity } = noticesMessages(language);
        return reply.type('application/atom+xml; charset=utf-8').send(
          atomText({
            title: name === 'announcements' ? announcements : publicity,
            author: '連署 Lianshu',
            url: path,
            feedUrl: `${path}.atom`,
            language,
            updated: items[0]?.updated ?? '1970-01-01',
            items,
          }),
        );
      });
  };
  feed('announcements', async (language, path) =>
    (await reading.announced()).map((one) => ({
      id: `${path}#${one.index === undefined ? one.at : `entry-${one.index}`}`,
      title: one.title[language],
      text: `${one.text[language]}\n${citation(one.article)[language]}`,
      updated: one.at,
      url: one.index === undefined ? path : `${path}#entry-${one.index}`,
    })),
  );
  feed('notices', async (language, path) =>
    (await reading.published()).map((item) => ({
      id: `${path}#${item.caseNumber}-${item.event}-${item.on}`,
      title: item.title[language],
      text: item.text[language],
      updated: item.on,
      url: `${publicOrigin}${localPath(language, `/initiatives/${item.caseNumber}`)}`,
    })),
  );
}
