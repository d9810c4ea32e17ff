import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SimulatorFault } from './asn1.ts';

/** A running simulator server, reachable on the loopback interface only. */
export type RunningServer = {
  /** Base address without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
};

/** One request, its body already read. */
export type SimulatedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
};

/** An answer; `headers` replaces nothing but the content type. `silent` leaves the connection open. */
export type SimulatedResponse =
  | {
      readonly status?: number;
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array;
    }
  | 'silent';

export type Handler = (request: SimulatedRequest) => SimulatedResponse | Promise<SimulatedResponse>;

const MAX_BODY = 1 << 20;

/**
 * Listens on 127.0.0.1. `host` is the name in the returned address; port 0 takes a free one. Bodies over one
 * mebibyte, unless told, are refused with 413, faults of the handler become a 500 with the message only.
 */
export async function listen(
  handler: Handler,
  port: number,
  host = '127.0.0.1',
  maxBody = MAX_BODY,
): Promise<RunningServer> {
  const server = createServer((request, response) => {
    void answer(handler, request, response, maxBody);
  });
  await started(server, port);
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host}:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A server that can be made to fail as the real one does: gone, and back at the same address. */
export type ServerWithOutages = RunningServer & {
  /** Refuses connections until {@link comeBack}. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
};

/** Listens as {@link listen} does, to requests for this computer only, with outages on demand. */
export async function listenWithOutages(
  handler: Handler,
  port: number,
  host?: string,
  maxBody?: number,
): Promise<ServerWithOutages> {
  const own: Handler = (request) => (isLoopback(request.headers.host) ? handler(request) : { status: 421 });
  let running = await listen(own, port, host, maxBody);
  const bound = { url: running.url, port: running.port };
  let isListening = true;
  const goDown = async (): Promise<void> => {
    if (!isListening) return;
    isListening = false;
    await running.close();
  };
  const comeBack = async (): Promise<void> => {
    if (isListening) return;
    isListening = true;
    running = await listen(own, bound.port, host, maxBody);
  };
  return { ...bound, goDown, comeBack, close: goDown };
}

/** Answers a page or form that is the simulator's own; no framing, no caching, nothing from elsewhere. */
export function page(html: string, policy: string): SimulatedResponse {
  return {
    type: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': policy, 'cache-control': 'no-store', 'x-robots-tag': 'noindex' },
    body: html,
  };
}

/** True if a state-changing request comes from a page of this very server. */
export function sameOrigin(request: SimulatedRequest): boolean {
  const { host, origin } = request.headers;
  return isLoopback(host) && origin === `http://${host}`;
}

/** True for `localhost` and `127.0.0.1` with any port: a rebound foreign name is not served. */
function isLoopback(host: string | undefined): boolean {
  return host !== undefined && /^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(host);
}

/** Escapes text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

async function answer(
  handler: Handler,
  request: IncomingMessage,
  response: ServerResponse,
  maxBody: number,
): Promise<void> {
  try {
    const body = await readBody(request, maxBody);
    if (body === undefined) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { method = 'GET', headers } = request;
    const result = await handler({ method, path: url.pathname, query: url.searchParams, headers, body });
    if (result === 'silent') return;
    const type = result.type === undefined ? {} : { 'content-type': result.type };
    response.writeHead(result.status ?? 200, { ...type, ...result.headers }).end(result.body);
  } catch (error) {
    response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(error instanceof SimulatorFault ? error.message : 'simulator fault');
  }
}

async function readBody(request: IncomingMessage, maxBody: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function started(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
