/**
 * Routes for programs as data: method, path, the schemas that parse what comes in, the schemas of what goes out, and
 * the refusals. One table serves the routes, describes them (`openapi.ts`) and is held against them in tests.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Localised, Problem } from './problem.ts';

/** What a route sends on success, by status. Without a schema: text of another kind than JSON. */
export interface AnswerDescription {
  readonly description: Localised;
  readonly schema?: z.ZodType;
  /** `application/json` unless told. */
  readonly type?: string;
}

/** Everything a reader must know to use a route. */
export interface ApiDescription {
  /** The operation's name, unique. */
  readonly id: string;
  readonly method: 'GET' | 'POST';
  /** As OpenAPI writes it: `/v1/initiatives/{case}`. */
  readonly path: `/v1${string}`;
  readonly summary: Localised;
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType | undefined;
  readonly answers: Readonly<Record<number, AnswerDescription>>;
  /** Codes of refusals beside those every route has ({@link EVERY_ROUTE}). */
  readonly problems: readonly string[];
}

/** A described route with what it does. */
export interface ApiRoute extends ApiDescription {
  readonly publicForSeconds: number | undefined;
  readonly perMinute: number | undefined;
  readonly bodyLimit: number | undefined;
  serve(request: FastifyRequest, reply: FastifyReply): Promise<unknown>;
}

/** Refusals that the edge itself may give on any route. */
export const EVERY_ROUTE: readonly string[] = [
  'malformed-input',
  'too-many-requests',
  'overloaded',
  'internal-fault',
];

/** A successful answer; `body` is JSON unless its status says another type. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

const NOTHING = z.strictObject({});
type Nothing = typeof NOTHING;

/**
 * Makes a route. Input is parsed before `answer` is called: an address that cannot be right is `not-found` (or
 * `badParams`), a query with an unknown or wrong parameter `malformed-input`, a body that does not fit `badBody`.
 */
export function apiRoute<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(
  route: Omit<ApiDescription, 'params' | 'query' | 'body'> &
    Readonly<{
      params?: P;
      query?: Q;
      body?: B;
      publicForSeconds?: number;
      /** Requests a minute from one address, where fewer than elsewhere are allowed. */
      perMinute?: number;
      bodyLimit?: number;
      badParams?: string;
      badBody?: (error: z.ZodError, request: FastifyRequest) => Problem;
      answer: (
        input: Readonly<{ params: z.output<P>; query: z.output<Q>; body: z.output<B> }>,
        request: FastifyRequest,
        reply: FastifyReply,
      ) => Promise<ApiAnswer | Problem>;
    }>,
): ApiRoute {
  const { id, method, path, summary, answers, problems } = route;
  const params = route.params ?? NOTHING;
  const query = route.query ?? NOTHING;
  return {
    ...{ id, method, path, summary, answers, params, query, body: route.body },
    problems: [...problems, ...(route.params === undefined ? [] : [route.badParams ?? 'not-found'])],
    publicForSeconds: route.publicForSeconds,
    perMinute: route.perMinute,
    bodyLimit: route.bodyLimit,
    async serve(request, reply) {
      const where = params.safeParse(request.params);
      if (!where.success) return reply.refuse({ code: route.badParams ?? 'not-found' });
      const asked = query.safeParse(request.query);
      if (!asked.success) return reply.refuse({ code: 'malformed-input', errors: fieldFaults(asked.error) });
      const sent = route.body?.safeParse(request.body);
      if (sent !== undefined && !sent.success)
        return reply.refuse(
          route.badBody?.(sent.error, request) ?? {
            code: 'malformed-input',
            errors: fieldFaults(sent.error),
          },
        );
      const input = { params: where.data, query: asked.data, body: sent?.data };
      const answer = await route.answer(input as Parameters<typeof route.answer>[0], request, reply);
      if ('code' in answer) return reply.refuse(answer);
      const { type, schema } = answers[answer.status] ?? {};
      if (method === 'GET') void reply.header('access-control-allow-origin', '*');
      return reply
        .code(answer.status)
        .type(`${type ?? 'application/json'}; charset=utf-8`)
        .send(schema === undefined ? answer.body : JSON.stringify(answer.body));
    },
  };
}

/** Registers the routes; each `{name}` of a path is a parameter. */
export function serveApi(server: FastifyInstance, routes: readonly ApiRoute[]): void {
  for (const route of routes)
    server.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
      config: {
        ...(route.publicForSeconds === undefined ? {} : { publicForSeconds: route.publicForSeconds }),
        ...(route.perMinute === undefined ? {} : { rateLimit: { max: route.perMinute, timeWindow: 60_000 } }),
      },
      handler: (request, reply) => route.serve(request, reply),
    });
}

/** Which field, and in which way; never what stood in it. */
export function fieldFaults(error: z.ZodError) {
  return error.issues.map((issue) => ({
    pointer: `/${issue.path.map(String).join('/')}`,
    code: issue.code ?? 'custom',
  }));
}

/** A text in both languages, as every answer holds it. */
export const localisedText = z.object({ 'zh-Hant-TW': z.string(), en: z.string() });
