/**
 * The pages of `docs/law/` that a lawyer can check article by article: made from the packs and rules themselves, so
 * that what is documented is what runs. `tools/law-docs.ts` writes them.
 */
import { ACT_RULES } from './act-rules.ts';
import { articlesPage } from './articles-page.ts';
import { rosterPage, wordingPage } from './document-pages.ts';
import { E_PETITION_ARTICLES } from './e-petition-articles.ts';
import { GENERATED, STATUS, table } from './law-markdown.ts';
import type { LegalEventKind } from './legal-event.ts';
import { PARAMETER_LABELS, valueInWords } from './parameter-labels.ts';
import type { ParameterValues } from './parameter-values.ts';
import { RULE_PACKS, type RulePack } from './rule-pack.ts';

/** File name of a pack's page. */
const packFile = (pack: RulePack): string => `${pack.id.replace('@', '-')}.md`;

/** First and last day of a provision, as far as they are known. */
const timeOf = ({
  effectiveFrom,
  effectiveTo,
}: Readonly<{ effectiveFrom?: string; effectiveTo?: string }>): string =>
  [
    effectiveFrom === undefined ? STATUS.unconfirmed : `${effectiveFrom} 起 from`,
    effectiveTo === undefined ? '' : `${effectiveTo} 止 until`,
  ]
    .filter(Boolean)
    .join('<br>');

function packPage(pack: RulePack): string {
  const { title, promulgated, effectiveFrom, effectiveTo, remarks, parameters } = pack;
  const names = Object.keys(PARAMETER_LABELS) as (keyof ParameterValues)[];
  const rows = names.map((name) => {
    const parameter = parameters[name];
    const { value, citation, status, note } = parameter;
    const text = valueInWords(name, value);
    const label = PARAMETER_LABELS[name];
    return [
      `${label['zh-Hant-TW']}<br>${label.en}`,
      text['zh-Hant-TW'] === text.en ? text.en : `${text['zh-Hant-TW']}<br>${text.en}`,
      citation,
      parameter.promulgated ?? STATUS.unconfirmed,
      timeOf(parameter),
      STATUS[status],
      note === undefined ? '' : `${note['zh-Hant-TW']}<br>${note.en}`,
    ];
  });
  return [
    `# ${title['zh-Hant-TW']} ${title.en}`,
    GENERATED,
    table(
      ['', ''],
      [
        ['規則包 pack', `\`${pack.id}\``],
        ['公布日 promulgated', promulgated ?? '未確認 unconfirmed'],
        [
          '施行日 in force from',
          [
            effectiveFrom.value ?? '—',
            STATUS[effectiveFrom.status],
            effectiveFrom.citation,
            effectiveFrom.note === undefined
              ? ''
              : `${effectiveFrom.note['zh-Hant-TW']} ${effectiveFrom.note.en}`,
          ]
            .filter(Boolean)
            .join('；'),
        ],
        ['施行至 until', effectiveTo ?? '現行 in force'],
      ],
    ),
    ...remarks.map((remark) => `> ${remark['zh-Hant-TW']}\n>\n> ${remark.en}`),
    table(
      [
        '參數 parameter',
        '值 value',
        '依據 provision',
        '公布 promulgated',
        '施行 in force',
        '狀態 status',
        '說明 note',
      ],
      rows,
    ),
    '',
  ].join('\n\n');
}

function stagesPage(): string {
  const rows = (Object.keys(ACT_RULES) as LegalEventKind[]).map((kind) => {
    const { name, by, citation, inStages, allowedWhen, inSession } = ACT_RULES[kind];
    return [
      `${name['zh-Hant-TW']}<br>${name.en}<br>\`${kind}\``,
      by.join(', '),
      citation,
      inStages.join(', '),
      `${allowedWhen['zh-Hant-TW']}<br>${allowedWhen.en}`,
      inSession ? '委員會議 in session' : '',
    ];
  });
  return [
    '# 程序：何人、何時、依何規定、得為何事 Acts: who may do what, when, under which provision',
    GENERATED,
    '階段由已發生之行為與日期推得，從不儲存。A stage follows from what happened and the day; it is never stored.',
    table(['行為 act', '何人 by', '依據 provision', '階段 stages', '何時 when', ''], rows),
    '',
  ].join('\n\n');
}

function regulationPage(): string {
  const rows = E_PETITION_ARTICLES.map(({ article, says, here }) => [
    article,
    `${says['zh-Hant-TW']}<br>${says.en}`,
    `${here['zh-Hant-TW']}<br>${here.en}`,
  ]);
  return [
    '# 全國性公民投票電子連署及查對作業辦法 E-petition Regulation, article by article',
    GENERATED,
    '以我們的話摘述；以公報條文為準。In our words; the gazette text decides.',
    table(['條 article', '內容 content', '本平台 here'], rows),
    '',
  ].join('\n\n');
}

function indexPage(): string {
  const rows = RULE_PACKS.map((pack) => [
    `[\`${pack.id}\`](${packFile(pack)})`,
    `${pack.title['zh-Hant-TW']}<br>${pack.title.en}`,
    pack.effectiveFrom.value ?? '未確認 unconfirmed',
    pack.effectiveTo ?? '',
  ]);
  return [
    '# 規則包 Rule packs',
    GENERATED,
    '每案於提出時繫於當時施行之規則包。A case is bound at filing to the pack then in force. [程序 Acts](acts.md) · [電子連署辦法 E-petition Regulation](e-petition-regulation.md) · [逐條索引 Article by article](../articles.md) · [文字規定 Wording regulation](wording-regulation.md) · [紙本名冊 Paper roster](roster-forms.md) · [法規、辦法與系統之差異 Divergences](../divergences.md)',
    table(['規則包 pack', '名稱 title', '施行 from', '至 until'], rows),
    '',
  ].join('\n\n');
}

/** Every generated page by its file name below `docs/law/packs/`; the index by article stands beside that folder. */
export function lawPages(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', indexPage()],
    ['acts.md', stagesPage()],
    ['e-petition-regulation.md', regulationPage()],
    ['wording-regulation.md', wordingPage()],
    ['roster-forms.md', rosterPage()],
    ['../articles.md', articlesPage()],
    ...RULE_PACKS.map((pack) => [packFile(pack), packPage(pack)] as const),
  ]);
}
