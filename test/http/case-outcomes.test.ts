/** Every way in which a case can end, as its page tells it: outcome, article, bar, and nothing left to sign. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseAct } from '../../src/initiatives/index.ts';
import { addLegalDays, startOfLegalDay } from '../../src/platform/time.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const NOON_MS = 12 * 3_600_000;
const DAY = '2026-12-10';
let platform: TestPlatform;

const goTo = (day: string): void => platform.clock.standAt(startOfLegalDay(day) + NOON_MS);
const daysOn = (days: number): string => addLegalDays(DAY, days);

async function enter(
  caseNumber: string,
  on: string,
  kind: string,
  body: object,
  capacity: CaseAct['capacity'] = 'commission',
): Promise<void> {
  goTo(on);
  const act = { kind, body: { on, ...body } as CaseAct['body'], capacity };
  const outcome = await platform.running.initiatives.enter(caseNumber, act);
  if (!outcome.ok) throw new Error(`${caseNumber} ${kind}: ${JSON.stringify(outcome.refusal)}`);
}

const filed = {
  subject: { 'zh-Hant-TW': '測試案', en: 'Test case' },
  leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
  subjectMatter: 'principle',
  rulePack: 'tw.referendum.national@2025-12-03',
  origin: 'here',
  isInvented: true,
  proposal: { draft: 'D00007', electronic: 1_950, paper: 12 },
} as const;

async function file(caseNumber: string): Promise<void> {
  goTo(DAY);
  await platform.running.initiatives.file({
    caseNumber,
    filed,
    text: { heading: ['示範文字，非公告主文'], mainText: '你是否同意測試？', reasons: ['一、測試。'] },
  });
}

/** Open for signing since the day after `DAY`. */
async function open(caseNumber: string): Promise<void> {
  goTo(DAY);
  await platform.running.initiatives.register({
    caseNumber,
    filed,
    collectedOn: DAY,
    mode: 'paper-and-electronic',
    text: { heading: ['示範文字，非公告主文'], mainText: '你是否同意測試？', reasons: ['一、測試。'] },
  });
}

const meeting = { number: '測試-1', date: DAY };

/** Brings each case to its end; the day on which its page is then read. */
const ENDINGS: Readonly<Record<string, readonly [string, () => Promise<void>]>> = {
  不受理: [
    '9911',
    async () => {
      await file('9911');
      await enter('9911', DAY, 'decision', {
        decides: 'inadmissible',
        meeting,
        reasons: { 'zh-Hant-TW': '名冊未裝訂' },
      });
    },
  ],
  駁回: [
    '9912',
    async () => {
      await file('9912');
      await enter('9912', DAY, 'decision', { decides: 'accepted' });
      await enter('9912', daysOn(1), 'hearing', { step: 'notified', hearingOn: daysOn(12), place: '聽證室' });
      await enter('9912', daysOn(12), 'hearing', {
        step: 'held',
        disputedFacts: [{ fact: '範圍', settled: '不明' }],
        recordings: [],
      });
      await enter('9912', daysOn(13), 'decision', {
        decides: 'correction',
        meeting: { number: '測試-2', date: daysOn(13) },
        grounds: [{ ground: 'wording', reasons: { 'zh-Hant-TW': '文字不明' } }],
      });
      await enter('9912', daysOn(45), 'decision', {
        decides: 'rejected',
        meeting: { number: '測試-4', date: daysOn(45) },
        grounds: [{ ground: 'wording', reasons: { 'zh-Hant-TW': '逾期未補正' } }],
      });
    },
  ],
  撤回: [
    '9913',
    async () => {
      await file('9913');
      await enter('9913', daysOn(2), 'withdrawal', { agreeing: 1_000, proposers: 1_962 }, 'lead-proposer');
    },
  ],
  視為放棄連署: [
    '9914',
    async () => {
      await open('9914');
      goTo(daysOn(200));
    },
  ],
  不成立: [
    '9918',
    async () => {
      await open('9918');
      const short = { of: 'signers', received: 300_000, valid: 290_000, required: 293_228 };
      const excluded = { duplicate: 10_000 };
      await enter('9918', daysOn(100), 'roster-filed', {}, 'lead-proposer');
      const count = { electronic: 200_000, paper: 100_000, required: 293_228, isBound: true };
      await enter('9918', daysOn(101), 'raw-count', count);
      await enter('9918', daysOn(102), 'check-request', { of: 'signers', sent: 300_000 });
      await enter('9918', daysOn(110), 'check-result', { ...short, excluded }, 'registry');
      await enter('9918', daysOn(111), 'supplement', { of: 'signers', step: 'ordered' });
      await enter('9918', daysOn(150), 'decision', {
        decides: 'not-established',
        meeting: { number: '測試-5', date: daysOn(150) },
        reasons: { 'zh-Hant-TW': '逾期未補提' },
      });
    },
  ],
  停止: [
    '9915',
    async () => {
      await open('9915');
      await enter('9915', daysOn(30), 'stop', { notice: '立法院來函（測試）' }, 'legislature');
    },
  ],
};

beforeAll(async () => {
  platform = await startPlatform({ publishEveryMs: 200 });
});
afterAll(() => platform?.close());

const page = async (path: string): Promise<string> => {
  const response = await fetch(`${platform.url}${path}`, { headers: { accept: 'text/html' } });
  expect(response.status).toBe(200);
  return response.text();
};

describe('a case that has ended', () => {
  it.each(Object.entries(ENDINGS))('%s', async (outcome, [caseNumber, bring]) => {
    await bring();
    const [zh, en] = [await page(`/initiatives/${caseNumber}`), await page(`/en/initiatives/${caseNumber}`)];
    const closing = /<section class="closing"[\s\S]*?<\/section>/.exec(zh)?.[0] ?? '';
    expect(closing).toContain('本案已終結');
    expect(closing).toContain(`<p class="closing-outcome">${outcome}</p>`);
    expect(closing).toContain('公民投票法');
    expect(closing).not.toContain('未確認');
    expect(zh).not.toContain('逾期未完成');
    expect(closing.includes('再提案之限制')).toBe(outcome === '視為放棄連署');
    expect(en).toContain('This case has ended');
    expect(/<section class="closing"[\s\S]*?<\/section>/.exec(en)?.[0]).toContain('Referendum Act');
    for (const html of [zh, en]) {
      expect(html).not.toContain(`/initiatives/${caseNumber}/sign"`);
      expect(html).not.toContain('/follow"');
      expect(html).not.toContain('<script');
      expect(html).toContain('D00007');
    }
    expect(zh).toContain('電子 1,950 人、紙本 12 人');
    const home = await page('/');
    expect(home.slice(home.indexOf('id="closed"'))).toContain(`/initiatives/${caseNumber}`);
    const { stage, outcome: told } = await (
      await fetch(`${platform.url}/v1/initiatives/${caseNumber}`)
    ).json();
    expect([stage.id, told['zh-Hant-TW']]).toEqual(['ended', outcome]);
  });

  it('成立 is not the end: the page says where the case stands and who owes the next step', async () => {
    await open('9916');
    const to = (kind: string, on: string, body: object, capacity?: CaseAct['capacity']) =>
      enter('9916', on, kind, body, capacity);
    await to('roster-filed', daysOn(100), {}, 'lead-proposer');
    await to('raw-count', daysOn(101), {
      electronic: 200_000,
      paper: 100_000,
      required: 293_228,
      isBound: true,
    });
    const waiting = await page('/initiatives/9916');
    expect(waiting).toContain('尚無最後結果');
    expect(waiting).not.toContain('/initiatives/9916/sign"');
    await to('check-request', daysOn(102), { of: 'signers', sent: 300_000 });
    await to(
      'check-result',
      daysOn(110),
      { of: 'signers', received: 300_000, valid: 298_000, required: 293_228, excluded: { duplicate: 2_000 } },
      'registry',
    );
    await to('decision', daysOn(112), {
      decides: 'established',
      number: 22,
      meeting: { number: '測試-3', date: daysOn(112) },
    });
    const established = await page('/initiatives/9916');
    expect(established).toContain('成立（尚無最後結果）');
    expect(established).toContain('接下來');
    await to('vote', daysOn(115), { step: 'announced', vote: '2027-08-28' });
    await to('vote', '2027-08-28', { step: 'held' });
    const votes = { yes: 5_000_523, no: 3_000_000, invalid: 1_000, electors: 20_002_091 };
    await to('vote', '2027-09-01', { step: 'result', ...votes, passed: true });
    const [voted, inEnglish] = [await page('/initiatives/9916'), await page('/en/initiatives/9916')];
    const closing = /<section class="closing"[\s\S]*?<\/section>/.exec(voted)?.[0] ?? '';
    expect(closing).toContain('本案已終結');
    expect(closing).toMatch(/closing-outcome">[^<]*投票/);
    expect(voted).toContain('5,000,523');
    expect(inEnglish).toContain('This case has ended');
    for (const html of [voted, inEnglish]) expect(html).not.toContain('/initiatives/9916/sign"');
  });

  it('says plainly which authority is late, since when and under which article', async () => {
    await file('9917');
    await enter('9917', DAY, 'decision', { decides: 'accepted' });
    goTo(daysOn(80));
    const [zh, en] = [await page('/initiatives/9917'), await page('/en/initiatives/9917')];
    expect(zh).toContain('逾期未完成');
    expect(zh).toContain('，已逾期 20 天');
    expect(zh).toContain('中央選舉委員會尚未完成');
    expect(zh).toContain('公民投票法 §10 III');
    expect(en).toContain(', 20 days overdue');
  });
});
