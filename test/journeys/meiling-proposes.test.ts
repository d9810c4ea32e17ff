import { readFile } from 'node:fs/promises';
import { cast } from '@lianshu/simulators';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initiativesMessages } from '../../src/initiatives/initiatives-messages.ts';
import { proposalsMessages } from '../../src/proposals/proposals-messages.ts';
import { receiptMessages } from '../../src/signing/receipt-messages.ts';
import { signingMessages } from '../../src/signing/signing-messages.ts';
import { violationsOn } from './good-page.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import { download, pressSign, reachStatement, shownCommitment, step } from './signing-acts.ts';
import { lianshuVerify, runVerify } from './verify-command.ts';
import type { Language, Visit } from './visit.ts';

const DRAFT = 'D00001';
let world: JourneyWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

const shownCount = async (page: Page): Promise<number> =>
  Number(((await page.locator(`[data-count="${DRAFT}"]`).textContent()) ?? '').replaceAll(',', ''));

/** What stands between the site's own header and footer speaks of a proposal only. */
async function speaksOfProposals(visit: Visit): Promise<void> {
  const text = await visit.page.locator('main').innerText();
  expect(text).toMatch(visit.language === 'en' ? /propos/i : /提案/);
  // The two sentences that tell the difference are allowed to name the other act.
  const others = text.replace(proposalsMessages(visit.language).signNeeds, '');
  expect(others).not.toMatch(/連署|joint signature/i);
}

describe.each([
  { language: 'zh-Hant-TW', width: 1280, person: cast.meiling, nth: 1 },
  { language: 'en', width: 360, person: cast.jiahao, nth: 2 },
] as const)('$person.name becomes a proposer ($language, $width px)', ({ language, width, person, nth }) => {
  it('goes from the home page to a receipt of a proposal, and the count agrees', async () => {
    const card = world.card(person);
    world.component.insert(card);
    const visit = await world.visit({ language, width });
    const { page } = visit;
    const t = proposalsMessages(language);
    const s = signingMessages(language, DRAFT);
    const r = receiptMessages(language, DRAFT);

    await visit.goTo('/');
    await page.getByRole('link', { name: initiativesMessages(language).doorPropose }).click();
    await page.getByRole('heading', { name: t.listTitle, exact: true }).waitFor();
    await visit.picture('drafts');
    await page.locator(`a[href$="/drafts/${DRAFT}"]`).click();
    await page.getByText(language === 'en' ? 'demonstration: no regulation yet' : '示範：尚無法規').waitFor();
    await speaksOfProposals(visit);
    await visit.picture('draft');
    expect(await visit.scrollsSideways()).toBe(false);

    await page.getByRole('link', { name: t.signButton, exact: true }).click();
    await reachStatement(visit, card.person.nationalId, { caseNumber: DRAFT });
    const shown = (await page.locator('[data-statement]').textContent()) ?? '';
    expect(shown).toContain(`全國性公民投票案電子提案書\n規格：LIANSHU-PROPOSAL/1\n草案編號：${DRAFT}\n`);
    await speaksOfProposals(visit);
    await visit.picture('propose-3-statement');
    await pressSign(visit, card.pin);
    await step(page, 'receipt').waitFor();
    await page.getByRole('heading', { name: r.doneTitle, exact: true }).waitFor();
    await speaksOfProposals(visit);
    await visit.picture('propose-4-receipt');
    expect(await visit.scrollsSideways()).toBe(false);
    const file = await download(page, page.getByRole('link', { name: r.download }));
    const commitment = await shownCommitment(page);

    await visit.goTo(`/drafts/${DRAFT}`);
    await expect
      .poll(
        async () => {
          await page.reload();
          return shownCount(page);
        },
        { timeout: 15_000 },
      )
      .toBe(nth);
    const keys = ['--keys', world.keysFile, '--log', `${world.url}/log`];
    expect(await lianshuVerify(file.path, ...keys)).toMatchObject({ exit: 0, code: 'counted' });
    const counted = await runVerify('count', DRAFT, ...keys, '--api', world.url);
    expect(counted.exit, counted.output).toBe(0);
    expect(counted.output).toContain(`計入 · counted: ${nth}`);

    await visit.goTo(`/receipts/${commitment}`);
    await page.getByRole('heading', { name: r.states.included, exact: true }).waitFor();
    await speaksOfProposals(visit);
    await page.locator(`a[href$="/drafts/${DRAFT}"]`).waitFor();

    await visit.goTo('/receipts');
    await page.locator('#receipt').setInputFiles({
      name: 'receipt.tlog-proof',
      mimeType: 'application/octet-stream',
      buffer: await readFile(file.path),
    });
    const verdict = page.locator('[data-verdict]');
    await verdict.getByText(commitment).waitFor();
    expect(await verdict.innerText()).toContain(
      language === 'en' ? `draft ${DRAFT}` : `草案 ${DRAFT} 的提案`,
    );
    expect(s.title).not.toContain('連署');
    await visit.leave();
  });
});

it.each(['zh-Hant-TW', 'en'] as const)(
  'the drafts’ pages have no axe violation (%s)',
  async (language: Language) => {
    const visit = await world.visit({ language, bypassPolicy: true, width: 360 });
    for (const path of ['/drafts', `/drafts/${DRAFT}`, `/drafts/${DRAFT}/sign`]) {
      await visit.goTo(path);
      expect([path, await violationsOn(visit.page)]).toEqual([path, []]);
      expect(await visit.scrollsSideways(), path).toBe(false);
    }
    await visit.leave();
  },
);
