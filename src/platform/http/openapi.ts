/** The OpenAPI 3.1 description of the routes for programs, made from the very schemas that parse and describe them. */
import { z } from 'zod';
import { type ApiDescription, EVERY_ROUTE } from './api.ts';
import type { Localised, Problems } from './problem.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a document is about beside its routes. */
export interface ApiInfo {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly serverUrl: string;
}

const PROBLEM_TYPE = 'application/problem+json';

/** @returns a plain object that is ready for `JSON.stringify`; the same routes give the same document */
export function openApiDocument(routes: readonly ApiDescription[], problems: Problems, info: ApiInfo): Json {
  const paths = Object.fromEntries(
    [...Map.groupBy(routes, ({ path }) => path)].map(([path, of]) => [
      path,
      Object.assign(
        {},
        ...of.map((route) => ({
          [route.method.toLowerCase()]: operation(route, problems),
          ...(route.method === 'GET' ? { head: headOperation(route, problems) } : {}),
        })),
      ) as Json,
    ]),
  );
  return {
    openapi: '3.1.0',
    info: { title: info.title, description: info.description, version: info.version, license: LICENCE },
    servers: [{ url: info.serverUrl }],
    security: [],
    paths,
    components: { schemas: { Problem: PROBLEM } },
  };
}

const LICENCE = { name: 'Apache-2.0', identifier: 'Apache-2.0' };

function operation(route: ApiDescription, problems: Problems): Json {
  const answers = Object.entries(route.answers).map(([status, { description, schema, type }]) => [
    status,
    {
      description: both(description),
      content: {
        [type ?? 'application/json']: {
          schema: schema === undefined ? { type: 'string' } : schemaOf(schema, 'output'),
        },
      },
    },
  ]);
  return {
    operationId: route.id,
    summary: both(route.summary),
    parameters: parametersOf(route),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
          },
        }),
    responses: { ...Object.fromEntries(answers), ...refusals(route, problems, true) },
  };
}

/** HEAD answers as GET does, without a body. */
const headOperation = (route: ApiDescription, problems: Problems): Json => ({
  operationId: `${route.id}Head`,
  summary: both(route.summary),
  parameters: parametersOf(route),
  responses: {
    ...Object.fromEntries(
      Object.entries(route.answers).map(([status, { description }]) => [
        status,
        { description: both(description) },
      ]),
    ),
    ...refusals(route, problems, false),
  },
});

/** Parameters of path and query as OpenAPI describes them. */
export function parametersOf({ params, query }: Pick<ApiDescription, 'params' | 'query'>): readonly Json[] {
  const of = (schema: z.ZodType, where: 'path' | 'query'): readonly Json[] => {
    const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
      properties?: Record<string, Json>;
      required?: readonly string[];
    };
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      schema: property,
    }));
  };
  return [...of(params, 'path'), ...of(query, 'query')];
}

/** One response a status, naming each code that may come with it. */
function refusals(route: ApiDescription, problems: Problems, hasBody: boolean): Json {
  const codes = [...new Set([...route.problems, ...EVERY_ROUTE])];
  const byStatus = Map.groupBy(codes, (code) => problems.entry(code).status);
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => !(status in route.answers))
      .sort(([a], [b]) => a - b)
      .map(([status, of]) => [
        String(status),
        {
          description: of.map((code) => `\`${code}\`: ${both(problems.entry(code).title)}`).join('\n\n'),
          ...(status === 429 || status === 503
            ? { headers: { 'Retry-After': { schema: { type: 'integer' } } } }
            : {}),
          ...(hasBody
            ? { content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } } }
            : {}),
        },
      ]),
  );
}

/** A machine’s document has one address: both languages stand in it. */
const both = (text: Localised): string => `${text['zh-Hant-TW']} ${text.en}`;

/** JSON Schema 2020-12 without its own `$schema`: the document's dialect holds. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  }) as Record<string, unknown>;
  return rest;
}

/** RFC 9457 with our members. */
const PROBLEM: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string' },
    next: { type: 'string' },
    legalBasis: { type: 'string' },
    check: { type: 'integer' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' } },
      },
    },
  },
};
