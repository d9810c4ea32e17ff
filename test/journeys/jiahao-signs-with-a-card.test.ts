import { readFile, writeFile } from 'node:fs/promises';
import { cast, type SimulatedCard } from '@lianshu/simulators';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initiativesMessages } from '../../src/initiatives/initiatives-messages.ts';
import { receiptMessages } from '../../src/signing/receipt-messages.ts';
import { signingMessages } from '../../src/signing/signing-messages.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import { download, pressSign, reachStatement, shownCommitment, step } from './signing-acts.ts';
import { lianshuVerify } from './verify-command.ts';
import type { Visit } from './visit.ts';

let world: JourneyWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

const JOURNEYS = [
  { language: 'zh-Hant-TW', width: 1280, caseNumber: '9901', way: 'pad' },
  { language: 'en', width: 360, caseNumber: '9902', way: 'keyboard' },
] as const;

describe.each(JOURNEYS)('家豪 signs case $caseNumber at $width px in $language', (journey) => {
  const { language, width, caseNumber, way } = journey;
  const t = signingMessages(language);
  const r = receiptMessages(language);

  it('goes from the home page to a receipt that anyone can verify', async () => {
    const card = world.card(cast.jiahao);
    world.component.insert(card);
    const before = await world.count(caseNumber);
    const visit = await world.visit({ language, width });
    const { page } = visit;

    await visit.goTo('/');
    await page.getByRole('link', { name: initiativesMessages(language).doorSign }).click();
    await page.locator(`#open a[href$="/initiatives/${caseNumber}"]`).click();
    expect(await shownCount(page, caseNumber)).toBe(before);
    await visit.picture('case');
    await page
      .getByRole('link', { name: initiativesMessages(language).signButton })
      .first()
      .click();
    await step(page, 'who').waitFor();
    await visit.picture('sign-1-who');

    await reachStatement(visit, card.person.nationalId, { caseNumber, way });
    await visit.picture('sign-3-statement');
    const shown = (await page.locator('[data-statement]').textContent()) ?? '';
    const offered = await download(page, page.getByRole('link', { name: t.downloadStatement }));
    expect((await readFile(offered.path)).equals(Buffer.from(shown, 'utf8'))).toBe(true);
    expect(shown).toContain(`\n案號：${caseNumber}\n`);
    expect(shown).not.toContain(card.person.nationalId);

    const toCard = world.cardServer.url;
    const asked = page.context().waitForEvent('request', (each) => each.url() === `${toCard}/sign`);
    await pressSign(visit, card.pin);
    const request = JSON.parse(
      decodeURIComponent(((await asked).postData() ?? '').replace(/^tbsPackage=/, '')),
    ) as Record<string, string>;
    expect(Buffer.from(request['tbs'] ?? '', 'base64').equals(Buffer.from(shown, 'utf8'))).toBe(true);
    await step(page, 'receipt').waitFor();
    await page.getByRole('heading', { name: r.doneTitle, exact: true }).waitFor();
    await page.getByText(r.unsaved).waitFor();
    await visit.picture('sign-4-receipt');
    expect(await visit.scrollsSideways()).toBe(false);
    expect(visit.sent.filter((body) => body.includes(card.pin))).toEqual([]);

    const file = await download(page, page.getByRole('link', { name: r.download }));
    expect(file.name).toMatch(new RegExp(`^lianshu-${caseNumber}-[A-Za-z0-9_-]{8}\\.tlog-proof$`));
    await page.getByText(r.saved).waitFor();
    const commitment = await shownCommitment(page);
    await expectEverybodyAgrees(visit, { caseNumber, commitment, path: file.path, before });
    await visit.leave();
  });
});

interface Signed {
  readonly caseNumber: string;
  readonly commitment: string;
  readonly path: string;
  readonly before: number;
}

/** The command line, the case page, the public page of the entry and the check in the browser. */
async function expectEverybodyAgrees(visit: Visit, signed: Signed): Promise<void> {
  const { page, language } = visit;
  const { caseNumber, commitment, path, before } = signed;
  const r = receiptMessages(language);

  await visit.goTo(`/initiatives/${caseNumber}`);
  await expect
    .poll(
      async () => {
        await page.reload();
        return shownCount(page, caseNumber);
      },
      { timeout: 5_000 },
    )
    .toBe(before + 1);

  const keys = ['--keys', world.keysFile];
  expect(await lianshuVerify(path, ...keys)).toMatchObject({ exit: 0, code: 'included' });
  const noKeys = `${path}.no-keys`;
  await writeFile(noKeys, '# nobody\n');
  expect(await lianshuVerify(path, '--keys', noKeys)).toMatchObject({ exit: 3, code: 'no-trusted-key' });
  const counted = await lianshuVerify(path, ...keys, '--log', `${world.url}/log`);
  expect(counted).toMatchObject({ exit: 0, code: 'counted' });

  await visit.goTo(`/receipts/${commitment}`);
  await page.getByRole('heading', { name: r.states.included, exact: true }).waitFor();
  await visit.picture('receipt-public');

  await visit.goTo('/receipts');
  const bytes = await readFile(path);
  await dropFile(page, bytes);
  const verdict = page.locator('[data-verdict]');
  await verdict.getByText(commitment).waitFor();
  expect(await verdict.getAttribute('class')).not.toContain('not-proven');
  await visit.picture('receipt-check');
  const changed = Uint8Array.from(bytes);
  const position = bytes.indexOf('index ') + 'index '.length;
  changed[position] = changed[position] === 0x39 ? 0x38 : 0x39;
  await dropFile(page, changed);
  await page.locator('.verdict-not-proven[data-verdict]').waitFor();
  expect(await verdict.textContent()).not.toContain(commitment);
  await visit.picture('receipt-check-changed');
}

async function shownCount(page: Page, caseNumber: string): Promise<number> {
  const text = await page.locator(`[data-count="${caseNumber}"]`).textContent();
  return Number((text ?? '').replaceAll(',', ''));
}

/** What a file manager does when a file is let go over the page. */
async function dropFile(page: Page, bytes: Uint8Array): Promise<void> {
  const dataTransfer = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(content)], 'receipt.tlog-proof'));
    return transfer;
  }, Array.from(bytes));
  await page.locator('#check').dispatchEvent('dragover', { dataTransfer });
  await page.locator('#check').dispatchEvent('drop', { dataTransfer });
}

describe('志明 has no mouse', () => {
  it.each(['zh-Hant-TW', 'en'] as const)('signs with Tab, Enter and typing only (%s)', async (language) => {
    const card: SimulatedCard = world.card(language === 'en' ? cast.shufen : cast.zhiming);
    world.component.insert(card);
    const visit = await world.visit({ language });
    const { page } = visit;
    const t = signingMessages(language);
    await visit.goTo('/initiatives/9901/sign');

    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('a.skip');
    await page.keyboard.press('Enter');
    await tabTo(page, '#national-id');
    await page.keyboard.type(card.person.nationalId);
    await page.keyboard.press('Enter');
    await step(page, 'what').waitFor();
    expect(await focused(page)).toBe('h2');
    await tabTo(page, '[data-go="sign"]');
    await page.keyboard.press('Enter');
    await step(page, 'sign').waitFor();
    expect(await focused(page)).toBe('h2');
    await tabTo(page, '#pin');
    await page.keyboard.type(card.pin);
    await Promise.all([page.waitForEvent('popup'), page.keyboard.press('Enter')]);
    await step(page, 'receipt').waitFor();
    expect(await focused(page)).toBe('h2');
    await tabTo(page, '[data-receipt-file]');
    await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    await page.getByText(receiptMessages(language).saved).waitFor();
    expect(t.title).toBe(await page.locator('h1').textContent());
    await visit.leave();
  });
});

/** The element that has the focus: its tag and class, enough to tell where a keyboard user is. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element) return '';
    return [element.tagName.toLowerCase(), ...element.classList].join('.');
  });
}

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let press = 0; press < 80; press++) {
    await page.keyboard.press('Tab');
    const isThere = await page.evaluate(
      (wanted) => document.activeElement?.matches(wanted) === true,
      selector,
    );
    if (isThere) return;
  }
  throw new Error(`no way to ${selector} with Tab`);
}
