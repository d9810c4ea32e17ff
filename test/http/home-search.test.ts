/** Searching on the public home page, with the narrow database role of the public process. */
import { afterAll, beforeAll, expect, test } from 'vitest';
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
