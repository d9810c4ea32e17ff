/** 雅婷 follows a case by mail, reads its course by kind, and sees word by word what a correction changed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { caseMessages } from '../../src/initiatives/case-messages.ts';
import type { CaseAct } from '../../src/initiatives/index.ts';
import { subscriptionMessages } from '../../src/subscriptions/subscription-messages.ts';
import { violationsOn } from './good-page.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import { LANGUAGES, type Language, type Visit } from './visit.ts';

/** A case of the demonstration that is under review, with two versions of its text. */
const CASE = '9903';
let world: JourneyWorld;
const visits = new Map<string, Visit>();

beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  for (const visit of visits.values()) await visit.leave();
  await world?.close();
});

async function visitIn(language: Language, width: number): Promise<Visit> {
  const key = `${language}${width}`;
  const known = visits.get(key);
  if (known !== undefined) return known;
  const visit = await world.visit({
    language,
    width,
    javaScript: false,
    meetsRefusals: true,
    bypassPolicy: true,
  });
  visits.set(key, visit);
  return visit;
}

interface ReadMail {
  readonly head: string;
  readonly text: string;
}

/** Every mail in the sink to this address, oldest first. */
function mailsTo(address: string): readonly ReadMail[] {
  const folder = join(world.demo.dataDirectory, 'mail');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter((mail) => mail.includes(`To: ${address}`))
    .map((mail) => {
      const [head = '', body = ''] = mail.split(/\r\n\r\n(.*)/s);
      return { head: head.replaceAll(/\r\n\s+/g, ' '), text: Buffer.from(body, 'base64').toString() };
    });
}

async function newest(address: string, n: number): Promise<ReadMail> {
  await vi.waitUntil(() => mailsTo(address).length >= n, { timeout: 60_000, interval: 200 });
  const mail = mailsTo(address)[n - 1];
  if (mail === undefined) throw new Error('no mail');
  return mail;
}

const linkIn = (mail: ReadMail, step: 'confirm' | 'stop'): string =>
  new RegExp(`http://localhost:\\d+((?:/en)?/follow/${step}/[A-Za-z0-9_-]{43})`).exec(mail.text)?.[1] ?? '';

async function enter(
  kind: string,
  body: CaseAct['body'],
  capacity: CaseAct['capacity'] = 'commission',
): Promise<void> {
  const outcome = await world.demo.running.initiatives.enter(CASE, { kind, body, capacity });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
}

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** What brings the case into its next stage, another one in each language. */
const NEXT: Readonly<Record<Language, Readonly<{ act: () => Promise<void>; told: string }>>> = {
  'zh-Hant-TW': {
    act: () =>
      enter('decision', {
        decides: 'conforming',
        on: today(),
        meeting: { number: '示範-2', date: today() },
        reasons: { 'zh-Hant-TW': '合於規定' },
      }),
    told: '進入階段：查對提案人',
  },
  en: {
    act: async () => {
      await enter('check-request', { of: 'proposers', on: today(), sent: 2_000 });
      await enter(
        'check-result',
        {
          of: 'proposers',
          on: today(),
          received: 2_000,
          valid: 1_990,
          required: 1_955,
          excluded: { 'not-qualified': 10 },
        },
        'registry',
      );
    },
    told: 'Stage: notice to collect due',
  },
};

describe.each(LANGUAGES)('雅婷 in %s, without script', (language) => {
  const address = `yating-${language.slice(0, 2)}@example.invalid`;
  const t = subscriptionMessages(language);
  const c = caseMessages(language);

  it('asks from the case’s page, is told what is missing, and loses nothing she typed', async () => {
    const visit = await visitIn(language, 360);
    const { page } = visit;
    await visit.goTo(`/initiatives/${CASE}`);
    await page.getByRole('link', { name: c.followMail }).click();
    await page.getByLabel(t.address, { exact: true }).fill('yating@');
    await page.getByRole('button', { name: t.submit }).click();
    await page.locator('.error-summary').waitFor();
    expect(await page.locator('.error-summary a').allTextContents()).toEqual([
      t.addressError,
      t.consentError,
    ]);
    expect(await page.getByLabel(t.address, { exact: true }).inputValue()).toBe('yating@');
    expect(await visit.scrollsSideways()).toBe(false);
    await visit.picture('follow-faults');
    await page.getByLabel(t.address, { exact: true }).fill(address);
    await page.getByLabel(t.consent).check();
    await page.getByRole('button', { name: t.submit }).click();
    await page.getByRole('heading', { name: t.askedTitle }).waitFor();
    expect(page.url()).not.toContain('yating');
  });

  it('reads the mail, confirms, hears of the next stage, and stops with one step', async () => {
    const visit = await visitIn(language, 360);
    const { page } = visit;
    const confirmation = await newest(address, 1);
    await page.goto(`${world.url}${linkIn(confirmation, 'confirm')}`);
    await visit.picture('follow-confirm');
    await page.getByRole('button', { name: t.confirmButton }).click();
    await page.getByRole('heading', { name: t.confirmedTitle }).waitFor();

    await NEXT[language].act();
    const news = await newest(address, 2);
    expect(news.text).toContain(NEXT[language].told);
    expect(news.head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(news.head).toMatch(/List-Unsubscribe: <http:\/\/localhost:\d+(\/en)?\/follow\/stop\/[\w-]{43}>/);

    await page.goto(`${world.url}${linkIn(news, 'stop')}`);
    await page.getByRole('button', { name: t.stopButton }).click();
    await page.getByRole('heading', { name: t.stoppedTitle }).waitFor();
    await page.goto(`${world.url}${linkIn(news, 'stop')}`);
    await page.getByRole('heading', { name: t.goneTitle }).waitFor();
  });

  it('reads only the entries of one kind, and opens one at its own address', async () => {
    const visit = await visitIn(language, 1280);
    const { page } = visit;
    await visit.goTo(`/initiatives/${CASE}`);
    const all = await page.locator('.course > li').count();
    await page
      .getByRole('navigation', { name: c.courseFilter })
      .getByRole('link', { name: c.groups.texts })
      .click();
    const texts = await page.locator('.course > li').count();
    expect(texts).toBeGreaterThan(1);
    expect(texts).toBeLessThan(all);
    await page.locator('.course-meta a').first().click();
    await page.getByRole('heading', { level: 1, name: /9903|\d/ }).waitFor();
    expect(JSON.parse((await page.locator('pre.command code').first().textContent()) ?? '')).toMatchObject({
      case: CASE,
      v: 1,
    });
    await visit.picture('entry');
  });

  it('compares the two texts of the case, either way round', async () => {
    const visit = await visitIn(language, 1280);
    const { page } = visit;
    await visit.goTo(`/initiatives/${CASE}`);
    await page.getByRole('link', { name: c.compareAny }).click();
    await page.locator('del').first().waitFor();
    const [removed, added] = [
      await page.locator('del').allTextContents(),
      await page.locator('ins').allTextContents(),
    ];
    expect(removed.length).toBeGreaterThan(0);
    await visit.picture('compare');
    await page.getByLabel(c.compareFrom).selectOption('2');
    await page.getByLabel(c.compareTo).selectOption('1');
    await page.getByRole('button', { name: c.compareButton }).click();
    await page.waitForURL(/from=2/);
    const words = (texts: readonly string[]): string => texts.join('').replaceAll(/〔.*?：|〕/g, '');
    expect(words(await page.locator('ins').allTextContents())).toBe(words(removed));
    expect(words(await page.locator('del').allTextContents())).toBe(words(added));
  });

  it('finds nothing that keeps anybody out', async () => {
    const visit = await world.visit({ language, width: 360, bypassPolicy: true });
    for (const path of [
      `/initiatives/${CASE}`,
      `/initiatives/9901/follow`,
      `/initiatives/${CASE}/texts/compare`,
      '/api',
      '/source',
    ]) {
      await visit.goTo(path);
      expect([path, await violationsOn(visit.page)]).toEqual([path, []]);
      expect([path, await visit.scrollsSideways()]).toEqual([path, false]);
      await visit.picture(`follow-${path.split('/').filter(Boolean).join('-')}`);
    }
    await visit.leave();
  });
});
