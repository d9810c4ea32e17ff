/** The API as an outsider meets it: its description is valid, and every answer is what the description says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { citizen } from '@lianshu/simulators';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { post, sign } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
type Json = Record<string, unknown>;
type Operation = Readonly<{
  operationId: string;
  parameters: readonly Readonly<{ name: string; in: string; required: boolean }>[];
  responses: Readonly<Record<string, Readonly<{ content?: Record<string, { schema: Json }> }>>>;
}>;
type Document = Readonly<{
  openapi: string;
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components: { schemas: { Problem: Json } };
}>;

let platform: TestPlatform;
let document: Document;
let commitment: string;

beforeAll(async () => {
  platform = await startPlatform({ publishEveryMs: 200, witnesses: 1 });
  await platform.openCase(CASE);
  document = (await (await fetch(`${platform.url}/v1/openapi.json`)).json()) as Document;
  const signed = await sign(platform, citizen(0), CASE);
  commitment = String(signed.body['commitment']);
  await vi.waitUntil(async () => (await fetch(`${platform.url}/v1/receipts/${commitment}`)).status === 200, {
    timeout: 30_000,
    interval: 100,
  });
});
afterAll(() => platform?.close());

const operationOf = (method: string, path: string): Operation => {
  const found = document.paths[path]?.[method];
  if (found === undefined) throw new Error(`not described: ${method} ${path}`);
  return found;
};

/** Fails unless status and body are declared for the operation. */
function expectDeclared(operation: Operation, status: number, type: string, body: unknown): void {
  const declared = operation.responses[String(status)];
  expect(declared, `${operation.operationId}: status ${status} is declared`).toBeDefined();
  const media = type.split(';')[0] ?? '';
  const schema = declared?.content?.[media]?.schema;
  expect(schema, `${operation.operationId} ${status}: ${media} is declared`).toBeDefined();
  const of =
    schema?.['$ref'] === '#/components/schemas/Problem' ? document.components.schemas.Problem : schema;
  const parsed = z.fromJSONSchema(of as Parameters<typeof z.fromJSONSchema>[0]).safeParse(body);
  expect(parsed.error?.issues ?? [], `${operation.operationId} ${status}`).toEqual([]);
}

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(`${platform.url}${path}`, init);
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  return {
    status: response.status,
    type,
    headers: response.headers,
    body: type.includes('json') && text !== '' ? JSON.parse(text) : text,
  };
}

const FILLED: Readonly<Record<string, string>> = { case: CASE, draft: 'D00001' };
const fill = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'commitment' ? commitment : (FILLED[name] ?? ''),
  );

describe('the description', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(document as unknown as Json);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(document.openapi).toBe('3.1.0');
  });

  it('names every operation once and describes every parameter of a path', () => {
    const operations = Object.entries(document.paths).flatMap(([path, of]) =>
      Object.values(of).map((operation) => ({ path, operation })),
    );
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(named);
    }
  });

  it('leaves out no route: nothing else registers an address under /v1', () => {
    const root = fileURLToPath(new URL('../../src/', import.meta.url));
    const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) => {
        const text = readFileSync(join(root, file), 'utf8');
        return [...text.matchAll(/\.(?:get|post|route)\b[^;{]*?['"`](\/v1\/[^'"`]+)/g)].map(
          ([, path]) => path,
        );
      });
    expect(found).toEqual(['/v1/openapi.json']);
  });
});

describe('every answer is what the description says', () => {
  it('of every GET, for what exists', async () => {
    for (const path of Object.keys(document.paths)) {
      if (document.paths[path]?.['get'] === undefined) continue;
      const answer = await get(fill(path));
      expectDeclared(operationOf('get', path), answer.status, answer.type, answer.body);
      if (!path.startsWith('/v1/drafts/')) expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.headers.get('access-control-allow-origin') ?? '').toBe(answer.status === 200 ? '*' : '');
    }
  });

  it('of every HEAD: the same status, no body', async () => {
    for (const [path, of] of Object.entries(document.paths)) {
      if (of['head'] === undefined) continue;
      const [asked, headed] = [await get(fill(path)), await get(fill(path), { method: 'HEAD' })];
      expect([path, headed.status, headed.body]).toEqual([path, asked.status, '']);
      expect(of['head'].responses[String(headed.status)]).toBeDefined();
    }
  });

  it('of an address that nothing has, and of parameters that nobody knows', async () => {
    const wrong: Readonly<Record<string, string>> = {
      case: '123456',
      draft: 'D99999',
      commitment: 'A'.repeat(43),
    };
    for (const [path, of] of Object.entries(document.paths)) {
      const operation = of['get'];
      if (operation === undefined) continue;
      if (path.includes('{')) {
        const missing = await get(path.replaceAll(/\{(\w+)\}/g, (_, name: string) => wrong[name] ?? ''));
        expect([path, missing.status]).toEqual([path, 404]);
        expectDeclared(operation, 404, missing.type, missing.body);
        const malformed = await get(path.replaceAll(/\{(\w+)\}/g, '..%2f..%2fetc'));
        expectDeclared(operation, malformed.status, malformed.type, malformed.body);
      }
      const unknown = await get(`${fill(path)}?nobody=knows`);
      expect([path, unknown.status]).toEqual([path, 400]);
      expectDeclared(operation, 400, unknown.type, unknown.body);
      expect(unknown.body).toMatchObject({ code: 'malformed-input' });
    }
  });

  it('of acts page by page, and of limits that are none', async () => {
    const operation = operationOf('get', '/v1/initiatives/{case}/acts');
    const indexes: number[] = [];
    let path = `/v1/initiatives/${CASE}/acts?limit=1`;
    for (let page = 0; page < 20; page++) {
      const { status, type, body } = await get(path);
      expectDeclared(operation, status, type, body);
      indexes.push(...body.acts.map(({ index }: { index: number }) => index));
      if (body.next === undefined) break;
      path = `/v1/initiatives/${CASE}/acts?limit=1&before=${body.next}`;
    }
    expect(indexes.length).toBeGreaterThan(2);
    expect(indexes).toEqual([...indexes].sort((a, b) => b - a));
    const whole = await get(`/v1/initiatives/${CASE}/acts`);
    expect(whole.body.acts.map(({ index }: { index: number }) => index)).toEqual(indexes);
    for (const query of ['limit=0', 'limit=201', 'limit=1e2', 'before=-1', 'limit=5&limit=6', 'before=']) {
      const refused = await get(`/v1/initiatives/${CASE}/acts?${query}`);
      expect([query, refused.status]).toEqual([query, 400]);
      expectDeclared(operation, 400, refused.type, refused.body);
    }
  });

  it('of POST: an offered statement, and bodies that do not fit', async () => {
    const path = '/v1/initiatives/{case}/transactions';
    const operation = operationOf('post', path);
    const offered = await post(platform, fill(path), { signerCommitment: 'A'.repeat(43) });
    expectDeclared(operation, offered.status, offered.headers.get('content-type') ?? '', offered.body);
    expect(offered.status).toBe(200);
    for (const sent of [
      '{',
      '[]',
      '{"signerCommitment":1}',
      '{"signerCommitment":"AA","more":1}',
      '"text"',
    ]) {
      for (const to of [path, '/v1/initiatives/{case}/joint-signatures']) {
        const refused = await post(platform, fill(to), sent);
        expect([sent, refused.status]).toEqual([sent, 400]);
        expectDeclared(operationOf('post', to), 400, refused.headers.get('content-type') ?? '', refused.body);
      }
    }
    const asText = await get(fill(path), {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'text/plain' },
    });
    expectDeclared(operation, asText.status, asText.type, asText.body);
    const foreign = await get(fill(path), {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', origin: 'https://elsewhere.invalid' },
    });
    expect(foreign.status).toBe(403);
    expectDeclared(operation, foreign.status, foreign.type, foreign.body);
  });

  it('of a signature that is taken', async () => {
    const signed = await sign(platform, citizen(1), CASE);
    expectDeclared(
      operationOf('post', '/v1/initiatives/{case}/joint-signatures'),
      signed.status,
      signed.headers.get('content-type') ?? '',
      signed.body,
    );
  });
});

describe('the page for people', () => {
  it.each(['/api', '/en/api'])('%s names every route, without a script', async (path) => {
    const { status, body } = await get(path, { headers: { accept: 'text/html' } });
    expect(status).toBe(200);
    for (const route of Object.keys(document.paths)) expect(body).toContain(route);
    expect(body).not.toContain('<script');
  });
});
