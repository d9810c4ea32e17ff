/** From a private draft to one that collects proposers: frozen, public under its number, once. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { indexCaseTitle } from '../../src/initiatives/index.ts';
import { importPastCases } from '../../src/past-cases/index.ts';
import { type DraftingHouse, draftingHouse, HELPER, LEAD } from '../builders/drafting.ts';

const TEXT = {
  subjectZh: '學校午餐現場烹調',
  subjectEn: 'School lunches cooked on site',
  matter: 'principle',
  mainText: '你是否同意立法規定學校午餐應於校內廚房現場烹調？',
  reasons: '一、甲。\n二、乙。',
  problemZh: '午餐常常是冷的。',
  helpZh: '免付費專線（示例）',
};
const NAME = { nameZh: '王示例', nameEn: '', sure: 'yes' };
let house: DraftingHouse;

beforeAll(async () => {
  house = await draftingHouse();
});
afterAll(() => house?.close());

const collect = (draft: string, fields: Readonly<Record<string, string>> = {}) =>
  house.post(LEAD, `/drafts/${draft}/collect`, { version: '1', ...NAME, ...fields });

const opened = async (): Promise<number> => {
  const { rows } = await house.database.pool.query(
    `select count(*)::int as n from entry where kind = 'proposal-opened'`,
  );
  return rows[0].n;
};

describe('the page that asks', () => {
  test('shows the exact text, the law, the counts, and whose name is told', async () => {
    const draft = await house.begin(TEXT);
    const { html, status } = await house.get(LEAD, `/drafts/${draft}/collect`);
    expect(status).toBe(200);
    for (const said of [
      TEXT.mainText,
      '二、乙。',
      '1,955',
      '19,548,531',
      '§10 I',
      '永遠不會公開',
      '23／100',
      '示範：尚無法規',
    ])
      expect(html).toContain(said);
    expect((await house.get(LEAD, `/en/drafts/${draft}/collect`)).html).toContain('never named in public');
  });

  test.each([
    [{ subjectZh: '' }, 'subjectZh:missing'],
    [{ matter: '' }, 'matter:missing'],
    [{ reasons: '' }, 'reasons:missing'],
    [{ problemZh: '長'.repeat(2_001) }, 'problemZh:too-long'],
    [{ helpZh: '請洽 A123456789' }, 'helpZh:personal'],
  ])('names what is to be mended first: %j', async (fields, fault) => {
    const before = await opened();
    const draft = await house.begin({ ...TEXT, ...fields });
    const page = await house.get(LEAD, `/drafts/${draft}/collect`);
    expect(page.html).toContain(`data-fault="${fault}"`);
    expect(page.html).not.toContain('name="sure"');
    expect((await collect(draft)).status).toBe(422);
    expect(await opened()).toBe(before);
  });

  test.each([
    [{ nameZh: '' }, 'nameZh'],
    [{ nameZh: 'A123456789' }, 'nameZh'],
    [{ nameZh: '王'.repeat(61) }, 'nameZh'],
    [{ sure: '' }, 'sure'],
  ])('asks again for %j, and keeps what was typed', async (fields, field) => {
    const draft = await house.begin(TEXT);
    const page = await collect(draft, { nameEn: 'Wang', ...fields });
    expect(page.status).toBe(422);
    expect(page.html).toContain(`href="#${field}"`);
    expect(page.html).toContain('value="Wang"');
  });

  test.each([
    [false, '§10 VI②', /換發自然人憑證/, /issue a new certificate/],
    [undefined, '§9 I', /幾分鐘後/, /in a few minutes/],
  ] as const)('names nobody whose card says %s', async (answer, citation, zh, en) => {
    const before = await opened();
    const draft = await house.begin(TEXT);
    const asked: string[] = [];
    house.nameOnCard = (name) => {
      asked.push(name);
      return answer;
    };
    try {
      for (const [path, said] of [
        [`/drafts/${draft}/collect`, zh],
        [`/en/drafts/${draft}/collect`, en],
      ] as const) {
        const page = await house.post(LEAD, path, { version: '1', ...NAME });
        expect(page.status).toBe(422);
        expect(page.html).toContain(citation);
        expect(page.html).toMatch(said);
        expect(page.html).toContain('value="王示例"');
      }
    } finally {
      house.nameOnCard = () => true;
    }
    expect(asked).toEqual(['王示例', '王示例']);
    expect(await opened()).toBe(before);
    // The mark of an invented person is ours and stands on no card.
    house.nameOnCard = (name) => name === '王示例';
    expect((await collect(draft, { nameZh: '王示例（虛構）' })).status).toBe(303);
    house.nameOnCard = () => true;
  });

  test('tells both wrong names at once, each at its field, and keeps the tick', async () => {
    const draft = await house.begin(TEXT);
    house.nameOnCard = () => false;
    try {
      for (const sure of ['yes', '']) {
        const { status, html } = await collect(draft, { nameEn: 'Wang 123 <b>', sure });
        expect(status).toBe(422);
        for (const field of ['nameZh', 'nameEn']) {
          expect(html).toContain(`<a href="#${field}">`);
          expect(html).toContain(`id="${field}-error"`);
          expect(html).toMatch(new RegExp(`<input id="${field}" .{1,120} aria-invalid="true"`));
        }
        expect(html).not.toContain('目前不能開始徵求提案人');
        expect(html).toContain('value="Wang 123 &lt;b>"');
        expect(/<input id="sure"[^>]* checked/.test(html)).toBe(sure === 'yes');
      }
    } finally {
      house.nameOnCard = () => true;
    }
  });

  test('a length over the limit stops nothing: the excess is not published', async () => {
    const published = `${TEXT.mainText}${'字'.repeat(77)}`;
    const draft = await house.begin({
      ...TEXT,
      mainText: `${published}超過的字？`,
      mainTextEn: 'In English?',
    });
    const { html } = await house.get(LEAD, `/drafts/${draft}/collect`);
    expect(html).toContain('name="sure"');
    expect(html).toContain('超過部分不予公布（公民投票法 §9）');
    expect(html).toMatch(/data-excess="mainText"[^>]*><p><del>超過的字？<\/del>/);
    expect(html).not.toContain('In English?');
    expect((await house.get(LEAD, `/en/drafts/${draft}/collect`)).html).toContain(
      'The excess is not published',
    );
    expect((await collect(draft)).status).toBe(303);
    const { html: mine } = await house.get(LEAD, `/drafts/${draft}`);
    const number = /http:\/\/localhost:3000\/drafts\/(D[0-9]{5})/.exec(mine)?.[1] ?? '';
    const found = await house.proposals.find(number);
    const file = await house.proposals.textFile(number);
    expect(found?.text.mainText).toBe(published);
    expect(new TextDecoder().decode(file)).not.toContain('超過的字');
    expect(found?.text.digest).toBe(
      createHash('sha256')
        .update(file ?? '')
        .digest('hex'),
    );
    expect(JSON.stringify(found?.facts)).not.toContain('In English?');
    expect((await house.get(LEAD, `/drafts/${draft}/versions/1`)).html).toContain('超過的字？');
  });
});

describe('once confirmed', () => {
  test('the text is public under a draft number and cannot be changed, deleted or opened twice', async () => {
    const draft = await house.begin(TEXT);
    const before = await opened();
    expect(await collect(draft)).toMatchObject({ status: 303, location: `/drafts/${draft}` });
    const page = await house.get(LEAD, `/drafts/${draft}`);
    const number = /http:\/\/localhost:3000\/drafts\/(D[0-9]{5})/.exec(page.html)?.[1] ?? '';
    const found = await house.proposals.find(number);
    expect(found?.state).toBe('collecting');
    expect(found?.text.mainText).toBe(TEXT.mainText);
    expect(found?.facts.opened).toMatchObject({
      leadProposer: { 'zh-Hant-TW': '王示例（虛構）', en: '王示例 (invented)' },
      subject: { 'zh-Hant-TW': TEXT.subjectZh, en: TEXT.subjectEn },
      subjectMatter: 'principle',
      isInvented: true,
      helpContact: { 'zh-Hant-TW': TEXT.helpZh, en: TEXT.helpZh },
    });
    const again = await Promise.all([collect(draft), collect(draft, { version: '2' })]);
    expect(again.map(({ status }) => status)).toEqual([303, 303]);
    const edit = { base: '1', act: 'save', ...TEXT, mainText: '你是否同意改？' };
    const refused = await house.post(LEAD, `/drafts/${draft}/edit`, edit);
    expect(refused.status).toBe(409);
    expect(refused.html).toContain('data-blocked="frozen"');
    expect(refused.html).toContain('你是否同意改？');
    await house.post(LEAD, `/drafts/${draft}/delete`);
    expect((await house.get(LEAD, `/drafts/${draft}`)).status).toBe(200);
    expect(await opened()).toBe(before + 1);
  });

  test('another draft that collects on the same matter is shown; the draft itself is not', async () => {
    const text = { ...TEXT, subjectZh: '溪流護岸生態', mainText: '你是否同意立法規定野溪護岸應採生態工法？' };
    const first = await house.begin(text);
    await collect(first);
    const [, number = ''] =
      /\/drafts\/(D[0-9]{5})"/.exec((await house.get(LEAD, `/drafts/${first}`)).html) ?? [];
    expect((await house.get(LEAD, `/drafts/${first}`)).html).not.toContain(`data-like="${number}"`);
    const second = await house.get(LEAD, `/drafts/${await house.begin(text)}`);
    expect(second.html).toContain(`data-like="${number}"`);
    expect(second.html).toContain(`http://localhost:3000/drafts/${number}`);
  });

  test('a vote held elsewhere on the same matter is shown with what it bars, in both languages', async () => {
    const past = {
      number: 921,
      voteOn: '2025-08-23',
      title: '離島燈塔重新點燈（測試）',
      leadProposer: '某機關（虛構）',
      yes: 300n,
      no: 100n,
      invalid: 0n,
      electors: 1200n,
      turnout: 3333,
      passed: true,
      source: 'https://source.invalid/a',
    };
    const { clock, database } = house;
    await importPastCases({ db: database.db, clock, index: indexCaseTitle }, [past]);
    const draft = await house.begin({
      ...TEXT,
      subjectZh: '離島燈塔',
      mainText: '你是否同意離島燈塔應重新點燈？',
    });
    const { html } = await house.get(LEAD, `/drafts/${draft}`);
    expect(html).toContain('data-like="921"');
    expect(html).toContain('http://localhost:3000/past-cases#case-921');
    expect(html).toContain('歷次公投第 921 案');
    expect(html).toContain('（至遲到 2027-08-30）');
    const en = (await house.get(LEAD, `/en/drafts/${draft}`)).html;
    expect(en).toContain('http://localhost:3000/en/past-cases#case-921');
    expect(en).toContain('at the latest until 2027-08-30');
  });

  test('of two confirmations at one instant one opens', async () => {
    const draft = await house.begin(TEXT);
    const before = await opened();
    await Promise.all([collect(draft), collect(draft), collect(draft)]);
    expect(await opened()).toBe(before + 1);
  });

  test('a copy begins with its text and may be changed', async () => {
    const draft = await house.begin(TEXT);
    await collect(draft);
    const { location = '' } = await house.post(LEAD, `/drafts/${draft}/copy`, { version: '1' });
    expect(location).toMatch(/^\/drafts\/[\w-]{16}$/);
    const copy = location.slice('/drafts/'.length);
    expect(copy).not.toBe(draft);
    expect((await house.get(LEAD, location)).html).toContain(TEXT.mainText);
    const saved = await house.post(LEAD, `${location}/edit`, {
      ...TEXT,
      base: '1',
      act: 'save',
      mainText: '你是否同意新？',
    });
    expect(saved.status).toBe(303);
    expect((await house.get(LEAD, `/drafts/${draft}`)).html).toContain(TEXT.mainText);
  });

  test('nothing is opened when somebody saved while the page was read', async () => {
    const draft = await house.begin(TEXT);
    await house.admit(draft, HELPER);
    await house.post(HELPER, `/drafts/${draft}/edit`, {
      ...TEXT,
      base: '1',
      act: 'save',
      mainText: '你是否同意新文？',
    });
    const before = await opened();
    const page = await collect(draft, { version: '1' });
    expect(page.status).toBe(409);
    expect(page.html).toContain('data-changed="2"');
    expect(page.html).toContain('你是否同意新文？');
    expect(page.html).toContain('value="王示例"');
    expect(await opened()).toBe(before);
  });

  test('a frozen draft is frozen in the database too', async () => {
    const draft = await house.begin(TEXT);
    await collect(draft);
    const { pool } = house.database;
    await expect(pool.query('update draft set newest = 2 where id = $1', [draft])).rejects.toThrow();
    await expect(pool.query('delete from draft where id = $1', [draft])).rejects.toThrow();
    await expect(
      pool.query(`update draft_version set body = '{}' where draft = $1`, [draft]),
    ).rejects.toThrow();
  });
});

test('where nothing allows electronic proposals, the page says why and offers no button', async () => {
  const other = await draftingHouse({ isDemo: false });
  try {
    const draft = await other.begin(TEXT);
    const page = await other.get(LEAD, `/drafts/${draft}/collect`);
    expect(page.html).toContain('data-electronic="off"');
    expect(page.html).not.toContain('name="sure"');
    const refused = await other.post(LEAD, `/drafts/${draft}/collect`, { version: '1', ...NAME });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('§9');
  } finally {
    await other.close();
  }
});
