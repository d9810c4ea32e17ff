/** A case that another body delivers (公民投票法 §§14–16), from the desk to the page, the API and the verifier. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainLaw } from '../../src/law-explain.ts';
import { monitored } from '../builders/monitor.ts';
import { actsIn, newOfficer, type TestOfficer, TICKED } from '../builders/office.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;
let shufen: TestOfficer;
let guoqiang: TestOfficer;
const today = () => new Date(platform.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);

beforeAll(async () => {
  platform = await startPlatform({
    surfaces: ['sequencer', 'public', 'office'],
    env: { LIANSHU_OFFICE_PORT: '0' },
    witnesses: 3,
  });
  shufen = await newOfficer(platform, { label: '承辦甲' });
  guoqiang = await newOfficer(platform, { label: '承辦乙' }, 'EdDSA');
  for (const officer of [shufen, guoqiang]) await officer.signIn();
});
afterAll(() => platform?.close());

const FORM = {
  route: 'legislature',
  'document.number': '台立院議字第1140000001號',
  'document.date': '2026-01-02',
  'subject.zh-Hant-TW': '重啟某設施（虛構）',
  'subject.en': 'Restarting a plant (invented)',
  subjectMatter: 'policy',
  mainText: `你是否同意${'重'.repeat(120)}？`,
  reasonsText: '一、理由。',
};
const form = (more: Readonly<Record<string, string>> = {}) => ({
  on: today(),
  ...FORM,
  'document.date': today(),
  ...more,
});
async function enter(fields: Readonly<Record<string, string>>): Promise<string> {
  const id = await shufen.prepare('', 'delivered', fields);
  for (const officer of [shufen, guoqiang]) expect((await officer.sign(id)).status).toBe(303);
  const { html } = await shufen.browser.get(`/actions/${id}`);
  return /data-receipt="(\d+)"/.exec(html)?.[1] ?? '';
}
const refusedAs = async (fields: Readonly<Record<string, string>>) => {
  const page = await shufen.browser.post('/platform/acts/delivered', { ...TICKED, ...fields });
  return [page.status, /data-law="([\w-]+)"/.exec(page.html)?.[1]];
};

describe('a delivered case', () => {
  let of = '';

  test('is entered by two officers, in the capacity of the body that delivers it, with its whole text', async () => {
    of = await enter(form());
    const acts = await actsIn(platform.database.pool, of);
    expect(acts.map(({ kind }) => kind)).toEqual(['delivered', 'version', 'approval']);
    const file = await (await fetch(`${platform.url}/initiatives/${of}/texts/1.txt`)).text();
    // The limits of §9 are of proposals: nothing is cut here.
    expect(file).toContain('重'.repeat(120));
    expect(acts[0]).toMatchObject({
      capacity: 'legislature',
      body: {
        route: 'legislature',
        document: { number: FORM['document.number'], date: today() },
        textDigest: createHash('sha256').update(file).digest('hex'),
      },
    });
    expect(acts[0]?.body).not.toHaveProperty('consent');
  });

  test('its page says what it is, in both languages, and offers nothing to sign', async () => {
    const page = async (path: string) => (await fetch(`${platform.url}${path}`)).text();
    const zh = await page(`/initiatives/${of}`);
    expect(zh).toContain('由立法院交付，依公民投票法 §15；無連署');
    expect(zh).toContain(FORM['document.number']);
    expect(zh).toContain('交付機關');
    // Nothing of proposals or signing: nobody is asked under §10 VIII, and no statement carries the digest.
    expect(zh).toContain('交付之案不適用公民投票法 §10 VIII');
    expect(zh).not.toContain('每一份連署書');
    expect(zh).toContain('公告投票日');
    expect(zh).not.toContain(`/initiatives/${of}/sign"`);
    const en = await page(`/en/initiatives/${of}`);
    expect(en).toContain(
      'Delivered by the Legislative Yuan under Referendum Act §15; there is nothing to sign',
    );
    const told = (await (await fetch(`${platform.url}/v1/initiatives/${of}`)).json()) as Record<
      string,
      unknown
    >;
    expect(told['delivered']).toMatchObject({ route: 'legislature', basis: { en: 'Referendum Act §15' } });
  });

  test('is explained: nobody proposed or signs it; the vote is to be announced', async () => {
    const lines: string[] = [];
    await explainLaw(
      () => platform.database.url,
      ['explain', of, '--on', today()],
      (line) => lines.push(line),
    );
    const text = lines.join('\n');
    expect(text).toContain('交付 delivered：立法院  legislature（公民投票法 §15）');
    expect(text).toContain('成立  established');
    expect(text).toMatch(/公告投票日 {2}announce the day of the vote/);
    expect(text).not.toContain('提出連署人名冊');
  });

  test('goes on with the announcement of its vote, and with no act of proposal or signing', async () => {
    const { html } = await shufen.browser.get(`/cases/${of}`);
    expect(html).toContain('/acts/vote-announced');
    expect(html).not.toContain('/acts/accepted');
    expect(await platform.running.initiatives.findSignable(of)).toBe('closed');
    const collection = { kind: 'collection', capacity: 'lead-proposer', body: { on: today(), mode: 'code' } };
    expect(await platform.running.initiatives.judge(of, collection as never)).toMatchObject({
      code: 'out-of-order',
    });
  });
});

describe('is refused', () => {
  test('for the executive without the legislature’s consent, for others with one', async () => {
    expect(await refusedAs(form({ route: 'executive' }))).toEqual([422, 'too-early']);
    const consent = { 'consent.number': '台立院議字第2號', 'consent.date': today() };
    expect(await refusedAs(form({ route: 'president', ...consent }))).toEqual([422, 'out-of-order']);
    expect(await enter(form({ route: 'executive', ...consent }))).toMatch(/^\d{4}$/);
  });

  test('on a day to come, or of a paper later than its receipt', async () => {
    expect(await refusedAs(form({ on: '2099-01-01' }))).toEqual([422, 'not-yet-the-day']);
    expect(await refusedAs(form({ 'document.date': '2099-01-01' }))).toEqual([422, 'out-of-order']);
  });

  test('in another capacity than that of the body it names', () => {
    const body = {
      on: today(),
      route: 'legislature',
      document: { number: '1', date: today() },
      subject: { 'zh-Hant-TW': '甲', en: 'A' },
      subjectMatter: 'policy',
      rulePack: 'tw.referendum.national@2025-12-03',
      textDigest: '0'.repeat(64),
    };
    const judge = (capacity: string) =>
      platform.running.initiatives.judgeDelivery({ kind: 'delivered', body, capacity } as never)?.code;
    expect(judge('legislature')).toBeUndefined();
    for (const capacity of ['commission', 'lead-proposer', 'executive', 'president'])
      expect([capacity, judge(capacity)]).toEqual([capacity, 'wrong-capacity']);
  });
});

test('outsiders know the kind, and find it signed by two', async () => {
  const out = await monitored(platform);
  expect(out).not.toMatch(/approval-(missing|wrong)|unknown|malformed|filed-again/);
});
