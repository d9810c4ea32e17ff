import type { FastifyInstance } from 'fastify';
import type { Initiatives } from '../initiatives/index.ts';
import type { Db } from '../platform/db/index.ts';
import type { Clock } from '../platform/time.ts';
import type { Actions } from './actions.ts';
import { deskRoutes } from './desk-routes.tsx';
import { entranceRoutes } from './entrance-routes.tsx';
import { Gate } from './office-gate-plugin.ts';
import type { OfficeSite } from './office-layout.tsx';
import { listOfficers } from './officer-store.ts';
import type { Officers } from './officers.ts';
import { sessionsOf } from './session-store.ts';

export interface OfficeDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly site: OfficeSite;
  readonly officers: Officers;
  readonly actions: Actions;
  readonly initiatives: Initiatives;
}

/** Every page of the office, in both languages. */
export function officeRoutes(server: FastifyInstance, deps: OfficeDeps): void {
  const { db, clock, officers, actions, initiatives } = deps;
  const gate = new Gate(deps);
  const labels = async () => new Map((await listOfficers(db)).map(({ id, label }) => [id, label] as const));
  entranceRoutes(server, {
    gate,
    officers,
    clock,
    sessionsOf: (officer, seenAfterMs) => sessionsOf(db, officer, seenAfterMs),
  });
  deskRoutes(server, { gate, actions, initiatives, rpId: () => officers.party().id, labels });
}
