import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseTilePath } from '@lianshu/tlog';
import { MirrorFolder } from './mirror-folder.ts';

/** A running mirror server. */
export type MirrorServer = Readonly<{ url: string; close(): Promise<void> }>;

const YEAR = 'public, max-age=31536000, immutable';
const SHORT = 'public, max-age=10, must-revalidate';

/**
 * Serves a copy at exactly the paths of c2sp.org/tlog-tiles, with the headers of the log's own server: tiles and
 * bundles for a year, the checkpoint for seconds, everything readable from any origin. Only paths in that grammar
 * reach the disk. Evidence is not served.
 */
export async function serveMirror(
  options: Readonly<{ folder: string; port: number; host?: string }>,
): Promise<MirrorServer> {
  const folder = new MirrorFolder(options.folder);
  const host = options.host ?? '127.0.0.1';
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
    answer(folder, request, response).catch(() => response.destroy());
  });
  server.maxConnections = 1_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, () => resolve());
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  folder: MirrorFolder,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET' } = request;
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  response.setHeader('x-content-type-options', 'nosniff');
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD', connection: 'close' }).end();
    return;
  }
  const path = (request.url ?? '/').replace(/\?.*$/s, '').slice(1);
  const isTile = parseTilePath(path) !== undefined;
  const bytes = isTile || path === 'checkpoint' ? await folder.read(path) : undefined;
  if (bytes === undefined) {
    const text = 'not found\n';
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    response.end(method === 'HEAD' ? undefined : text);
    return;
  }
  response.setHeader('cache-control', isTile ? YEAR : SHORT);
  response.setHeader('content-type', isTile ? 'application/octet-stream' : 'text/plain; charset=utf-8');
  if (!isTile) {
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    response.setHeader('etag', etag);
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
      return;
    }
  }
  response.setHeader('content-length', bytes.length);
  response.end(method === 'HEAD' ? undefined : bytes);
}
