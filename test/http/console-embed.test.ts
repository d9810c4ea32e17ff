/** The page for other sites' frames: what it shows, what it may do, and that it is the only one that may be framed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform();
  await platform.openCase('9501');
});
afterAll(() => platform?.close());

const get = (path: string) =>
  fetch(`${platform.url}${path}`, { headers: { accept: 'text/html' }, redirect: 'manual' });

test.each(['', '/en'])('may be framed by any site, and can do nothing there (%s)', async (prefix) => {
  const response = await get(`${prefix}/embed/initiatives/9501`);
  expect(response.status).toBe(200);
  const policy = response.headers.get('content-security-policy');
  expect(policy).toBe(
    "default-src 'none';style-src 'self';img-src data:;base-uri 'none';form-action 'none';frame-ancestors *",
  );
  expect(response.headers.get('x-frame-options')).toBeNull();
  expect(response.headers.getSetCookie()).toEqual([]);
  const html = await response.text();
  expect(html).not.toMatch(/<script|<form|<img|onload|style=/);
  expect(html).toContain(prefix === '' ? '測試案' : 'Test case');
  expect(html).toMatch(new RegExp(`href="[^"]*${prefix}/initiatives/9501" target="_blank" rel="noopener"`));
  expect(html).toContain('data-count="0"');
});

test.each(['/initiatives/9501', '/initiatives/9501/sign', '/'])(
  '%s may still not be framed',
  async (path) => {
    const response = await get(path);
    expect(response.headers.get('x-frame-options')).toBe('DENY');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  },
);

test.each(['9599', 'x', 'D00001', '9501%2F..'])('there is none for %s', async (number) => {
  const response = await get(`/embed/initiatives/${number}`);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});
