/** `docs/law/articles.md`: the Act and its Enforcement Rules, article by article, and what here rests on each. */
import { ACT_RULES } from './act-rules.ts';
import { both, GENERATED, table } from './law-markdown.ts';
import { DELETION_REASONS } from './packs/roster-forms.ts';
import { LINT_BASES } from './packs/wording-regulation.ts';
import { PARAMETER_LABELS } from './parameter-labels.ts';
import type { ParameterValues } from './parameter-values.ts';
import { RULE_PACKS } from './rule-pack.ts';

const STATUTES = {
  公民投票法: '公民投票法 Referendum Act',
  公民投票法施行細則: '公民投票法施行細則 Enforcement Rules',
} as const;
type Statute = keyof typeof STATUTES;

/** Articles of a statute in a citation such as `公民投票法 §10 IX、§12 II；行政程序法 §55`; ranges are told out. */
export function articlesOf(statute: Statute, citation: string): readonly number[] {
  const found = citation
    .split('；')
    .filter((part) => part.startsWith(`${statute} §`))
    .flatMap((part) => [...part.matchAll(/§§?(\d+)(?:–(\d+))?/g)])
    .flatMap(({ 1: first, 2: last = first }) =>
      Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index),
    );
  return [...new Set(found)];
}

type Column = 'parameter' | 'act' | 'other';
type Resting = Readonly<{ column: Column; text: string; citation: string }>;

/** Everything here that cites a provision. */
function everyResting(): readonly Resting[] {
  const names = Object.keys(PARAMETER_LABELS) as (keyof ParameterValues)[];
  const parameters = RULE_PACKS.filter(({ procedure }) => procedure === 'national').flatMap((pack) =>
    names
      .filter((name) => pack.parameters[name].value !== undefined)
      .map((name) => ({ text: both(PARAMETER_LABELS[name]), citation: pack.parameters[name].citation })),
  );
  const acts = Object.entries(ACT_RULES).map(([kind, { name, citation }]) => ({
    text: `${both(name)}<br>\`${kind}\``,
    citation,
  }));
  const hints = Object.values(LINT_BASES).map(({ rule, looksFor, citation }) => ({
    text: `${rule} ${both(looksFor)}`,
    citation,
  }));
  const reasons = Object.entries(DELETION_REASONS).map(([name, { citation }]) => ({
    text: `\`${name}\``,
    citation,
  }));
  return [
    ...parameters.map((each) => ({ column: 'parameter' as const, ...each })),
    ...acts.map((each) => ({ column: 'act' as const, ...each })),
    ...[...hints, ...reasons].map((each) => ({ column: 'other' as const, ...each })),
  ];
}

function statuteTable(statute: Statute, resting: readonly Resting[]): string {
  const articles = new Set(resting.flatMap(({ citation }) => articlesOf(statute, citation)));
  const rows = [...articles]
    .sort((a, b) => a - b)
    .map((article) => {
      const here = resting.filter(({ citation }) => articlesOf(statute, citation).includes(article));
      const listed = (column: Column): string =>
        [...new Set(here.filter((each) => each.column === column).map(({ text }) => text))].join('<br>');
      return [`§${article}`, listed('parameter'), listed('act'), listed('other')];
    });
  return table(
    [
      '條 article',
      '參數 parameters',
      '行為規則 rules of acts',
      '用字檢查與刪除理由 linter and reasons for deletion',
    ],
    rows,
  );
}

/** The page. Articles that nothing here cites are not listed. */
export function articlesPage(): string {
  const resting = everyResting();
  return [
    '# 逐條索引 Article by article',
    GENERATED,
    '哪一參數、哪一規則依據哪一條；未被引用之條文不列；項次見各頁。Which parameter or rule rests on which article; articles that nothing cites are not listed. [規則包 Rule packs](packs/README.md) · [程序 Acts](packs/acts.md) · [電子連署辦法 E-petition Regulation](packs/e-petition-regulation.md) · [文字規定 Wording regulation](packs/wording-regulation.md)',
    ...(Object.keys(STATUTES) as Statute[]).flatMap((statute) => [
      `## ${STATUTES[statute]}`,
      statuteTable(statute, resting),
    ]),
    '',
  ].join('\n\n');
}
