import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
};

/**
 * Serves the rendered pages with the strict headers of the real server, so that a forbidden inline style or script
 * shows as a console error here already.
 */
export const servePreview = async (
  folder: URL,
): Promise<Readonly<{ base: string; close: () => Promise<void> }>> => {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://preview').pathname.slice(1);
    readFile(new URL(path, folder)).then(
      (bytes) => {
        response.writeHead(200, {
          'content-type': types[extname(path)] ?? 'application/octet-stream',
          'content-security-policy':
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'",
          'cross-origin-opener-policy': 'same-origin-allow-popups',
        });
        response.end(bytes);
      },
      () => response.writeHead(path === 'favicon.ico' ? 204 : 404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://localhost:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
