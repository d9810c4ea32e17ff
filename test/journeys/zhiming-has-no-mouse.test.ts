/** 志明 has no mouse: on every public page he sees where he is, gets past the header, and changes the language. */
import { AxeBuilder } from '@axe-core/playwright';
import { cast } from '@lianshu/simulators';
import type { Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webMessages } from '../../src/web/web-messages.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import { type PublicPage, publicPages, withoutFocusRing } from './public-pages.ts';
import { shownCommitment, signAll } from './signing-acts.ts';
import { LANGUAGES, type Language, type Visit } from './visit.ts';

const NAMES = publicPages(cast.zhiming, '').map(({ name }) => name);
/** What 雅婷 does not come across. */
const NOT_READ_ELSEWHERE = ['search-empty', 'case-9002', 'sign-refused', 'statement', 'receipt-unknown'];
const LAWFUL_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let world: JourneyWorld;
let pages: readonly PublicPage[] = [];

beforeAll(async () => {
  world = await startWorld();
  const card = world.card(cast.meiling);
  world.component.insert(card);
  const visit = await world.visit();
  await signAll(visit, card);
  pages = publicPages(cast.zhiming, await shownCommitment(visit.page));
  await visit.page.locator('[data-receipt-file]').click();
  await visit.leave();
});
afterAll(() => world?.close());

describe.each(LANGUAGES)('every public page in %s', (language) => {
  let visit: Visit;
  let answers: Response[] = [];
  beforeAll(async () => {
    visit = await world.visit({ language, bypassPolicy: true, meetsRefusals: true });
    visit.page.on('response', (response) => answers.push(response));
  });
  afterAll(() => visit?.leave());

  it.each(NAMES)('%s', async (name) => {
    const wanted = pages.find((each) => each.name === name);
    if (!wanted) throw new Error(name);
    answers = [];
    await wanted.open(visit);
    const document = answers.findLast((each) => each.request().resourceType() === 'document');
    expect(document?.status()).toBe(wanted.status ?? 200);
    expectDocument((await document?.text()) ?? '', language, wanted.scripts ?? 0);
    const others = answers.filter((each) => each.request().resourceType() !== 'document');
    expect(others.map((each) => each.status()).filter((status) => status >= 400)).toEqual([]);
    await expectMarks(visit, wanted);
    expect(await withoutFocusRing(visit.page)).toEqual([]);
    await expectSkipLink(visit);
    if (NOT_READ_ELSEWHERE.includes(name)) await expectAccessible(visit, name);
  });
});

/** What the document itself says, before any script has run: nothing inline, scripts by their digest. */
function expectDocument(html: string, language: Language, scripts: number): void {
  expect(html.startsWith(`<!doctype html><html lang="${language}">`)).toBe(true);
  expect(html).toContain('<meta name="robots" content="noindex"');
  const tags = html.match(/<script\b[^>]*>/g) ?? [];
  expect(tags).toHaveLength(scripts);
  for (const tag of tags) expect(tag).toMatch(/ src="\/.+integrity="sha384-/);
  expect(html).not.toMatch(/<style\b|<[^>]+\sstyle=|<[^>]+\son[a-z]+=|javascript:/);
}

/** One heading, a title, the mark of the demonstration, and a switch to the same page in the other language. */
async function expectMarks({ page, language }: Visit, { switchPath }: PublicPage): Promise<void> {
  const t = webMessages(language);
  expect(await page.locator('h1').count()).toBe(1);
  expect((await page.locator('h1').innerText()).trim()).not.toBe('');
  expect(await page.title()).toContain(t.siteName);
  expect(await page.getByText(t.demoMark, { exact: true }).first().isVisible()).toBe(true);
  const path = switchPath ?? new URL(page.url()).pathname.replace(/^\/en(?=\/)/, '');
  const other = page.locator('a.language');
  expect(await other.getAttribute('href')).toBe(language === 'en' ? path : `/en${path}`);
  expect((await fetch(new URL(`${language === 'en' ? '' : '/en'}${path}`, page.url()))).status).toBeLessThan(
    500,
  );
}

/** The skip link comes first, shows itself when reached, and moves the focus to the main part. */
async function expectSkipLink({ page, language }: Visit): Promise<void> {
  const skip = page.getByRole('link', { name: webMessages(language).skip });
  const first = page.locator('a[href], button, input, summary').first();
  expect(await first.getAttribute('class')).toBe('skip');
  await page.locator('a.brand').focus();
  await page.keyboard.press('Shift+Tab');
  expect(await skip.evaluate((link) => link === document.activeElement)).toBe(true);
  const box = await skip.boundingBox();
  expect(box && box.x >= 0 && box.y >= 0 && box.height >= 24).toBe(true);
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
}

async function expectAccessible(visit: Visit, name: string): Promise<void> {
  const { page } = visit;
  for (const width of [1280, 360, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect([width, await visit.scrollsSideways()]).toEqual([width, false]);
    const { violations } = await new AxeBuilder({ page }).withTags(LAWFUL_TAGS).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    if (width !== 320) await visit.picture(`pages/${name}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
