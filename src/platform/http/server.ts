import { createHash, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { acceptedLanguage, languageOf } from './language.ts';
import { networkOf } from './network.ts';
import type { Language, Problem, ProblemDocument, Problems } from './problem.ts';

export interface ServerOptions {
  readonly problems: Problems;
  readonly logLevel: string;
  /** Where log lines go; standard output unless told. */
  readonly logDestination?: { write(line: string): void };
  /** Proxies whose `X-Forwarded-For` is believed; with none, the connection's own address counts. */
  readonly trustedProxies: readonly string[];
  /** The only origin whose pages may post here; undefined accepts the host the request names (tests). */
  readonly publicOrigin: () => string | undefined;
  /**
   * Refuses a POST that says of itself neither where its page is nor that it is this site: every browser says one. For
   * surfaces behind a sign-in; an API that programs use does without.
   */
  readonly requiresOrigin?: boolean;
  /** Requests a minute from one address before 429; signing has its own, lower, limit. */
  readonly requestsPerMinute: number;
  readonly renderProblem: (document: ProblemDocument, language: Language, request: FastifyRequest) => string;
}

declare module 'fastify' {
  interface FastifyReply {
    /** Answers with a refusal: a page where the caller asked for HTML, a problem document otherwise. */
    refuse(problem: Problem): FastifyReply;
  }
  interface FastifyContextConfig {
    /** The page keeps its link to a pop-up it opens (identity.md §1: `same-origin` breaks the card). */
    readonly opensCardComponent?: boolean;
    /** A page that is the same for everybody: cached this long, then compared by its ETag. */
    readonly publicForSeconds?: number;
  }
}

const SILENT_LIMITS = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
  'retry-after': false,
};

const CONTENT_SECURITY_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'none'"],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
  'object-src': ["'none'"],
  'manifest-src': ["'self'"],
  'require-trusted-types-for': ["'script'"],
};

function wantsHtml(request: FastifyRequest): boolean {
  return !request.url.startsWith('/v1/') && /text\/html/.test(request.headers.accept ?? '');
}

function requestLanguage(request: FastifyRequest): Language {
  return request.url.startsWith('/v1/')
    ? acceptedLanguage(request.headers['accept-language'])
    : languageOf(request.url);
}

/** The codes Fastify and its plugins give, in our words; anything else of theirs below 500 is malformed input. */
function problemOf(error: { statusCode?: number; code?: string }): Problem | undefined {
  const status = error.statusCode ?? 500;
  if (status === 413 || error.code === 'FST_REQ_FILE_TOO_LARGE') return { code: 'too-large' };
  if (status === 415) return { code: 'unsupported-media-type' };
  if (status === 429) return { code: 'too-many-requests', retryAfter: 60 };
  if (status === 503) return { code: 'overloaded', retryAfter: 5 };
  if (status >= 400 && status < 500) return { code: 'malformed-input' };
  return undefined;
}

/**
 * The HTTP edge that every surface shares: headers, limits, one log line per request without address, query
 * or body, refusals as problem documents or pages, faults as a bare request id.
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { problems } = options;
  const server = fastify({
    logger: {
      level: options.logLevel,
      base: null,
      serializers: { req: () => ({}), res: () => ({}) },
      ...(options.logDestination ? { stream: options.logDestination } : {}),
    },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: 256 * 1024,
    requestTimeout: 20_000,
    connectionTimeout: 30_000,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 128 },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  });

  endSilentConnections(server);
  server.removeContentTypeParser('text/plain');
  server.decorateReply('refuse', function refuse(this: FastifyReply, problem: Problem) {
    const request = this.request;
    const language = requestLanguage(request);
    const document = problems.document(problem, String(request.id), language);
    request.log.info(
      { code: problem.code, route: request.routeOptions.url, status: document.status },
      'refused',
    );
    if (problem.retryAfter !== undefined) void this.header('retry-after', String(problem.retryAfter));
    void this.header('cache-control', 'no-store').header('vary', 'accept').code(document.status);
    return wantsHtml(request)
      ? this.type('text/html; charset=utf-8').send(options.renderProblem(document, language, request))
      : this.type('application/problem+json; charset=utf-8').send(JSON.stringify(document));
  });

  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  await server.register(cookie);
  await server.register(formbody, { bodyLimit: 128 * 1024 });
  await server.register(multipart, {
    limits: { fileSize: 64 * 1024, files: 1, fields: 16, fieldSize: 128 * 1024, parts: 20 },
  });
  await server.register(underPressure, {
    maxEventLoopDelay: 1_500,
    maxEventLoopUtilization: 0.99,
    retryAfter: 5,
  });
  // No counters in headers: behind one address they would tell neighbours who signs at this moment.
  await server.register(rateLimit, {
    global: true,
    max: options.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => networkOf(request.ip),
    addHeaders: SILENT_LIMITS,
    addHeadersOnExceeding: SILENT_LIMITS,
  });

  server.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.opensCardComponent)
      void reply.header('cross-origin-opener-policy', 'same-origin-allow-popups');
    if (request.method !== 'POST') return;
    const site = request.headers['sec-fetch-site'];
    const origin = request.headers.origin;
    const own = options.publicOrigin() ?? `${request.protocol}://${request.headers.host ?? ''}`;
    if (
      (site !== undefined && site !== 'same-origin' && site !== 'none') ||
      (origin !== undefined && origin !== own) ||
      (options.requiresOrigin === true && origin === undefined && site !== 'same-origin')
    )
      return reply.refuse({ code: 'foreign-origin' });
  });

  server.addHook('onSend', async (request, reply, payload) => {
    const seconds = request.routeOptions.config.publicForSeconds;
    if (reply.getHeader('cache-control') !== undefined) return payload;
    if (seconds === undefined || reply.statusCode !== 200 || typeof payload !== 'string') {
      void reply.header('cache-control', 'no-store');
      return payload;
    }
    const etag = `"${createHash('sha256').update(payload).digest('base64url').slice(0, 22)}"`;
    void reply.header('etag', etag).header('cache-control', `public, max-age=${seconds}, must-revalidate`);
    if (request.headers['if-none-match'] !== etag) return payload;
    void reply.code(304);
    return null;
  });

  server.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'answered',
    );
  });

  server.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const problem = problemOf(error);
    if (problem) return reply.refuse(problem);
    request.log.error({ route: request.routeOptions.url, fault: describeFault(error) }, 'fault');
    return reply.refuse({ code: 'internal-fault' });
  });
  server.setNotFoundHandler((_request, reply) => reply.refuse({ code: 'not-found' }));
  return server;
}

/**
 * Browsers open connections they may never use. Node counts them as busy until a time-out, so that the end of
 * the process would wait half a minute for nobody; requests under way are waited for as before.
 */
function endSilentConnections(server: FastifyInstance): void {
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.addHook('preClose', async () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  });
}

/**
 * A fault for the log: class, code and place. Messages are left out, because a library may quote its input.
 */
function describeFault(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const stack = error.stack ?? '';
  const afterMessage = error.message === '' ? 0 : stack.lastIndexOf(error.message) + error.message.length;
  const frames = stack
    .slice(afterMessage)
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
    .map((line) => line.trim());
  return {
    name: error.name,
    ...(code ? { code } : {}),
    frames,
    ...(error.cause ? { cause: describeFault(error.cause) } : {}),
  };
}

/** Adds one measured span to the answer's `Server-Timing` header (W3C Server Timing), in milliseconds. */
export function addTiming(response: ServerResponse, name: string, durationMs: number): void {
  response.appendHeader('server-timing', `${name};dur=${durationMs.toFixed(1)}`);
}
