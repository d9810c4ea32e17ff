/** Generated pages of the documents beside the rule packs: wording regulation and paper roster. */
import type { DocumentLine } from './dated-document.ts';
import { both, documentHead, STATUS, table } from './law-markdown.ts';
import {
  DELETION_REASONS,
  type DeletionReason,
  ROSTER_BINDING,
  ROSTER_FORM,
  ROSTER_SHEET,
  type SheetField,
} from './packs/roster-forms.ts';
import {
  COUNTER_SPECIFICATION,
  COUNTER_VECTORS,
  LINT_BASES,
  type LintBasis,
  WORDING_ARTICLES,
  WORDING_REGULATION,
} from './packs/wording-regulation.ts';
import { NAMES } from './parameter-labels.ts';

const BASES: readonly LintBasis[] = Object.values(LINT_BASES);

const linesTable = (lines: readonly DocumentLine[]): string =>
  table(
    ['內容 content', '依據 provision', '狀態 status'],
    lines.map(({ says, citation, status }) => [both(says), citation, STATUS[status]]),
  );

/** `wording-regulation.md` */
export function wordingPage(): string {
  const articles = WORDING_ARTICLES.map(({ article, says, use, status }) => [
    article,
    both(says),
    both(use),
    [...new Set(BASES.filter(({ articles }) => articles.includes(article)).map(({ rule }) => rule))].join(
      '、',
    ),
    STATUS[status],
  ]);
  return [
    ...documentHead(WORDING_REGULATION),
    '以我們的話摘述；以公報條文為準。In our words; the gazette text decides.',
    table(['條 article', '內容 content', '本平台 here', '用字檢查 linter rules', '狀態 status'], articles),
    '## 用字檢查 Linter',
    '只提示，不阻擋。It warns and never blocks.',
    table(
      ['規則 rule', '檢查 looks for', '依據 provision'],
      BASES.map(({ rule, looksFor, citation }) => [rule, both(looksFor), citation]),
    ),
    '## 字數計算 Counter',
    linesTable(COUNTER_SPECIFICATION),
    table(
      ['文字 text', '字數 count'],
      COUNTER_VECTORS.map(({ text, counted }) => [text === '' ? '（空 empty）' : text, String(counted)]),
    ),
    '',
  ].join('\n\n');
}

const FILLED_BY: Readonly<Record<SheetField['filledBy'], string>> = {
  commission: '中央選舉委員會<br>the Commission',
  signer: '連署人<br>signer',
  'lead-proposer': '領銜人<br>lead proposer',
  registry: '戶政機關<br>household registry',
};

const onMedium = (medium: DeletionReason['paper']): string => {
  if (medium === 'applies') return '✓';
  return medium === 'does-not-apply' ? '—' : both(medium);
};

/** `roster-forms.md` */
export function rosterPage(): string {
  const reasons: readonly (readonly [string, DeletionReason])[] = Object.entries(DELETION_REASONS);
  return [
    ...documentHead(ROSTER_FORM),
    '## 欄位 Fields',
    table(
      ['序 order', '欄位 field', '格 boxes', '分欄 parts', '填寫 filled by', '說明 note'],
      ROSTER_SHEET.map(({ name, boxes, parts, filledBy, note }, index) => [
        String(index + 1),
        both(name),
        boxes === undefined ? '' : String(boxes),
        parts === undefined ? '' : parts.map((part) => `${part['zh-Hant-TW']} ${part.en}`).join('<br>'),
        FILLED_BY[filledBy],
        note === undefined ? '' : both(note),
      ]),
    ),
    '## 裝訂 Binding',
    linesTable(ROSTER_BINDING),
    '## 刪除理由 Reasons for deletion',
    '理由名稱為本平台所定（專案預設）；法定事由只有四款，另有受限制之提案人與重複。Names are the project’s own (project default); the statutory grounds are four, and barred proposers and duplicates beside them.',
    table(
      [
        '理由 reason',
        '事由 ground',
        '公布之類別 published category',
        '紙本 paper',
        '電子 electronic',
        '依據 provision',
      ],
      reasons.map(([name, { ground, category, paper, electronic, citation }]) => [
        `\`${name}\``,
        NAMES[ground] === undefined ? ground : both(NAMES[ground]),
        category === undefined ? STATUS.unconfirmed : both(category),
        onMedium(paper),
        onMedium(electronic),
        citation,
      ]),
    ),
    '',
  ].join('\n\n');
}
