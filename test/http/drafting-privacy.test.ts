/** Whose draft it is: what a stranger, a helper and the lead proposer are answered. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DraftingHouse, draftingHouse, HELPER, LEAD, STRANGER } from '../builders/drafting.ts';

const SECRET = '甲乙丙秘密草案文字';
let house: DraftingHouse;
let draft: string;

beforeAll(async () => {
  house = await draftingHouse();
  draft = await house.begin({ subjectZh: SECRET, mainText: '你是否同意？', reasons: SECRET });
  await house.admit(draft, HELPER);
  await house.post(LEAD, `/drafts/${draft}/comments`, { version: '1', part: 'all', body: SECRET });
});
afterAll(() => house?.close());

const GETS = [
  '',
  '/edit',
  '/versions/1',
  '/versions/1.txt',
  '/compare?a=1&b=1',
  '/comments',
  '/people',
  '/collect',
  '/delete',
];
const POSTS = [
  '/edit',
  '/comments',
  '/comments/AAAAAAAAAAAAAAAA',
  '/people',
  '/people/end',
  '/collect',
  '/copy',
  '/delete',
];

describe('a stranger', () => {
  test.each(GETS)('is told that there is no page GET …%s', async (path) => {
    const real = await house.get(STRANGER, `/drafts/${draft}${path}`);
    const none = await house.get(STRANGER, `/drafts/${'A'.repeat(16)}${path}`);
    expect(real.status).toBe(404);
    expect(real.html).toBe(none.html);
    expect((await house.get(STRANGER, `/en/drafts/${draft}${path}`)).status).toBe(404);
  });

  test.each(POSTS)('does nothing by POST …%s', async (path) => {
    const fields = {
      base: '1',
      act: 'save',
      mainText: '改',
      version: '1',
      state: 'resolved',
      body: 'x',
      label: 'x',
    };
    expect((await house.post(STRANGER, `/drafts/${draft}${path}`, fields)).status).toBe(404);
    expect((await house.get(LEAD, `/drafts/${draft}`)).html).toContain(SECRET);
  });

  test('sees an empty list', async () => {
    expect((await house.get(STRANGER, '/drafts')).html).not.toContain(draft);
    expect((await house.get(HELPER, '/drafts')).html).toContain(draft);
  });

  test('who is not signed in is sent to sign in', async () => {
    for (const path of ['/drafts', `/drafts/${draft}`])
      expect(await house.get(undefined, path)).toMatchObject({ status: 303, location: '/sign-in' });
  });
});

describe('a co-drafter', () => {
  test('reads, edits, comments and exports', async () => {
    for (const path of ['', '/edit', '/versions/1', '/comments', '/people'])
      expect((await house.get(HELPER, `/drafts/${draft}${path}`)).status, path).toBe(200);
    const saved = await house.post(HELPER, `/drafts/${draft}/edit`, {
      base: '1',
      act: 'save',
      subjectZh: SECRET,
      mainText: '你是否同意乙案？',
      reasons: SECRET,
    });
    expect(saved).toMatchObject({ status: 303, location: `/drafts/${draft}?note=saved` });
    const page = await house.get(LEAD, `/drafts/${draft}/versions/2`);
    expect(page.html).toContain('法律組');
    const text = await house.get(HELPER, `/drafts/${draft}/versions/2.txt`);
    expect(text.headers.get('content-disposition')).toContain('attachment');
    expect(text.html).toContain('你是否同意乙案？');
  });

  test.each(['/collect', '/delete'])('has no page %s', async (path) => {
    expect((await house.get(HELPER, `/drafts/${draft}${path}`)).status).toBe(404);
  });

  test.each(['/collect', '/delete', '/copy', '/people', '/people/end'])('cannot POST %s', async (path) => {
    const fields = { version: '2', nameZh: '王', sure: 'yes', label: '乙', account: HELPER.id };
    expect((await house.post(HELPER, `/drafts/${draft}${path}`, fields)).status).toBe(404);
  });

  test('begins no draft: that takes a certificate', async () => {
    expect((await house.post(HELPER, '/drafts')).status).toBe(404);
  });

  test('reads nothing any more once removed', async () => {
    const ended = await house.post(LEAD, `/drafts/${draft}/people/end`, { account: HELPER.id });
    expect(ended.status).toBe(200);
    expect((await house.get(HELPER, `/drafts/${draft}`)).status).toBe(404);
  });
});

describe('an invitation', () => {
  test('is shown once, in an answer that no cache keeps', async () => {
    const page = await house.post(LEAD, `/drafts/${draft}/people`, { label: '美術' });
    expect(page.html).toContain('/invitations/');
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  test.each(['', '  ', '\u0000', '王'.repeat(41), 'A123456789'])(
    'is not made for the label %j',
    async (label) => {
      const page = await house.post(LEAD, `/drafts/${draft}/people`, { label });
      expect(page.status).toBe(422);
      expect(page.html).not.toContain('/invitations/');
    },
  );
});

test('no log line holds a word of a draft, nor its address', () => {
  const log = house.lines.join('');
  expect(house.lines.length).toBeGreaterThan(20);
  expect(log).not.toContain(SECRET);
  expect(log).not.toContain(draft);
  expect(log).not.toContain('/invitations/');
});

test('the public role cannot read drafts', async () => {
  const { rows } = await house.database.pool.query(
    `select has_table_privilege('lianshu_intake', t, 'select') as may
     from unnest(array['draft','draft_version','draft_comment']) as t`,
  );
  expect(rows.map(({ may }) => may)).toEqual([false, false, false]);
});

test('a deleted draft is gone, with its versions and comments', async () => {
  const gone = await house.begin({ subjectZh: '將刪除', mainText: '你是否同意？' });
  await house.post(LEAD, `/drafts/${gone}/comments`, { version: '1', part: 'mainText', body: '意見' });
  expect((await house.get(LEAD, `/drafts/${gone}/delete`)).html).toContain('永久刪除');
  expect(await house.post(LEAD, `/drafts/${gone}/delete`)).toMatchObject({
    status: 303,
    location: '/drafts',
  });
  expect((await house.get(LEAD, `/drafts/${gone}`)).status).toBe(404);
  for (const table of ['draft_version', 'draft_comment']) {
    const { rows } = await house.database.pool.query(
      `select count(*)::int as n from ${table} where draft = $1`,
      [gone],
    );
    expect(rows[0].n, table).toBe(0);
  }
});
