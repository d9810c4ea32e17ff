/** What every page must be, whoever looks at it: accessible, no wider than the window, in one language, without codes. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { otherLanguageOn, rawCodesOn } from './page-words.ts';
import type { Visit } from './visit.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds wrong on the page as it stands, one line each. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** Fails on anything that no page may be; keeps a picture of the page as it stands, unless told otherwise. */
export async function expectGood(visit: Visit, name: string, { isKept = true } = {}): Promise<void> {
  const { page, language } = visit;
  if (isKept) await visit.picture(name);
  const found = {
    name,
    language: await page.locator('html').getAttribute('lang'),
    violations: await violationsOn(page),
    isTooWide: await visit.scrollsSideways(),
    otherLanguage: await otherLanguageOn(page, language),
    codes: await rawCodesOn(page, language),
  };
  const good = { name, language, violations: [], isTooWide: false, otherLanguage: [], codes: [] };
  expect(found).toEqual(good);
  visit.looked.add(new URL(page.url()).pathname);
}
