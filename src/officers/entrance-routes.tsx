/** Signing in and out, registering a passkey, and one's own sessions. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CAPACITY_NAMES, type Capacity } from '../law/index.ts';
import { languageOf } from '../platform/http/language.ts';
import { IDLE_MS } from '../platform/sign-in-rule.ts';
import type { Clock } from '../platform/time.ts';
import { utcIso } from '../platform/time.ts';
import { localPath } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import { EnrolPage, KeyWaitsPage, SessionsPage, SignInPage } from './entrance-pages.tsx';
import { formOfRequest, type Gate, sendPage } from './office-gate-plugin.ts';
import type { Officers } from './officers.ts';
import type { StoredSession } from './session-store.ts';

export interface EntranceDeps {
  readonly gate: Gate;
  readonly officers: Officers;
  readonly clock: Clock;
  readonly sessionsOf: (officer: string, seenAfterMs: number) => Promise<readonly StoredSession[]>;
}

const ATTEMPTS = { rateLimit: { max: 60, timeWindow: 60_000 } };
const TOKEN = /^([A-Za-z0-9_-]{16}\.)?[A-Za-z0-9_-]{43}$/;

/** Only a path of this site: whoever forged the link leads nobody elsewhere. */
const isOwnPath = (path: string): boolean => /^\/(?![/\\])[A-Za-z0-9/_.-]{0,200}$/.test(path);

const queryOf = (request: FastifyRequest): Readonly<Record<string, unknown>> =>
  request.query as Readonly<Record<string, unknown>>;

export function entranceRoutes(server: FastifyInstance, deps: EntranceDeps): void {
  const { gate, officers, clock } = deps;

  for (const url of bothLanguages('/sign-in')) {
    server.get(url, async (request, reply) => {
      const { next, note } = queryOf(request);
      const view = {
        rpId: officers.party().id,
        challenge: officers.signInChallenge(),
        next: typeof next === 'string' && isOwnPath(next) ? next : '/',
        note: note === 'again' || note === 'enrolled' ? note : undefined,
      } as const;
      return sendPage(reply, <SignInPage frame={await gate.frame(request)} view={view} />);
    });
    server.post(url, { config: ATTEMPTS }, async (request, reply) => {
      const { answer = '', next = '/' } = formOfRequest(request);
      const outcome = await officers.signIn(answer, gate.sessionId(request));
      if (!outcome.ok) return reply.refuse({ code: outcome.code });
      gate.admit(reply, outcome.sessionId);
      return reply.redirect(localPath(languageOf(request.url), isOwnPath(next) ? next : '/'), 303);
    });
  }

  for (const url of bothLanguages('/sign-out'))
    server.post(url, async (request, reply) => {
      const id = gate.sessionId(request);
      const who = id === undefined ? undefined : await officers.whoIs(id);
      if (who !== undefined) await officers.signOut(who.officer.id, who.session.name);
      gate.dismiss(reply);
      return reply.redirect(localPath(languageOf(request.url), '/sign-in'), 303);
    });

  for (const url of bothLanguages('/enrol/:token')) {
    server.get<{ Params: { token: string } }>(url, async (request, reply) => {
      const { token } = request.params;
      const invitation = TOKEN.test(token) ? await officers.invitation(token) : undefined;
      if (invitation === undefined) return reply.refuse({ code: 'invite-unknown' });
      const { id, label } = invitation.officer;
      const view = { rpId: officers.party().id, challenge: invitation.challenge, officer: { id, label } };
      return sendPage(reply, <EnrolPage frame={await gate.frame(request)} view={view} />);
    });
    server.post<{ Params: { token: string } }>(url, { config: ATTEMPTS }, async (request, reply) => {
      const { answer = '' } = formOfRequest(request);
      if (!TOKEN.test(request.params.token)) return reply.refuse({ code: 'invite-unknown' });
      const outcome = await officers.enrol(request.params.token, answer);
      if (!outcome.ok) return reply.refuse({ code: outcome.code });
      const { fingerprint } = outcome;
      // In this answer alone: whoever opens the link later must not be shown another's fingerprint as their own.
      if (fingerprint !== undefined)
        return sendPage(reply, <KeyWaitsPage frame={await gate.frame(request)} fingerprint={fingerprint} />);
      return reply.redirect(`${localPath(languageOf(request.url), '/sign-in')}?note=enrolled`, 303);
    });
  }

  for (const url of bothLanguages('/sessions')) {
    server.get(url, async (request, reply) => {
      const who = await gate.officer(request, reply);
      if (who === undefined) return reply;
      const sessions = await deps.sessionsOf(who.officer.id, clock.nowMs() - IDLE_MS);
      const view = {
        sessions: sessions.map(({ name, beganAtMs, seenAtMs }) => ({
          name,
          began: utcIso(beganAtMs),
          seen: utcIso(seenAtMs),
          isThis: name === who.session.name,
        })),
        mandates: who.capacities.map(
          (capacity) => CAPACITY_NAMES[capacity as Capacity]?.[languageOf(request.url)] ?? capacity,
        ),
      };
      return sendPage(reply, <SessionsPage frame={await gate.frame(request, who)} view={view} />);
    });
    server.post(url, async (request, reply) => {
      const who = await gate.officer(request, reply);
      if (who === undefined) return reply;
      const { session = '' } = formOfRequest(request);
      if (!/^[0-9a-f]{64}$/.test(session)) return reply.refuse({ code: 'malformed-input' });
      await officers.signOut(who.officer.id, session);
      return reply.redirect(localPath(languageOf(request.url), '/sessions'), 303);
    });
  }
}
