import type { Language } from '../web/index.ts';

const zh = {
  title: '以電子郵件追蹤本案',
  lede: '案件進入新階段、有權責機關逾期、或有結果時，寄一封純文字信給您。不寄其他任何信。',
  address: '電子郵件地址',
  addressHint: '確認信會寄到這裡；24 小時內按下信中的確認，才開始寄送。',
  addressError: '請輸入完整的電子郵件地址，例如 name@example.tw。',
  consent: '我同意本平台依下列說明使用我的電子郵件地址。',
  consentError: '未勾選同意，我們不能使用您的地址。',
  submit: '寄確認信給我',
  noticeTitle: '我們怎麼使用這個地址（個人資料保護法第 8 條）',
  notice: [
    ['誰', '本平台之營運者。'],
    ['為了什麼', '寄送您指定之公投案的進展，不作其他用途。'],
    ['什麼資料', '電子郵件地址與您追蹤的案號。以金鑰加密保存；不與連署資料相連，也不會寫入公卷。'],
    ['多久', '您停止時立即刪除；案件終結並寄出結果後刪除；未確認者 24 小時後刪除。'],
    ['給誰', '只經由寄送郵件的伺服器；不提供給領銜人、主管機關或任何第三人。'],
    ['您可以', '隨時以信中的連結一步停止並刪除。不追蹤也能在網頁、行事曆與訂閱來源讀到同樣的內容。'],
  ],
  apart: '追蹤與連署是兩件事：追蹤不代表支持，也不會記錄您是否連署。',
  askedTitle: '請到信箱確認',
  askedText: '若這個地址可以收信，確認信會在幾分鐘內寄達。按下信中的確認之前，不會再寄任何信。',
  askedHint: '沒收到？請檢查垃圾郵件匣；同一地址一天內只寄幾封，請明天再試。',
  confirmTitle: '確認追蹤本案',
  confirmText: '按下確認後，案件有進展時會寄信到您的地址。',
  confirmButton: '確認追蹤',
  confirmedTitle: '已開始追蹤',
  confirmedText: '有進展時會寄信給您。每封信裡都有一步停止的連結。',
  stopTitle: '停止追蹤本案',
  stopText: '按下停止後，您的地址立即刪除，不再寄信。',
  stopButton: '停止並刪除我的地址',
  stoppedTitle: '已停止，地址已刪除',
  stoppedText: '不會再寄信。已交給郵件伺服器的信可能仍會送達。',
  goneTitle: '這個連結已經失效',
  goneText: '可能已停止追蹤、逾 24 小時未確認，或案件已終結。您的地址已不在我們這裡；不必再做任何事。',
  offTitle: '目前不提供郵件通知',
  offText: '本站沒有設定寄信。您可以改用案件頁的行事曆（ICS）或訂閱來源（Atom）。',
  overTitle: '本案不再有新的進展',
  overText: '案件已經終結，或在本平台之前進行，因此不提供追蹤。',
  fullText: '目前等候寄出的確認信太多，請稍後再試；您的地址沒有被保存。',
  back: (caseNumber: string) => `回到第 ${caseNumber} 案`,
  caseNumber: (caseNumber: string) => `第 ${caseNumber} 案`,
};

/** Every string of the pages for followers; the Chinese catalogue is the type. */
export type SubscriptionMessages = typeof zh;

const en: SubscriptionMessages = {
  title: 'Follow this case by mail',
  lede: 'One plain-text mail when the case enters a new stage, when an authority is overdue, and when there is an outcome. Nothing else is sent.',
  address: 'E-mail address',
  addressHint: 'A confirmation is sent here; nothing else until you press confirm within 24 hours.',
  addressError: 'Give a whole e-mail address, such as name@example.tw.',
  consent: 'I agree that the platform uses my address as described below.',
  consentError: 'Without your consent we may not use your address.',
  submit: 'Send me the confirmation',
  noticeTitle: 'How we use the address (Personal Data Protection Act, Article 8)',
  notice: [
    ['Who', 'The operator of this platform.'],
    ['What for', 'To send news of the case you name; for nothing else.'],
    [
      'Which data',
      'The address and the number of the case. Encrypted with a key; never joined with signatures, never in the public record.',
    ],
    [
      'How long',
      'Deleted at once when you stop; after the case has ended and its outcome was sent; after 24 hours when not confirmed.',
    ],
    ['To whom', 'Only through the mail server; never to lead proposers, authorities or anybody else.'],
    [
      'Your rights',
      'Stop and delete at any time with the link in each mail. The page, the calendar and the feed say the same without it.',
    ],
  ],
  apart: 'Following is not signing: it states no support and does not record whether you signed.',
  askedTitle: 'Please look into your mailbox',
  askedText:
    'If the address can take mail, the confirmation arrives within minutes. Nothing else is sent until you confirm.',
  askedHint:
    'Nothing came? Look into the spam folder. One address gets only a few of these a day: try again tomorrow.',
  confirmTitle: 'Confirm that you follow this case',
  confirmText: 'Once you confirm, news of the case is sent to your address.',
  confirmButton: 'Follow this case',
  confirmedTitle: 'You follow this case',
  confirmedText:
    'You will get a mail when there is news. Each one carries a link that stops them in one step.',
  stopTitle: 'Stop following this case',
  stopText: 'Your address is deleted at once and nothing more is sent.',
  stopButton: 'Stop and delete my address',
  stoppedTitle: 'Stopped; your address is deleted',
  stoppedText: 'Nothing more will be sent. A mail already handed to the mail server may still arrive.',
  goneTitle: 'This link no longer works',
  goneText:
    'You may have stopped already, 24 hours may have passed without a confirmation, or the case has ended. We no longer hold your address; nothing needs to be done.',
  offTitle: 'Mail is not offered here',
  offText: 'This site sends no mail. The calendar (ICS) and the feed (Atom) of the case say the same.',
  overTitle: 'Nothing more will happen in this case',
  overText: 'The case has ended, or it ran before this platform; there is nothing to follow.',
  fullText: 'Too many confirmations are waiting to be sent. Please try later; your address was not kept.',
  back: (caseNumber: string) => `Back to case ${caseNumber}`,
  caseNumber: (caseNumber: string) => `Case ${caseNumber}`,
};

/** The catalogue in one language. */
export const subscriptionMessages = (language: Language): SubscriptionMessages =>
  language === 'en' ? en : zh;
