/** The API as an outsider meets it: its description is valid, and every answer is what the description says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { citizen } from '@lianshu/simulators';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { inTransaction } from '../../src/platform/db/index.ts';
import { type Answer, post, prepare, send, sign } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
/** Attempts a minute from one address: enough for all tests before the one of this limit. */
const ATTEMPTS = 100;
type Json = Record<string, unknown>;
type Operation = Readonly<{
  operationId: string;
  parameters: readonly Readonly<{ name: string; in: string; required: boolean }>[];
  responses: Readonly<
    Record<string, Readonly<{ headers?: Json; content?: Record<string, { schema: Json }> }>>
  >;
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
  platform = await startPlatform({ publishEveryMs: 200, witnesses: 1, signingsPerMinute: ATTEMPTS });
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

describe('what is announced and owed', () => {
  it('is told with its article, and what replaces it', async () => {
    const announce = (title: string, replaces?: number) =>
      inTransaction(platform.database.db, (tx) =>
        platform.running.record.append(tx, {
          v: 1,
          kind: 'announcement',
          at: '2026-11-20T10:00:00+08:00',
          capacity: 'commission',
          basis: '公民投票法 §13 III',
          body: {
            on: '2026-11-20',
            article: '公民投票法 §13 III',
            title: { 'zh-Hant-TW': title },
            text: { 'zh-Hant-TW': '辦理中。', en: 'Under way.' },
          },
          ...(replaces === undefined ? {} : { replaces, why: { 'zh-Hant-TW': '誤植。' } }),
        }),
      );
    const told = async (least: number) => {
      const path = '/v1/announcements';
      await vi.waitUntil(
        async () =>
          (await get(`${path}`)).body.announcements.filter(({ index }: Json) => index !== undefined).length >=
          least,
        { timeout: 30_000, interval: 100 },
      );
      const answer = await get(path);
      expectDeclared(operationOf('get', path), answer.status, answer.type, answer.body);
      return answer.body.announcements;
    };
    await announce('查對作業說明');
    const [first] = await told(1);
    expect(first).toMatchObject({
      on: '2026-11-20',
      title: { 'zh-Hant-TW': '查對作業說明', en: '查對作業說明' },
      basis: { en: 'Referendum Act §13 III' },
      isReplaced: false,
    });
    await announce('查對作業說明（更正）', first.index);
    const both = await told(2);
    expect(both.find(({ index }: Json) => index === first.index)).toMatchObject({ isReplaced: true });
    expect(both.find(({ replaces }: Json) => replaces === first.index)).toMatchObject({
      why: { 'zh-Hant-TW': '誤植。' },
    });
  });

  it('is asked for by state; a state that is none is refused', async () => {
    const path = '/v1/duties';
    for (const query of ['', '?state=overdue', '?state=met']) {
      const answer = await get(`${path}${query}`);
      expectDeclared(operationOf('get', path), answer.status, answer.type, answer.body);
      expect(answer.status).toBe(200);
    }
    const refused = await get(`${path}?state=late-ish`);
    expectDeclared(operationOf('get', path), refused.status, refused.type, refused.body);
    expect(refused.status).toBe(400);
  });
});

describe('at its limits', () => {
  const ATTEMPT = '/v1/initiatives/{case}/transactions';
  const SEND = '/v1/initiatives/{case}/joint-signatures';
  const attempt = () => post(platform, fill(ATTEMPT), { signerCommitment: 'A'.repeat(43) });
  function expectLimit(path: string, answer: Answer, status: number, code: string): void {
    const operation = operationOf('post', path);
    expect(answer).toMatchObject({ status, body: { code, status } });
    expectDeclared(operation, status, answer.headers.get('content-type') ?? '', answer.body);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }

  it('every operation says that it may refuse with 429 and 503, and when to come again', () => {
    for (const of of Object.values(document.paths))
      for (const operation of Object.values(of))
        for (const status of ['429', '503'])
          expect(operation.responses[status]?.headers, `${operation.operationId} ${status}`).toEqual({
            'Retry-After': { schema: { type: 'integer' } },
          });
  });

  it('503 while the sealer is away, with the problem document; the same signature is taken later', async () => {
    const signed = await prepare(platform, citizen(2), CASE);
    await platform.stopSealer();
    try {
      expectLimit(SEND, await send(platform, CASE, signed), 503, 'overloaded');
    } finally {
      await platform.restartSealer();
    }
    expect((await send(platform, CASE, signed)).status).toBe(201);
  });

  it('503 while the record takes nothing, with the problem document; reading goes on', async () => {
    const set = (state: string) =>
      platform.database.pool.query('update record_condition set state = $1', [state]);
    const { state } = (await platform.database.pool.query('select state from record_condition')).rows[0];
    await set('read-only');
    try {
      await vi.waitUntil(async () => (await attempt()).status === 503, { timeout: 20_000, interval: 500 });
      expectLimit(ATTEMPT, await attempt(), 503, 'E_READ_ONLY');
      expect((await get(`/v1/initiatives/${CASE}`)).status).toBe(200);
    } finally {
      await set(state);
    }
  });

  it('429 after too many attempts from one address, with the problem document; reading goes on', async () => {
    let answer = await attempt();
    for (let n = 0; n <= ATTEMPTS && answer.status !== 429; n++) answer = await attempt();
    expectLimit(ATTEMPT, answer, 429, 'too-many-requests');
    expect((await get(`/v1/initiatives/${CASE}`)).status).toBe(200);
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
