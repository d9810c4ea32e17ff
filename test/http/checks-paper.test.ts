/** 紙本提案人: two officers sign exact sheets; a wrong count by hand is replaced by an entry that says why. */
import { citizen } from '@lianshu/simulators';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type CheckHouse, startCheckHouse } from '../builders/check-house.ts';
import { openDraft, PROPOSERS_NEEDED } from '../builders/draft.ts';
import { TICKED } from '../builders/office.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let house: CheckHouse;
let draft: string;

beforeAll(async () => {
  house = await startCheckHouse();
  draft = await openDraft(house.platform);
});
afterAll(() => house?.close());

test('sheets that changed under a batch are not entered, and the page says so', async () => {
  const { officers } = house;
  await house.typeSheet(draft, citizen(3_020), 20);
  const { location = '' } = await officers[0].browser.post(`/rolls/${draft}/paper/batch`, {});
  const id = location.split('/').at(-1) ?? '';
  expect((await officers[0].sign(id)).status).toBe(303);
  const { pool } = house.platform.database;
  const change = async (sheet: number) => {
    await pool.query('alter table paper_proposer disable trigger paper_proposer_is_fixed');
    await pool.query('update paper_proposer set sheet = $2 where initiative = $1 and sheet = $3', [
      draft,
      sheet,
      sheet === 21 ? 20 : 21,
    ]);
    await pool.query('alter table paper_proposer enable trigger paper_proposer_is_fixed');
  };
  await change(21);
  const refused = await officers[1].sign(id);
  expect([refused.status, /data-law="([\w-]+)"/.exec(refused.html)?.[1]]).toEqual([409, 'changed-since']);
  expect((await house.platform.running.proposals.standing(draft))?.paper).toBe(0);
  await change(20);
  expect((await officers[1].sign(id)).status).toBe(303);
  expect((await house.platform.running.proposals.standing(draft))?.paper).toBe(1);
});

test('a wrong count by hand is replaced by an entry that says why; nothing is overwritten', async () => {
  const { officers } = house;
  await house.enter(draft, 'paper-proposers', { count: '19555', includesLead: 'no' });
  await house.published();
  const bytes = async () =>
    (
      await house.platform.database.pool.query<{ seq: string; body: Buffer }>(
        `select seq, body from entry where initiative = $1 and kind = 'paper-proposers' order by seq`,
        [draft],
      )
    ).rows;
  const before = await bytes();
  const [batch, wrong] = before.map(({ seq }) => seq);
  const page = await officers[0].browser.get('/platform');
  expect(page.html).toContain(`/drafts/${draft}/acts/paper-proposers?replaces=${wrong}`);
  expect(page.html).not.toContain(`?replaces=${batch}"`);
  const mend = (
    replaces = '',
    more: Readonly<Record<string, string>> = { 'why.zh-Hant-TW': '誤植一位數字' },
  ) =>
    officers[0].browser.post(`/drafts/${draft}/acts/paper-proposers`, {
      ...TICKED,
      ...{ on: house.today(), count: String(PROPOSERS_NEEDED), includesLead: 'no', replaces },
      ...more,
    });
  expect((await mend(wrong, {})).status).toBe(422);
  const { location } = await mend(wrong);
  await house.bothSign(location);
  await house.published();
  const after = await bytes();
  expect(after.slice(0, before.length)).toEqual(before);
  expect(JSON.parse(Buffer.from(after.at(-1)?.body ?? []).toString())).toMatchObject({
    replaces: Number(wrong),
    why: { 'zh-Hant-TW': '誤植一位數字' },
    body: { count: PROPOSERS_NEEDED },
  });
  expect((await house.platform.running.proposals.standing(draft))?.paper).toBe(1 + PROPOSERS_NEEDED);
  // Neither the one that was replaced, nor a batch: its sheets are part of the roster.
  for (const index of [wrong, batch]) {
    const again = /^\/actions\/([\w-]{16})$/.exec((await mend(index)).location ?? '')?.[1] ?? '';
    await officers[0].sign(again);
    const refused = await officers[1].sign(again);
    expect(refused.status, index).toBe(409);
    expect(await bytes()).toEqual(after);
  }
});
