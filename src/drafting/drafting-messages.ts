import type { Language } from '../web/index.ts';
import { collectMessages } from './collect-messages.ts';
import { editMessages } from './edit-messages.ts';
import { peopleMessages } from './people-messages.ts';
import { textMessages } from './text-messages.ts';

const zh = {
  ...collectMessages('zh-Hant-TW'),
  ...editMessages('zh-Hant-TW'),
  ...peopleMessages('zh-Hant-TW'),
  ...textMessages('zh-Hant-TW'),
  listTitle: '草案',
  listLede: '草案只有您和您邀請的人看得到；開始徵求提案人之前，沒有任何內容公開。',
  newDraft: '新增草案',
  newDraftNote: '以自然人憑證登入者，可擔任領銜人並新增草案。',
  none: '目前沒有草案。',
  untitled: '（尚無案名）',
  yourRole: { lead: '您是領銜人', 'co-drafter': '您是協作者' },
  versionCount: (n: number) => (n === 0 ? '尚未儲存' : `第 ${n} 版`),
  savedAt: '儲存',
  collecting: (number: string) => `已凍結，草案編號 ${number}`,
  full: '草案數量已達上限（50 件），請先刪除不需要的草案。',
  navLabel: '這份草案',
  navText: '內容與檢視',
  navEdit: '編輯',
  navComments: (open: number) => (open === 0 ? '意見' : `意見（${open} 則待處理）`),
  navPeople: '參與者',
  navCollect: '徵求提案人',
  private: '未公開：只有這份草案的參與者看得到。',
  frozen: (number: string) => `這份草案已開始徵求提案人，文字不能再更動。公開編號為 ${number}。`,
  frozenLink: '公開的草案頁',
  console: '領銜人專區：進度、海報與提出',
  copy: '複製為新草案',
  copyNote: '要修改文字，請複製為新草案，再以新的編號重新徵求；已簽署者簽的是原來的文字。',
  copiedFrom: '複製自另一份草案。',
  deleteTitle: '刪除草案',
  deleteText: '將刪除所有版本、意見與參與者的權限。這份草案從未公開，刪除後無法復原，也不留任何紀錄。',
  deleteButton: '永久刪除',
  deleteFrozen: '已開始徵求提案人的草案不能刪除：它的文字已經公開。',
  back: '返回',
  outTitle: '您已登出，內容還沒有儲存',
  outText: '閒置太久或已在別處登出。您輸入的內容都在下面：請先在新分頁登入，再回到這一頁重新送出。',
  outSignIn: '在新分頁登入',
  outAgain: '重新送出',
  invented: '示範：徵求時會標示為虛構。',
};

type Messages = typeof zh;

const en: Messages = {
  ...collectMessages('en'),
  ...editMessages('en'),
  ...peopleMessages('en'),
  ...textMessages('en'),
  listTitle: 'Drafts',
  listLede:
    'Only you and the people you invite can see a draft; nothing is public before it collects proposers.',
  newDraft: 'New draft',
  newDraftNote: 'Whoever signed in with a citizen certificate may lead a proposal and begin a draft.',
  none: 'There are no drafts.',
  untitled: '(no title yet)',
  yourRole: { lead: 'You lead it', 'co-drafter': 'You help to draft it' },
  versionCount: (n) => (n === 0 ? 'Not saved yet' : `Version ${n}`),
  savedAt: 'Saved',
  collecting: (number) => `Frozen, draft number ${number}`,
  full: 'You have reached the limit of 50 drafts. Please delete one first.',
  navLabel: 'This draft',
  navText: 'Text and hints',
  navEdit: 'Edit',
  navComments: (open) => (open === 0 ? 'Comments' : `Comments (${open} open)`),
  navPeople: 'People',
  navCollect: 'Collect proposers',
  private: 'Not public: only the people of this draft can see it.',
  frozen: (number) =>
    `This draft collects proposers and its text may not change. Its public number is ${number}.`,
  frozenLink: 'Public page of the draft',
  console: 'Lead proposer’s console: progress, posters, filing',
  copy: 'Copy into a new draft',
  copyNote:
    'To change the text, copy it into a new draft and collect again under a new number; those who signed, signed the text as it was.',
  copiedFrom: 'Copied from another draft.',
  deleteTitle: 'Delete the draft',
  deleteText:
    'All its versions, its comments and the access of its people will be deleted. It was never public; this cannot be undone and leaves no trace.',
  deleteButton: 'Delete for good',
  deleteFrozen: 'A draft that collects proposers cannot be deleted: its text is public.',
  back: 'Back',
  outTitle: 'You are signed out and nothing was saved yet',
  outText:
    'The session was idle for too long or was ended elsewhere. Everything you typed is below: sign in on a new tab, then come back to this page and send it again.',
  outSignIn: 'Sign in on a new tab',
  outAgain: 'Send again',
  invented: 'Demonstration: it will be marked as invented.',
};

/** The words of this module's pages: here those of every page, of the list and of a draft's end; the rest by page. */
export const draftingMessages = (language: Language): Messages => (language === 'en' ? en : zh);
