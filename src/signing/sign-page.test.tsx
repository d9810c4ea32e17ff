import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { cardFailures } from '../credentials/index.ts';
import { type Language, languages, renderPage, type Site } from '../web/index.ts';
import { ReceiptCheckPage } from './receipt-check-page.tsx';
import { ReceiptPage, type ReceiptState } from './receipt-page.tsx';
import { SignPage, type SignView } from './sign-page.tsx';
import { StatementPage } from './statement-page.tsx';

const site: Site = {
  demo: true,
  host: 'lianshu.example',
  assets: {
    css: { href: '/assets/site.css' },
    signScript: { href: '/assets/sign-page.js' },
    receiptCheckScript: { href: '/assets/receipt-check.js' },
  },
};
const view: SignView = {
  caseNumber: '9901',
  title: { 'zh-Hant-TW': '案', en: 'Case' },
  demonstrationText: true,
  mainText: '你是否同意「甲"乙」？',
  textDigest: '0'.repeat(64),
  lastDay: '2027-04-30',
  cardComponent: 'http://localhost:61161',
};
const frame = (language: Language) => ({ site, language, path: '/initiatives/9901/sign' });
const sign = (language: Language = 'zh-Hant-TW', over: Partial<SignView> = {}): string =>
  renderPage(<SignPage frame={frame(language)} view={{ ...view, ...over }} />);

describe('連署頁', () => {
  it.each(languages)('holds every failure the island can show, in %s', (language) => {
    const html = sign(language);
    for (const code of Object.keys(cardFailures)) expect(html).toContain(`data-failure-code="${code}"`);
  });

  it('holds every element the island asks for', () => {
    const html = sign();
    const island = ['sign-view', 'sign-page'].map((name) =>
      readFileSync(new URL(`./${name}.island.ts`, import.meta.url), 'utf8'),
    );
    const asked = island.flatMap((source) => [
      ...[...source.matchAll(/\[(data-[a-z-]+)[\]=]/g)].map((match) => match[1]),
      ...[...source.matchAll(/\b(?:put|appear|file|named|show)(?:<\w+>)?\('([a-z-]+)'/g)].map(
        (match) => `data-${match[1]}`,
      ),
    ]);
    expect(asked.length).toBeGreaterThan(20);
    for (const attribute of new Set(asked))
      expect(html, attribute).toMatch(new RegExp(`[ ]${attribute}[ =>]`));
    for (const name of island.flatMap((source) => [...source.matchAll(/printed\('([a-z-]+)'\)/g)])) {
      expect(html).toContain(`data-${name[1]}="`);
    }
    for (const name of (island[1] ?? '').matchAll(/^act\('(\w+)'/gm))
      expect(html).toContain(`data-act="${name[1]}"`);
  });

  it('gives the PIN field no name, so that no submission can carry it', () => {
    expect(/<input[^>]*id="pin"[^>]*>/.exec(sign())?.[0]).not.toMatch(/ name=/);
  });

  it('never prints the number of a form that came back, and leads from the summary to the field', () => {
    const html = sign('zh-Hant-TW', { errors: [{ field: 'national-id', message: '檢查碼不符。' }] });
    expect(html).toContain('href="#national-id"');
    expect(/<input[^>]*id="national-id"[^>]*>/.exec(html)?.[0]).not.toMatch(/ value=/);
    expect(html).toMatch(/aria-describedby="national-id-hint national-id-error id-status"/);
  });

  it('says what the law asks to be said', () => {
    const html = sign();
    for (const words of [
      '個資法第3條',
      '無法收回',
      '技術上有效',
      '名冊提出日',
      'lianshu.example',
      '未確認',
      '健保卡',
    ]) {
      expect(html).toContain(words);
    }
  });

  it('offers phones as not admitted, and works without script as one form', () => {
    const html = sign('en');
    expect(html).toMatch(/<input[^>]*value="phone"[^>]*disabled/);
    expect(html).toContain('method="post" action="/en/initiatives/9901/statement"');
  });

  it.each(languages)('weighs at most 60 KB with its style, before its script, in %s', (language) => {
    // As it is served: comments and indentation do not reach anybody.
    const css = ['frame', 'cases', 'steps', 'media'].map((name) => {
      const source = readFileSync(new URL(`../web/${name}.css`, import.meta.url), 'utf8');
      return Buffer.byteLength(transformSync(source, { loader: 'css', minify: true }).code);
    });
    expect(css.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(sign(language)))).toBeLessThan(
      46 * 1024,
    );
  });
});

describe('the way without script', () => {
  it('offers the statement’s exact bytes and says who made the secret', () => {
    const statement = '全國性公民投票案電子連署書\n規格：LIANSHU-TBS/1\n';
    const html = renderPage(
      <StatementPage
        frame={frame('zh-Hant-TW')}
        view={{ ...view, statement, token: 't<', receiptSecret: 's', expiresAt: '2026-11-21T12:10:00+08:00' }}
      />,
    );
    const file = /href="data:application\/octet-stream;base64,([^"]+)"/.exec(html)?.[1] ?? '';
    expect(Buffer.from(file, 'base64').toString('utf8')).toBe(statement);
    expect(html).toContain('由伺服器產生');
    expect(html).toContain('示範文字，非公告主文');
    expect(html).toContain('value="t&lt;"');
    expect(html).toContain('enctype="multipart/form-data"');
  });
});

describe('收執頁', () => {
  it.each<ReceiptState>(['received', 'included', 'held', 'counted', 'refused', 'excluded'])(
    'shows %s in words and lights, without script',
    (state) => {
      for (const language of languages) {
        const html = renderPage(
          <ReceiptPage
            frame={frame(language)}
            view={{
              commitment: 'L',
              state,
              case: view,
              checkedAt: '2026-11-21T12:00:00+08:00',
            }}
          />,
        );
        expect(html).not.toContain('<script');
        expect(html).toMatch(/light-off[^>]*data-light="witnessed"/);
        const waits = state === 'received' || state === 'held';
        expect(html).toMatch(new RegExp(`light-${waits ? 'waiting' : 'on'}[^>]*data-light="included"`));
      }
    },
  );

  it('hands keys and sentences to the script as data', () => {
    const html = renderPage(
      <ReceiptCheckPage frame={frame('en')} view={{ verifierKeys: 'a\nb', command: 'npx lianshu-verify' }} />,
    );
    expect(html).toContain('data-keys="a\nb"');
    expect(html).toContain('data-texts="{&quot;');
    expect(html).toContain('enctype="multipart/form-data"');
  });
});
