/** 家豪 comes back: to a receipt not saved yet, in a second tab, on another day, in the other language. */
import { citizen, type Person } from '@lianshu/simulators';
import type { Dialog, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiptMessages } from '../../src/signing/receipt-messages.ts';
import { signingMessages } from '../../src/signing/signing-messages.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import {
  download,
  failure,
  pressSign,
  reachStatement,
  shownCommitment,
  signAll,
  step,
} from './signing-acts.ts';
import { lianshuVerify } from './verify-command.ts';
import { LANGUAGES, type Language, type Visit } from './visit.ts';

const CASE = '9901';

let world: JourneyWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

/** Somebody who has not signed yet, with a card in the reader. */
async function insertCardOf(person: Person) {
  const { authority } = world.demo;
  const card = authority.cardOf(person) ?? (await authority.issueCard(person, { reuseKeys: true }));
  world.component.insert(card);
  return card;
}

/** Tries to leave; when the page asks, stays. */
async function isAskedToStay(page: Page): Promise<boolean> {
  let isAsked = false;
  const stay = (dialog: Dialog) => {
    isAsked = dialog.type() === 'beforeunload';
    void dialog.dismiss();
  };
  page.on('dialog', stay);
  await page.reload({ timeout: 2_000 }).catch(() => undefined);
  page.off('dialog', stay);
  return isAsked;
}

const saveLink = (page: Page, language: Language) =>
  page.getByRole('link', { name: receiptMessages(language).download });

describe.each(LANGUAGES)('to the unsaved receipt (%s)', (language) => {
  it('finds all of it after a reload, and nothing that names him', async () => {
    const t = receiptMessages(language);
    const card = await insertCardOf(citizen(language === 'en' ? 200 : 201));
    const visit = await world.visit({ language });
    const { page } = visit;
    const facts = page.locator('[data-step="receipt"] dl');
    expect(await isAskedToStay(page)).toBe(false);
    await signAll(visit, card);
    const shown = await facts.innerText();
    expect(await isAskedToStay(page)).toBe(true);
    expect(await facts.innerText()).toBe(shown);

    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await step(page, 'receipt').waitFor();
    await page.getByText(t.unsaved).waitFor();
    expect(await facts.innerText()).toBe(shown);
    const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
    expect(kept).toContain(await shownCommitment(page));
    for (const secret of [card.person.nationalId, card.pin]) expect(kept).not.toContain(secret);

    const file = await download(page, saveLink(page, language));
    expect(await lianshuVerify(file.path, '--keys', world.keysFile)).toMatchObject({ code: 'included' });
    expect(await isAskedToStay(page)).toBe(false);
    await step(page, 'who').waitFor();
    expect(await step(page, 'receipt').isVisible()).toBe(false);
    expect(await page.evaluate(() => sessionStorage.length + localStorage.length)).toBe(0);
    await visit.leave();
  });
});

describe('after he has signed', () => {
  it('is told in both languages that he did, and when', async () => {
    const caseNumber = '9902';
    const before = await world.count(caseNumber);
    const card = await insertCardOf(citizen(210));
    const visit = await world.visit();
    await signAll(visit, card, { caseNumber });
    const signed = await visit.page.locator('[data-fact="received"]').innerText();
    await download(visit.page, saveLink(visit.page, 'zh-Hant-TW'));
    await expect.poll(() => world.count(caseNumber), { timeout: 5_000 }).toBe(before + 1);
    for (const language of LANGUAGES) {
      const again = await world.visit({ language, meetsRefusals: true });
      await reachStatement(again, card.person.nationalId, { caseNumber });
      await pressSign(again, card.pin);
      await expectSignedAlready(again, signed);
      await again.picture('failure-signed-already');
      await again.leave();
    }
    expect(await world.count(caseNumber)).toBe(before + 1);
    await visit.leave();
  });

  it('has two tabs of one browser: the second says so, the first keeps its receipt', async () => {
    const card = await insertCardOf(citizen(211));
    const visit = await world.visit({ language: 'en', meetsRefusals: true });
    const { page: first } = visit;
    await reachStatement(visit, card.person.nationalId, { caseNumber: CASE });
    const second = await anotherTab(visit);
    await reachStatement(second, card.person.nationalId, { caseNumber: CASE });
    await first.bringToFront();
    await pressSign(visit, card.pin);
    await step(first, 'receipt').waitFor();
    const signed = await first.locator('[data-fact="received"]').innerText();
    await second.page.bringToFront();
    await pressSign(second, card.pin);
    await expectSignedAlready(second, signed);
    expect(await second.page.evaluate(() => sessionStorage.length)).toBe(0);
    const file = await download(first, saveLink(first, 'en'));
    expect(await lianshuVerify(file.path, '--keys', world.keysFile)).toMatchObject({ code: 'included' });
    await visit.leave();
  });
});

/** The same visitor in a second tab: same cookies, a page of its own. */
async function anotherTab(visit: Visit): Promise<Visit> {
  const page = await visit.context.newPage();
  const { language } = visit;
  const tab: Pick<Visit, 'page' | 'language' | 'goTo'> = {
    page,
    language,
    goTo: async (path) => {
      await page.goto(visit.address(path));
    },
  };
  return tab as Visit;
}

/** The earlier signature stands, with its minute in the reader's calendar; there is nothing to press. */
async function expectSignedAlready({ page, language }: Visit, signed: string): Promise<void> {
  const t = signingMessages(language);
  const box = failure(page);
  await box.getByText(t.standing.earlier, { exact: true }).waitFor();
  const read = await box.innerText();
  expect(read.startsWith(t.standing.earlier)).toBe(true);
  expect(read).toContain('E_ALREADY_SIGNED');
  expect(read).toContain(t.firstSigned.trim());
  const time = await box.locator('[data-first-time]').innerText();
  const calendar = language === 'en' ? /^\d+ \w+ \d{4} at \d\d:\d\d · / : /^民國\d+年\d+月\d+日 \d\d:\d\d · /;
  expect(time).toMatch(calendar);
  const minuteOf = (text: string) => [/\d\d:\d\d/.exec(text)?.[0], text.split(' · ').at(-1)];
  expect(minuteOf(time)).toEqual(minuteOf(signed));
  expect(await box.locator('[data-button]:visible').count()).toBe(0);
}

describe.each(LANGUAGES)('after the connection broke early (%s)', (language) => {
  it('is told that nothing was signed, and goes on', async () => {
    const t = signingMessages(language);
    const visit = await world.visit({ language, meetsRefusals: true });
    const { page } = visit;
    await page.route('**/transactions', (route) => route.abort('connectionfailed'), { times: 1 });
    await visit.goTo(`/initiatives/${CASE}/sign`);
    await page.locator('#national-id').pressSequentially(citizen(220).nationalId);
    await page.getByRole('button', { name: t.next1 }).click();
    await failure(page).getByText(t.standing.nothing, { exact: true }).waitFor();
    expect(await failure(page).innerText()).toContain('UI_NETWORK');
    expect(await page.locator('#national-id').inputValue()).toBe(citizen(220).nationalId);
    await page.getByRole('button', { name: t.act.retry }).click();
    await page.getByRole('button', { name: t.next1 }).click();
    await step(page, 'what').waitFor();
    await visit.leave();
  });
});
