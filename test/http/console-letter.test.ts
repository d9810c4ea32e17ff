/** The list of deleted proposers is the lead proposer's alone: whoever else asks meets no such page. */
import { cast } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accountOf,
  enrolMember,
  makeLead,
  signedInLead,
  signInByCard,
  WorkspaceBrowser,
} from '../builders/workspace.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
const OTHER = '9902';
const LETTER = 'age-encryption.org/v1: sealed to the lead proposer';
const [PAGE, FILE] = [`/console/${CASE}/deleted`, `/console/${CASE}/deleted/letter.age`];

let platform: TestPlatform;
let lead: WorkspaceBrowser;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['sequencer', 'workspace'] });
  await platform.openCase(CASE);
  await platform.openCase(OTHER);
  lead = await signedInLead(platform, cast.zhiming);
  await makeLead(platform, await accountOf(platform, lead), CASE);
});
afterAll(() => platform?.close());

/** As a finished check leaves it. */
const leaveLetter = () =>
  platform.database.pool.query(
    `insert into proposer_check
       (id, initiative, round, digest, required, entries, paper, prepared_at, result, voids, deleted, letter, finished_at)
     values (repeat('0', 32), $1, 1, repeat('0', 64), 1, '[]', '[]', now(), '{}', '[]', '[]', $2, now())`,
    [CASE, Buffer.from(LETTER)],
  );

describe('the lead proposer', () => {
  test('gives a key where the console leads, before there is a list', async () => {
    const overview = await lead.get(`/console/${CASE}`);
    expect(overview.html).toContain(`href="${PAGE}"`);
    expect(overview.html).not.toContain('data-letter');
    const page = await lead.get(PAGE);
    expect(page.html).toContain('目前沒有刪除名單');
    expect(page.html).toContain(`href="/console/${CASE}"`);
    expect((await lead.get(FILE)).status).toBe(404);
  });

  test('is told of the list, in both languages, and takes it', async () => {
    await leaveLetter();
    expect((await lead.get(`/console/${CASE}`)).html).toContain('有一份刪除名單給您');
    const english = await lead.get(`/en/console/${CASE}`);
    expect(english.html).toContain('A list of deleted proposers is here for you');
    expect(english.html).toContain('Referendum Enforcement Rules §9');
    expect((await lead.get(`/en${PAGE}`)).html).toContain(`href="/en${FILE}"`);
    expect([(await lead.get(FILE)).status, (await lead.get(FILE)).html]).toEqual([200, LETTER]);
  });
});

describe('nobody else', () => {
  const expectNothing = async (browser: WorkspaceBrowser, status: 303 | 404) => {
    for (const path of [PAGE, FILE, `/en${PAGE}`, `/en${FILE}`]) {
      const page = await browser.get(path);
      expect([path, page.status, page.html.includes('age-encryption')]).toEqual([path, status, false]);
    }
    const key = await browser.post(PAGE, { recipient: 'age1wrong' });
    expect(key.status).toBe(status);
  };

  test('who is not signed in', () => expectNothing(new WorkspaceBrowser(platform), 303));

  test('the lead proposer of another case', async () => {
    const stranger = await signedInLead(platform, cast.meiling);
    await makeLead(platform, await accountOf(platform, stranger), OTHER);
    await expectNothing(stranger, 404);
    expect((await stranger.get(`/console/${OTHER}`)).html).not.toContain('data-letter');
  });

  test.each(['assistant', 'co-drafter'])('an invited %s of this very case', async (mandate) => {
    const invited = await lead.post(`/members/${CASE}`, { label: `人員 ${mandate}`, mandate, until: '' });
    const [, link = ''] = /<code class="break">([^<]+)<\/code>/.exec(invited.html) ?? [];
    const helper = await enrolMember(platform, link);
    expect((await helper.signIn()).status).toBe(303);
    const overview = await helper.browser.get(`/console/${CASE}`);
    expect([
      overview.status,
      overview.html.includes('/deleted'),
      overview.html.includes('data-letter'),
    ]).toEqual([200, false, false]);
    await expectNothing(helper.browser, 404);
  });

  test('somebody who led the case no longer', async () => {
    const former = new WorkspaceBrowser(platform);
    expect((await signInByCard(platform, former, cast.zhiming)).status).toBe(303);
    await platform.database.pool.query(
      "update account_mandate set ended_at = now() where scope = $1 and mandate = 'lead'",
      [CASE],
    );
    await expectNothing(former, 404);
  });
});
