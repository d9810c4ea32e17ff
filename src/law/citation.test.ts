import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ACT_RULES } from './act-rules.ts';
import { citation } from './citation.ts';
import { RULE_PACKS } from './rule-pack.ts';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));

/** Every platform rule that the house's code cites, as it is recorded. */
const platformRules = (): readonly string[] => {
  const found = new Set<string>();
  for (const name of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }))
    if (/\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
      for (const [, text = ''] of readFileSync(`${SOURCES}${name}`, 'utf8').matchAll(
        /'([^'\n]*平台規則：[^'\n]*)'/g,
      ))
        found.add(text);
  return [...found];
};

it('every platform rule that the code cites can be read in English', () => {
  const rules = platformRules();
  expect(rules.length).toBeGreaterThan(10);
  expect(rules.map((rule) => citation(rule).en).filter((en) => /\p{Script=Han}/u.test(en))).toEqual([]);
});

it('every act of the law can be cited in English', () => {
  const cited = Object.values(ACT_RULES).map((rule) => citation(rule.citation).en);
  expect(cited.filter((en) => /\p{Script=Han}/u.test(en))).toEqual([]);
});

it('every parameter of a rule pack, and every switch that was never entered, can be cited in English', () => {
  const cited = RULE_PACKS.flatMap(({ effectiveFrom, parameters }) => [
    effectiveFrom.citation,
    ...Object.values(parameters).map((parameter) => parameter.citation),
  ]);
  const unswitched = readFileSync(`${SOURCES}switches/switches.ts`, 'utf8').matchAll(
    /'([^'\n]*\p{Script=Han}[^'\n]*)'/gu,
  );
  const all = [...cited, ...[...unswitched].map(([, text = '']) => text)];
  expect(all).toContain('法律未規定；專案預設：不設');
  expect(citation('法律未規定；專案預設：不設').en).toBe('the law is silent; project default: none');
  expect(all.map((one) => citation(one).en).filter((en) => /\p{Script=Han}/u.test(en))).toEqual([]);
});

it('keeps a citation as it is recorded in Chinese, and what it does not know also in English', () => {
  expect(citation('公民投票法 §12 II；平台規則：公卷更名')).toEqual({
    'zh-Hant-TW': '公民投票法 §12 II；平台規則：公卷更名',
    en: 'Referendum Act §12 II; platform rule: the record’s change of name',
  });
  expect(citation('某自治條例 §3').en).toBe('某自治條例 §3');
});
