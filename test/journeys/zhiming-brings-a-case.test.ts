/**
 * 志明 brings a case, once in Chinese and once in English: he drafts, 1,955 people propose, he files; 淑芬 and 國強
 * review it; he corrects it; its proposers are checked; he collects his code, and on the next day 美玲 signs.
 * Everything stands in the public record.
 */
import { dirname, join } from 'node:path';
import { cast } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addLegalDays, legalDateOf, startOfLegalDay } from '../../src/platform/time.ts';
import { crowdSigns } from '../builders/crowd.ts';
import { HEARING_NOTICE } from '../builders/office.ts';
import { CASE_STORIES, type CaseStory } from './case-stories.ts';
import { lookAtTheRest } from './every-page.ts';
import { expectGood } from './good-page.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import { LeadVisit } from './lead-visit.ts';
import { OfficePair } from './office-pair.ts';
import { signAll } from './signing-acts.ts';
import { runVerifyWith } from './verify-command.ts';

/** Ten thousandth of 19,548,531 electors, rounded up (公民投票法 §10 I; law.md §5.2). */
const NEEDED = 1_955;
const AGENCY = '（虛構）教育部';
const OPINION = '本部尊重公民提案。';

const EVERY_STEP = [
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
];

/** One story as far as it has come. */
interface Brought {
  readonly story: CaseStory;
  zhiming: LeadVisit;
  draft: string;
  caseNumber: string;
}

let world: JourneyWorld;
let office: OfficePair;
const brought = new Map<string, Brought>();
let dayOfCollection = '';
const today = () => legalDateOf(world.time.clock.nowMs());

beforeAll(async () => {
  world = await startWorld({ movesTime: true });
  for (const story of CASE_STORIES) {
    const zhiming = await LeadVisit.open(world, story.language, story.width);
    brought.set(story.language, { story, zhiming, draft: '', caseNumber: '' });
  }
});
afterAll(async () => {
  for (const { zhiming } of brought.values()) await zhiming.visit.leave();
  await office?.leave();
  await world?.close();
});

/** The story told in a language, begun before the tests. */
function storyIn(language: string): Brought {
  const found = brought.get(language);
  if (found === undefined) throw new Error(`no story in ${language}`);
  return found;
}

const stageOf = async (caseNumber: string): Promise<string | undefined> =>
  (await world.demo.running.initiatives.course(caseNumber))?.stage;

describe.each(CASE_STORIES)('a case brought in $language', (story) => {
  const { language, width } = story;
  const stage = () => stageOf(caseNumber);
  let zhiming: LeadVisit;
  let draft = '';
  let caseNumber = '';

  beforeAll(() => {
    ({ zhiming } = storyIn(language));
  });
  afterAll(() => {
    Object.assign(storyIn(language), { draft, caseNumber });
  });

  describe('志明', () => {
    it('signs in with his card and writes a draft; the counter and the hints answer', async () => {
      const { page } = zhiming.visit;
      await zhiming.signIn('/drafts');
      await zhiming.looksGood('drafts');
      await page.locator('main form[action$="/drafts"] button[type=submit]').first().click();
      await page.waitForURL(/\/drafts\/[\w-]{16}\/edit$/);
      await zhiming.fill({ ...story.text, mainText: story.clumsy });
      await page.locator('#matter').selectOption('principle');
      await page.locator('button[name=act][value=hints]').click();
      await zhiming.looksGood('edit-hints');
      expect(await page.locator('main').innerText()).toContain(story.hint);
      await page.locator('button[name=act][value=save]').click();
      await page.waitForURL(/\/drafts\/[\w-]{16}(\?|$)/);
    });

    it('mends it: a second version, the two side by side, a comment written and settled', async () => {
      const { page } = zhiming.visit;
      const [, address = ''] = /(\/drafts\/[\w-]{16})/.exec(page.url()) ?? [];
      for (const name of ['people', 'delete']) {
        await zhiming.visit.goTo(`${address}/${name}`);
        await zhiming.looksGood(`draft-${name}`);
      }
      await zhiming.visit.goTo(address);
      await page.locator('a[href$="/edit"]').first().click();
      await zhiming.fill({ mainText: story.text.mainText });
      await page.locator('button[name=act][value=save]').click();
      await page.locator('[data-version="2"]').waitFor();
      await zhiming.looksGood('draft');
      await page.locator('form.compare-form button[type=submit]').click();
      await page.locator('[data-redline="mainText"] del').first().waitFor();
      await zhiming.looksGood('versions-compared');
      await page.goBack();
      await page.locator('[data-version="2"] a').click();
      await page.locator('#body').fill('請確認理由書的第二點。');
      await page.locator('form[action$="/comments"] button').click();
      await page.locator('[data-resolved="no"]').waitFor();
      await zhiming.looksGood('version');
      await page.locator('[data-resolved="no"] button').click();
      await page.locator('[data-resolved="yes"]').waitFor();
      await zhiming.looksGood('comments');
    });

    it('opens it for proposers: the text is frozen under a draft number', async () => {
      const { page } = zhiming.visit;
      await page.locator('a[href$="/collect"]').first().click();
      await zhiming.looksGood('collect');
      await zhiming.fill({ nameZh: '王小明', nameEn: 'Wang 123 <b>' });
      await page.locator('#sure').check();
      await zhiming.send();
      await page.locator('#nameEn[aria-invalid]').waitFor();
      await zhiming.looksGood('collect-wrong-names');
      await zhiming.fill({ nameZh: '範志明（虛構）', nameEn: 'Fan Chih-ming (invented)' });
      await zhiming.send();
      await page
        .getByText(/D0000\d/)
        .first()
        .waitFor();
      draft = /D0000\d/.exec(await page.locator('main').innerText())?.[0] ?? '';
      expect(draft).toMatch(/^D0000[23]$/);
      await zhiming.looksGood('collecting');
    });

    it('is told what is missing while nobody has signed', async () => {
      await zhiming.visit.goTo(`/console/${draft}`);
      const acts = zhiming.visit.page.locator('section[aria-labelledby="draft-acts"]');
      expect(await acts.locator('.button').first().getAttribute('href')).toMatch(/\/sign$/);
      expect(await acts.locator('a[href$="/file"]').count()).toBe(0);
      // Not offered, and refused all the same to whoever goes there.
      await zhiming.visit.goTo(`/console/${draft}/file`);
      await zhiming.looksGood('file-too-early');
      expect(await zhiming.visit.page.locator('[data-law]').innerText()).toContain(story.act);
    });

    it('proposes himself, and 1,954 others do', async () => {
      const visit = await world.visit({ language, width });
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

    it('sees how far it has come, and files: a receipt with hash and time, and a case number', async () => {
      const { page } = zhiming.visit;
      await zhiming.visit.goTo(`/console/${draft}/progress`);
      await zhiming.looksGood('draft-progress');
      await zhiming.visit.goTo(`/console/${draft}`);
      expect(await page.locator('[data-electronic]').getAttribute('data-electronic')).toBe(String(NEEDED));
      await zhiming.looksGood('console-draft');
      await zhiming.visit.goTo(`/console/${draft}/file`);
      await zhiming.confirm();
      const filed = page.locator('[data-filed]');
      await filed.waitFor();
      caseNumber = (await filed.getAttribute('data-filed')) ?? '';
      expect(caseNumber).toMatch(/^99\d\d$/);
      expect(await filed.innerText()).toMatch(/[0-9a-f]{64}/);
      await zhiming.looksGood('filed');
      expect(await stage()).toBe('formal-check');
    });
  });

  describe('淑芬 and 國強', () => {
    it('accept it, hear the parties and record the correction that the Commission ordered', async () => {
      if (office === undefined) office = await OfficePair.enrol(world);
      else await office.readOn(language);
      await office.decide(caseNumber, 'accepted', { 'reasons.zh-Hant-TW': '形式要件齊備。' });
      const place = '（虛構）聽證室';
      await office.decide(caseNumber, 'hearing-notified', { hearingOn: today(), place, ...HEARING_NOTICE });
      const fact = { 'disputedFacts.0.fact': '用途是否明確', 'disputedFacts.0.settled': '應敘明。' };
      await office.decide(caseNumber, 'hearing-held', fact, 'him');
      await office.decide(caseNumber, 'correction-ordered', {
        'grounds.0.ground': 'wording',
        'grounds.0.reasons.zh-Hant-TW': '用途不明，應敘明。',
        'meeting.number': '601',
        'meeting.date': today(),
      });
      expect(await stage()).toBe('correction');
    });
  });

  describe('志明, corrected', () => {
    it('files the correction: a redline, a new version, and the proposers stand', async () => {
      const { page } = zhiming.visit;
      await zhiming.signIn(`/console/${caseNumber}`);
      await zhiming.looksGood('console-correction');
      await zhiming.visit.goTo(`/console/${caseNumber}/correct`);
      await zhiming.fill({ mainText: story.corrected });
      await zhiming.send();
      await page.locator('ins').first().waitFor();
      await zhiming.looksGood('correction-preview');
      await zhiming.confirm();
      await page.locator('[data-entered="correction"]').waitFor();
      expect(await stage()).toBe('review');
      await zhiming.visit.goTo(`/console/${caseNumber}/receipt`);
      await zhiming.looksGood('receipts');
      for (const hash of await page.locator('[data-filing] [data-sha256]').allInnerTexts())
        expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(await page.locator('[data-filing]').count()).toBe(2);
    });

    it('is found conforming; the proposers are checked by the registry; the opinion comes', async () => {
      await office.decide(caseNumber, 'found-conforming', {
        'meeting.number': '602',
        'meeting.date': today(),
      });
      const { visit } = office.shufen;
      const { page } = visit;
      await visit.goTo(`/cases/${caseNumber}/proposers`);
      await expectGood(visit, 'case-proposers');
      await page.locator('form[action$="/order"] button').click();
      for (const box of await page.locator('.checklist input[type=checkbox]').all()) await box.check();
      await office.approve();
      await visit.goTo(`/cases/${caseNumber}/proposers`);
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
      await expectGood(visit, 'case-proposers-result');
      await page.locator('form[action$="/result"] button').click();
      await office.approve();
      await office.decide(caseNumber, 'opinion-requested', { agency: AGENCY });
      await office.decide(caseNumber, 'opinion-received', {
        agency: AGENCY,
        text: OPINION,
        ifPassed: '應於三個月內提出法律案。',
        ifNotPassed: '維持現行規定。',
      });
      await office.decide(caseNumber, 'notified-to-collect', {});
      expect(await stage()).toBe('collecting');
    });

    it('reads the opinion, signs the affidavit, collects his code and obtains the address', async () => {
      const { page } = zhiming.visit;
      const reader = await world.visit({ language, width });
      await reader.goTo(`/initiatives/${caseNumber}`);
      await reader.page.getByText(OPINION).first().waitFor();
      await reader.leave();
      await zhiming.signIn(`/console/${caseNumber}/affidavit`);
      await zhiming.looksGood('affidavit');
      await zhiming.pressCard();
      await page.locator('[data-affidavit="signed"]').waitFor();
      await zhiming.visit.goTo(`/console/${caseNumber}/collect`);
      dayOfCollection = today();
      await page.locator('#mode-code').check();
      await zhiming.send();
      await zhiming.looksGood('collect-preview');
      await zhiming.confirm();
      const code = (await page.locator('[data-code]').textContent())?.trim() ?? '';
      expect(code).not.toBe('');
      await zhiming.looksGood('code');
      await zhiming.signIn(`/console/${caseNumber}/address`, { case: caseNumber, code });
      await zhiming.looksGood('address');
      const button = page.locator('main form[action$="/address"] button[type=submit]');
      if (await button.isVisible()) await button.click();
      await page
        .locator(`main time[datetime^="${addLegalDays(today(), 1)}"]`)
        .first()
        .waitFor();
      expect(await stage()).toBe('signing');
      // Nobody signs on the day of collection (公民投票法 §12 II).
      const early = await fetch(`${world.url}/initiatives/${caseNumber}/sign`);
      expect(early.status).toBe(409);
    });
  });
});

describe.each(CASE_STORIES)('on the next day, in $language', ({ language, width }) => {
  let zhiming: LeadVisit;
  let draft = '';
  let caseNumber = '';

  beforeAll(async () => {
    ({ zhiming, draft, caseNumber } = storyIn(language));
    if (today() === dayOfCollection) world.time.goTo(startOfLegalDay(addLegalDays(today(), 1)) + 60_000);
    await office.readOn(language);
  });

  it('美玲 signs, and 志明 sees that one more has', async () => {
    const visit = await world.visit({ language, width });
    const card = world.card(cast.meiling);
    world.component.insert(card);
    await signAll(visit, card, { caseNumber });
    await visit.leave();
    await expect.poll(() => world.count(caseNumber), { timeout: 30_000 }).toBe(1);
    await zhiming.signIn(`/console/${caseNumber}/progress`);
    const { page } = zhiming.visit;
    expect(await page.locator('[data-electronic]').getAttribute('data-electronic')).toBe('1');
    await zhiming.looksGood('progress');
  });

  it('every step stands in the public record, and lianshu-verify agrees', async () => {
    const reader = await world.visit({ language, width: 360, bypassPolicy: true });
    await reader.goTo(`/initiatives/${caseNumber}`);
    await expectGood(reader, 'case-public');
    await reader.leave();
    await expect.poll(() => world.kindsOf(caseNumber), { timeout: 30_000 }).toEqual([...EVERY_STEP].sort());
    const node = ['--import', world.time.preload];
    const trust = ['--keys', world.keysFile, '--log', `${world.url}/log`];
    for (const number of [draft, caseNumber]) {
      const counted = await runVerifyWith(node, 'count', number, ...trust, '--api', world.url);
      expect([number, counted.exit, counted.output.split('\n').length > 3]).toEqual([number, 0, true]);
    }
    const beside = (name: string) => join(dirname(world.keysFile), name);
    const watch = ['--state', beside(`monitor-${language}.json`), '--policy', beside('policy.txt')];
    const watched = await runVerifyWith(node, 'monitor', '--once', '--json', ...watch, ...trust);
    expect(watched).toEqual({ exit: 0, output: '' });
  });

  it.each(['public', 'workspace', 'office'] as const)(
    'no page of the %s surface was looked at by nobody',
    async (surface) => {
      await lookAtTheRest(surface, { world, language, zhiming, office, draft, caseNumber });
    },
  );
});
