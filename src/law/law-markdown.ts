/** How the generated pages of `docs/law/` are written. */
import type { DatedDocument } from './dated-document.ts';
import type { Localised } from './localised.ts';
import type { ParameterStatus } from './parameter.ts';

/** How sure we are of a value, in both languages; nothing where it was read from the text. */
export const STATUS: Readonly<Record<ParameterStatus, string>> = {
  confirmed: '',
  unconfirmed: '未確認 unconfirmed',
  'project-default': '專案預設 project default',
};

/** Stands below the title of every generated page. */
export const GENERATED =
  '<!-- Generated from src/law by `node tools/law-docs.ts`. Change the packs, not this page. -->';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** A Markdown table. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

/** Both languages in one cell, the Chinese first. */
export const both = (text: Localised): string =>
  text['zh-Hant-TW'] === text.en ? text.en : `${text['zh-Hant-TW']}<br>${text.en}`;

/** Title, dates and remarks of a document. */
export function documentHead(document: DatedDocument): readonly string[] {
  const { id, title, version, promulgated, effectiveFrom, effectiveTo, remarks } = document;
  return [
    `# ${title['zh-Hant-TW']} ${title.en}`,
    GENERATED,
    table(
      ['', ''],
      [
        ['文件 document', `\`${id}\``],
        ['版本 version', both(version)],
        ['發布日 promulgated', promulgated ?? STATUS.unconfirmed],
        [
          '施行日 in force from',
          [
            effectiveFrom.value ?? '—',
            STATUS[effectiveFrom.status],
            effectiveFrom.note === undefined ? '' : both(effectiveFrom.note),
          ]
            .filter(Boolean)
            .join('；'),
        ],
        ['施行至 until', effectiveTo ?? STATUS.unconfirmed],
      ],
    ),
    ...remarks.map((remark) => `> ${remark['zh-Hant-TW']}\n>\n> ${remark.en}`),
  ];
}
