/** `/log/…`: the published log as static files, exactly the paths of c2sp.org/tlog-tiles and nothing else. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parseTilePath } from '@lianshu/tlog';
import type { FastifyInstance } from 'fastify';
import { readOrUndefined } from './public-files.ts';

/** Where the files are, and how often the mutable ones change. */
export type RecordRoutesOptions = Readonly<{ directory: string; everyMs: number }>;

type Served = Readonly<{ path: string; type: string; isImmutable: boolean }>;

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json';
const BINARY = 'application/octet-stream';

/** Which file a request names. Only paths in this grammar reach the file system, so none can climb out. */
export function servedFile(path: string): Served | undefined {
  if (path === 'checkpoint' || path === 'key') return { path, type: TEXT, isImmutable: false };
  if (/^counts\/[0-9]{4,6}\.json$/.test(path)) return { path, type: JSON_TYPE, isImmutable: false };
  return parseTilePath(path) === undefined ? undefined : { path, type: BINARY, isImmutable: true };
}

/**
 * Registers `GET /log/*`. Tiles and bundles may be kept for a year; checkpoint, key and counts for one beat of
 * the publication clock. Readable from any origin: whoever checks the log need not be our page.
 */
export async function recordRoutes(server: FastifyInstance, options: RecordRoutesOptions): Promise<void> {
  const beat = Math.max(1, Math.min(10, Math.floor(options.everyMs / 1_000)));
  server.get<{ Params: { '*': string } }>('/log/*', async (request, reply) => {
    reply.header('access-control-allow-origin', '*');
    reply.header('cross-origin-resource-policy', 'cross-origin');
    reply.header('x-content-type-options', 'nosniff');
    const file = servedFile(request.params['*']);
    const bytes = file === undefined ? undefined : await readOrUndefined(join(options.directory, file.path));
    if (file === undefined || bytes === undefined) {
      // Not yet published is the ordinary case: no cache may remember it.
      return reply.code(404).header('cache-control', 'no-store').type(TEXT).send('not found\n');
    }
    reply.type(file.type);
    if (file.isImmutable) {
      return reply.header('cache-control', 'public, max-age=31536000, immutable').send(Buffer.from(bytes));
    }
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    reply.header('cache-control', `public, max-age=${beat}, must-revalidate`).header('etag', etag);
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.send(Buffer.from(bytes));
  });
}
