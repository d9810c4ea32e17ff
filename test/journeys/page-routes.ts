/** The pages that each surface registers, so that a journey can tell which of them nobody looked at. Import it before the house starts. */
import { subscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

export type SurfaceName = 'public' | 'workspace' | 'office';

/** A page by which a surface is known. */
const KNOWN_BY: Readonly<Record<SurfaceName, string>> = {
  public: '/how-it-works',
  workspace: '/console',
  office: '/waiting',
};

/** What answers no page: files, open data, what programs ask. */
const NO_PAGE = /\*|^\/(v1|assets|log|healthz)(\/|$)|\.[a-z]+$|^\/(deposit|embed)\b/;

const servers: Set<string>[] = [];

subscribe('fastify.initialization', (message) => {
  const { fastify } = message as { fastify: FastifyInstance };
  const routes = new Set<string>();
  servers.push(routes);
  fastify.addHook('onRoute', ({ method, url }) => {
    if ([method].flat().includes('GET') && !NO_PAGE.test(url))
      routes.add(url.replace(/^\/en(?=\/|$)/, '') || '/');
  });
});

/** The pages of a surface as they were registered, without their language, in order. */
export function pageRoutes(surface: SurfaceName): readonly string[] {
  const routes = servers.find((each) => each.has(KNOWN_BY[surface]));
  if (routes === undefined) throw new Error(`no ${surface} surface was started`);
  return [...routes].sort();
}

/** Whether a path is one of a route's pages. A route without parameters is meant before one with them. */
export function routeOf(routes: readonly string[], path: string): string | undefined {
  const plain = path.replace(/^\/en(?=\/|$)/, '').replace(/(?<=.)\/$/, '') || '/';
  const fits = (route: string) => new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(plain);
  return routes.includes(plain) ? plain : routes.find(fits);
}
