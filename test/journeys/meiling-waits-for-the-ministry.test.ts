import { cast, type SimulatedCard } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiptMessages } from '../../src/signing/receipt-messages.ts';
import { signingMessages } from '../../src/signing/signing-messages.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import {
  download,
  failsWith,
  failure,
  pressSign,
  reachStatement,
  shownCommitment,
  step,
} from './signing-acts.ts';
import { lianshuVerify } from './verify-command.ts';
import type { Language, Visit } from './visit.ts';

let world: JourneyWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

interface Waiting {
  readonly visit: Visit;
  readonly commitment: string;
  readonly promise: string;
}

/** Signs while the ministry's identity service says nothing. */
async function signInSilence(card: SimulatedCard, language: Language, width: number): Promise<Waiting> {
  world.component.insert(card);
  const visit = await world.visit({ language, width });
  const { page } = visit;
  const r = receiptMessages(language);
  await reachStatement(visit, card.person.nationalId);
  await pressSign(visit, card.pin);
  await page.getByRole('heading', { name: r.doneHeld, exact: true }).waitFor();
  await page.getByText(r.heldText).waitFor();
  await page.getByText(r.lightText.includedHeld).waitFor();
  expect(await failure(page).isVisible()).toBe(false);
  await visit.picture('held');
  const file = await download(page, page.getByRole('link', { name: r.downloadPromise }));
  expect(file.name).toMatch(/\.promise$/);
  return { visit, commitment: await shownCommitment(page), promise: file.path };
}

describe('美玲 signs while the identity service is silent', () => {
  it('is received at once, counted when the service is back, and never shown a red box', async () => {
    const before = await world.count('9901');
    world.demo.identity.state.fault = 'silent';
    const zh = await signInSilence(world.card(cast.meiling), 'zh-Hant-TW', 1280);
    const en = await signInSilence(world.card(cast.chenghan), 'en', 360);

    const keys = ['--keys', world.keysFile];
    const log = ['--log', `${world.url}/log`];
    expect(await lianshuVerify(zh.promise, ...keys)).toMatchObject({ exit: 9, code: 'promised' });
    await expect
      .poll(async () => (await lianshuVerify(zh.promise, ...keys, ...log)).code, { timeout: 10_000 })
      .toBe('promise-kept');
    const reader = await world.visit({ language: 'en' });
    await reader.goTo(`/receipts/${en.commitment}`);
    await reader.page
      .getByRole('heading', { name: receiptMessages('en').states.held, exact: true })
      .waitFor();
    await reader.picture('held-public');
    expect(await world.count('9901')).toBe(before);

    world.demo.identity.state.fault = 'none';
    await expect.poll(() => world.count('9901'), { timeout: 30_000, interval: 500 }).toBe(before + 2);
    await reader.page.reload();
    const counted = receiptMessages('en').states.counted;
    await reader.page.getByRole('heading', { name: counted, exact: true }).waitFor();
    await reader.picture('held-then-counted');
    await reader.leave();

    for (const { visit } of [zh, en]) {
      const r = receiptMessages(visit.language);
      const done = visit.page.getByRole('heading', { name: r.doneTitle, exact: true });
      await done.waitFor({ timeout: 40_000 });
      const receipt = await download(visit.page, visit.page.getByRole('link', { name: r.download }));
      expect(receipt.name).toMatch(/\.tlog-proof$/);
      expect(await lianshuVerify(receipt.path, ...keys, ...log)).toMatchObject({ exit: 0, code: 'counted' });
      await visit.leave();
    }
  });

  it.each([
    ['zh-Hant-TW', /民國1\d\d年\d{1,2}月\d{1,2}日.*\d{1,2}:\d\d/],
    ['en', /\d{1,2} [A-Z][a-z]+ 20\d\d at \d\d:\d\d/],
  ] as const)('is told when she signed before, and nothing is added (%s)', async (language, time) => {
    const card = world.card(cast.meiling);
    world.component.insert(card);
    const stored = await world.stored();
    const visit = await world.visit({ language, width: 360, meetsRefusals: true });
    const { page } = visit;
    const t = signingMessages(language);
    await reachStatement(visit, card.person.nationalId);
    await pressSign(visit, card.pin);
    await failsWith(page, 'E_ALREADY_SIGNED');
    const read = await failure(page).innerText();
    expect(read.startsWith(t.standing.earlier)).toBe(true);
    expect(read).toContain(t.firstSigned.trim());
    expect(await page.locator('[data-first-time]').innerText()).toMatch(time);
    expect(await failure(page).locator('[data-button]:visible').count()).toBe(0);
    expect(await step(page, 'receipt').isVisible()).toBe(false);
    expect(await visit.scrollsSideways()).toBe(false);
    await visit.picture('already-signed');
    expect(await world.stored()).toBe(stored);
    await visit.leave();
  });
});
