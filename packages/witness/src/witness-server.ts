import { hash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { MAX_ADD_CHECKPOINT_BYTES } from '@lianshu/tlog';
import { type About, aboutPage } from './about-page.ts';
import { type Answer, plain } from './answer.ts';
import type { Witness } from './witness.ts';

/** A text that ends its own last line. */
const textAnswer = (body: string): Answer => ({ ...plain(200, 'ok', ''), body });

/** The body, or undefined as soon as it is too long; the rest is not read. Rejects when the client goes away. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_ADD_CHECKPOINT_BYTES) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!(chunk instanceof Uint8Array)) return undefined;
    length += chunk.length;
    if (length > MAX_ADD_CHECKPOINT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, type, body }: Answer, isHead = false): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    // Anybody's page may compare what this witness holds with what it was shown.
    'access-control-allow-origin': '*',
    ...(status === 503 ? { 'retry-after': '5' } : {}),
    ...(status === 405 ? { allow: 'GET, HEAD, POST' } : {}),
    // The rest of a body nobody reads must not be taken for the next request.
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  response.end(isHead ? undefined : bytes);
}

/**
 * The HTTP interface of a witness: `POST /add-checkpoint`, `GET /<sha256 hex of origin>/checkpoint`, a page for
 * people at `/`, and `/healthz` (503 once it has stopped signing). Bounded in body, headers, time and connections.
 */
export function witnessServer(witness: Witness, about: About): Server {
  const origins = new Map(about.logs.map(({ origin }) => [`/${hash('sha256', origin)}/checkpoint`, origin]));

  function read(path: string): Answer {
    if (path === '/') return textAnswer(aboutPage(witness, about));
    if (path === '/healthz') {
      return witness.halted === undefined ? plain(200, 'ok', 'ok') : plain(503, 'halted', witness.halted);
    }
    const origin = origins.get(path);
    const record = origin === undefined ? undefined : witness.newest(origin);
    return record === undefined ? plain(404, 'not-found', 'not found') : textAnswer(record.note);
  }

  async function submit(request: IncomingMessage): Promise<Answer> {
    const body = await readBody(request);
    if (body === undefined) return plain(413, 'too-large', 'request too large');
    return witness.addCheckpoint(body);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?');
    const isPost = request.method === 'POST';
    if (isPost && path === '/add-checkpoint') return send(response, await submit(request));
    const isHead = request.method === 'HEAD';
    if (isPost || !(isHead || request.method === 'GET'))
      return send(response, plain(405, 'method', 'GET, HEAD or POST'));
    send(response, path === '/add-checkpoint' ? plain(405, 'method', 'POST only') : read(path), isHead);
  }

  const server = createServer(
    {
      maxHeaderSize: 8_192,
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      // Longer than the minute between two publications, so that logs keep their connection.
      keepAliveTimeout: 90_000,
    },
    (request, response) => {
      handle(request, response).catch(() => response.destroy());
    },
  );
  server.maxConnections = 256;
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return server;
}
