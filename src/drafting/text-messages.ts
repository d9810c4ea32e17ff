import type { Language } from '../web/index.ts';

const zh = {
  emptyDraft: '還沒有內容。請先編輯並儲存第 1 版。',
  begin: '開始撰寫',
  current: '目前內容',
  hints: '字數與用字檢視',
  hintsNote: '以下為提示，不擋任何步驟：是否符合規定，由主管機關審核。',
  noFindings: '沒有提示。這不代表審核一定通過。',
  moreFindings: (n: number) => `另有 ${n} 則提示，處理上述各則後會再列出。`,
  rule: '規則',
  where: '位置',
  mayBecome: '可能成為補正事由',
  countOf: (counted: string, most: string) => `${counted}／${most} 字`,
  withPunctuation: (n: string) => `含標點 ${n} 字`,
  countNear: '已達上限的 95%。',
  countOverLive: '超過上限；逾字數部分不予公告。',
  countOver: (n: number) => `超過 ${n} 字；逾字數部分不予公告。`,
  countSequences: '含表情符號：計為一字，但不宜使用。',
  countMarks: '哪些字計入',
  countLegend: '有底線的字計入；標點與空白不計入；刪除線為逾上限的部分。',
  countCut: '文字很長，只標示開頭的部分。',
  countBasis: '必要標點不計入，每一外國文字以一字計（文字規定 §8）。',
  like: '相似案件',
  likeNote: '依案名與主文共有的詞語計算；是否為同一事項，由主管機關認定。',
  noLike: '沒有找到相似的案件。',
  likeness: (percent: number) => `相似 ${percent}%`,
  likeShared: '共有詞語',
  likeBar: {
    anyone: (until: string, isLatest = false) =>
      `若屬同一事項，自投票結果公告之日起二年內（${isLatest ? '至遲到' : '至'} ${until}）不得再提。`,
    'the-original-proposers': (until: string) =>
      `若屬同一事項，該案原提案人於 ${until} 以前不得再提；其他人不受限。`,
  },
};

type TextMessages = typeof zh;

const en: TextMessages = {
  emptyDraft: 'Nothing has been written yet. Edit it and save version 1.',
  begin: 'Begin writing',
  current: 'Text as it stands',
  hints: 'Length and wording',
  hintsNote: 'These are hints and stop nothing: whether a text complies is for the Commission to decide.',
  noFindings: 'No hints. That does not promise that it will pass review.',
  moreFindings: (n) => `${n} more; they will be listed once those above are settled.`,
  rule: 'Rule',
  where: 'Where',
  mayBecome: 'May become a ground for correction',
  countOf: (counted, most) => `${counted} of ${most} characters`,
  withPunctuation: (n) => `${n} with punctuation`,
  countNear: '95 per cent of the limit is reached.',
  countOverLive: 'Over the limit; the excess is not published.',
  countOver: (n) => `${n} too many; the excess is not published.`,
  countSequences: 'Holds an emoji: it counts as one, and should not be used.',
  countMarks: 'Which characters count',
  countLegend:
    'Underlined characters count; punctuation and spaces do not; what is struck through is over the limit.',
  countCut: 'The text is very long; only its beginning is marked.',
  countBasis:
    'Necessary punctuation is not counted; each foreign character counts as one (wording regulation §8).',
  like: 'Similar cases',
  likeNote:
    'By the words that title and main text share; whether it is the same matter is for the Commission to decide.',
  noLike: 'No similar case was found.',
  likeness: (percent) => `${percent} % alike`,
  likeShared: 'Words in common',
  likeBar: {
    anyone: (until, isLatest = false) =>
      `If it is the same matter, nobody may propose it within two years of the announced result (${isLatest ? 'at the latest ' : ''}until ${until}).`,
    'the-original-proposers': (until) =>
      `If it is the same matter, the proposers of that case may not propose it until ${until}; others may.`,
  },
};

/** What the pages of a draft’s text, its length and its likes say. */
export const textMessages = (language: Language): TextMessages => (language === 'en' ? en : zh);
