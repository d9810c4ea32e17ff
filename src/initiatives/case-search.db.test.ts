/** Finding cases by words of their public texts, and cases like a question; the 21 historic ones among them. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { importPastCases, readPastCases } from '../past-cases/index.ts';
import { publicRecord } from '../record/index.ts';
import { indexCaseTitle } from './case-grams-store.ts';
import { type CaseSearch, createCaseSearch } from './case-search.ts';
import { createInitiatives, type Initiatives } from './initiatives.ts';
import { INITIATIVE_KINDS } from './initiatives-record.ts';

const HISTORIC = new URL('../../../shared/data/referendum-cases.csv', import.meta.url);
let database: WorkerDatabase;
let initiatives: Initiatives;
let search: CaseSearch;

const filing = (
  caseNumber: string,
  title: string,
  mainText: string,
  reasons: readonly string[] = ['一、理由。'],
) => ({
  caseNumber,
  filed: {
    subject: { 'zh-Hant-TW': title, en: `Case ${caseNumber}` },
    leadProposer: { 'zh-Hant-TW': '示例（虛構）', en: 'Invented' },
    subjectMatter: 'principle' as const,
    rulePack: 'tw.referendum.national@2025-12-03',
    origin: 'here' as const,
    isInvented: true,
  },
  text: { heading: [], mainText, reasons },
});

beforeAll(async () => {
  database = await workerDatabase();
  const { db } = database;
  const clock = { nowMs: () => Date.parse('2026-02-10T10:00:00+08:00') };
  const record = publicRecord(INITIATIVE_KINDS);
  initiatives = createInitiatives({ db, clock, record, logUrl: '', publishedCount: async () => undefined });
  search = createCaseSearch({ db });
  await initiatives.file(
    filing('9501', '學校午餐', '你是否同意立法規定學校午餐應於校內廚房現場烹調？', ['一、營養師應駐校。']),
  );
  await initiatives.file(
    filing('9502', '人行道', '你是否同意立法規定國民小學周邊三百公尺內之道路，應設置連續之人行道？'),
  );
  await initiatives.file(filing('9503', '核四', '您是否同意臺灣之核能四廠啟封商轉發電？'));
});
afterAll(() => database?.drop());

const found = async (query: string) => (await search.find(query)).map(({ caseNumber }) => caseNumber);

describe('finding words', () => {
  test.each([
    ['午餐', ['9501']],
    ['營養師', ['9501']],
    ['人行道', ['9502']],
    ['台灣', ['9503']],
    ['臺灣', ['9503']],
    ['廚', ['9501']],
    ['Case 9502', ['9502']],
    ['應於校內廚房烹調', ['9501']],
    ['太空', []],
    ['', []],
    ['？！', []],
    ["'; drop table entry; --", []],
  ])('%j', async (query, cases) => expect(await found(query)).toEqual(cases));

  test('tells in which part, the whole phrase first', async () => {
    expect((await search.find('營養師'))[0]?.parts).toEqual(['reasons']);
    expect((await search.find('立法規定')).map(({ share }) => share)).toEqual([1, 1]);
  });

  test('the home page finds words inside main text and reasons, in the order of the case numbers', async () => {
    const listed = async (query: string) =>
      (await initiatives.listCases(query)).map(({ facts }) => facts.caseNumber);
    expect(await listed('營養師')).toEqual(['9501']);
    expect(await listed('立法規定')).toEqual(['9501', '9502']);
    expect(await listed('9503')).toEqual(['9503']);
    expect(await listed('')).toEqual(['9501', '9502', '9503']);
  });

  test('texts from before there was an index are found after it was made', async () => {
    await database.pool.query('delete from case_grams');
    expect(await found('營養師')).toEqual([]);
    await initiatives.indexTexts();
    expect(await found('營養師')).toEqual(['9501']);
    expect(await found('Case 9502')).toEqual(['9502']);
    await initiatives.indexTexts();
  });

  test('a very long query is bounded', async () => {
    expect(await found('無關'.repeat(50_000))).toEqual([]);
  });
});

describe('cases like a question', () => {
  test('what every question says makes none alike', async () => {
    expect(await search.similar('你是否同意？', 5)).toEqual([]);
    expect(await search.similar('', 5)).toEqual([]);
  });

  test('the same matter in other words comes first, with the words in common', async () => {
    const [first, second] = await search.similar('核四商轉\n你是否同意核能四廠應啟封發電？', 5);
    expect(first?.caseNumber).toBe('9503');
    expect(first?.shared).toContain('核能四廠');
    expect(first?.likeness).toBeGreaterThan(0.4);
    expect(second?.likeness ?? 0).toBeLessThan(0.2);
  });

  test.skipIf(!existsSync(HISTORIC) && !process.env['CI'])(
    'past cases, once imported, are found by their titles and beside a question of the same matter',
    async () => {
      const read = readPastCases(readFileSync(HISTORIC));
      const cases = read.ok ? read.cases : [];
      expect(cases).toHaveLength(21);
      const clock = { nowMs: () => Date.parse('2026-02-10T10:00:00+08:00') };
      await importPastCases({ db: database.db, clock, index: indexCaseTitle }, cases);
      for (const { number, title } of cases) {
        expect(await found(title), title).toContain(String(number));
        const alike = await search.similar(`${title}\n你是否同意${title}？`, 3);
        expect(
          alike.map(({ caseNumber }) => caseNumber),
          title,
        ).toContain(String(number));
      }
      expect(await found('核四')).toEqual(expect.arrayContaining(['17', '9503']));
      const [first] = await search.similar('你是否同意核能三廠經安全審查後延役？', 3);
      expect(first).toMatchObject({ caseNumber: '21', shared: ['延役'] });
      expect(
        (await initiatives.listCases('核四')).map(({ facts }) => facts.caseNumber),
        'the list holds cases of this platform only',
      ).toEqual(['9503']);
    },
  );
});
