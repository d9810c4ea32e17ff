/** The HTTP edge: headers, cookies, caching, limits, addresses, and faults that store nothing. */
import { connect } from 'node:net';
import { citizen } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_CATALOGUE } from '../../src/credentials/index.ts';
import { PLATFORM_PROBLEMS } from '../../src/platform/http/problem.ts';
import { SIGNING_PROBLEMS } from '../../src/signing/index.ts';
import { offerWithoutScript, request, upload } from '../builders/no-script.ts';
import { publishedIndex } from '../builders/published-log.ts';
import { offer, post, prepare, send, sign, storedRows } from '../builders/signer.ts';
import { tcpGate } from '../builders/tcp-gate.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['public', 'sequencer'] });
  await platform.openCase(CASE);
  // Pages change with each publication; from here on nothing is published but what a test signs.
  const first = await sign(platform, citizen(0), CASE);
  await publishedIndex(platform, String(first.body['commitment']));
});
afterAll(() => platform?.close());

const UUID = /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PAGES = ['/', `/initiatives/${CASE}`, `/initiatives/${CASE}/sign`, '/receipts', '/privacy'];
const bothLanguages = (path: string) => [path, path === '/' ? '/en' : `/en${path}`];

describe('headers', () => {
  test.each(PAGES.flatMap(bothLanguages))('%s', async (path) => {
    const { status, html, headers } = await request(platform, path);
    expect(status).toBe(200);
    const policy = Object.fromEntries(
      (headers.get('content-security-policy') ?? '').split(';').map((part) => {
        const [name = '', ...values] = part.trim().split(' ');
        return [name, values.join(' ')];
      }),
    );
    expect(policy).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'connect-src': "'self'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
      'require-trusted-types-for': "'script'",
    });
    expect(JSON.stringify(policy)).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('cross-origin-opener-policy')).toBe(
      path.endsWith('/sign') ? 'same-origin-allow-popups' : 'same-origin',
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('set-cookie')).toBeNull();
    expect(html).toContain(path.startsWith('/en') ? '<html lang="en"' : '<html lang="zh-Hant-TW"');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|<style|\sstyle=/);
    for (const [, attributes] of html.matchAll(/<script([^>]*)>/g))
      expect(attributes).toContain('integrity="sha');
  });

  test('public pages are kept shortly and compared by their ETag; HEAD says the same without a body', async () => {
    for (const path of PAGES) {
      const first = await request(platform, path);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]{22}"$/);
      expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+, must-revalidate$/);
      const again = await request(platform, path, { headers: { 'if-none-match': etag } });
      expect([path, again.status, again.html]).toEqual([path, 304, '']);
      expect(again.headers.get('etag')).toBe(etag);
      expect(again.headers.get('content-security-policy')).not.toBeNull();
      const stale = await request(platform, path, { headers: { 'if-none-match': '"other"' } });
      expect(stale.status).toBe(200);
      const head = await request(platform, path, { method: 'HEAD' });
      expect([path, head.status, head.html]).toEqual([path, 200, '']);
      expect(head.headers.get('etag')).toBe(etag);
      expect(head.headers.get('content-type')).toBe('text/html; charset=utf-8');
    }
  });

  test('answers to a person are kept by nobody', async () => {
    const prepared = await prepare(platform, citizen(1), CASE);
    const answer = await send(platform, CASE, prepared);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('server-timing')).toMatch(/stored;dur=[\d.]+, included;dur=[\d.]+/);
    const opened = await post(platform, `/v1/initiatives/${CASE}/transactions`, {
      signerCommitment: 'A'.repeat(43),
    });
    expect(opened.headers.get('cache-control')).toBe('no-store');
    const receipt = await request(platform, `/receipts/${String(answer.body['commitment'])}`);
    expect(receipt.headers.get('cache-control')).toBe('no-store');
  });

  test('the session cookie is bound to this host, out of reach of script, and names nobody', async () => {
    const answer = await post(platform, `/v1/initiatives/${CASE}/transactions`, {
      signerCommitment: 'A'.repeat(43),
    });
    const [pair = '', ...attributes] = (answer.headers.get('set-cookie') ?? '').split('; ');
    expect(pair).toMatch(/^__Host-lianshu=[\w-]{22}$/);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
    const same = await post(
      platform,
      `/v1/initiatives/${CASE}/transactions`,
      { signerCommitment: 'A'.repeat(43) },
      pair,
    );
    expect(same.headers.get('set-cookie')).toBeNull();
    const other = await offer(platform, CASE, citizen(2).nationalId);
    expect(other.cookie).not.toBe(pair);
  });

  test('a foreign page cannot post, by any of its marks', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: `${platform.url}.evil.example` },
    ]) {
      const response = await fetch(`${platform.url}/v1/initiatives/${CASE}/transactions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers } as Record<string, string>,
        body: JSON.stringify({ signerCommitment: 'A'.repeat(43) }),
      });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'foreign-origin' });
      expect(response.headers.get('set-cookie')).toBeNull();
    }
  });
});

describe('addresses', () => {
  // A variant of a code, `CODE/when`, has no page: problems lead to the page of the code.
  const codes = Object.keys({ ...PLATFORM_PROBLEMS, ...POLICY_CATALOGUE, ...SIGNING_PROBLEMS }).filter(
    (code) => !code.includes('/'),
  );
  const entries = { ...PLATFORM_PROBLEMS, ...POLICY_CATALOGUE, ...SIGNING_PROBLEMS } as Readonly<
    Record<string, { title: Record<'zh-Hant-TW' | 'en', string>; next: Record<'zh-Hant-TW' | 'en', string> }>
  >;
  const plain = (html: string) =>
    html
      .replace(/&#39;/g, "'")
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, '&');

  test('every code of every catalogue has its page in both languages', async () => {
    expect(codes.length).toBeGreaterThan(60);
    for (const code of codes) {
      const zh = await request(platform, `/problems/${code}`);
      const en = await request(platform, `/en/problems/${code}`);
      expect([code, zh.status, en.status]).toEqual([code, 200, 200]);
      expect(plain(zh.html)).toContain(entries[code]?.title['zh-Hant-TW']);
      expect(plain(zh.html)).toContain(entries[code]?.next['zh-Hant-TW']);
      expect(plain(en.html)).toContain(entries[code]?.title.en);
      expect(plain(en.html)).toContain(entries[code]?.next.en);
    }
  }, 30_000);

  test.each([
    '/nowhere',
    '/initiatives/0000',
    '/initiatives/9999',
    '/initiatives/9999/sign',
    '/initiatives/%2e%2e/sign',
    '/problems/E_NOTHING',
    '/receipts/short',
    '/log2',
  ])('%s is nowhere, in both languages', async (path) => {
    for (const prefix of ['', '/en']) {
      const { status, html, headers } = await request(platform, `${prefix}${path}`);
      expect(status).toBe(404);
      expect(html).toContain(prefix === '' ? '<html lang="zh-Hant-TW"' : '<html lang="en"');
      expect(html).toContain('<meta name="robots" content="noindex"');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  test('programs get a problem document in the language they ask for; an unknown method is nowhere', async () => {
    const en = await fetch(`${platform.url}/v1/nothing`, { headers: { 'accept-language': 'fr, en;q=0.8' } });
    expect(en.status).toBe(404);
    expect(en.headers.get('content-type')).toContain('application/problem+json');
    expect(await en.json()).toMatchObject({
      code: 'not-found',
      title: PLATFORM_PROBLEMS['not-found'].title.en,
    });
    const zh = await fetch(`${platform.url}/v1/nothing`);
    expect(await zh.json()).toMatchObject({ title: PLATFORM_PROBLEMS['not-found'].title['zh-Hant-TW'] });
    const put = await fetch(`${platform.url}/`, { method: 'PUT' });
    expect([404, 405]).toContain(put.status);
    for (const path of ['/log/../keys/token.key', '/log/%2e%2e/keys/token.key', '/assets/../package.json'])
      expect((await fetch(`${platform.url}${path}`)).status).toBe(404);
  });
});

describe('limits and faults', () => {
  test('too many attempts from one address: 429, with the time to wait', async () => {
    const narrow = await startPlatform({ surfaces: ['public', 'sequencer'], signingsPerMinute: 3 });
    try {
      await narrow.openCase(CASE);
      const attempt = () =>
        post(narrow, `/v1/initiatives/${CASE}/transactions`, { signerCommitment: 'A'.repeat(43) });
      for (let i = 0; i < 3; i += 1) expect((await attempt()).status).toBe(200);
      const refused = await attempt();
      expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      for (const prefix of ['', '/en'] as const) {
        let page = await request(narrow, `${prefix}/initiatives/${CASE}/statement`, { method: 'POST' });
        for (let i = 0; i < 3; i += 1)
          page = await request(narrow, `${prefix}/initiatives/${CASE}/statement`, { method: 'POST' });
        expect(page.status).toBe(429);
        expect(page.html).toContain('error-summary');
      }
      expect((await request(narrow, `/initiatives/${CASE}`)).status).toBe(200);
    } finally {
      await narrow.close();
    }
  });

  test('the sealer is away: 503 with Retry-After, nothing stored, and the same body works later', async () => {
    const [one, two] = [await prepare(platform, citizen(10), CASE), citizen(11)];
    const form = await offerWithoutScript(platform, { prefix: '/en', caseNumber: CASE, id: two.nationalId });
    const before = await storedRows(platform, CASE);
    await platform.stopSealer();
    try {
      const answer = await send(platform, CASE, one);
      expect(answer).toMatchObject({ status: 503, body: { code: 'overloaded' } });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(String(answer.body['instance'])).toMatch(UUID);
      const der = Uint8Array.from(Buffer.from(String(one.body['signature']), 'base64url'));
      const page = await upload(platform, { prefix: '/en', caseNumber: CASE }, form, der);
      expect(page.status).toBe(503);
      expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(page.html).toContain('<html lang="en"');
      expect(await storedRows(platform, CASE)).toBe(before);
    } finally {
      await platform.restartSealer();
    }
    expect((await send(platform, CASE, one)).status).toBe(201);
  });

  test('the database is gone: 500 with a request number and nothing else', async () => {
    const url = new URL(platform.database.url);
    const folder = url.searchParams.get('host');
    const gate = await tcpGate(
      folder === null
        ? { host: url.hostname, port: Number(url.port === '' ? 5432 : url.port) }
        : { path: `${folder}/.s.PGSQL.${url.port === '' ? 5432 : url.port}` },
    );
    url.searchParams.delete('host');
    url.hostname = '127.0.0.1';
    url.port = String(gate.port);
    const behind = await platform.serveAnother({ surfaces: ['public'], connectionString: url.href });
    const there: TestPlatform = { ...platform, url: behind.url };
    try {
      const prepared = await prepare(there, citizen(12), CASE);
      await gate.shut();
      platform.serverLog.splice(0);
      const answer = await send(there, CASE, prepared);
      expect(answer.status).toBe(500);
      expect(answer.body).toMatchObject({ code: 'internal-fault' });
      const said = JSON.stringify(answer.body);
      expect(String(answer.body['instance'])).toMatch(UUID);
      expect(said).not.toMatch(/ECONN|postgres|127\.0\.0\.1|select|stack|\.ts/i);
      const page = await request(there, `/en/initiatives/${CASE}`);
      expect(page.status).toBe(500);
      expect(page.html).toContain('<html lang="en"');
      const id = /<code class="break">([0-9a-f-]{36})<\/code>/.exec(page.html)?.[1] ?? '';
      expect(platform.serverLog.join('')).toContain(id);
      expect(page.html).not.toMatch(/ECONN|postgres|127\.0\.0\.1|\.ts\b/i);
      const fault = platform.serverLog.find((line) => line.includes('"fault"')) ?? '';
      expect(fault).toContain('frames');
      for (const line of platform.serverLog) expect(line).not.toContain(citizen(12).nationalId);
    } finally {
      await behind.close();
    }
    // The same house through another process: the person signs.
    expect((await sign(platform, citizen(12), CASE)).status).toBe(201);
  });

  test('a connection that never says anything does not hold up the end of the process', async () => {
    const ending = await platform.serveAnother({ surfaces: ['public'] });
    const { port, hostname } = new URL(ending.url);
    const silent = connect(Number(port), hostname);
    await new Promise<void>((resolve) => silent.once('connect', () => resolve()));
    await request({ ...platform, url: ending.url }, '/healthz');
    const startedMs = performance.now();
    await ending.close();
    silent.destroy();
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  test('log lines hold method, route, status and time, and no address, query or body', async () => {
    platform.serverLog.splice(0);
    await request(platform, `/?q=${encodeURIComponent('secret words')}`);
    await request(platform, '/en/receipts/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
    const lines = platform.serverLog.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    const known = ['level', 'time', 'reqId', 'method', 'route', 'status', 'ms', 'msg', 'code'];
    for (const line of lines) expect(known).toEqual(expect.arrayContaining(Object.keys(line)));
    expect(JSON.stringify(lines)).not.toMatch(/secret|127\.0\.0\.1|AAAAAAAA/);
  });
});
