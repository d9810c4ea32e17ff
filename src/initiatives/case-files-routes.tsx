import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { languageOf } from '../platform/http/language.ts';
import type { Clock } from '../platform/time.ts';
import { instantMs, legalDateOf, startOfLegalDay, utcIso } from '../platform/time.ts';
import { type Language, localPath, renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { caseCalendar } from './case-calendar.ts';
import { type ComparableText, ComparePage } from './case-compare-page.tsx';
import { courseView } from './case-course-view.ts';
import { caseFeed } from './case-feed.ts';
import { caseMessages } from './case-messages.ts';
import type { FoundCase, Initiatives } from './initiatives.ts';
import { opinionsOf } from './opinions.ts';

const CASE = z.string().regex(/^[1-9][0-9]{3,5}$/);
/** A version's number, or the digest of an agency's opinion. */
const TEXT = z.string().regex(/^([1-9][0-9]{0,3}|[0-9a-f]{64})$/);
const COMPARED = z.object({ from: TEXT.optional(), to: TEXT.optional() });

/** What follows a case elsewhere: its calendar, its feed, and any two versions of its text compared. */
export function caseFilesRoutes(
  server: FastifyInstance,
  options: Readonly<{ site: Site; initiatives: Initiatives; clock: Clock; publicOrigin: string }>,
): void {
  const { site, initiatives, clock, publicOrigin } = options;
  const find = async (caseNumber: string): Promise<FoundCase | undefined> =>
    CASE.safeParse(caseNumber).success ? initiatives.findCase(caseNumber) : undefined;
  const read = (caseNumber: string, { id, digest }: ComparableText) =>
    digest === undefined
      ? initiatives.findTextFile(caseNumber, Number(id))
      : initiatives.findOpinionText(caseNumber, digest);

  for (const url of bothLanguages('/initiatives/:case/calendar.ics'))
    server.get<{ Params: { case: string } }>(
      url,
      { config: { publicForSeconds: 60 } },
      async (request, reply) => {
        const found = await find(request.params.case);
        if (!found) return reply.refuse({ code: 'not-found' });
        const language = languageOf(request.url);
        const { facts, course } = found.material;
        // Nothing in it changes but by an act or a new day: so the same file stays the same file (ETag).
        const newest = found.acts.reduce((last, { at }) => Math.max(last, instantMs(at)), 0);
        const stampMs = Math.max(newest, startOfLegalDay(legalDateOf(clock.nowMs())));
        const text = caseCalendar(
          {
            caseNumber: facts.caseNumber,
            title: facts.filed.subject,
            course,
            url: `${publicOrigin}${localPath(language, `/initiatives/${facts.caseNumber}`)}`,
            host: new URL(publicOrigin).hostname,
            stamp: utcIso(stampMs).replace(/[-:]|\.\d+/g, ''),
          },
          language,
        );
        return reply
          .header('content-disposition', `inline; filename="${facts.caseNumber}.ics"`)
          .type('text/calendar; charset=utf-8')
          .send(text);
      },
    );

  for (const url of bothLanguages('/initiatives/:case/feed.atom'))
    server.get<{ Params: { case: string } }>(
      url,
      { config: { publicForSeconds: 60 } },
      async (request, reply) => {
        const found = await find(request.params.case);
        if (!found) return reply.refuse({ code: 'not-found' });
        const language = languageOf(request.url);
        const { facts } = found.material;
        const path = localPath(language, `/initiatives/${facts.caseNumber}`);
        const text = caseFeed(
          {
            caseNumber: facts.caseNumber,
            title: facts.filed.subject,
            entries: courseView(found.acts, facts),
            since: facts.filed.at,
            url: `${publicOrigin}${path}`,
            feedUrl: `${publicOrigin}${path}/feed.atom`,
            author: '連署 Lianshu',
          },
          language,
        );
        return reply.type('application/atom+xml; charset=utf-8').send(text);
      },
    );

  for (const url of bothLanguages('/initiatives/:case/texts/compare'))
    server.get<{ Params: { case: string } }>(
      url,
      { config: { publicForSeconds: 60 } },
      async (request, reply) => {
        const found = await find(request.params.case);
        const asked = COMPARED.safeParse(request.query);
        const texts = found && comparableTexts(found);
        if (!found || !texts || texts.length === 0 || !asked.success)
          return reply.refuse({ code: 'not-found' });
        const { facts } = found.material;
        const versions = texts.filter(({ digest }) => digest === undefined);
        const to = asked.data.to ?? versions.at(-1)?.id ?? texts[0]?.id;
        const from = asked.data.from ?? (/^\d+$/.test(to ?? '') ? String(Math.max(1, Number(to) - 1)) : to);
        const [earlier, later] = [from, to].map((id) => texts.find((text) => text.id === id));
        if (!earlier || !later) return reply.refuse({ code: 'not-found' });
        const [fromText, toText] = await Promise.all(
          [earlier, later].map((text) => read(facts.caseNumber, text)),
        );
        if (!fromText || !toText) return reply.refuse({ code: 'not-found' });
        const view = {
          caseNumber: facts.caseNumber,
          title: facts.filed.subject,
          from: { ...earlier, text: decoder.decode(fromText) },
          to: { ...later, text: decoder.decode(toText) },
          texts,
        };
        return reply
          .type('text/html; charset=utf-8')
          .send(renderPage(<ComparePage frame={pageFrame(site, request)} view={view} />));
      },
    );
}

const decoder = new TextDecoder();

/** Every text of a case that is public: its versions, and the opinions of agencies as received and amended. */
function comparableTexts({ material, acts, version }: FoundCase): readonly ComparableText[] {
  const days = new Map(
    material.facts.versions.map((each) => [each.version, each.on ?? each.at.slice(0, 10)]),
  );
  const own = Array.from({ length: version?.version ?? 0 }, (_, i): ComparableText => {
    const on = days.get(i + 1) ?? '';
    const nameIn = (language: Language) => caseMessages(language).versionName(i + 1, on);
    return { id: String(i + 1), name: { 'zh-Hant-TW': nameIn('zh-Hant-TW'), en: nameIn('en') } };
  });
  const opinions = opinionsOf(acts, material.course).flatMap(({ agency, versions }) =>
    versions.map(({ digest, on }): ComparableText => {
      const nameIn = (language: Language) => caseMessages(language).opinionName(agency, on);
      return { id: digest, digest, name: { 'zh-Hant-TW': nameIn('zh-Hant-TW'), en: nameIn('en') } };
    }),
  );
  return [...own, ...opinions];
}
