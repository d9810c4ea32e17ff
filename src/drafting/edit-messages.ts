import type { Language } from '../web/index.ts';

const zh = {
  versions: '版本',
  version: (n: number) => `第 ${n} 版`,
  by: '作者',
  lead: '領銜人',
  compare: '比較',
  compareFrom: '較早',
  compareTo: '較晚',
  compareTitle: (a: number, b: number) => `比較第 ${a} 版與第 ${b} 版`,
  compareSame: '兩個版本的內容完全相同。',
  compareHelp: '劃掉的文字只在較早的版本，畫底線的文字只在較晚的版本。沒有列出的欄位相同。',
  export: '匯出文字檔',
  editFrom: '以此版為底稿編輯',
  remove: '刪除草案',
  editTitle: '編輯草案',
  editFromVersion: (n: number) => `以第 ${n} 版為底稿；儲存後成為新的版本，其他版本不變。`,
  save: '儲存為新版本',
  look: '檢視字數與用字（不儲存）',
  unsaved: '已檢視，尚未儲存。',
  hintsFound: (n: number) => (n === 0 ? '沒有提示。' : `有 ${n} 則提示，見下方`),
  optional: '（可不填）',
  choose: '請選擇',
  saved: (n: number) => `已儲存為第 ${n} 版。`,
  unchanged: '內容與最新版本相同，沒有新增版本。',
  nothingWritten: '尚未填寫任何內容，沒有儲存。',
  conflictTitle: (who: string, n: number) => `您編輯時，${who}已儲存第 ${n} 版；您的內容還沒有儲存`,
  conflictText:
    '您輸入的內容都還在下面的表單裡。請看過差異再儲存；儲存後會成為更新的一版，對方的版本不會被覆蓋。',
  conflictKind: {
    theirs: '對方改了，您沒改：已採用對方的文字',
    merged: '兩人改了不同段落：已合併，請確認',
    conflict: '兩人都改了：表單保留您的文字',
  },
  conflictDiff: '由對方的版本到您的文字',
  frozenEdit:
    '這份草案已開始徵求提案人，不能再儲存。您輸入的內容還在下面，可先複製到別處；要修改請複製為新草案。',
  fullVersions: '版本數量已達上限；請複製為新草案後再儲存。您輸入的內容還在下面。',
  faultLong: (label: string, most: number) => `「${label}」最多 ${most} 個字元，請縮短；您輸入的內容都還在。`,
};

type EditMessages = typeof zh;

const en: EditMessages = {
  versions: 'Versions',
  version: (n) => `Version ${n}`,
  by: 'By',
  lead: 'Lead proposer',
  compare: 'Compare',
  compareFrom: 'Earlier',
  compareTo: 'Later',
  compareTitle: (a, b) => `Versions ${a} and ${b} compared`,
  compareSame: 'Both versions say exactly the same.',
  compareHelp:
    'Struck out: only in the earlier version. Underlined: only in the later one. Fields not listed are the same.',
  export: 'Export as text',
  editFrom: 'Edit from this version',
  remove: 'Delete the draft',
  editTitle: 'Edit the draft',
  editFromVersion: (n) => `Starts from version ${n}; saving makes a new version, the others stay.`,
  save: 'Save as a new version',
  look: 'Look at length and wording (do not save)',
  unsaved: 'Looked at, not saved.',
  hintsFound: (n) => (n === 0 ? 'No hints.' : `${n} ${n === 1 ? 'hint' : 'hints'}: see below`),
  optional: ' (optional)',
  choose: 'Please choose',
  saved: (n) => `Saved as version ${n}.`,
  unchanged: 'The text is the same as the newest version; no version was added.',
  nothingWritten: 'Nothing has been written yet, so nothing was saved.',
  conflictTitle: (who, n) => `While you were editing, ${who} saved version ${n}; your text is not saved yet`,
  conflictText:
    'Everything you typed is still in the form below. Look at the differences, then save: yours becomes the next version, and theirs is not overwritten.',
  conflictKind: {
    theirs: 'They changed it, you did not: their text was taken over',
    merged: 'You changed different paragraphs: both were joined, please check',
    conflict: 'Both of you changed it: the form keeps your text',
  },
  conflictDiff: 'From their version to your text',
  frozenEdit:
    'This draft collects proposers by now and cannot be saved. What you typed is still below; to change the text, copy the draft.',
  fullVersions:
    'This draft has reached its limit of versions; copy it into a new draft. What you typed is still below.',
  faultLong: (label, most) => `“${label}” takes at most ${most} characters; what you typed is still there.`,
};

/** What editing, versions and their comparison say. */
export const editMessages = (language: Language): EditMessages => (language === 'en' ? en : zh);
