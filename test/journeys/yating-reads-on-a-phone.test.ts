import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { cast } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signingMessages } from '../../src/signing/signing-messages.ts';
import { webMessages } from '../../src/web/web-messages.ts';
import { violationsOn as violations } from './good-page.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import { download, failsWith, pressSign, pressSignOnly, reachStatement, step } from './signing-acts.ts';
import { LANGUAGES, type Language, type Visit } from './visit.ts';

let world: JourneyWorld;
/** Commitment and file of a receipt, so that its public page and its verdict can be read. */
let receipt: { readonly commitment: string; readonly bytes: Buffer };
const visits = new Map<string, Visit>();

beforeAll(async () => {
  world = await startWorld();
  const card = world.card(cast.meiling);
  world.component.insert(card);
  const visit = await world.visit();
  await reachStatement(visit, card.person.nationalId);
  await pressSign(visit, card.pin);
  await step(visit.page, 'receipt').waitFor();
  const commitment = (await visit.page.locator('[data-fact="commitment"]').textContent()) ?? '';
  const { path } = await download(visit.page, visit.page.locator('[data-receipt-file]'));
  receipt = { commitment, bytes: readFileSync(path) };
  await visit.leave();
});
afterAll(async () => {
  for (const visit of visits.values()) await visit.leave();
  await world?.close();
});

interface PublicPage {
  readonly name: string;
  readonly path: string;
  readonly scripts?: number;
}

const page = (name: string, path: string, scripts = 0): PublicPage => ({ name, path, scripts });
const PAGES: readonly PublicPage[] = [
  page('home', '/'),
  page('search', '/?q=9901'),
  page('case', '/initiatives/9901'),
  page('closed-case', '/initiatives/9001'),
  page('sign', '/initiatives/9901/sign', 1),
  page('receipts', '/receipts', 1),
  page('receipt', '/receipts/…'),
  page('how-it-works', '/how-it-works'),
  page('break-it', '/break-it'),
  page('privacy', '/privacy'),
  page('accessibility', '/accessibility'),
  page('problem', '/problems/E_ALREADY_SIGNED'),
  page('not-found', '/nowhere'),
  page('closed-to-signing', '/initiatives/9001/sign'),
];

/** 1280 px, a small phone, and 640 px at 200 %: 320 CSS px (WCAG 1.4.10). */
const WIDTHS = [1280, 360, 320] as const;

async function reader(language: Language, width: number): Promise<Visit> {
  const key = `${language} ${width}`;
  const visit =
    visits.get(key) ?? (await world.visit({ language, width, bypassPolicy: true, meetsRefusals: true }));
  visits.set(key, visit);
  return visit;
}

it('axe is awake', async () => {
  const visit = await world.visit({ bypassPolicy: true });
  await visit.page.setContent(
    '<html lang="zh-Hant-TW"><title>t</title><main><img src="data:,"></main></html>',
  );
  expect(await violations(visit.page)).toEqual(['image-alt: img']);
  await visit.leave();
});

describe.each(LANGUAGES)('雅婷 reads every public page (%s)', (language) => {
  it.each(PAGES)('$name', async ({ name, path, scripts }) => {
    const look = async (width: number): Promise<string> => {
      const visit = await reader(language, width);
      await visit.goTo(path.replace('…', receipt.commitment));
      expect(await visit.scrollsSideways(), `${width} px`).toBe(false);
      if (width > 320) {
        expect(await violations(visit.page), `${width} px`).toEqual([]);
        await visit.picture(`page-${name}`);
      }
      return visit.page.title();
    };
    const titles = new Set(await Promise.all(WIDTHS.map(look)));
    const [title = ''] = titles;
    expect([titles.size, title.length > 3]).toEqual([1, true]);
    const { page: last } = await reader(language, 320);
    expect(await last.locator('html').getAttribute('lang')).toBe(language);
    expect(await last.locator('h1').count()).toBe(1);
    expect(await last.locator('main').innerText()).not.toMatch(/\*\p{L}|\]\(|undefined|NaN|\[object/u);
    expect(await last.locator('.demo-banner').innerText()).toContain(webMessages(language).demoMark);
    expect(await last.locator('meta[name="robots"]').getAttribute('content')).toBe('noindex');
    expect(await last.locator('script').count()).toBe(scripts);
    const other = last.locator('link[rel="alternate"]');
    expect(await other.getAttribute('hreflang')).toBe(language === 'en' ? 'zh-Hant-TW' : 'en');
  });

  it.each([1280, 360])('the steps of signing, a failure and the receipt at %i px', async (width) => {
    const visit = await world.visit({ language, width, bypassPolicy: true });
    const who = { en: [cast.zhiming, cast.shufen], 'zh-Hant-TW': [cast.jiahao, cast.chenghan] } as const;
    const card = world.card(who[language][width === 360 ? 0 : 1]);
    world.component.insert(card);
    await visit.goTo('/initiatives/9902/sign');
    await visit.page.locator('#national-id').fill('Y1');
    await visit.page.getByRole('button', { name: signingMessages(language).next1 }).click();
    expect(await violations(visit.page)).toEqual([]);
    await visit.page.locator('#national-id').fill('');
    await reachStatement(visit, card.person.nationalId, { caseNumber: '9902' });
    expect(await violations(visit.page)).toEqual([]);
    await visit.page
      .getByRole('button', { name: signingMessages(language).back })
      .last()
      .click();
    await step(visit.page, 'what').waitFor();
    expect(await violations(visit.page)).toEqual([]);
    await visit.picture('sign-2-what');
    await visit.page.getByRole('button', { name: signingMessages(language).next2 }).click();
    await pressSignOnly(visit, '123');
    await failsWith(visit.page, 'UI_PIN_LENGTH');
    expect(await violations(visit.page)).toEqual([]);
    await visit.picture('failure-pin-length');
    await pressSign(visit, card.pin);
    await step(visit.page, 'receipt').waitFor();
    expect(await violations(visit.page)).toEqual([]);
    await visit.page.emulateMedia({ media: 'print' });
    expect(await visit.page.locator('[data-receipt-file]').isVisible()).toBe(false);
    expect(await visit.page.locator('.site-header nav').isVisible()).toBe(false);
    expect(await visit.page.locator('[data-fact="commitment"]').isVisible()).toBe(true);
    await visit.picture('receipt-printed');
    await visit.leave();
  });

  it('a verdict', async () => {
    const visit = await reader(language, 360);
    await visit.goTo('/receipts');
    await visit.page.locator('#receipt').setInputFiles({
      name: 'receipt.tlog-proof',
      mimeType: 'application/octet-stream',
      buffer: receipt.bytes,
    });
    await visit.page.locator('[data-verdict]').getByText(receipt.commitment).waitFor();
    expect(await violations(visit.page)).toEqual([]);
  });
});

describe('the signing page is light', () => {
  it.each(LANGUAGES)(
    'HTML, style and script within 60 KB, the script within 6 KB of gzip (%s)',
    async (language) => {
      const visit = await world.visit({ language });
      const bodies = new Map<string, Promise<Buffer>>();
      visit.page.on('response', (response) => {
        if (response.url().startsWith(world.url)) bodies.set(response.url(), response.body());
      });
      await visit.page.goto(visit.address('/initiatives/9901/sign'), { waitUntil: 'networkidle' });
      const sizes = new Map<string, number>();
      for (const [url, body] of bodies) sizes.set(new URL(url).pathname, (await body).length);
      const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      expect(sizes.size).toBe(3);
      expect(total, JSON.stringify([...sizes])).toBeLessThanOrEqual(60 * 1024);
      const script = [...bodies].find(([url]) => url.endsWith('.js'));
      expect(gzipSync((await script?.[1]) ?? Buffer.alloc(9e5)).length).toBeLessThanOrEqual(6 * 1024);
      await visit.leave();
    },
  );
});
