import type { Localised } from '../web/index.ts';
import type { DraftField, Matter } from './draft-text.ts';

/** What each field is called, and what to write there. */
export const FIELD_LABELS: Readonly<Record<DraftField, Localised>> = {
  subjectZh: { 'zh-Hant-TW': '案名', en: 'Title (Chinese)' },
  subjectEn: { 'zh-Hant-TW': '案名（英文）', en: 'Title (English)' },
  matter: { 'zh-Hant-TW': '事項種類', en: 'Kind of matter' },
  mainText: { 'zh-Hant-TW': '主文', en: 'Main text (Chinese)' },
  reasons: { 'zh-Hant-TW': '理由書', en: 'Statement of reasons (Chinese)' },
  problemZh: { 'zh-Hant-TW': '想解決的問題（白話）', en: 'The problem in plain words (Chinese)' },
  problemEn: { 'zh-Hant-TW': '想解決的問題（英文）', en: 'The problem in plain words (English)' },
  mainTextEn: { 'zh-Hant-TW': '主文英譯', en: 'Main text, English translation' },
  reasonsEn: { 'zh-Hant-TW': '理由書英譯', en: 'Reasons, English translation' },
  helpZh: { 'zh-Hant-TW': '給連署人的聯絡方式', en: 'Contact for signers (Chinese)' },
  helpEn: { 'zh-Hant-TW': '給連署人的聯絡方式（英文）', en: 'Contact for signers (English)' },
};

export const FIELD_HINTS: Readonly<Partial<Record<DraftField, Localised>>> = {
  subjectZh: {
    'zh-Hant-TW': '一行的簡稱，公開頁面以此稱呼本案。',
    en: 'One line by which public pages will call it.',
  },
  matter: {
    'zh-Hant-TW': '公投法 §2 II；預算、租稅、薪俸及人事不得提案。',
    en: 'Referendum Act §2 II; budget, tax, pay and personnel are excluded.',
  },
  mainText: {
    'zh-Hant-TW': '一個能以「同意」或「不同意」作答的疑問句，上限 100 字。具效力者為中文。',
    en: 'One question that can be answered by 同意 or 不同意; at most 100 characters. Only the Chinese text has effect.',
  },
  reasons: {
    'zh-Hant-TW': '每段一行，上限 2,000 字。',
    en: 'One paragraph a line; at most 2,000 characters.',
  },
  problemZh: {
    'zh-Hant-TW': '讓沒看過法條的人也能懂；公開時標示為領銜人所寫。',
    en: 'For readers who know no statute; marked as the lead proposer’s words.',
  },
  mainTextEn: { 'zh-Hant-TW': '僅供參考。', en: 'For information only.' },
  helpZh: {
    'zh-Hant-TW': '領銜人應向連署人提供諮詢（電子連署辦法 §4）。請用公務電話或信箱；將公開。',
    en: 'The lead proposer owes signers advice (E-petition Regulation §4). Use an office number or mailbox; it becomes public.',
  },
};

export const MATTER_LABELS: Readonly<Record<Matter, Localised>> = {
  principle: { 'zh-Hant-TW': '立法原則之創制', en: 'Initiative of a legislative principle' },
  statute: { 'zh-Hant-TW': '法律之複決', en: 'Referendum on a statute' },
  'policy-initiative': { 'zh-Hant-TW': '重大政策之創制', en: 'Initiative on a major policy' },
  'policy-referendum': { 'zh-Hant-TW': '重大政策之複決', en: 'Referendum on a major policy' },
};

/** 公投法 §10 III: what a finding might become. */
export const GROUND_LABELS: Readonly<Record<string, Localised>> = {
  matter: { 'zh-Hant-TW': '非公投事項（§10 III ①）', en: 'not a referendum matter (§10 III ①)' },
  wording: { 'zh-Hant-TW': '違反文字規定（§10 III ②）', en: 'against the wording regulation (§10 III ②)' },
  'indigenous-or-multiple': {
    'zh-Hant-TW': '違反 §1 II 或一案一事項（§10 III ③）',
    en: 'against §1 II, or more than one matter (§10 III ③)',
  },
  'frozen-matter': {
    'zh-Hant-TW': '二年內同一事項（§10 III ④）',
    en: 'same matter within two years (§10 III ④)',
  },
  'unclear-intent': { 'zh-Hant-TW': '不能瞭解提案真意（§10 III ⑤）', en: 'true meaning unclear (§10 III ⑤)' },
};
