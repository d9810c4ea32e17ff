import { canonicalJson, type JsonValue } from '@lianshu/statement';
import { qrCode } from '@lianshu/verify/qr';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CAPACITY_NAMES } from '../law/index.ts';
import { languageOf } from '../platform/http/language.ts';
import { type Localised, localPath, renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { COURSE_GROUPS } from './case-course-groups.ts';
import { courseView } from './case-course-view.ts';
import { EntryPage } from './case-entry-page.tsx';
import { CasePage } from './case-page.tsx';
import { caseView } from './case-view.ts';
import type { FoundCase, Initiatives } from './initiatives.ts';
import { opinionsOf } from './opinions.ts';

const CASE = z.string().regex(/^[1-9][0-9]{3,5}$/);
const INDEX = z.string().regex(/^(0|[1-9][0-9]{0,14})$/);
/** What a reader asks of the course; anything else shows all of it from the newest on. */
const COURSE = z.object({
  course: z.enum(COURSE_GROUPS).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).optional().catch(undefined),
});
const HTML = 'text/html; charset=utf-8';
const QUIET_ZONE = 4;

export interface CaseRoutes {
  readonly site: Site;
  readonly initiatives: Initiatives;
  readonly publicOrigin: string;
  /** Whether this installation sends mail to who follows a case. */
  readonly hasMail: boolean;
}

/** `/initiatives/:case`, its entries one by one, and its QR code. */
export function caseRoutes(
  server: FastifyInstance,
  { site, initiatives, publicOrigin, hasMail }: CaseRoutes,
) {
  const find = async (request: FastifyRequest): Promise<FoundCase | undefined> => {
    const { case: caseNumber } = request.params as { case: string };
    return CASE.safeParse(caseNumber).success ? initiatives.findCase(caseNumber) : undefined;
  };
  const urlOf = (request: FastifyRequest, caseNumber: string): string =>
    `${publicOrigin}${localPath(languageOf(request.url), `/initiatives/${caseNumber}`)}`;

  for (const url of bothLanguages('/initiatives/:case'))
    server.get(url, { config: { publicForSeconds: 2 } }, async (request, reply) => {
      const found = await find(request);
      if (!found) return reply.refuse({ code: 'not-found' });
      const { material, acts, version } = found;
      const { caseNumber } = material.facts;
      const asked = COURSE.parse(request.query);
      const view = caseView(material, acts, version, {
        group: asked.course,
        page: asked.page,
        url: urlOf(request, caseNumber),
        hasMail,
        opinionTexts: await standingTexts(initiatives, found),
      });
      return reply.type(HTML).send(renderPage(<CasePage frame={pageFrame(site, request)} view={view} />));
    });

  for (const url of bothLanguages('/initiatives/:case/entries/:index'))
    server.get<{ Params: { index: string } }>(
      url,
      { config: { publicForSeconds: 60 } },
      async (request, reply) => {
        const found = INDEX.safeParse(request.params.index).success ? await find(request) : undefined;
        const index = Number(request.params.index);
        const act = found?.acts.find((each) => each.index === index);
        if (found === undefined || act === undefined) return reply.refuse({ code: 'not-found' });
        const { facts, logUrl } = found.material;
        const entry = courseView(found.acts, facts).find((each) => each.index === index);
        if (entry === undefined) return reply.refuse({ code: 'not-found' });
        const { index: _, ...recorded } = act;
        const view = {
          caseNumber: facts.caseNumber,
          title: facts.filed.subject,
          entry: { ...entry, index },
          kind: act.kind,
          capacity: capacityName(recorded.capacity),
          at: act.at,
          raw: new TextDecoder().decode(canonicalJson(recorded as unknown as JsonValue)),
          verifyCommand: `npx lianshu-verify log --log ${logUrl} --keys FILE`,
        };
        return reply.type(HTML).send(renderPage(<EntryPage frame={pageFrame(site, request)} view={view} />));
      },
    );

  for (const url of bothLanguages('/initiatives/:case/qr.svg'))
    server.get(url, { config: { publicForSeconds: 3_600 } }, async (request, reply) => {
      const found = await find(request);
      const code = found && qrCode(urlOf(request, found.material.facts.caseNumber));
      if (code === undefined) return reply.refuse({ code: 'not-found' });
      const box = `${-QUIET_ZONE} ${-QUIET_ZONE} ${code.size + 2 * QUIET_ZONE} ${code.size + 2 * QUIET_ZONE}`;
      return reply
        .type('image/svg+xml; charset=utf-8')
        .send(
          `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" shape-rendering="crispEdges">` +
            `<rect x="${-QUIET_ZONE}" y="${-QUIET_ZONE}" width="100%" height="100%" fill="#fff"/>` +
            `<path d="${code.path}" stroke="#000"/></svg>\n`,
        );
    });
}

/** The texts of the opinions that stand, by digest. */
async function standingTexts(
  initiatives: Initiatives,
  { material, acts }: FoundCase,
): Promise<ReadonlyMap<string, string>> {
  const digests = opinionsOf(acts, material.course).flatMap(({ versions }) => versions.at(-1)?.digest ?? []);
  const texts = await Promise.all(
    digests.map((digest) => initiatives.findOpinionText(material.facts.caseNumber, digest)),
  );
  return new Map(
    digests.flatMap((digest, i) => {
      const text = texts[i];
      return text === undefined ? [] : [[digest, new TextDecoder().decode(text)] as const];
    }),
  );
}

/** A capacity in words; one that is not of the law stands as it is recorded. */
const capacityName = (capacity: string): Localised =>
  (CAPACITY_NAMES as Readonly<Record<string, Localised>>)[capacity] ??
  OWN_CAPACITIES[capacity] ?? {
    'zh-Hant-TW': capacity,
    en: capacity,
  };

const OWN_CAPACITIES: Readonly<Record<string, Localised>> = {
  operator: { 'zh-Hant-TW': '本平台營運者', en: 'operator of this platform' },
  system: { 'zh-Hant-TW': '系統（依法當然發生之事）', en: 'system (what follows by itself)' },
};
