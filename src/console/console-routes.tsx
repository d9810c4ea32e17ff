/** `/console` and everything below it, in both languages. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from '../platform/http/language.ts';
import type { Localised } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import { actingRoutes } from './acting-routes.tsx';
import { type AffidavitRoutesDeps, affidavitRoutes } from './affidavit-routes.tsx';
import { type Asked, bothWays, ConsoleContext, type ConsoleRoutesDeps } from './console-context-routes.tsx';
import { speak } from './console-frame.tsx';
import { draftPage } from './draft-routes.tsx';
import { LEAD_FORMS } from './lead-forms.ts';
import { ConsoleListPage } from './list-page.tsx';
import type { Mandate, Permission } from './permissions.ts';
import { readingRoutes } from './reading-routes.tsx';
import { withdrawNotice } from './withdraw-routes.tsx';

const isDraft = ({ frame }: Asked): boolean => frame.number.startsWith('D');

export function consoleRoutes(
  server: FastifyInstance,
  deps: ConsoleRoutesDeps & Readonly<{ affidavit: AffidavitRoutesDeps }>,
): void {
  const pages = new ConsoleContext(deps);
  const overview = readingRoutes(server, pages);
  const simple = actingRoutes(server, pages);
  affidavitRoutes(server, pages, deps.affidavit);

  /** One address, two pages: what a draft and a case share. */
  const either = (
    permission: Permission,
    ofDraft: (asked: Asked) => Promise<FastifyReply>,
    ofCase: Parameters<typeof pages.ofCase>[1],
  ) =>
    pages.within(permission, async (asked) => {
      if (isDraft(asked)) return ofDraft(asked);
      const found = await deps.console.find(asked.frame.number);
      return found === undefined
        ? asked.reply.refuse({ code: 'not-found' })
        : ofCase({ ...asked, case: found });
    });

  bothWays(server, '', either('progress', draftPage(pages), overview));
  const file = LEAD_FORMS.find(({ path }) => path === '/file');
  if (file === undefined) throw new Error('no form to file');
  for (const [path, handler] of [
    ['/file', either('act', draftPage(pages, 'file'), simple(file))],
    ['/withdraw', either('act', draftPage(pages, 'withdraw'), withdrawNotice(pages))],
  ] as const)
    bothWays(server, path, handler, handler);

  for (const url of bothLanguages('/console'))
    server.get(url, async (request: FastifyRequest, reply: FastifyReply) => {
      const who = await deps.signedIn(request, reply);
      if (who === undefined) return reply;
      const language = languageOf(request.url);
      const rows: { number: string; subject: Localised; mandate: Mandate }[] = [];
      for (const { scope, mandate } of await deps.mandatesOf(who)) {
        const subject = scope.startsWith('D')
          ? (await deps.proposals.find(scope))?.facts.opened.subject
          : /^[0-9]{4,6}$/.test(scope)
            ? (await deps.console.find(scope))?.found.material.facts.filed.subject
            : undefined;
        if (subject !== undefined) rows.push({ number: scope, subject, mandate });
      }
      const title = speak(language)('領銜人專區', 'Lead proposer’s console');
      const page = { title, children: <ConsoleListPage language={language} rows={rows} /> };
      return pages.send(reply, deps.page(request, who, page));
    });
}
