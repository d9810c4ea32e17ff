import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildVerifierPage } from '../build.ts';

describe('the one-file verifier page', () => {
  let page = '';
  beforeAll(async () => {
    page = await buildVerifierPage('# <key> & "comment"\n');
  });

  const between = (start: string, end: string): string => page.split(start)[1]?.split(end)[0] ?? '';
  const policyOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  it('is one file of at most 120 KB', () => expect(Buffer.byteLength(page)).toBeLessThanOrEqual(120_000));

  it('allows its own script and style by their hashes, and nothing else', () => {
    const policy = between('Content-Security-Policy" content="', '"');
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${policyOf(between('<script>', '</script>'))}`,
      `style-src ${policyOf(between('<style>', '</style>'))}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('loads nothing and stores nothing', () => {
    expect(page).not.toMatch(
      /\s(?:src|href)=|\bfetch\(|XMLHttpRequest|localStorage|sessionStorage|\bimport\(/,
    );
  });

  it('embeds the keys as text', () => {
    expect(page).toContain('# &lt;key> &amp; "comment"\n</textarea>');
    expect(page).not.toMatch(/%(?:CSP|KEYS)%|<!--/);
  });

  it('is the same for the same sources', async () => {
    expect(await buildVerifierPage('# <key> & "comment"\n')).toBe(page);
  });
});
