import type { FastifyInstance } from 'fastify';
import { type ApiDescription, EVERY_ROUTE } from '../platform/http/api.ts';
import { openApiDocument, parametersOf, schemaOf } from '../platform/http/openapi.ts';
import type { Problems } from '../platform/http/problem.ts';
import { ApiPage, type ApiRouteView } from './api-page.tsx';
import { renderPage } from './layout.tsx';
import type { Site } from './site.ts';
import { bothLanguages, pageFrame } from './site-routes.tsx';

const VERSION = '1.0.0';

/** `/v1/openapi.json`, and `/api` for people: both from the table that serves the routes. */
export function apiPages(
  server: FastifyInstance,
  {
    site,
    routes,
    problems,
    publicOrigin,
  }: Readonly<{
    site: Site;
    routes: readonly ApiDescription[];
    problems: Problems;
    publicOrigin: string;
  }>,
): void {
  const document = JSON.stringify(
    openApiDocument(routes, problems, {
      title: '連署 Lianshu',
      description:
        '公民投票案、人數、行為、期限與收執。Referendum initiatives, counts, acts, terms and receipts. Open data: no key, any origin.',
      version: VERSION,
      serverUrl: publicOrigin,
    }),
  );
  server.get('/v1/openapi.json', { config: { publicForSeconds: 60 } }, async (_request, reply) =>
    reply.header('access-control-allow-origin', '*').type('application/json; charset=utf-8').send(document),
  );

  const views = routes.map((route) => viewOf(route, problems));
  for (const url of bothLanguages('/api'))
    server.get(url, { config: { publicForSeconds: 60 } }, async (request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .send(renderPage(<ApiPage frame={pageFrame(site, request)} routes={views} origin={publicOrigin} />)),
    );
}

const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2);

function viewOf(route: ApiDescription, problems: Problems): ApiRouteView {
  const parameters = parametersOf(route) as readonly Readonly<{
    name: string;
    in: 'path' | 'query';
    required: boolean;
    schema: unknown;
  }>[];
  return {
    id: route.id,
    method: route.method,
    path: route.path,
    summary: route.summary,
    parameters: parameters.map(({ name, in: where, required, schema }) => ({
      ...{ name, where, required },
      schema: JSON.stringify(schema),
    })),
    ...(route.body === undefined ? {} : { body: pretty(schemaOf(route.body, 'input')) }),
    answers: Object.entries(route.answers).map(([status, { description, schema, type }]) => ({
      ...{ status, description },
      schema: schema === undefined ? (type ?? 'text') : pretty(schemaOf(schema, 'output')),
    })),
    problems: [...new Set([...route.problems, ...EVERY_ROUTE])].map((code) => {
      const { status, title } = problems.entry(code);
      return { code, status, title };
    }),
  };
}
