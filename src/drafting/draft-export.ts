/** 匯出: a version as plain text, to be kept, mailed or printed by whoever may read it. Pure. */
import { DRAFT_FIELDS, type DraftField, type DraftText } from './draft-text.ts';

/** The headings stand in Chinese and English: the file is one, whatever language its reader chose. */
const HEADINGS: Readonly<Record<DraftField, string>> = {
  subjectZh: '案名 Title',
  subjectEn: '案名（英文） Title in English',
  matter: '事項種類 Kind of matter',
  mainText: '主文 Main text',
  reasons: '理由書 Statement of reasons',
  problemZh: '問題（白話） The problem in plain words',
  problemEn: '問題（英文） The problem in English',
  mainTextEn: '主文（英譯） Main text, translation',
  reasonsEn: '理由書（英譯） Reasons, translation',
  helpZh: '給連署人的聯絡方式 Contact for signers',
  helpEn: '聯絡方式（英文） Contact in English',
};

const MATTER_NAMES: Readonly<Record<string, string>> = {
  principle: '立法原則之創制 Initiative of a legislative principle',
  statute: '法律之複決 Referendum on a statute',
  'policy-initiative': '重大政策之創制 Initiative on a major policy',
  'policy-referendum': '重大政策之複決 Referendum on a major policy',
};

/** The text file of one version; empty fields are left out. Ends with a newline. */
export function exportText(text: DraftText, version: number, savedAt: string): string {
  const sections = DRAFT_FIELDS.filter((field) => text[field] !== '').map((field) => {
    const value = field === 'matter' ? (MATTER_NAMES[text.matter] ?? '') : text[field];
    return `【${HEADINGS[field]}】\n${value}`;
  });
  const head = `草稿，未公開 Draft, not public\n第 ${version} 版 Version ${version}｜${savedAt}`;
  return `${[head, ...sections].join('\n\n')}\n`;
}
