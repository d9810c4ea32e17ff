import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servedFile } from './public-file-form.ts';
import { recordRoutes } from './record-routes.ts';

const server = fastify();
const folder = mkdtempSync(join(tmpdir(), 'lianshu-routes-'));
const directory = join(folder, 'public');
beforeAll(async () => {
  const files = { checkpoint: 'note', key: 'key', 'tile/0/000': 'tile', 'tile/entries/000.p/3': 'bundle' };
  for (const [path, text] of Object.entries({ ...files, 'counts/9901.json': '{}', 'tile/0/000.new': 'no' })) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  writeFileSync(join(folder, 'journal'), 'secret');
  await server.register(recordRoutes, { directory, everyMs: 60_000 });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});
const get = (url: string, headers = {}) => server.inject({ url, headers });

describe('GET /log/…', () => {
  it.each([
    ['checkpoint', 'note', 'text/plain; charset=utf-8', 'public, max-age=10, must-revalidate'],
    ['key', 'key', 'text/plain; charset=utf-8', 'public, max-age=10, must-revalidate'],
    ['counts/9901.json', '{}', 'application/json', 'public, max-age=10, must-revalidate'],
    ['tile/0/000', 'tile', 'application/octet-stream', 'public, max-age=31536000, immutable'],
    ['tile/entries/000.p/3', 'bundle', 'application/octet-stream', 'public, max-age=31536000, immutable'],
  ])('serves %s', async (path, body, type, caching) => {
    const response = await get(`/log/${path}`);
    expect([response.statusCode, response.body]).toEqual([200, body]);
    expect(response.headers).toMatchObject({
      'content-type': expect.stringContaining(type),
      'cache-control': caching,
      'access-control-allow-origin': '*',
    });
  });

  it('answers 304 to who has the newest checkpoint', async () => {
    const { headers } = await get('/log/checkpoint');
    const again = await get('/log/checkpoint', { 'if-none-match': headers.etag });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it.each([
    '/log/',
    '/log/tile/0/001',
    '/log/tile/0/000.new',
    '/log/../journal',
    '/log/%2e%2e/journal',
    '/log/..%2fjournal',
    '/log/counts/%2e%2e%2fcheckpoint',
    '/log/counts/9901.json%00',
    '/log/tile/00/000',
    '/log/tile/0/0',
    '/log/tile/0/000.p/256',
    '/log/tile/entries/x000/001',
  ])('knows nothing of %s, and no cache remembers that', async (url) => {
    const response = await get(url);
    expect(response.statusCode).toBe(404);
    if (response.headers['cache-control'] !== undefined)
      expect(response.headers['cache-control']).toBe('no-store');
    expect(response.body).not.toContain('secret');
  });

  it('lets no path out of the grammar reach the file system', () => {
    for (const path of ['..', 'a', 'tile', 'tile/0', 'checkpoint/', '/checkpoint', 'counts/1.json', 'key\n'])
      expect(servedFile(path), path).toBeUndefined();
    for (const path of [
      'former/0/checkpoint',
      'former/1',
      'former/1/key',
      'former/1/../key',
      'former/01/checkpoint',
    ])
      expect(servedFile(path), path).toBeUndefined();
  });

  it('reads a former name of the log from the same tree', () => {
    expect(servedFile('former/1/checkpoint')).toMatchObject({
      path: 'former/1/checkpoint',
      isImmutable: false,
    });
    expect(servedFile('former/2/tile/0/000.p/3')).toMatchObject({
      path: 'tile/0/000.p/3',
      isImmutable: true,
    });
  });
});
