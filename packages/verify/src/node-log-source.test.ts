import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directoryLog, httpLog } from './node-log-source.ts';

const LIMIT = 1000;
const answers: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
  '/log/good': (response) => response.end('good'),
  '/log/missing': (response) => response.writeHead(404).end(),
  '/log/fault': (response) => response.writeHead(500).end('x'.repeat(100_000)),
  '/log/large': (response) => response.end('x'.repeat(LIMIT + 1)),
  '/log/bomb': (response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(1e6))),
  '/log/no-gzip': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip'),
  '/log/moved': (response) => response.writeHead(301, { location: '/log/good' }).end(),
  '/log/silent': () => {},
  '/log/trickle': (response) => response.write('x'),
  '/log/broken': (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('x');
    response.destroy();
  },
};

describe('a log over HTTP', () => {
  let server: Server;
  let url: URL;
  beforeAll(async () => {
    server = createServer((request, response) => answers[request.url ?? '']?.(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = new URL(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/log`);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('gives a file', async () => {
    expect(new TextDecoder().decode(await httpLog(url, 5_000).read('good', LIMIT))).toBe('good');
  });

  it.each([
    ['missing', 'log-not-found'],
    ['fault', 'log-unreachable'],
    ['large', 'log-answer-too-large'],
    ['bomb', 'log-answer-too-large'],
    ['no-gzip', 'log-unreachable'],
    ['moved', 'log-unreachable'],
    ['broken', 'log-unreachable'],
  ])('refuses %s as %s', async (path, code) => {
    await expect(httpLog(url, 5_000).read(path, LIMIT)).rejects.toMatchObject({ code });
  });

  it.each(['silent', 'trickle'])('gives up on %s', async (path) => {
    await expect(httpLog(url, 60).read(path, LIMIT)).rejects.toMatchObject({ code: 'log-unreachable' });
  });

  it('refuses a port where nobody listens', async () => {
    const closed = new URL('http://127.0.0.1:1/log');
    await expect(httpLog(closed, 5_000).read('good', LIMIT)).rejects.toMatchObject({
      code: 'log-unreachable',
    });
  });
});

it('a log in a directory: reads, and refuses what is missing, a folder, or too large', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lianshu-log-'));
  try {
    writeFileSync(join(folder, 'good'), 'good');
    writeFileSync(join(folder, 'large'), 'x'.repeat(LIMIT + 1));
    const { read } = directoryLog(folder);
    expect((await read('good', LIMIT)).length).toBe(4);
    await expect(read('large', LIMIT)).rejects.toMatchObject({ code: 'log-answer-too-large' });
    await expect(read('none', LIMIT)).rejects.toMatchObject({ code: 'log-not-found' });
    await expect(read('.', 1e9)).rejects.toMatchObject({ code: 'log-unreachable' });
    symlinkSync('good', join(folder, 'link'));
    expect((await read('link', LIMIT)).length).toBe(4);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('a log in a directory: waits for no pipe and reads no device, not even behind a link', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lianshu-log-'));
  try {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync('pipe', join(folder, 'to-pipe'));
    symlinkSync('/dev/zero', join(folder, 'device'));
    const { read } = directoryLog(folder);
    for (const path of ['pipe', 'to-pipe', 'device']) {
      const refused = { code: 'log-unreachable', message: `${path}: not a regular file` };
      await expect(read(path, LIMIT), path).rejects.toMatchObject(refused);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
