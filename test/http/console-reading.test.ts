/** What the console shows: numbers without persons, posters, the last day, drafts; both languages. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASE, type ConsoleHouse, consoleHouse } from '../builders/console.ts';

let house: ConsoleHouse;
let draft: string;
const get = (path: string, person = 'lead') => house.get(person, `/console/${CASE}${path}`);

beforeAll(async () => {
  house = await consoleHouse();
  const opened = await house.proposals.open({
    subject: { 'zh-Hant-TW': '夜間公車', en: 'Night buses' },
    leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
    subjectMatter: 'policy',
    rulePack: 'tw.referendum.national@2025-12-03',
    isInvented: true,
    text: { mainText: '你是否同意夜間公車延駛？', reasons: ['一、需要。'] },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened));
  draft = opened.draft;
  house.give('lead', draft, 'lead');
  house.give('helper', draft, 'assistant');
  await house.toNotice();
  await house.commission('2026-04-02', 'affidavit', { step: 'handed-in', on: '2026-04-02' });
  house.goTo('2026-04-05');
  const { html } = await house.post('lead', `/console/${CASE}/collect`, { mode: 'both', confirm: 'yes' });
  const [, code = ''] = /data-code="?[^>]*>([0-9A-Z-]{23})</.exec(html) ?? [];
  await house.post('lead', `/console/${CASE}/address`, { code });
});
afterAll(() => house?.close());

describe('progress', () => {
  it('says honestly that there is no county yet, and draws count and forecast', async () => {
    house.goTo('2026-04-08');
    const { html } = await get('/progress');
    expect(html).toContain('data-counties="none"');
    expect(html).toContain('滿 10 人連署後');
    expect(html).toContain('<svg');
    expect(html).toContain('data-goal="299213"');
    expect(html).toContain('假設值');
    expect(html).toContain('https://news.tvbs.com.tw/politics/1002382');
  });

  it('counts whole days only, and shows counties in steps of ten that give nothing away', async () => {
    const { pool } = house.database;
    const add = (rows: string) =>
      pool.query(
        `insert into day_tally (initiative, act, county, day, counted)
         select $1, 'joint-signature', * from (values ${rows}) as t (county, day, counted)`,
        [CASE],
      );
    await add(`('63000', date '2026-04-06', 34), ('65000', '2026-04-06', 25), ('unknown', '2026-04-06', 12),
      ('63000', '2026-04-07', 8), ('09007', '2026-04-07', 3), ('64000', '2026-04-08', 500)`);
    house.goTo('2026-04-08');
    const { html } = await get('/progress');
    expect(html).toMatch(/data-counties="shown"[^>]*data-as-of="2026-04-07"/);
    expect(html).toMatch(/臺北市<\/th><td class="number">40 以上/);
    expect(html).toMatch(/新北市<\/th><td class="number">20 以上/);
    expect(html).toMatch(/不明<\/th><td class="number">10 以上/);
    expect(html).toMatch(/未分列<\/th><td class="number">12/);
    expect(html).not.toContain('連江縣');
    expect(html).not.toContain('高雄市');
    // A day with fewer than ten signers changes nothing that is shown.
    await add("('09007', date '2026-04-09', 1), ('63000', '2026-04-09', 7)");
    house.goTo('2026-04-09');
    expect((await get('/progress')).html).toMatch(/高雄市<\/th><td class="number">500 以上/);
    house.goTo('2026-04-10');
    const later = await house.get('lead', `/en/console/${CASE}/progress`);
    expect(later.html).toMatch(/data-as-of="2026-04-08"/);
    expect(later.html).toMatch(/Taipei City<\/th><td class="number">40 or more/);
  });

  it('reckons with paper that it does not keep', async () => {
    house.goTo('2026-04-08');
    const { html } = await get('/progress?paper=100,000');
    expect(html).toContain('value="100000"');
    expect(html).not.toContain('data-goal="299213"');
    expect((await get('/progress?paper=%3Cb%3E')).html).toContain('value="0"');
  });
});

describe('the record', () => {
  it('answers counts and events until the case ends, and then names the article', async () => {
    house.goTo('2026-04-08');
    const open = await get('/record');
    expect(open.status).toBe(200);
    expect(open.html).toContain('領銜人取得連署網址');
    house.goTo('2026-10-06');
    const over = await get('/record');
    expect([over.status, over.html.includes('data-law="case-ended"')]).toEqual([403, true]);
    expect(over.html).toContain('電子連署及查對作業辦法 §6');
    expect(over.html).not.toContain('領銜人取得連署網址');
  });
});

describe('the last day', () => {
  it('tells filing short from not filing, well before', async () => {
    house.goTo('2026-04-08');
    const { html } = await get('/timeline');
    expect(html).toContain('data-last-day="2026-10-05"');
    expect(html).toContain('data-ending="filed-short"');
    expect(html).toContain('data-ending="not-filed"');
    expect(html).toContain('data-barred-until="2028-10-06"');
    house.goTo('2026-09-10');
    expect((await get('')).html).toContain('連署期間將屆滿');
  });

  it('reckons any day of the period, and asks again for another', async () => {
    house.goTo('2026-04-08');
    expect((await get('/timeline?file=2026-10-05')).html).toContain('data-chosen="2026-10-05"');
    for (const day of ['2026-10-06', '2026-04-07', '2026-02-30', 'x']) {
      const page = await get(`/timeline?file=${day}`);
      expect([page.status, page.html.includes('data-chosen')], day).toEqual([422, false]);
    }
  });
});

describe('materials', () => {
  it('are a poster in each language, an embed code, and a kit that prints', async () => {
    for (const language of ['zh', 'en']) {
      const pdf = await get(`/poster-${language}.pdf`, 'helper');
      expect(pdf.headers.get('content-type')).toBe('application/pdf');
      expect(Buffer.from(pdf.bytes.slice(0, 5)).toString()).toBe('%PDF-');
    }
    const { html } = await get('/materials', 'helper');
    expect(html).toContain('&lt;iframe src=&quot;https://lianshu.example/embed/initiatives/9903&quot;');
    expect(html).toContain('公民投票法 §37');
    expect((await get('/help-desk', 'helper')).html).toContain('PIN 碼');
  });
});

it('every page exists in English too', async () => {
  house.goTo('2026-04-08');
  for (const path of [
    '',
    '/progress',
    '/timeline',
    '/record',
    '/materials',
    '/help-desk',
    '/receipt',
    '/contact',
    '/collect',
    '/file',
  ]) {
    const { status, html } = await house.get('lead', `/en/console/${CASE}${path}`);
    expect([status, /<html lang="en"/.test(html)], path).toEqual([200, true]);
  }
  const list = await house.get('lead', '/en/console');
  expect(list.html).toContain(`href="/en/console/${CASE}"`);
  expect(list.html).toContain(`href="/en/console/${draft}"`);
  expect((await house.get('stranger', '/console')).html).not.toContain(CASE);
});

describe('a draft that collects', () => {
  const of = (path: string) => `/console/${draft}${path}`;
  it('shows what is missing, refuses to file short, and an assistant does neither', async () => {
    house.goTo('2026-04-08');
    const page = await house.get('lead', of(''));
    expect(page.html).toContain('data-electronic="0"');
    expect(page.html).toContain('data-waits="too-few"');
    // The next step is their own signature; filing is told, not offered.
    const [, acts = ''] = page.html.split('id="draft-acts"');
    expect(/class="button"[^>]*>([^<]+)</.exec(acts)?.[1]).toBe('簽署我自己的提案');
    expect(acts).not.toContain(`href="${of('/file')}"`);
    // Beside the exact count it would show an assistant which entry is the lead proposer's.
    expect(page.html).toContain('領銜人本人');
    expect((await house.get('helper', of(''))).html).not.toContain('領銜人本人');
    const short = await house.post('lead', of('/file'), { confirm: 'yes' });
    expect([short.status, short.html.includes('data-law="too-few"')]).toEqual([422, true]);
    expect(short.html).toContain('公民投票法 §10 I');
    for (const path of ['/file', '/withdraw']) expect((await house.get('helper', of(path))).status).toBe(404);
    for (const path of ['/progress', '/materials'])
      expect((await house.get('helper', of(path))).status).toBe(200);
    for (const path of ['/timeline', '/collect', '/record'])
      expect((await house.get('lead', of(path))).status).toBe(404);
    expect((await house.get('helper', of('/poster-zh.pdf'))).status).toBe(200);
  });

  it('is filed once enough have proposed: its people work on the case', async () => {
    house.goTo('2026-04-09');
    const paper = { on: '2026-04-09', count: 1_955, includesLead: true };
    expect(await house.proposals.recordPaper(draft, paper)).toEqual({ ok: true });
    expect((await house.get('lead', of(''))).html).toContain(`class="button" href="${of('/file')}"`);
    expect((await house.get('lead', of('/file'))).html).toContain('data-preview');
    // A fault between filing and giving its people the case: neither is done, and it can be tried again.
    house.beforeCarrying = () => {
      throw new Error('interrupted');
    };
    expect((await house.post('lead', of('/file'), { confirm: 'yes' })).status).toBe(500);
    expect((await house.proposals.find(draft))?.state).toBe('collecting');
    const { rows } = await house.database.pool.query(
      "select 1 from entry where initiative = $1 and kind = 'proposal-closed'",
      [draft],
    );
    expect(rows).toEqual([]);
    house.beforeCarrying = undefined;
    const filed = await house.post('lead', of('/file'), { confirm: 'yes' });
    const [, number = ''] = /data-filed="(\d+)"/.exec(filed.html) ?? [];
    expect(number).toMatch(/^[0-9]{4}$/);
    expect((await house.get('lead', `/console/${number}`)).html).toContain('data-stage="formal-check"');
    expect((await house.get('helper', `/console/${number}/progress`)).status).toBe(200);
    const again = await house.post('lead', of('/file'), { confirm: 'yes' });
    expect([again.status, again.html.includes('data-law="already-filed"')]).toEqual([422, true]);
  });
});
