/** Searching on the public home page, with the narrow database role of the public process. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { indexCaseTitle } from '../../src/initiatives/index.ts';
import { importPastCases } from '../../src/past-cases/index.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['sequencer', 'public'] });
  await platform.openCase('9901');
  await platform.running.initiatives.file({
    caseNumber: '9902',
    filed: {
      subject: { 'zh-Hant-TW': '野溪護岸', en: 'Stream banks' },
      leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
      subjectMatter: 'principle',
      rulePack: 'tw.referendum.national@2025-12-03',
      origin: 'here',
      isInvented: true,
    },
    text: {
      heading: [],
      mainText: '你是否同意立法規定護岸應採生態工法？',
      reasons: ['一、臺灣鏟頷魚棲地逐年縮減。'],
    },
  });
});
afterAll(() => platform?.close());

const casesFor = async (query: string, language = '') => {
  const response = await fetch(`${platform.running.url}${language}/?${new URLSearchParams({ q: query })}`);
  expect(response.status).toBe(200);
  return [...(await response.text()).matchAll(/href="(?:\/en)?\/initiatives\/(\d{4})"/g)].map(([, n]) => n);
};

test.each([
  ['鏟頷魚', ['9902']],
  ['台灣鏟頷魚', ['9902']],
  ['生態工法', ['9902']],
  ['野溪', ['9902']],
  ['Stream', ['9902']],
  ['9901', ['9901']],
  ['沒有這種字', []],
  ['%_\'"<>', []],
])('%s is found in title, main text and reasons', async (query, cases) => {
  expect(await casesFor(query)).toEqual(cases);
  expect(await casesFor(query, '/en')).toEqual(cases);
});

test('votes held elsewhere are found by title and number, listed, and told as such', async () => {
  const page = async (path: string) => (await fetch(`${platform.running.url}${path}`)).text();
  for (const language of ['', '/en'])
    expect(await page(`${language}/past-cases`)).toContain(
      language === '' ? '這裡還沒有歷次公投的資料' : 'No past referendums are held here yet',
    );
  const past = {
    number: 20,
    voteOn: '2021-12-18',
    title: '溪流保育（測試）',
    leadProposer: '某人（虛構）',
    yes: 300n,
    no: 400n,
    invalid: 10n,
    electors: 1000n,
    turnout: 7100,
    passed: false,
    source: 'https://source.invalid/a',
  };
  await importPastCases({ db: platform.database.db, clock: platform.clock, index: indexCaseTitle }, [past]);
  for (const query of ['溪流保育', '20']) {
    const found = await page(`/?${new URLSearchParams({ q: query })}`);
    expect(found, query).toContain('data-past-case="20"');
    expect(found).toContain('找到 1 案');
  }
  expect(await page('/')).not.toContain('data-past-case');
  const listed = await page('/en/past-cases');
  expect(listed).toContain('id="case-20"');
  expect(listed).toContain('300 yes votes, 250 needed; not more yes than no');
  expect(listed).toContain('href="https://source.invalid/a"');
  const told = (await (await fetch(`${platform.running.url}/v1/past-cases`)).json()) as {
    pastCases: unknown[];
  };
  expect(told.pastCases).toMatchObject([
    { number: 20, passed: false, rule: { needed: 250, hasMajority: false } },
  ]);
});
