/** `/invitations/:token`: who was invited registers a passkey, once. */
import type { FastifyInstance } from 'fastify';
import { languageOf } from '../platform/http/language.ts';
import { localPath } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import type { EntranceDeps } from './entrance-routes.tsx';
import { InvitationPage } from './invitation-page.tsx';
import { formOfRequest, sendPage } from './workspace-gate-plugin.ts';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export function invitationRoutes(
  server: FastifyInstance,
  { gate, leadProposers, attemptsPerMinute }: Omit<EntranceDeps, 'clock' | 'cardComponent'>,
): void {
  const attempts = { rateLimit: { max: attemptsPerMinute, timeWindow: 60_000 } };
  for (const url of bothLanguages('/invitations/:token')) {
    server.get<{ Params: { token: string } }>(url, async (request, reply) => {
      const { token } = request.params;
      const invitation = TOKEN.test(token) ? await leadProposers.invitation(token) : undefined;
      if (invitation === undefined) return reply.refuse({ code: 'invitation-unknown' });
      const view = { ...invitation, rpId: leadProposers.party().id };
      return sendPage(reply, <InvitationPage frame={gate.frame(request)} view={view} />);
    });
    server.post<{ Params: { token: string } }>(url, { config: attempts }, async (request, reply) => {
      const { answer = '' } = formOfRequest(request);
      const { token } = request.params;
      if (!TOKEN.test(token)) return reply.refuse({ code: 'invitation-unknown' });
      const outcome = await leadProposers.enrol(token, answer);
      if (!outcome.ok) return reply.refuse({ code: outcome.code });
      return reply.redirect(`${localPath(languageOf(request.url), '/sign-in')}?note=registered`, 303);
    });
  }
}
