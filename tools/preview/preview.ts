import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Rendered } from './pages.tsx';
import { servePreview } from './serve.ts';
import { signJourneys } from './sign-states.ts';

/** Looks at every page without a server: see README.md beside this file. */

const root = new URL('../../', import.meta.url);
const out = new URL('test-artefacts/preview/', root);
const budget = { page: 60 * 1024, script: 6 * 1024 };
const { values } = parseArgs({
  options: { only: { type: 'string' }, 'no-shots': { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help) {
  process.stdout.write(readFileSync(new URL('README.md', import.meta.url), 'utf8'));
  process.exit(0);
}

const script = async (entry: string, file: string): Promise<number> => {
  const outfile = new URL(`assets/${file}`, out).pathname;
  if (!existsSync(new URL(entry, root))) return 0;
  await build({
    entryPoints: [new URL(entry, root).pathname],
    bundle: true,
    minify: true,
    format: 'iife',
    target: entry.endsWith('.island.ts') ? 'es2017' : 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    outfile,
  });
  return gzipSync(readFileSync(outfile), { level: 9 }).length;
};

const renderPages = async (): Promise<readonly Rendered[]> => {
  const bundle = new URL('dist/preview-pages.mjs', root);
  await build({
    entryPoints: [new URL('tools/preview/pages.tsx', root).pathname],
    bundle: true,
    platform: 'node',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    outfile: bundle.pathname,
  });
  const module = (await import(`${pathToFileURL(bundle.pathname).href}?${Date.now()}`)) as {
    renderAll(contentUrl: string): readonly Rendered[];
  };
  const pages = module.renderAll(new URL('content/', root).href);
  rmSync(bundle);
  return pages;
};

let failures = 0;
const complain = (text: string): void => {
  failures += 1;
  console.error(`✗ ${text}`);
};

const examine = async (page: Page, name: string): Promise<void> => {
  const result = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  for (const violation of result.violations) {
    complain(`${name}: ${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) complain(`${name}: ${overflow} px wider than the screen`);
};

const look = async (browser: Browser, base: string, pages: readonly Rendered[]): Promise<void> => {
  for (const width of [360, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, deviceScaleFactor: 1 });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complain(`console: ${message.text()}`);
    });
    for (const { name, language } of pages) {
      await page.goto(`${base}/${name}.${language}.html`);
      await examine(page, `${name} ${language} ${width}`);
      await page.screenshot({
        path: new URL(`${name}.${language}.${width}.png`, out).pathname,
        fullPage: true,
      });
    }
    await context.close();
  }
};

/** The forms as a browser without script shows them, and a receipt as a printer does. */
const lookOtherwise = async (browser: Browser, base: string): Promise<void> => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 900 },
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  for (const name of ['sign', 'receipts']) {
    await page.goto(`${base}/${name}.zh-Hant-TW.html`);
    await page.screenshot({ path: new URL(`${name}.no-script.png`, out).pathname, fullPage: true });
  }
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ media: 'print' });
  await page.goto(`${base}/receipt.zh-Hant-TW.html`);
  await page.screenshot({ path: new URL('receipt.print.png', out).pathname, fullPage: true });
  await context.close();
};

mkdirSync(new URL('assets/', out), { recursive: true });
const style = new URL('assets/site.css', out);
await build({
  entryPoints: [new URL('src/web/site.css', root).pathname],
  bundle: true,
  minify: true,
  outfile: style.pathname,
});
const css = readFileSync(style);
const signScript = await script('src/signing/sign-page.island.ts', 'sign-page.js');
const checkScript = await script('src/signing/receipt-check.browser.ts', 'receipt-check.js');
const all = await renderPages();
const pages = all.filter(({ name }) => values.only === undefined || name === values.only);
for (const { name, language, html } of all) {
  const file = `${name}.${language}.html`;
  writeFileSync(new URL(file, out), html);
  const isSigning = name.startsWith('sign');
  const whole =
    Buffer.byteLength(html) +
    css.length +
    (isSigning ? readFileSync(new URL('assets/sign-page.js', out)).length : 0);
  if (isSigning || name === 'home')
    console.log(`${file}: ${(whole / 1024).toFixed(1)} KB with style and script`);
  if (isSigning && whole > budget.page) complain(`${file} is over its 60 KB`);
  if (!/^(sign|receipts)/.test(name) && html.includes('<script')) complain(`${file} has a script`);
  if (/ style=| on[a-z]+=/.test(html)) complain(`${file} has inline style or script`);
}
console.log(
  `css ${css.length} B · sign script ${signScript} B gzip · receipt check script ${checkScript} B gzip`,
);
if (signScript > budget.script) complain(`the signing script is over its 6 KB`);

if (!values['no-shots']) {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  const preview = await servePreview(out);
  try {
    await look(browser, preview.base, pages);
    if (values.only === undefined || values.only === 'sign') {
      await lookOtherwise(browser, preview.base);
      await signJourneys(browser, preview.base, out, examine);
    }
  } finally {
    await browser.close();
    await preview.close();
  }
}
process.exitCode = failures === 0 ? 0 : 1;
