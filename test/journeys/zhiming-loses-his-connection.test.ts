import { readFile } from 'node:fs/promises';
import { cast, type Person } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardFailures } from '../../src/credentials/index.ts';
import { receiptMessages } from '../../src/signing/receipt-messages.ts';
import { signingMessages } from '../../src/signing/signing-messages.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import {
  download,
  failsWith,
  failure,
  pressSign,
  pressSignOnly,
  reachStatement,
  shownCommitment,
  signAll,
  step,
} from './signing-acts.ts';
import type { Language, Visit } from './visit.ts';

let world: JourneyWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

const SIGNATURES = '**/v1/initiatives/*/joint-signatures';
const MINUTE = 60_000;

async function atStatement(language: Language, person: Person, caseNumber = '9901'): Promise<Visit> {
  world.component.insert(world.card(person));
  const visit = await world.visit({ language, meetsRefusals: true });
  await reachStatement(visit, person.nationalId, { caseNumber });
  return visit;
}

const askedOfTheCard = (visit: Visit): number =>
  visit.requested.filter((url) => url === `${world.cardServer.url}/sign`).length;

describe('志明 loses his connection while sending', () => {
  it.each([
    ['the request is lost', 'zh-Hant-TW', cast.zhiming],
    ['the answer is lost', 'en', cast.shufen],
  ] as const)('%s: sends again, without the card, and counts once (%s)', async (name, language, person) => {
    const visit = await atStatement(language, person);
    const { page } = visit;
    const before = await world.count('9901');
    const stored = await world.stored();
    await page.route(
      SIGNATURES,
      async (route) => {
        if (name === 'the answer is lost') await route.fetch();
        await route.abort('connectionreset');
      },
      { times: 1 },
    );
    const noise = page.waitForEvent('requestfailed', (each) => each.url().endsWith('/joint-signatures'));
    await pressSign(visit, world.card(person).pin);
    await noise;
    await failsWith(page, 'UI_NETWORK');
    const t = signingMessages(language);
    expect((await failure(page).innerText()).startsWith(t.standing.unknown)).toBe(true);
    await visit.picture('failure-network');
    await page.getByRole('button', { name: t.act.resend }).click();
    await step(page, 'receipt').waitFor();
    await page.getByRole('heading', { name: receiptMessages(language).doneTitle, exact: true }).waitFor();
    expect(askedOfTheCard(visit)).toBe(1);
    await expect.poll(() => world.count('9901'), { timeout: 5_000 }).toBe(before + 1);
    expect(await world.stored()).toBe(stored + 2);
    await visit.leave();
  });
});

describe('志明 reads for a long time', () => {
  it.each([
    ['zh-Hant-TW', cast.zhiming],
    ['en', cast.shufen],
  ] as const)(
    'gets a new statement when the server says the old one expired (%s)',
    async (language, person) => {
      const visit = await atStatement(language, person, '9902');
      const { page } = visit;
      const old = await page.locator('[data-statement]').textContent();
      await page.route(
        SIGNATURES,
        (route) => route.fulfill({ status: 422, json: { code: 'E_TX_EXPIRED', title: '', next: '' } }),
        { times: 1 },
      );
      await pressSign(visit, world.card(person).pin);
      await expectRenewed(visit, 'refused', old, person);
      await visit.leave();
    },
  );

  it('gets a new statement when ten minutes have passed on his own clock', async () => {
    world.component.insert(world.card(cast.jiahao));
    const visit = await world.visit();
    const { page } = visit;
    await page.clock.install();
    await reachStatement(visit, cast.jiahao.nationalId);
    const old = await page.locator('[data-statement]').textContent();
    await page.clock.setSystemTime(Date.now() + 11 * MINUTE);
    await pressSignOnly(visit, world.card(cast.jiahao).pin);
    await failsWith(page, 'UI_STATEMENT_RENEWED');
    await page.clock.setSystemTime(Date.now());
    expect(askedOfTheCard(visit)).toBe(0);
    await expectRenewed(visit, 'nothing', old, cast.jiahao);
    await visit.leave();
  });
});

/** A new statement stands there, what was typed is kept, and signing it works. */
async function expectRenewed(
  visit: Visit,
  standing: 'nothing' | 'refused',
  old: string | null,
  person: Person,
): Promise<void> {
  const { page, language } = visit;
  await failsWith(page, 'UI_STATEMENT_RENEWED');
  const read = await failure(page).innerText();
  expect(read.startsWith(signingMessages(language).standing[standing])).toBe(true);
  expect(read).toContain(cardFailures.UI_STATEMENT_RENEWED.cause[language]);
  const renewed = await page.locator('[data-statement]').textContent();
  expect(renewed).not.toBe(old);
  expect(await page.locator('#national-id').inputValue()).toBe(person.nationalId);
  await pressSign(visit, world.card(person).pin);
  await step(page, 'receipt').waitFor();
}

describe('志明 reloads before he saved the receipt', () => {
  it.each([
    ['zh-Hant-TW', cast.meiling],
    ['en', cast.yating],
  ] as const)('is warned, and finds it again; once saved, it is gone (%s)', async (language, person) => {
    const card = world.card(person);
    world.component.insert(card);
    const visit = await world.visit({ language });
    const { page } = visit;
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    const r = receiptMessages(language);
    await signAll(visit, card);
    const commitment = await shownCommitment(page);
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
    await step(page, 'receipt').waitFor();
    await page.getByRole('heading', { name: r.doneTitle, exact: true }).waitFor();
    expect(await shownCommitment(page)).toBe(commitment);
    const file = await download(page, page.getByRole('link', { name: r.download }));
    expect(await readFile(file.path, 'utf8')).toContain('\nindex ');
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
    await step(page, 'who').waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await visit.leave();
  });
});
