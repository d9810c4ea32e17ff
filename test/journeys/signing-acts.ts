import type { SimulatedCard } from '@lianshu/simulators';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { signingMessages } from '../../src/signing/signing-messages.ts';
import { pathOf } from '../../src/signing/what-is-signed.ts';
import type { Visit } from './visit.ts';

/** What a person does on the signing page, in the words that stand on its buttons. */

export const step = (page: Page, name: 'who' | 'what' | 'sign' | 'receipt'): Locator =>
  page.locator(`[data-step="${name}"]`);

/** The sentence, cause, next act and code that stand in the failure box. */
export const failure = (page: Page): Locator => page.locator('[data-failure]');

/** Waits until the failure with this code is shown. */
export const failsWith = (page: Page, code: string): Promise<void> =>
  failure(page)
    .locator('[data-code]')
    .filter({ hasText: new RegExp(`^${code}$`) })
    .waitFor();

export type TypingWay = 'pad' | 'keyboard';

/** ① the number, ② the text; ends at ③ with the statement on the screen. */
export async function reachStatement(
  visit: Visit,
  nationalId: string,
  { caseNumber = '9901', way = 'keyboard' as TypingWay } = {},
): Promise<void> {
  const { page, language } = visit;
  const t = signingMessages(language, caseNumber);
  const address = `${pathOf(caseNumber)}/sign`;
  if (!page.url().endsWith(address)) await visit.goTo(address);
  if (way === 'pad') {
    for (const key of nationalId) await page.locator(`[data-pad] [data-key="${key}"]`).click();
  } else await page.locator('#national-id').pressSequentially(nationalId);
  await page.getByText(t.idOk, { exact: true }).waitFor();
  await page.getByRole('button', { name: t.next1 }).click();
  await step(page, 'what').waitFor();
  await page.getByRole('button', { name: t.next2 }).click();
  await step(page, 'sign').waitFor();
}

/** ③ the PIN and the one button; the component's window opens. */
export async function pressSign(visit: Visit, pin: string): Promise<Page> {
  const [popup] = await Promise.all([visit.page.waitForEvent('popup'), pressSignOnly(visit, pin)]);
  return popup;
}

/** The same where no window is to open. */
export async function pressSignOnly({ page, language }: Visit, pin: string): Promise<void> {
  await page.locator('#pin').fill(pin);
  await page.getByRole('button', { name: signingMessages(language).signButton, exact: true }).click();
}

/** From the first step to the receipt in place. */
export async function signAll(
  visit: Visit,
  card: SimulatedCard,
  options: { caseNumber?: string; way?: TypingWay } = {},
): Promise<void> {
  await reachStatement(visit, card.person.nationalId, options);
  await pressSign(visit, card.pin);
  await step(visit.page, 'receipt').waitFor();
}

/** Presses a download link and hands over name and bytes. */
export async function download(
  page: Page,
  link: Locator,
): Promise<{ readonly name: string; readonly path: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: file.suggestedFilename(), path: await file.path() };
}

/** The commitment that the receipt in place shows. */
export async function shownCommitment(page: Page): Promise<string> {
  const text = (await page.locator('[data-fact="commitment"]').textContent()) ?? '';
  expect(text).toMatch(/^[A-Za-z0-9_-]{43}$/);
  return text;
}
