import type { FastifyInstance } from 'fastify';
import { standingActs } from '../initiatives/index.ts';
import { nationalPackOn, RULE_PACKS } from '../law/index.ts';
import type { Db } from '../platform/db/index.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { PublicRecord } from '../record/index.ts';
import { renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { type ElectionDay, LawPage } from './law-page.tsx';
import { packDigest } from './pack-digest.ts';
import { transitionsOf } from './transitions.ts';

export interface RulePackPages {
  readonly site: Site;
  readonly db: Db;
  readonly clock: Clock;
  readonly record: Pick<PublicRecord, 'actsOfKind'>;
}

/** The national packs, newest first, then those of other procedures. */
const NEWEST_FIRST = [...RULE_PACKS.toReversed()].sort(
  (one, other) => Number(other.procedure === 'national') - Number(one.procedure === 'national'),
);

/** `/law`. */
export function rulePackRoutes(server: FastifyInstance, { site, db, clock, record }: RulePackPages): void {
  const digests = new Map(RULE_PACKS.map((pack) => [pack.id, packDigest(pack)]));
  for (const url of bothLanguages('/law'))
    server.get(url, { config: { publicForSeconds: 60 } }, async (request, reply) => {
      const [policies, elections] = await Promise.all([
        record.actsOfKind(db, 'policy'),
        record.actsOfKind(db, 'election-day'),
      ]);
      const inForce = nationalPackOn(legalDateOf(clock.nowMs()))?.id;
      const view = {
        packs: NEWEST_FIRST.map((pack) => ({
          pack,
          digest: digests.get(pack.id) ?? '',
          isInForce: pack.id === inForce,
        })),
        transitions: transitionsOf(policies).toReversed(),
        elections: standingActs(elections)
          .map(({ body, index }) => ({ ...(body as unknown as Omit<ElectionDay, 'index'>), index }))
          .sort((one, other) => (one.day < other.day ? 1 : -1)),
      };
      const page = <LawPage frame={pageFrame(site, request)} view={view} />;
      return reply.type('text/html; charset=utf-8').send(renderPage(page));
    });
}
