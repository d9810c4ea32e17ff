/** Writing a draft: versions, two editors at once, hostile text, comments, comparing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DraftingHouse, draftingHouse, HELPER, LEAD, type Page } from '../builders/drafting.ts';

const TEXT = {
  subjectZh: '午餐',
  matter: 'principle',
  mainText: '你是否同意立法規定學校午餐應於校內廚房現場烹調？',
  reasons: '一、甲。\n二、乙。\n三、丙。',
};
let house: DraftingHouse;

beforeAll(async () => {
  house = await draftingHouse();
});
afterAll(() => house?.close());

const save = (
  who: typeof LEAD,
  draft: string,
  base: number | string,
  fields: Readonly<Record<string, string>>,
): Promise<Page> =>
  house.post(who, `/drafts/${draft}/edit`, { base: String(base), act: 'save', ...TEXT, ...fields });

const begin = async (): Promise<string> => {
  const draft = await house.begin(TEXT);
  await house.admit(draft, HELPER);
  return draft;
};

/** What a form's textarea or input holds. */
const fieldOf = (page: Page, field: string): string | undefined => {
  const area = new RegExp(`<textarea id="${field}"[^>]*>([^<]*)</textarea>`).exec(page.html)?.[1];
  const input = new RegExp(`<input id="${field}"[^>]* value="([^"]*)"`).exec(page.html)?.[1];
  return (area ?? input)?.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
};
const baseOf = (page: Page) => /name="base" value="(\d+)"/.exec(page.html)?.[1];
const versionsOf = async (draft: string) =>
  [...(await house.get(LEAD, `/drafts/${draft}`)).html.matchAll(/data-version="(\d+)"/g)].map(([, n]) =>
    Number(n),
  );

describe('saving', () => {
  test('adds a version, and none where nothing changed', async () => {
    const draft = await begin();
    expect((await save(LEAD, draft, 1, { subjectZh: '校園午餐' })).location).toBe(
      `/drafts/${draft}?note=saved`,
    );
    expect((await save(LEAD, draft, 2, { subjectZh: '校園午餐' })).location).toBe(
      `/drafts/${draft}?note=unchanged`,
    );
    expect(await versionsOf(draft)).toEqual([2, 1]);
    expect((await house.get(LEAD, `/drafts/${draft}?note=saved`)).html).toContain('已儲存為第 2 版');
  });

  test('checks without saving, with counts and hints of what was typed', async () => {
    const draft = await begin();
    const page = await house.post(LEAD, `/drafts/${draft}/edit`, {
      ...TEXT,
      base: '1',
      act: 'hints',
      mainText: `你是否同意應廢止這部惡法？${'字'.repeat(90)}`,
    });
    expect(page.status).toBe(200);
    expect(page.html).toContain('data-count="mainText" data-state="over"');
    expect(page.html).toContain('data-rule="L7"');
    expect(page.html).toContain('<mark>惡法</mark>');
    const [, found] = /已檢視，尚未儲存。<a href="#hints">有 (\d+) 則提示，見下方<\/a>/.exec(page.html) ?? [];
    const [, below = ''] = page.html.split('<section id="hints"');
    expect(below.match(/data-rule=/g)).toHaveLength(Number(found));
    expect(await versionsOf(draft)).toEqual([1]);
  });

  test('of nothing is told, on looking and on saving', async () => {
    const { location = '' } = await house.post(LEAD, '/drafts');
    const nothing = { base: '0', mainText: '', reasons: '' };
    const said = '尚未填寫任何內容，沒有儲存。';
    expect((await house.post(LEAD, location, { ...nothing, act: 'hints' })).html).toContain(said);
    const saved = await house.post(LEAD, location, { ...nothing, act: 'save' });
    expect(saved.location).toMatch(/\?note=unchanged$/);
    expect((await house.get(LEAD, saved.location ?? '')).html).toContain(said);
  });

  test('begins from an older version, which stays as it was', async () => {
    const draft = await begin();
    await save(LEAD, draft, 1, { subjectZh: '第二' });
    const form = await house.get(LEAD, `/drafts/${draft}/edit?from=1`);
    expect([fieldOf(form, 'subjectZh'), baseOf(form)]).toEqual(['午餐', '2']);
    expect((await save(LEAD, draft, 2, {})).status).toBe(303);
    expect(await versionsOf(draft)).toEqual([3, 2, 1]);
  });
});

describe('two editors at once', () => {
  test('the second is shown the difference and keeps what was typed', async () => {
    const draft = await begin();
    await save(LEAD, draft, 1, { mainText: '你是否同意甲案？', subjectEn: 'Lunch' });
    const page = await save(HELPER, draft, 1, {
      mainText: '你是否同意乙案？',
      reasons: '一、甲。\n二、乙。\n三、丙。\n四、丁。',
    });
    expect(page.status).toBe(409);
    expect(page.html).toContain('data-conflict="2"');
    expect(page.html).toContain('data-merge="mainText:conflict"');
    expect(page.html).toContain('data-merge="subjectEn:theirs"');
    expect(page.html).toMatch(/<del>[\s\S]*甲[\s\S]*<ins>[\s\S]*乙/);
    expect(fieldOf(page, 'mainText')).toBe('你是否同意乙案？');
    expect(fieldOf(page, 'reasons')).toContain('四、丁。');
    expect(fieldOf(page, 'subjectEn')).toBe('Lunch');
    expect(await versionsOf(draft)).toEqual([2, 1]);
    // Looked at and sent again, it is the next version; the other one stands.
    const base = baseOf(page) ?? '';
    expect((await save(HELPER, draft, base, { mainText: '你是否同意乙案？' })).status).toBe(303);
    expect((await house.get(LEAD, `/drafts/${draft}/versions/2`)).html).toContain('你是否同意甲案？');
  });

  test('of twenty who save at the same instant one version comes each time', async () => {
    const draft = await begin();
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        save(i % 2 ? LEAD : HELPER, draft, 1, { subjectZh: `第 ${i} 人` }),
      ),
    );
    const statuses = pages.map(({ status }) => status).sort();
    expect(statuses).toEqual([303, ...Array.from({ length: 19 }, () => 409)]);
    expect(await versionsOf(draft)).toEqual([2, 1]);
    for (const [i, page] of pages.entries())
      if (page.status === 409) expect(fieldOf(page, 'subjectZh')).toBe(`第 ${i} 人`);
  });

  test.each(['0', '7', '999999', '-1', '1.5', 'x', ''])('a base of %j overwrites nothing', async (base) => {
    const draft = await begin();
    const page = await save(LEAD, draft, base, { mainText: '你是否同意丙案？' });
    expect(page.status).toBe(409);
    expect(fieldOf(page, 'mainText')).toBe('你是否同意丙案？');
    expect(await versionsOf(draft)).toEqual([1]);
  });
});

describe('hostile text', () => {
  test('100 kB pasted is kept, counted and compared', async () => {
    const draft = await begin();
    const pasted = Array.from({ length: 3_400 }, (_, i) => `第${i}段，甲乙丙丁戊。`).join('\n');
    expect(Buffer.byteLength(pasted)).toBeGreaterThan(100_000);
    expect((await save(LEAD, draft, 1, { reasons: pasted })).status).toBe(303);
    const page = await house.get(LEAD, `/drafts/${draft}`);
    expect(page.html).toContain('data-count="reasons" data-state="over"');
    const compare = await house.get(LEAD, `/drafts/${draft}/compare?a=1&b=2`);
    expect(compare.status).toBe(200);
    expect(compare.html).toContain('第3399段');
  });

  test('what is longer than can be kept comes back whole, with its field named', async () => {
    const draft = await begin();
    const pasted = '甲'.repeat(120_001);
    const page = await save(LEAD, draft, 1, { reasons: pasted });
    expect(page.status).toBe(422);
    expect(page.html).toContain('href="#reasons"');
    expect(fieldOf(page, 'reasons')).toBe(pasted);
    expect(await versionsOf(draft)).toEqual([1]);
  });

  test('two long texts that share nothing are compared in bounded time, one line each', async () => {
    const draft = await begin();
    const line = (seed: number) =>
      Array.from({ length: 30_000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * seed) % 20_000))).join('');
    await save(LEAD, draft, 1, { reasons: line(7) });
    await save(LEAD, draft, 2, { reasons: line(7919) });
    expect((await house.get(LEAD, `/drafts/${draft}/compare?a=2&b=3`)).status).toBe(200);
  });

  test('controls and bidi overrides are dropped, markup is text, emoji stay whole', async () => {
    const draft = await begin();
    const typed = '你是否\u0000同\u202e意<script>alert(1)</script>👨‍👩‍👧？';
    expect((await save(LEAD, draft, 1, { mainText: typed })).status).toBe(303);
    const { html } = await house.get(LEAD, `/drafts/${draft}`);
    expect(html).not.toContain('<script>');
    expect(html).toContain('你是否同意&lt;script>alert(1)&lt;/script>👨‍👩‍👧？');
    expect(html).toContain('含表情符號');
  });

  test('no version, draft or query of a strange form is found', async () => {
    const draft = await begin();
    for (const path of [
      '/versions/0',
      '/versions/2',
      '/versions/1e3',
      '/versions/99999999',
      '/versions/__proto__',
      '/versions/0.txt',
      '/compare',
      '/compare?a=1',
      '/compare?a=1&b=9',
      '/compare?a=1&a=1&b=1',
      '/edit?from=9',
      '/edit?from=',
    ])
      expect((await house.get(LEAD, `/drafts/${draft}${path}`)).status, path).toBe(404);
    expect((await house.get(LEAD, "/drafts/' or 1=1 --")).status).toBe(404);
  });
});

describe('a session that ended while somebody wrote', () => {
  test('gives back what was sent, for a draft that exists and for one that does not alike', async () => {
    const draft = await begin();
    const typed = { base: '1', act: 'save', ...TEXT, mainText: '你是否同意 <b>長文</b>？', sure: 'yes' };
    const [real, none] = await Promise.all(
      [draft, 'A'.repeat(16)].map((id) => house.post(undefined, `/drafts/${id}/edit`, typed)),
    );
    expect([real?.status, none?.status]).toEqual([401, 401]);
    expect(real && fieldOf(real, 'mainText')).toBe(typed.mainText);
    expect(real && fieldOf(real, 'reasons')).toBe(TEXT.reasons);
    expect(real && baseOf(real)).toBe('1');
    expect(real?.html).not.toContain('name="sure"');
    expect(real?.html.replaceAll(draft, '')).toBe(none?.html.replaceAll('A'.repeat(16), ''));
    expect(await versionsOf(draft)).toEqual([1]);
    expect(await house.post(undefined, '/drafts')).toMatchObject({ status: 303, location: '/sign-in' });
    // Signed in again, the same form saves.
    expect((await house.post(LEAD, `/drafts/${draft}/edit`, typed)).status).toBe(303);
  });
});

describe('comments', () => {
  test('are written on a version, settled and opened again', async () => {
    const draft = await begin();
    const path = `/drafts/${draft}/comments`;
    const body = '第二段\r\n是否要 <b>引用</b> 條文？';
    expect((await house.post(HELPER, path, { version: '1', part: 'reasons', body })).status).toBe(303);
    const page = await house.get(LEAD, path);
    expect(page.html).toContain('是否要 &lt;b>引用&lt;/b> 條文？');
    expect(page.html).toContain('法律組');
    expect(page.html).toContain('意見（1 則待處理）');
    const id = /data-comment="([\w-]{16})" data-resolved="no"/.exec(page.html)?.[1];
    expect((await house.post(LEAD, `${path}/${id}`, { state: 'resolved' })).status).toBe(303);
    expect((await house.get(HELPER, path)).html).toContain('領銜人標示為已處理');
    expect((await house.post(HELPER, `${path}/${id}`, { state: 'open' })).status).toBe(303);
    expect((await house.get(HELPER, path)).html).toContain('data-resolved="no"');
    expect((await house.post(HELPER, `${path}/${id}`, { state: 'x' })).status).toBe(404);
  });

  test('come back when they cannot be taken', async () => {
    const draft = await begin();
    const path = `/drafts/${draft}/comments`;
    for (const body of ['', ' \u0000 ', '長'.repeat(2_001)]) {
      const page = await house.post(LEAD, path, { version: '1', part: 'mainText', body });
      expect(page.status).toBe(422);
      expect(page.html).toContain('href="#body"');
      expect(fieldOf(page, 'body')).toBe(body.includes('長') ? body : '');
    }
    for (const version of ['0', '2', 'x'])
      expect((await house.post(LEAD, path, { version, part: 'all', body: 'x' })).status).toBe(404);
  });
});

test('comparing shows the words that changed, in both languages', async () => {
  const draft = await begin();
  await save(LEAD, draft, 1, { mainText: TEXT.mainText.replace('現場', '') });
  for (const [path, said] of [
    ['/drafts', '比較第 1 版與第 2 版'],
    ['/en/drafts', 'Versions 1 and 2 compared'],
  ]) {
    const { html } = await house.get(LEAD, `${path}/${draft}/compare?a=2&b=1`);
    expect(html).toContain(said);
    expect(html).toMatch(/<del>[\s\S]*現場[\s\S]*<\/del>/);
    expect(html).not.toContain('data-redline="reasons"');
  }
});
