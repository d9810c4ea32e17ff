/** The limits of the edge itself, on any route for programs: what they answer is what the description promises. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { apiRoute, serveApi } from './api.ts';
import { openApiDocument } from './openapi.ts';
import { PLATFORM_PROBLEMS, Problems } from './problem.ts';
import { createServer } from './server.ts';

const both = { 'zh-Hant-TW': '物', en: 'thing' };
const problems = new Problems(PLATFORM_PROBLEMS);
const thing = (id: string, answer: () => Promise<{ status: number; body: unknown }>) =>
  apiRoute({
    id,
    method: 'GET',
    path: `/v1/${id}`,
    summary: both,
    problems: [],
    answers: { 200: { description: both, schema: z.object({}) } },
    answer,
  });
const routes = [
  thing('idle', async () => ({ status: 200, body: {} })),
  // As the guard of the event loop throws it.
  thing('pressed', async () => {
    throw Object.assign(new Error('under pressure'), { statusCode: 503, code: 'FST_UNDER_PRESSURE' });
  }),
];

it.each([
  ['idle', 429, 'too-many-requests', 'zh-Hant-TW'],
  ['idle', 429, 'too-many-requests', 'en'],
  ['pressed', 503, 'overloaded', 'en'],
] as const)(
  '%s: %d with the problem document and the seconds to wait',
  async (id, status, code, language) => {
    const server = await createServer({
      problems,
      logLevel: 'silent',
      trustedProxies: [],
      publicOrigin: () => undefined,
      requestsPerMinute: 2,
      renderProblem: () => 'a page',
    });
    serveApi(server, routes);
    try {
      const ask = () =>
        server.inject({ url: `/v1/${id}`, headers: { accept: 'text/html', 'accept-language': language } });
      let answer = await ask();
      for (let n = 0; n < 2 && answer.statusCode !== status; n++) answer = await ask();
      const { paths } = openApiDocument(routes, problems, {
        title: '',
        description: '',
        version: '1',
        serverUrl: '',
      }) as { paths: Record<string, { get: { responses: Record<string, { headers: unknown }> } }> };
      expect(paths[`/v1/${id}`]?.get.responses[String(status)]?.headers).toHaveProperty('Retry-After');
      expect(answer.statusCode).toBe(status);
      expect(answer.headers['retry-after']).toMatch(/^[1-9][0-9]*$/);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.json()).toMatchObject({ status, code, title: PLATFORM_PROBLEMS[code].title[language] });
    } finally {
      await server.close();
    }
  },
);
