/** 志明 signs in to the workspace with his card, meets a wrong PIN, and invites somebody who comes by passkey. */
import { cast } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entranceMessages } from '../../src/lead-proposers/entrance-messages.ts';
import { workspaceMessages } from '../../src/lead-proposers/workspace-messages.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { expectGood as expectGoodPage } from './good-page.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import { failsWith } from './signing-acts.ts';
import type { Language } from './visit.ts';
import { WorkspaceVisit } from './workspace-visit.ts';

/** A case of the demonstration that nobody leads here yet. */
const CASES = { 'zh-Hant-TW': '9901', en: '9902' } as const;
let world: JourneyWorld;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

const expectGood = ({ visit }: WorkspaceVisit, name: string) => expectGoodPage(visit, `workspace-${name}`);

/** Makes everybody with a card account lead a case, as filing a draft does. */
async function lead(caseNumber: string): Promise<void> {
  const { pool, close } = openDatabase({ connectionString: world.demo.connectionString, max: 1 });
  try {
    await pool.query(
      `insert into account_mandate (account, scope, mandate, given_at)
       select id, $1, 'lead', now() from account where kind = 'card' limit 1`,
      [caseNumber],
    );
  } finally {
    await close();
  }
}

const JOURNEYS: readonly { language: Language; width: number }[] = [
  { language: 'zh-Hant-TW', width: 1280 },
  { language: 'en', width: 360 },
];

describe.each(JOURNEYS)('at $width px in $language', ({ language, width }) => {
  const t = entranceMessages(language);
  const w = workspaceMessages(language);
  const options = { language, width, bypassPolicy: true, meetsRefusals: true };

  it('goes from the sign-in page to the workspace, by the card pop-up alone', async () => {
    const zhiming = world.card(cast.zhiming);
    const window = await WorkspaceVisit.open(world, options);
    const { visit } = window;
    const { page } = visit;
    await visit.goTo('/sessions');
    await page.getByRole('heading', { name: t.signInTitle, level: 1 }).waitFor();
    await expectGood(window, 'sign-in');

    await window.pressCard(zhiming, '000000');
    await page.locator('[data-failure]:not([hidden])').waitFor();
    await expectGood(window, 'wrong-pin');
    expect(await page.locator('[data-failure]').textContent()).not.toContain('連署');

    await window.pressCard(zhiming);
    await page.getByRole('heading', { name: w.sessionsTitle, level: 1 }).waitFor();
    await expectGood(window, 'sessions');
    expect(await page.locator('.who').textContent()).toMatch(/(領銜人帳號|Lead proposer) \w{4}/);
    expect(visit.sent.join()).not.toContain(zhiming.pin);

    await lead(CASES[language]);
    await visit.goTo('/');
    await expectGood(window, 'home');
    await page.locator(`a[href$="/members/${CASES[language]}"]`).click();
    await page.getByRole('button', { name: w.inviteButton }).click();
    await page.locator('.error-summary').waitFor();
    await expectGood(window, 'invite-refused');
    await page.locator('#label').fill('文宣組小安');
    await page.getByRole('button', { name: w.inviteButton }).click();
    const link = (await page.locator('main pre code').textContent()) ?? '';
    await expectGood(window, 'invited');

    const helper = await WorkspaceVisit.openWithDevice(world, options);
    await helper.visit.goTo(new URL(link).pathname);
    await expectGood(helper, 'invitation');
    await helper.enrol(link);
    await expectGood(helper, 'helper');
    await helper.visit.leave();

    await visit.goTo(`/members/${CASES[language]}`);
    await expectGood(window, 'people');
    await page.getByRole('button', { name: w.signOut }).click();
    await page.getByRole('heading', { name: t.signInTitle, level: 1 }).waitFor();
    await visit.leave();
  });

  it('refuses somebody else’s number in words about signing in, and keeps the way back', async () => {
    const window = await WorkspaceVisit.open(world, options);
    const { page } = window.visit;
    const card = world.card(cast.jiahao);
    world.component.insert(card);
    await window.visit.goTo('/sign-in');
    await page.locator('#national-id').fill(cast.zhiming.nationalId);
    await page.locator('#pin').fill(card.pin);
    await page.getByRole('button', { name: t.cardButton, exact: true }).click();
    await page.locator('.error-summary a[href="#national-id"]').waitFor();
    await expectGood(window, 'refused');
    expect(await page.locator('#national-id').inputValue()).toBe('');
    await window.signInByCard(card);
    await window.visit.leave();
  });
});

it('names a card that is not there before anything is sent', async () => {
  const window = await WorkspaceVisit.open(world);
  const { page } = window.visit;
  await window.visit.goTo('/sign-in');
  world.component.remove();
  await page.locator('#national-id').fill(cast.zhiming.nationalId);
  await page.locator('#pin').fill('123456');
  await page.locator('[data-act="card"]').click();
  await failsWith(page, 'UI_NO_CARD');
  await window.visit.leave();
});
