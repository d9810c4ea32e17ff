import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { articlesOf } from './articles-page.ts';
import { lawPages } from './law-pages.ts';
import { RULE_PACKS } from './rule-pack.ts';

const folder = new URL('../../docs/law/packs/', import.meta.url);

it('docs/law/packs is what the packs say: run `node tools/law-docs.ts` after a change', () => {
  const pages = lawPages();
  const inFolder = [...pages.keys()].filter((name) => !name.startsWith('../'));
  expect([...readdirSync(folder)].sort()).toEqual(inFolder.sort());
  for (const [name, page] of pages) expect(readFileSync(new URL(name, folder), 'utf8'), name).toBe(page);
});

it('every value of a newer pack that an older one lacks is unconfirmed there, not absent', () => {
  for (const { id, parameters } of RULE_PACKS)
    for (const [name, parameter] of Object.entries(parameters)) {
      expect(parameter.citation.length, `${id} ${name}`).toBeGreaterThan(2);
      if (parameter.value === undefined) expect(parameter.status, `${id} ${name}`).toBe('unconfirmed');
    }
});

it('reads articles out of citations, of the statute asked for only', () => {
  const citation = '公民投票法 §10 III–IV、§30–32；公民投票法施行細則 §9 II；行政程序法 §§54–66';
  expect(articlesOf('公民投票法', citation)).toEqual([10, 30, 31, 32]);
  expect(articlesOf('公民投票法施行細則', citation)).toEqual([9]);
  expect(articlesOf('公民投票法', '登記之子法 §3')).toEqual([]);
});

it('dates each parameter by the text its article stands in, and none that we do not know', () => {
  const of = (id: string) => RULE_PACKS.find((pack) => pack.id === id)?.parameters;
  const [was, is] = [of('tw.referendum.national@2019-06-21'), of('tw.referendum.national@2025-12-03')];
  expect(was?.voteWindow).toMatchObject({ promulgated: '2019-06-21', effectiveTo: '2025-12-02' });
  expect(is?.voteWindow.promulgated).toBe('2025-12-03');
  expect(is?.voteWindow.effectiveFrom).toBeUndefined();
  expect(is?.petitionMonths).toMatchObject({ promulgated: '2019-06-21', effectiveFrom: '2019-06-21' });
  expect(is?.minimumAgeYears).toMatchObject({ promulgated: '2018-01-03' });
  expect(of('tw.referendum.national@2018-01-03')?.petitionRate.effectiveTo).toBe('2019-06-20');
  expect(is?.retention).toMatchObject({ promulgated: '2020-04-10', effectiveFrom: '2024-04-10' });
  expect(is?.sideRegistrationRate.promulgated).toBeUndefined();
});
