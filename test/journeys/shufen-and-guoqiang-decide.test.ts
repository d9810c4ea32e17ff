/** 淑芬 prepares, 國強 approves: from the first passkey to a correction order in the public record. */

import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inviteOfficer } from '../../src/officers/index.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { systemClock } from '../../src/platform/time.ts';
import { HEARING_NOTICE } from '../builders/office.ts';
import { expectGood as expectGoodPage } from './good-page.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import { OfficeVisit } from './office-visit.ts';
import { runVerify } from './verify-command.ts';

const CASE = '9905';
const MEETING = { 'meeting.number': '600', 'meeting.date': '2026-01-05' };
const GROUND = {
  'grounds.0.ground': 'indigenous-or-multiple',
  'grounds.0.reasons.zh-Hant-TW': '主文含二事項，應分別提出（公民投票法 §9 VIII）。',
};

let world: JourneyWorld;
let shufen: OfficeVisit;
let guoqiang: OfficeVisit;

beforeAll(async () => {
  world = await startWorld();
  const filed = await world.demo.running.initiatives.file({
    caseNumber: CASE,
    filed: {
      subject: { 'zh-Hant-TW': '示範提案：公園夜間照明', en: 'Demonstration: lighting of parks at night' },
      leadProposer: { 'zh-Hant-TW': '志明（虛構）', en: 'Chih-ming (invented)' },
      subjectMatter: 'policy',
      rulePack: 'tw.referendum.national@2025-12-03',
      origin: 'here',
      isInvented: true,
    },
    text: {
      heading: ['示範文字，非公告主文'],
      mainText: '你是否同意公園夜間應有照明？',
      reasons: ['一、示範。'],
    },
  });
  expect(filed).not.toBe(false);
  const open = (language: 'zh-Hant-TW' | 'en', width: number) =>
    OfficeVisit.open(world.browser, world.demo.officeUrl, {
      language,
      width,
      bypassPolicy: true,
      meetsRefusals: true,
    });
  shufen = await open('zh-Hant-TW', 1280);
  guoqiang = await open('en', 360);
});
afterAll(async () => {
  await shufen?.visit.leave();
  await guoqiang?.visit.leave();
  await world?.close();
});

const expectGood = ({ visit }: OfficeVisit, name: string) => expectGoodPage(visit, `office-${name}`);

const outcome = ({ visit }: OfficeVisit) => visit.page.locator('[data-outcome]').getAttribute('data-outcome');

/** The other one finds it in the list, compares, and approves. */
async function approve(second: OfficeVisit, digest: string): Promise<void> {
  const { page } = second.visit;
  await second.visit.goTo('/waiting');
  await page.locator('[data-action] a').first().click();
  expect(await page.locator('[data-digest]').textContent()).toBe(digest);
  await second.pressPasskey();
  await page.locator('[data-outcome]').waitFor();
  expect(await outcome(second)).toBe('entered');
}

/** Signs one's own act; its digest, as the page shows it. */
async function signFirst(first: OfficeVisit): Promise<string> {
  const { page } = first.visit;
  const digest = (await page.locator('[data-digest]').textContent()) ?? '';
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  await first.pressPasskey();
  await page.locator('[data-state="signed"]').waitFor();
  return digest;
}

describe('淑芬 and 國強', () => {
  it('register their devices by the links of the demonstration, and sign in', async () => {
    const [first, second] = world.demo.invites;
    expect([first?.label, second?.label]).toEqual(['承辦甲', '承辦乙']);
    await shufen.visit.goTo(new URL(first?.url ?? '').pathname);
    await expectGood(shufen, 'enrol');
    await shufen.enrol(first?.url ?? '');
    await guoqiang.enrol(second?.url ?? '');
    await expectGood(shufen, 'register');
    await expectGood(guoqiang, 'register');
    expect(await shufen.visit.page.locator(`[data-case="${CASE}"]`).count()).toBe(1);
    await guoqiang.visit.goTo('/sessions');
    await expectGood(guoqiang, 'sessions');
  });

  it('accept the proposal: she prepares and signs, he compares the digest and approves', async () => {
    await shufen.visit.goTo(`/cases/${CASE}`);
    await expectGood(shufen, 'desk');
    await shufen.prepare(CASE, 'accepted', { 'reasons.zh-Hant-TW': '形式要件齊備。' });
    await expectGood(shufen, 'action');
    expect(await shufen.visit.page.locator('main pre').textContent()).toContain('形式要件齊備。');
    const digest = await signFirst(shufen);
    await guoqiang.visit.goTo('/waiting');
    await expectGood(guoqiang, 'waiting');
    await approve(guoqiang, digest);
    await expectGood(guoqiang, 'entered');
  });

  it('hold a hearing: this time he prepares, in English, on his phone', async () => {
    const today = await world.demo.running.initiatives.course(CASE).then((course) => course?.today ?? '');
    await guoqiang.prepare(CASE, 'hearing-notified', {
      ...{ hearingOn: today, place: '中央選舉委員會會議室' },
      ...HEARING_NOTICE,
    });
    await approve(shufen, await signFirst(guoqiang));
    await guoqiang.prepare(CASE, 'hearing-held', {
      'disputedFacts.0.fact': '主文是否為一事項',
      'disputedFacts.0.settled': '認定為二事項。',
    });
    await approve(shufen, await signFirst(guoqiang));
  });

  it('record the correction that the Commission ordered in session', async () => {
    const { page } = shufen.visit;
    await shufen.prepare(CASE, 'correction-ordered', GROUND);
    expect(await page.locator('.error-summary a').first().getAttribute('href')).toBe('#meeting.number');
    await expectGood(shufen, 'form-errors');
    expect(await page.locator('[id="grounds.0.reasons.zh-Hant-TW"]').inputValue()).toContain('二事項');
    await guoqiang.visit.goTo(`/cases/${CASE}/acts/correction-ordered`);
    await expectGood(guoqiang, 'form');
    await shufen.prepare(CASE, 'correction-ordered', { ...GROUND, ...MEETING });
    const digest = await signFirst(shufen);

    // A wrong finger: nothing is sent, and he is told so.
    await guoqiang.visit.goTo('/waiting');
    await guoqiang.visit.page.locator('[data-action] a').first().click();
    await guoqiang.deviceAccepts(false);
    await guoqiang.pressPasskey();
    await guoqiang.visit.page.locator('[data-say="cancelled"]').waitFor();
    await guoqiang.deviceAccepts(true);
    await approve(guoqiang, digest);
    await guoqiang.visit.goTo(`/cases/${CASE}`);
    expect(await guoqiang.visit.page.locator('[data-stage]').getAttribute('data-stage')).toBe('correction');
    await expectGood(guoqiang, 'desk');
  });

  it('are out after signing out, and come back where they were', async () => {
    const { page } = shufen.visit;
    await page.locator('.who button').click();
    await page.waitForURL(/\/sign-in$/);
    await expectGood(shufen, 'sign-in');
    await shufen.visit.goTo(`/cases/${CASE}`);
    await shufen.signIn();
    expect(new URL(page.url()).pathname).toBe(`/cases/${CASE}`);
  });
});

it('the passkey step works under the page’s own content policy', async () => {
  const { db, close } = openDatabase({ connectionString: world.demo.connectionString, max: 1 });
  const token = await inviteOfficer(
    { db, clock: systemClock, random: systemRandom },
    { label: '承辦丙', capacity: 'commission', validMs: 600_000 },
  );
  await close();
  const third = await OfficeVisit.open(world.browser, world.demo.officeUrl);
  await third.enrol(`${world.demo.officeUrl}/enrol/${token}`);
  expect(await third.visit.page.locator('[data-case]').count()).toBeGreaterThan(0);
  await third.visit.leave();
});

it('everybody can see each step, and check it without trusting the house', async () => {
  await expect
    .poll(
      async () => (await fetch(`${world.url}/initiatives/${CASE}`).then((r) => r.text())).includes('命補正'),
      {
        timeout: 30_000,
      },
    )
    .toBe(true);
  const state = join(dirname(world.keysFile), 'monitor.json');
  const watched = await runVerify(
    ...['monitor', '--once', '--json', '--state', state, '--log', `${world.url}/log`],
    ...['--keys', world.keysFile, '--policy', join(dirname(world.keysFile), 'policy.txt')],
  );
  expect(watched).toEqual({ exit: 0, output: '' });
});
