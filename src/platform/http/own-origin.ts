import type { FastifyInstance } from 'fastify';
import { type Config, ConfigFault } from '../config.ts';
import { createServer, type ServerOptions } from './server.ts';

export interface OwnOrigin {
  readonly config: Pick<Config, 'host' | 'isProduction' | 'logLevel' | 'trustedProxies'>;
  readonly port: number;
  /** As configured; without it, localhost with the port that was free. */
  readonly origin: string | undefined;
  /** The variable that holds the origin. */
  readonly variable: string;
  /** Why production cannot do without it, as the end of a sentence. */
  readonly because: string;
  readonly problems: ServerOptions['problems'];
  readonly requestsPerMinute: number;
  readonly logDestination?: ServerOptions['logDestination'];
}

/**
 * A surface where people sign in, on an origin of its own: what is bound to that origin (passkeys, login statements)
 * serves nowhere else, and no page of another surface can send anything here. `build` registers the routes before
 * anything listens and returns how a refusal looks; `origin()` is final once the server listens.
 * In production throws `ConfigFault` without an https origin.
 */
export async function serveOnOwnOrigin(
  { config, port, variable, because, requestsPerMinute, ...own }: OwnOrigin,
  build: (server: FastifyInstance, origin: () => string) => ServerOptions['renderProblem'],
): Promise<{ readonly url: string; close(): Promise<void> }> {
  if (config.isProduction && !own.origin?.startsWith('https://'))
    throw new ConfigFault(`${variable} must be set in production, with https: ${because}`);
  // Passkeys need a host name: an address such as 127.0.0.1 is none (WebAuthn §5.1.2).
  let origin = own.origin ?? `http://localhost:${port}`;
  let render: ServerOptions['renderProblem'] = (document) => document.title;
  const server = await createServer({
    problems: own.problems,
    logLevel: config.logLevel,
    ...(own.logDestination ? { logDestination: own.logDestination } : {}),
    trustedProxies: config.trustedProxies,
    publicOrigin: () => origin,
    requiresOrigin: true,
    requestsPerMinute,
    renderProblem: (...refusal) => render(...refusal),
  });
  try {
    render = build(server, () => origin);
    server.get('/healthz', async (_request, reply) => reply.send({ ok: true }));
    const listening = await server.listen({ host: config.host, port });
    if (own.origin === undefined) origin = `http://localhost:${new URL(listening).port}`;
    return { url: origin, close: () => server.close() };
  } catch (error) {
    await server.close();
    throw error;
  }
}
