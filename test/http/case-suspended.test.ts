/** A case that a court suspends: its page says so, no day is counted down, and nothing ends meanwhile. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseAct } from '../../src/initiatives/index.ts';
import { startOfLegalDay } from '../../src/platform/time.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9921';
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({ publishEveryMs: 200 });
});
afterAll(() => platform?.close());

const goTo = (day: string): void => platform.clock.standAt(startOfLegalDay(day) + 12 * 3_600_000);

async function suspension(step: 'begun' | 'ended', on: string): Promise<unknown> {
  goTo(on);
  const body = { step, on, court: '臺北高等行政法院' } as CaseAct['body'];
  return platform.running.initiatives.enter(CASE, { kind: 'suspension', body, capacity: 'court' });
}

const page = async (path: string): Promise<string> => (await fetch(`${platform.url}${path}`)).text();

it('says that it is suspended and that terms stand still by our own choice, and goes on afterwards', async () => {
  goTo('2026-12-10');
  await platform.running.initiatives.register({
    caseNumber: CASE,
    filed: {
      subject: { 'zh-Hant-TW': '測試案', en: 'Test case' },
      leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
      subjectMatter: 'principle',
      rulePack: 'tw.referendum.national@2025-12-03',
      origin: 'here',
      isInvented: true,
    },
    collectedOn: '2026-12-10',
    mode: 'paper-and-electronic',
    text: { heading: ['示範文字，非公告主文'], mainText: '你是否同意測試？', reasons: ['一、測試。'] },
  });
  expect(await page(`/initiatives/${CASE}`)).not.toContain('data-suspended');
  expect(await suspension('ended', '2026-12-11')).toMatchObject({
    ok: false,
    refusal: { code: 'out-of-order', citation: '公民投票法 §53' },
  });
  expect(await suspension('begun', '2027-05-01')).toMatchObject({ ok: true });

  // The signing period ended on 2027-06-10, and nothing lapses.
  goTo('2027-07-01');
  const [zh, en] = [await page(`/initiatives/${CASE}`), await page(`/en/initiatives/${CASE}`)];
  expect(zh).toContain('data-suspended="2027-05-01"');
  expect(zh).toContain('停止中：公投法 §53');
  expect(zh).toContain('專案預設');
  expect(zh).not.toContain('視為放棄連署</p>');
  expect(en).toContain('Suspended by litigation or a court’s order');
  expect(en).toContain('project default');
  expect(await platform.running.initiatives.course(CASE)).toMatchObject({ outcome: undefined });

  expect(await suspension('ended', '2027-07-01')).toMatchObject({ ok: true });
  const after = await page(`/initiatives/${CASE}`);
  expect(after).not.toContain('data-suspended');
  // 61 days later than 2027-06-10.
  expect(after).toContain('2027-08-10');
  goTo('2027-08-11');
  expect(await page(`/initiatives/${CASE}`)).toContain('<p class="closing-outcome">視為放棄連署</p>');
});
