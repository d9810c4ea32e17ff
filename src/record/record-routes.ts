/** `/log/…`: the published log as static files, exactly the paths of c2sp.org/tlog-tiles and nothing else. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { formOf, servedFile, TEXT } from './public-file-form.ts';
import { readOrUndefined } from './public-files.ts';

/** Where the files are, and how often the mutable ones change. */
export type RecordRoutesOptions = Readonly<{ directory: string; everyMs: number }>;

/**
 * Registers `GET /log/*`. Tiles and bundles may be kept for a year; checkpoint, key and counts for one beat of
 * the publication clock. Readable from any origin: whoever checks the log need not be our page.
 */
export async function recordRoutes(server: FastifyInstance, options: RecordRoutesOptions): Promise<void> {
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
    const { type, cacheControl } = formOf(file, options.everyMs);
    reply.type(type).header('cache-control', cacheControl);
    if (file.isImmutable) return reply.send(Buffer.from(bytes));
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    reply.header('etag', etag);
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.send(Buffer.from(bytes));
  });
}
