/** The workspace's own pages: entrance, home, sessions, people who help. Other modules add theirs beside them. */
import type { FastifyInstance } from 'fastify';
import { languageOf } from '../platform/http/language.ts';
import type { Problems } from '../platform/http/problem.ts';
import { type Clock, utcIso } from '../platform/time.ts';
import { localPath } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import { entranceRoutes } from './entrance-routes.tsx';
import { HomePage } from './home-page.tsx';
import { invitationRoutes } from './invitation-routes.tsx';
import type { LeadProposers } from './lead-proposers.ts';
import { membersRoutes } from './members-routes.tsx';
import { SessionsPage } from './sessions-page.tsx';
import { formOfRequest, sendPage, type WorkspaceGate } from './workspace-gate-plugin.ts';
import { renderWorkspaceProblem, type WorkspaceSite } from './workspace-page.tsx';

export interface WorkspaceRoutesDeps {
  readonly gate: WorkspaceGate;
  readonly leadProposers: LeadProposers;
  readonly clock: Clock;
  readonly site: WorkspaceSite;
  readonly problems: Problems;
  /** Origin of the card component, `http://localhost:61161`. */
  readonly cardComponent: string;
  /** Sign-in attempts a minute from one address. */
  readonly attemptsPerMinute: number;
}

export function workspaceRoutes(server: FastifyInstance, deps: WorkspaceRoutesDeps): void {
  const { gate, leadProposers, problems } = deps;
  // Where the `type` of a problem document leads.
  for (const url of bothLanguages('/problems/:code'))
    server.get<{ Params: { code: string } }>(url, async (request, reply) => {
      const { code } = request.params;
      if (problems.find(code) === undefined) return reply.refuse({ code: 'not-found' });
      const language = languageOf(request.url);
      const document = problems.document({ code }, String(request.id), language);
      return reply
        .type('text/html; charset=utf-8')
        .send(renderWorkspaceProblem(gate.refusalFrame(request), document));
    });
  entranceRoutes(server, deps);
  invitationRoutes(server, deps);
  membersRoutes(server, deps);

  for (const url of bothLanguages('/'))
    server.get(url, async (request, reply) => {
      const account = await gate.signedIn(request, reply);
      if (account === undefined) return reply;
      const view = { account, mandates: await leadProposers.mandatesOf(account) };
      return sendPage(reply, <HomePage frame={gate.frame(request, account)} view={view} />);
    });

  for (const url of bothLanguages('/sessions')) {
    server.get(url, async (request, reply) => {
      const account = await gate.signedIn(request, reply);
      if (account === undefined) return reply;
      const sessions = (await leadProposers.sessionsOf(account)).map(({ name, beganAtMs, seenAtMs }) => ({
        name,
        began: utcIso(beganAtMs),
        seen: utcIso(seenAtMs),
        isThis: name === account.sessionName,
      }));
      return sendPage(reply, <SessionsPage frame={gate.frame(request, account)} sessions={sessions} />);
    });
    server.post(url, async (request, reply) => {
      const account = await gate.signedIn(request, reply);
      if (account === undefined) return reply;
      const { session = '' } = formOfRequest(request);
      if (!/^[0-9a-f]{64}$/.test(session)) return reply.refuse({ code: 'malformed-input' });
      await leadProposers.signOut(account, session);
      return reply.redirect(localPath(languageOf(request.url), '/sessions'), 303);
    });
  }
}
