/** The lead proposer's acts: previewed, entered, refused; who may see and do what. */
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@lianshu/statement';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CASE, type ConsoleHouse, consoleHouse } from '../builders/console.ts';

let house: ConsoleHouse;
beforeEach(async () => {
  house = await consoleHouse();
});
afterEach(() => house.close());

const at = (path: string, number = CASE) => `/console/${number}${path}`;
const lead = (path: string, fields?: Readonly<Record<string, string>>) =>
  fields === undefined ? house.get('lead', at(path)) : house.post('lead', at(path), fields);
const bodies = async (kind: string) =>
  (await house.acts()).filter((act) => act.kind === kind).map(({ body }) => body as Record<string, unknown>);

/** From the notice to signing, with a code. */
async function toSigning(): Promise<void> {
  await house.toNotice();
  await house.commission('2026-04-02', 'affidavit', { step: 'handed-in', on: '2026-04-02' });
  house.goTo('2026-04-05');
  const { html } = await lead('/collect', { mode: 'code', confirm: 'yes' });
  const [, code = ''] = /data-code="?[^>]*>([0-9A-Z-]{23})</.exec(html) ?? [];
  await lead('/address', { code });
}

describe('withdrawal', () => {
  it('is a written notice to print: nothing is entered, whatever is sent', async () => {
    const page = await lead('/withdraw');
    expect(page.status).toBe(200);
    for (const said of [
      '公民投票案提案撤回書',
      '提案人 1,961 人',
      'data-needed="981"',
      '送交中央選舉委員會',
      '公民投票法 §11',
    ])
      expect(page.html).toContain(said);
    expect(page.html).not.toContain('<form');
    const sent = await lead('/withdraw', { agreeing: '1961', proposers: '1961', confirm: 'yes' });
    expect(sent.html).toContain('data-entered="nothing"');
    expect(await bodies('withdrawal')).toEqual([]);
    expect((await house.get('lead', `/en${at('/withdraw')}`)).html).toContain('This page withdraws nothing');
  });

  it('names of the proposers those found valid, and comes too late after the notice to collect', async () => {
    await house.commission('2026-02-12', 'decision', { decides: 'accepted', on: '2026-02-12' });
    await house.commission('2026-03-20', 'decision', { decides: 'conforming', on: '2026-03-20' });
    const sent = { of: 'proposers', on: '2026-03-21', sent: 1_961 };
    await house.commission('2026-03-21', 'check-request', sent);
    const checked = { of: 'proposers', on: '2026-03-30', received: 1_961, valid: 1_955, required: 1_955 };
    await house.commission('2026-03-30', 'check-result', { ...checked, excluded: {} }, 'registry');
    expect((await lead('/withdraw')).html).toContain('data-needed="978"');
    await house.commission('2026-04-01', 'notice-to-collect', { on: '2026-04-01' });
    const page = await lead('/withdraw');
    expect([page.status, page.html.includes('data-law="out-of-order"')]).toEqual([422, true]);
    expect(page.html).toContain('通知領取（連署）前');
    expect(page.html).not.toContain('data-notice');
  });
});

describe('a correction', () => {
  const order = async () => {
    await house.commission('2026-02-12', 'decision', { decides: 'accepted', on: '2026-02-12' });
    const hearing = { step: 'notified', on: '2026-02-20', hearingOn: '2026-03-05', place: '臺北' };
    await house.commission('2026-02-20', 'hearing', hearing);
    const held = { step: 'held', on: '2026-03-05', disputedFacts: [{ fact: '甲', settled: '乙' }] };
    await house.commission('2026-03-05', 'hearing', { ...held, recordings: [] });
    const grounds = [{ ground: 'wording', reasons: { 'zh-Hant-TW': '文字' } }];
    const meeting = { number: '600', date: '2026-03-20' };
    await house.commission('2026-03-20', 'decision', {
      decides: 'correction',
      on: '2026-03-20',
      grounds,
      meeting,
    });
  };
  const text = { mainText: '你是否同意公共圖書館夜間開放？', reasons: '一、便利。\n三、平等。' };

  it('shows its difference, counts and hints, then becomes version 2', async () => {
    await order();
    house.goTo('2026-04-19');
    expect((await lead('/correct')).html).toContain('你是否同意圖書館夜間開放？');
    const preview = await lead('/correct', text);
    expect(preview.html).toContain('data-redline="question"');
    expect(preview.html).toMatch(/<ins>.*公共/s);
    expect(preview.html).toContain('14 字／上限 100');
    expect(await bodies('correction')).toEqual([]);
    expect((await lead('/correct', { ...text, confirm: 'yes' })).html).toContain('data-entered="correction"');
    const [correction] = await bodies('correction');
    const [, version] = await bodies('version');
    expect(correction).toMatchObject({ on: '2026-04-19', version: 2 });
    expect(version?.['textDigest']).toBe(correction?.['textDigest']);
    const file = await house.initiatives.findTextFile(CASE, 2);
    expect(
      createHash('sha256')
        .update(file ?? '')
        .digest('hex'),
    ).toBe(correction?.['textDigest']);
    expect(new TextDecoder().decode(file)).toContain('示範文字，非公告主文\n主文\n你是否同意公共圖書館');
    const again = await lead('/correct', { ...text, confirm: 'yes' });
    expect([again.status, again.html.includes('data-law="out-of-order"')]).toEqual([422, true]);
  });

  it('is published without what is beyond the limit, which the preview shows', async () => {
    await order();
    house.goTo('2026-04-19');
    const mainText = `你是否同意${'字'.repeat(95)}超過的字？`;
    const preview = await lead('/correct', { ...text, mainText });
    expect(preview.html).toMatch(/data-excess="mainText"[^>]*><p><del>超過的字？<\/del>/);
    expect(preview.html).toContain('104 字／上限 100');
    await lead('/correct', { ...text, mainText, confirm: 'yes' });
    const file = await house.initiatives.findTextFile(CASE, 2);
    expect(new TextDecoder().decode(file)).toContain(`${'字'.repeat(95)}\n\n理由書`);
    const [correction] = await bodies('correction');
    expect(correction?.['textDigest']).toBe(
      createHash('sha256')
        .update(file ?? '')
        .digest('hex'),
    );
  });

  it('is refused when nothing changed, when it cannot be signed, and when it is late', async () => {
    await order();
    house.goTo('2026-04-19');
    const same = await lead('/correct', {
      mainText: '你是否同意圖書館夜間開放？',
      reasons: '一、便利。\n二、公平。',
    });
    expect([same.status, same.html.includes('href="#mainText"')]).toEqual([422, true]);
    expect((await lead('/correct', { ...text, mainText: '一\u202e二？' })).status).toBe(422);
    expect((await lead('/correct', { ...text, mainText: 'A123456789 是否？' })).html).toContain('身分證字號');
    house.goTo('2026-04-20');
    const late = await lead('/correct', { ...text, confirm: 'yes' });
    expect(late.html).toContain('data-law="too-late"');
    expect(late.html).toContain('2026-04-19');
    expect(await bodies('correction')).toEqual([]);
  });
});

describe('filing the roster', () => {
  it('is dry-run first, says what filing short means, ends collection, and gives a receipt', async () => {
    await toSigning();
    house.goTo('2026-10-02');
    const dry = await lead('/file');
    expect(dry.html).toContain('data-dry-run="short"');
    const preview = await lead('/file', {});
    expect(preview.html).toContain('不受理');
    expect(preview.html).toContain('公民投票法 §12 IV');
    expect(await bodies('roster-filed')).toEqual([]);
    expect((await lead('/file', { confirm: 'yes' })).html).toContain('data-entered="file"');
    expect(await house.initiatives.findSignable(CASE)).toBe('closed');
    const second = await lead('/file', { confirm: 'yes' });
    expect([second.status, second.html.includes('以一次為限')]).toEqual([422, true]);
    const { html } = await lead('/receipt');
    const filed = (await house.acts()).find(({ kind }) => kind === 'roster-filed');
    const { index: _, ...entry } = filed as unknown as Record<string, JsonValue>;
    const digest = createHash('sha256').update(canonicalJson(entry)).digest('hex');
    expect(html).toContain(digest);
    expect(html).toContain('提出連署人名冊');
  });

  it('is refused after the last day, with abandonment and its bar', async () => {
    await toSigning();
    house.goTo('2026-10-06');
    const late = await lead('/file', { confirm: 'yes' });
    expect(late.html).toContain('data-law="case-ended"');
    expect((await lead('')).html).toContain('data-bar="deemed-abandoned"');
  });
});

describe('the public contact', () => {
  it('is published, replaced by a new one that says so, and holds no ID number', async () => {
    expect((await lead('/contact', { zh: '電話 A123456789', en: 'phone' })).html).toContain('身分證字號');
    expect((await lead('/contact', { zh: '', en: 'phone' })).html).toContain('href="#zh"');
    await lead('/contact', { zh: '電話 02-1', en: 'phone 02-1', confirm: 'yes' });
    await house.sequence();
    expect((await lead('/contact')).html).toContain('電話 02-1');
    await lead('/contact', { zh: '電話 02-2', en: 'phone 02-2', confirm: 'yes' });
    const contacts = (await house.acts()).filter(({ kind }) => kind === 'help-contact');
    expect(contacts.map((one) => 'replaces' in one)).toEqual([false, true]);
    const found = await house.initiatives.findCase(CASE);
    expect(found?.material.facts.filed.helpContact).toEqual({ 'zh-Hant-TW': '電話 02-2', en: 'phone 02-2' });
    expect(contacts[0]).toMatchObject({ basis: '電子連署及查對作業辦法 §4', capacity: 'lead-proposer' });
  });
});

describe('the problem in plain words', () => {
  const words = { zh: '孩子上學要走一小時。', en: 'Children walk an hour to school.', why: '原文有錯字。' };

  it('is amended with a reason; the announced text, and what is signed, stay', async () => {
    const before = await house.initiatives.findCase(CASE);
    expect((await lead('/plain-words', { ...words, why: '' })).html).toContain('href="#why"');
    expect((await lead('/plain-words', words)).html).toContain('公告之文字不變');
    expect((await house.acts()).some(({ kind }) => kind === 'plain-words')).toBe(false);
    await lead('/plain-words', { ...words, confirm: 'yes' });
    const found = await house.initiatives.findCase(CASE);
    expect(found?.material.facts.filed.plainWords).toMatchObject({
      author: 'lead-proposer',
      text: { 'zh-Hant-TW': words.zh, en: words.en },
      amended: { why: { 'zh-Hant-TW': words.why, en: words.why } },
    });
    expect(found?.version).toEqual(before?.version);
    expect(found?.material.facts.filed.at).toBe(before?.material.facts.filed.at);
    const [act] = (await house.acts()).filter(({ kind }) => kind === 'plain-words');
    expect(act).toMatchObject({ capacity: 'lead-proposer', basis: expect.stringContaining('非公告之主文') });
    // The form begins with what stands, and search finds it.
    expect((await lead('/plain-words')).html).toContain(words.zh);
    expect((await house.initiatives.listCases('上學')).map(({ facts }) => facts.caseNumber)).toEqual([CASE]);
  });
});

describe('who may', () => {
  const ACTS = ['/affidavit', '/collect', '/code', '/address', '/file', '/withdraw', '/correct'].concat([
    '/contact',
    '/plain-words',
  ]);
  it('an assistant meets no page of an act', async () => {
    for (const path of ACTS) {
      expect((await house.get('helper', at(path))).status, path).toBe(404);
      expect((await house.post('helper', at(path), { confirm: 'yes' })).status, path).toBe(404);
    }
  });

  it('an assistant sees numbers and materials, and is told what is not theirs', async () => {
    for (const path of ['', '/progress', '/timeline', '/record', '/materials', '/help-desk', '/receipt'])
      expect((await house.get('helper', at(path))).status, path).toBe(200);
    const { html } = await house.get('helper', at(''));
    expect(html).toContain('協助人員身分');
    expect(html).not.toContain(`href="/console/${CASE}/withdraw"`);
    expect((await lead('')).html).toContain(`href="/console/${CASE}/withdraw"`);
  });

  it('a stranger meets no page, and nobody signed in the sign-in page', async () => {
    expect((await house.get('stranger', at(''))).status).toBe(404);
    expect((await house.get(undefined, at(''))).status).toBe(303);
    for (const number of ['9999', 'D99999', 'x', '../x'])
      expect((await house.get('lead', at('', number))).status).toBe(404);
  });
});
