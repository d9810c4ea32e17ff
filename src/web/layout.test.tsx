import { describe, expect, it } from 'vitest';
import { RefusalPage } from './error-pages.tsx';
import { localPath } from './language.ts';
import { Layout, renderPage } from './layout.tsx';
import { Markdown, markdownTitle } from './markdown.tsx';
import type { PageFrame, Site } from './site.ts';
import { TextPage } from './text-page.tsx';

const site: Site = {
  demo: true,
  host: 'lianshu.example',
  assets: {
    css: { href: '/assets/site.css', integrity: 'sha384-x' },
    signScript: { href: '/assets/sign-page.js' },
    receiptCheckScript: { href: '/assets/receipt-check.js' },
  },
};
const frame = (over: Partial<PageFrame> = {}): PageFrame => ({
  site,
  language: 'zh-Hant-TW',
  path: '/privacy',
  ...over,
});
const page = (over: Partial<PageFrame> = {}): string =>
  renderPage(
    <Layout frame={frame(over)} title="隱私">
      <p>x</p>
    </Layout>,
  );

describe('the frame of a page', () => {
  it('is a whole document in its language, without script, inline style or handler', () => {
    const html = page();
    expect(html).toMatch(/^<!doctype html><html lang="zh-Hant-TW">/);
    expect(html).not.toMatch(/<script| style=| on\w+=/);
    expect(html).toContain('integrity="sha384-x"');
    expect(page({ language: 'en' })).toContain('<html lang="en">');
  });

  it('marks the demonstration and keeps it out of search engines, and only then', () => {
    expect(page()).toContain('<meta name="robots" content="noindex"');
    expect(page()).toContain('示範');
    const real = page({ site: { ...site, demo: false } });
    expect(real).not.toContain('noindex');
    expect(real).not.toContain('示範');
  });

  it('offers the same page in the other language', () => {
    expect(page()).toContain('href="/en/privacy"');
    expect(page({ language: 'en' })).toMatch(/class="language" href="\/privacy"/);
    expect(localPath('en', '/')).toBe('/en/');
  });

  it('repeats a refusal as text only', () => {
    const html = renderPage(
      <RefusalPage
        frame={frame()}
        problem={{ code: 'E_X', status: 422, title: '<b>不行</b>', next: '再試' }}
      />,
    );
    expect(html).toContain('&lt;b>不行');
    expect(html).toMatch(/role="alert"[^>]*autofocus|autofocus[^>]*role="alert"/);
  });
});

describe('long texts', () => {
  const source =
    '# 標題|其二\n\n一段**重點**與 `碼`，\n接續。\n\n- 甲 [連結](/receipts)\n- 乙\n\n> 註\n\n<img src=x onerror=y> [壞](javascript:x)';

  it('reads the small part of Markdown and nothing else', () => {
    const html = renderPage(<Markdown source={source} />);
    expect(html).toContain('<h1 class="phrased">標題<wbr/>其二</h1>');
    expect(html).toContain('<strong>重點</strong>');
    expect(html).toContain('，接續。');
    expect(html).toContain('<a href="/receipts">連結</a>');
    expect(html).toContain('&lt;img');
    expect(html).not.toContain('href="javascript');
    expect(markdownTitle(source)).toBe('標題其二');
  });

  it('names the page after its heading', () => {
    expect(renderPage(<TextPage frame={frame()} source={source} />)).toContain(
      '<title>標題其二｜連署</title>',
    );
  });
});
