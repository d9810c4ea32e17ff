import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

export interface Asset {
  readonly href: string;
  /** Subresource Integrity value; the page refuses a script whose bytes differ. */
  readonly integrity: string;
}

export interface Assets {
  /** @throws when the build did not make it: a page without its style must not go out. */
  asset(name: string): Asset;
}

type Manifest = Readonly<Record<string, { readonly file: string; readonly integrity: string }>>;

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/** Serves the built scripts and style by content-addressed names, for ever, from memory. */
export function serveAssets(server: FastifyInstance, projectRoot: string): Assets {
  const folder = join(projectRoot, 'dist', 'assets');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  for (const { file } of Object.values(manifest)) {
    const bytes = readFileSync(join(folder, file));
    const type = TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    server.get(`/assets/${file}`, async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=31536000, immutable').type(type).send(bytes),
    );
  }
  return {
    asset(name) {
      const entry = manifest[name];
      if (!entry) throw new Error(`The build has no asset ${name}`);
      return { href: `/assets/${entry.file}`, integrity: entry.integrity };
    },
  };
}
