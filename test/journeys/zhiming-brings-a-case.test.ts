/**
 * 志明 brings a case: he drafts, 1,955 people propose, he files; 淑芬 and 國強 review it; he corrects it; its proposers
 * are checked; he collects his code, and on the next day 美玲 signs. Everything stands in the public record.
 */
import { dirname, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { cast } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addLegalDays, legalDateOf, startOfLegalDay } from '../../src/platform/time.ts';
import { crowdSigns } from '../builders/crowd.ts';
import { HEARING_NOTICE } from '../builders/office.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import { OfficeVisit } from './office-visit.ts';
import { signAll } from './signing-acts.ts';
import { runVerifyWith } from './verify-command.ts';
import { Visit } from './visit.ts';

/** Ten thousandth of 19,548,531 electors, rounded up (公民投票法 §10 I; law.md §5.2). */
const NEEDED = 1_955;
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const AGENCY = '（虛構）教育部';

const TEXT = {
  subjectZh: '示範：學校附近的公車站應有座椅',
  subjectEn: 'Demonstration: benches at bus stops near schools',
  mainText: '你是否同意立法規定國民小學周邊三百公尺內之公車站應設置座椅？',
  reasons: '一、學童與長者候車時需要坐的地方。\n二、現行設置標準各地不一。',
  problemZh: '等公車的地方常常沒有座位。',
  problemEn: 'Bus stops often have no seats.',
  mainTextEn:
    'Do you agree that the law should require seats at bus stops within 300 metres of primary schools?',
  reasonsEn: 'Children and the elderly need a place to sit.',
};
const CORRECTED = '你是否同意立法規定國民小學周邊三百公尺內之公車站，應設置候車座椅？';

let world: JourneyWorld;
let zhiming: Visit;
let shufen: OfficeVisit;
let guoqiang: OfficeVisit;
let draft = '';
let caseNumber = '';
const today = () => legalDateOf(world.time.clock.nowMs());

beforeAll(async () => {
  world = await startWorld({ movesTime: true });
  zhiming = await Visit.open(
    world.browser,
    { url: world.demo.workspaceUrl, component: world.cardServer.url },
    { bypassPolicy: true, meetsRefusals: true },
  );
  const office = (language: 'zh-Hant-TW' | 'en', width: number) =>
    OfficeVisit.open(world.browser, world.demo.officeUrl, {
      language,
      width,
      bypassPolicy: true,
      meetsRefusals: true,
    });
  shufen = await office('zh-Hant-TW', 1280);
  guoqiang = await office('en', 360);
});
afterAll(async () => {
  await zhiming?.leave();
  await shufen?.visit.leave();
  await guoqiang?.visit.leave();
  await world?.close();
});

/** The page as it stands: accessible, not wider than the window; a picture of it is kept. */
async function expectGood(visit: Visit, name: string): Promise<void> {
  await visit.picture(`case-${name}`);
  const { violations } = await new AxeBuilder({ page: visit.page }).withTags(WCAG).setLegacyMode().analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
  expect([name, found]).toEqual([name, []]);
  expect([name, await visit.scrollsSideways()]).toEqual([name, false]);
}

/** Signs in with the card in the reader; with case and code where the e-system is entered. */
async function signInByCard(next: string, eSystem?: Readonly<{ case: string; code: string }>): Promise<void> {
  const { page } = zhiming;
  const card = world.card(cast.zhiming);
  world.component.insert(card);
  await zhiming.goTo(`/sign-in?next=${encodeURIComponent(next)}`);
  if (eSystem !== undefined) {
    await page.locator('details summary').first().click();
    await page.locator('#case').fill(eSystem.case);
    await page.locator('#code').fill(eSystem.code);
  }
  await page.locator('#national-id').fill(card.person.nationalId);
  await page.locator('#pin').fill(card.pin);
  await page.locator('[data-act="card"]').click();
  await page.waitForURL((url) => url.pathname === next);
}

/** Presses the button that sends the form around it. */
const press = (name: string | RegExp) => zhiming.page.getByRole('button', { name }).first().click();

const outcome = ({ visit }: OfficeVisit) => visit.page.locator('[data-outcome]').getAttribute('data-outcome');

/** One prepares and signs, the other compares the digest and approves. */
async function decide(
  kind: string,
  fields: Readonly<Record<string, string>>,
  [first, second]: readonly [OfficeVisit, OfficeVisit] = [shufen, guoqiang],
): Promise<void> {
  await first.prepare(caseNumber, kind, fields);
  await approveBoth(first, second);
}

async function approveBoth(first: OfficeVisit, second: OfficeVisit): Promise<void> {
  const digest = (await first.visit.page.locator('[data-digest]').textContent()) ?? '';
  await first.pressPasskey();
  await first.visit.page.locator('[data-state="signed"]').waitFor();
  await second.visit.goTo('/waiting');
  await second.visit.page.locator('[data-action] a').first().click();
  expect(await second.visit.page.locator('[data-digest]').textContent()).toBe(digest);
  await second.pressPasskey();
  await second.visit.page.locator('[data-outcome]').waitFor();
  expect(await outcome(second)).toBe('entered');
}

const stage = async (): Promise<string | undefined> =>
  (await world.demo.running.initiatives.course(caseNumber))?.stage;

describe('志明', () => {
  it('signs in with his card and writes a draft; the counter and the hints answer', async () => {
    const { page } = zhiming;
    await signInByCard('/drafts');
    await expectGood(zhiming, 'drafts');
    await zhiming.page.locator('main form[action$="/drafts"] button[type=submit]').first().click();
    await page.waitForURL(/\/drafts\/[\w-]{16}\/edit$/);
    for (const [name, value] of Object.entries({
      ...TEXT,
      mainText: '你是否不同意政府不禁止廢除公車站座椅，並且是否應該補助？',
    }))
      await page.locator(`#${name}`).fill(value);
    await page.locator('#matter').selectOption('principle');
    await page.locator('button[name=act][value=hints]').click();
    await expectGood(zhiming, 'edit-hints');
    expect(await page.locator('main').innerText()).toContain('同一句有兩個否定');
    await page.locator('#mainText').fill(TEXT.mainText);
    await page.locator('button[name=act][value=save]').click();
    await page.waitForURL(/\/drafts\/[\w-]{16}(\?|$)/);
    await expectGood(zhiming, 'draft');
  });

  it('opens it for proposers: the text is frozen under a draft number', async () => {
    const { page } = zhiming;
    await page.locator('a[href$="/collect"]').first().click();
    await expectGood(zhiming, 'collect');
    await page.locator('#nameZh').fill('範志明（虛構）');
    await page.locator('#nameEn').fill('Fan Chih-ming (invented)');
    await page.locator('#sure').check();
    await page.locator('main form button[type=submit]').last().click();
    await page
      .getByText(/D0000\d/)
      .first()
      .waitFor();
    draft = /D0000\d/.exec(await page.locator('main').innerText())?.[0] ?? '';
    expect(draft).toBe('D00002');
    await expectGood(zhiming, 'collecting');
  });

  it('is told what is missing while nobody has signed', async () => {
    await zhiming.goTo(`/console/${draft}/file`);
    await expectGood(zhiming, 'file-too-early');
    expect(await zhiming.page.locator('[data-law]').innerText()).toContain('公民投票法');
  });

  it('proposes himself, and 1,954 others do', async () => {
    const visit = await world.visit();
    const card = world.card(cast.zhiming);
    world.component.insert(card);
    await signAll(visit, card, { caseNumber: draft });
    await visit.leave();
    const { authority } = world.demo;
    const crowd = { url: world.url, authority, nowMs: world.time.clock.nowMs };
    const statuses = await crowdSigns(crowd, draft, { from: 1_000, count: NEEDED - 1 });
    const { 201: done = 0, 202: promised = 0, ...others } = Object.fromEntries(statuses);
    expect([done + promised, others]).toEqual([NEEDED - 1, {}]);
  }, 400_000);

  it('files: a receipt with hash and time, a case number, and no second filing', async () => {
    const { page } = zhiming;
    await zhiming.goTo(`/console/${draft}`);
    expect(await page.locator('[data-electronic]').getAttribute('data-electronic')).toBe(String(NEEDED));
    await expectGood(zhiming, 'console-draft');
    await zhiming.goTo(`/console/${draft}/file`);
    await press(/確認提出/);
    const filed = page.locator('[data-filed]');
    await filed.waitFor();
    caseNumber = (await filed.getAttribute('data-filed')) ?? '';
    expect(caseNumber).toMatch(/^99\d\d$/);
    expect(await filed.innerText()).toMatch(/[0-9a-f]{64}/);
    await expectGood(zhiming, 'filed');
    expect(await stage()).toBe('formal-check');
  });
});

describe('淑芬 and 國強', () => {
  it('accept it, hear the parties and record the correction that the Commission ordered', async () => {
    const [first, second] = world.demo.invites;
    await shufen.enrol(first?.url ?? '');
    await guoqiang.enrol(second?.url ?? '');
    await decide('accepted', { 'reasons.zh-Hant-TW': '形式要件齊備。' });
    await decide('hearing-notified', { hearingOn: today(), place: '（虛構）聽證室', ...HEARING_NOTICE });
    await decide(
      'hearing-held',
      { 'disputedFacts.0.fact': '座椅之用途是否明確', 'disputedFacts.0.settled': '應敘明為候車座椅。' },
      [guoqiang, shufen],
    );
    await decide('correction-ordered', {
      'grounds.0.ground': 'wording',
      'grounds.0.reasons.zh-Hant-TW': '「座椅」用途不明，應敘明。',
      'meeting.number': '601',
      'meeting.date': today(),
    });
    expect(await stage()).toBe('correction');
  });
});

describe('志明, corrected', () => {
  it('files the correction: a redline, a new version, and the proposers stand', async () => {
    const { page } = zhiming;
    await signInByCard(`/console/${caseNumber}`);
    await expectGood(zhiming, 'console-correction');
    await zhiming.goTo(`/console/${caseNumber}/correct`);
    await page.locator('#mainText').fill(CORRECTED);
    await page.locator('main form button[type=submit]').last().click();
    await page.locator('ins').first().waitFor();
    await expectGood(zhiming, 'correction-preview');
    await press(/確認補正/);
    await page.locator('[data-entered="correction"]').waitFor();
    expect(await stage()).toBe('review');
  });

  it('is found conforming; the proposers are checked by the registry; the opinion comes', async () => {
    await decide('found-conforming', { 'meeting.number': '602', 'meeting.date': today() });
    const { page } = shufen.visit;
    await shufen.visit.goTo(`/cases/${caseNumber}/proposers`);
    await expectGood(shufen.visit, 'proposers');
    await page.locator('form[action$="/order"] button').click();
    for (const box of await page.locator('.checklist input[type=checkbox]').all()) await box.check();
    await approveBoth(shufen, guoqiang);
    await shufen.visit.goTo(`/cases/${caseNumber}/proposers`);
    await page.locator('form[action$="/send"] button').click();
    await expect
      .poll(
        async () => {
          const ask = page.locator('form[action$="/ask"] button');
          if (await ask.isVisible()) await ask.click();
          return page.locator('form[action$="/result"] button').isVisible();
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    await expectGood(shufen.visit, 'proposers-result');
    await page.locator('form[action$="/result"] button').click();
    await approveBoth(shufen, guoqiang);
    await decide('opinion-requested', { agency: AGENCY });
    await decide('opinion-received', {
      agency: AGENCY,
      text: '本部尊重公民提案。',
      ifPassed: '應於三個月內提出法律案。',
      ifNotPassed: '維持現行規定。',
    });
    await decide('notified-to-collect', {});
    expect(await stage()).toBe('collecting');
  });

  it('signs the affidavit, collects his code and obtains the address; nobody signs today', async () => {
    const { page } = zhiming;
    await signInByCard(`/console/${caseNumber}/affidavit`);
    await expectGood(zhiming, 'affidavit');
    const card = world.card(cast.zhiming);
    await page.locator('#national-id').fill(card.person.nationalId);
    await page.locator('#pin').fill(card.pin);
    await page.locator('[data-act="card"]').click();
    await page.locator('[data-affidavit="signed"]').waitFor();
    await zhiming.goTo(`/console/${caseNumber}/collect`);
    await page.locator('#mode-code').check();
    await page.locator('main form button[type=submit]').last().click();
    await expectGood(zhiming, 'collect-preview');
    await press(/確認領取/);
    const code = (await page.locator('[data-code]').textContent())?.trim() ?? '';
    expect(code).not.toBe('');
    await expectGood(zhiming, 'code');
    await signInByCard(`/console/${caseNumber}/address`, { case: caseNumber, code });
    await expectGood(zhiming, 'address');
    const button = page.locator('main form[action$="/address"] button[type=submit]');
    if (await button.isVisible()) await button.click();
    await page.getByText(addLegalDays(today(), 1)).first().waitFor();
    expect(await stage()).toBe('signing');
    const early = await fetch(`${world.url}/initiatives/${caseNumber}/sign`);
    expect(early.status).toBe(409);
  });
});

describe('the next day', () => {
  it('美玲 signs, and 家豪 does in English', async () => {
    world.time.goTo(startOfLegalDay(addLegalDays(today(), 1)) + 60_000);
    for (const [person, language] of [
      [cast.meiling, 'zh-Hant-TW'],
      [cast.jiahao, 'en'],
    ] as const) {
      const visit = await world.visit({ language });
      const card = world.card(person);
      world.component.insert(card);
      await signAll(visit, card, { caseNumber });
      await visit.leave();
    }
    await expect.poll(() => world.count(caseNumber), { timeout: 30_000 }).toBe(2);
  });

  it('every step stands in the public record, in both languages, and lianshu-verify agrees', async () => {
    for (const language of ['zh-Hant-TW', 'en'] as const) {
      const visit = await world.visit({ language, width: 360, bypassPolicy: true });
      await visit.goTo(`/initiatives/${caseNumber}`);
      await expectGood(visit, `public-${language}`);
      await visit.leave();
    }
    const { acts } = (await (await fetch(`${world.url}/v1/initiatives/${caseNumber}`)).json()) as {
      acts: readonly { kind: string }[];
    };
    expect(new Set(acts.map(({ kind }) => kind))).toEqual(
      new Set([
        'initiative-filed',
        'version',
        'decision',
        'hearing',
        'approval',
        'correction',
        'check-request',
        'check-result',
        'opinion',
        'notice-to-collect',
        'affidavit',
        'collection',
        'signing-address',
        'opened',
      ]),
    );
    const node = ['--import', world.time.preload];
    const trust = ['--keys', world.keysFile, '--log', `${world.url}/log`];
    for (const number of [draft, caseNumber]) {
      const counted = await runVerifyWith(node, 'count', number, ...trust, '--api', world.url);
      expect([number, counted.exit, counted.output.split('\n').length > 3]).toEqual([number, 0, true]);
    }
    const state = join(dirname(world.keysFile), 'monitor.json');
    const policy = join(dirname(world.keysFile), 'policy.txt');
    expect(
      await runVerifyWith(
        node,
        'monitor',
        '--once',
        '--json',
        '--state',
        state,
        ...trust,
        '--policy',
        policy,
      ),
    ).toEqual({ exit: 0, output: '' });
  });
});
