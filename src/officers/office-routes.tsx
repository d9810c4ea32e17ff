import type { FastifyInstance } from 'fastify';
import type { Initiatives } from '../initiatives/index.ts';
import type { Db } from '../platform/db/index.ts';
import { languageOf } from '../platform/http/language.ts';
import type { Problems } from '../platform/http/problem.ts';
import type { Random } from '../platform/random.ts';
import type { Clock } from '../platform/time.ts';
import type { Proposals } from '../proposals/index.ts';
import type { PublicRecord } from '../record/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import { actRoutes } from './act-routes.tsx';
import { type ActionRouteDeps, actionRoutes } from './action-routes.tsx';
import type { Actions } from './actions.ts';
import { deskRoutes } from './desk-routes.tsx';
import { entranceRoutes } from './entrance-routes.tsx';
import { openNominations } from './nomination-list.ts';
import { createNominations } from './nominations.ts';
import { Gate } from './office-gate-plugin.ts';
import { type OfficeSite, renderOfficeProblem } from './office-layout.tsx';
import { officerRows } from './officer-list.ts';
import { listOfficers } from './officer-store.ts';
import type { Officers } from './officers.ts';
import { officersRoutes } from './officers-routes.tsx';
import { sessionsOf } from './session-store.ts';

export interface OfficeDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly site: OfficeSite;
  readonly officers: Officers;
  readonly actions: Actions;
  readonly initiatives: Initiatives;
  readonly proposals?: Pick<Proposals, 'find' | 'list'>;
  readonly record: Pick<PublicRecord, 'actsOfKind' | 'append'>;
  readonly problems: Problems;
  readonly isDemo: boolean;
  readonly random: Random;
  readonly about?: ActionRouteDeps['about'];
}

/** Every page of the office, in both languages. */
export function officeRoutes(server: FastifyInstance, deps: OfficeDeps): void {
  const { db, clock, site, officers, actions, initiatives, problems } = deps;
  const gate = new Gate(deps);
  const labels = async () => new Map((await listOfficers(db)).map(({ id, label }) => [id, label] as const));
  // Where the `type` of a problem document leads.
  for (const url of bothLanguages('/problems/:code'))
    server.get<{ Params: { code: string } }>(url, async (request, reply) => {
      const { code } = request.params;
      if (problems.find(code) === undefined) return reply.refuse({ code: 'not-found' });
      const language = languageOf(request.url);
      const document = problems.document({ code }, String(request.id), language);
      return reply.type('text/html; charset=utf-8').send(renderOfficeProblem(site, document, language));
    });
  entranceRoutes(server, {
    gate,
    officers,
    clock,
    sessionsOf: (officer, seenAfterMs) => sessionsOf(db, officer, seenAfterMs),
  });
  const { record, proposals, isDemo } = deps;
  const actsOfKind = (kind: string) => record.actsOfKind(db, kind);
  const desk = { gate, actions, initiatives, clock, isDemo, actsOfKind, ...(proposals ? { proposals } : {}) };
  deskRoutes(server, desk);
  const nominations = createNominations({ db, clock, random: deps.random, record, party: officers.party });
  const open = () => openNominations(db, clock.nowMs());
  officersRoutes(server, { gate, officers, nominations, open, rows: () => officerRows(db), labels });
  actRoutes(server, desk);
  const { about } = deps;
  actionRoutes(server, { ...desk, rpId: () => officers.party().id, labels, ...(about ? { about } : {}) });
}
