import { NATIONAL_ID_WORDS } from '../credentials/index.ts';
import type { Language } from '../web/index.ts';
import { enSigningProposal, zhSigningProposal } from './proposal-messages.ts';
import { ofProposal, withOwn } from './proposal-words.ts';
import { isProposal } from './what-is-signed.ts';

const zh = {
  caseNumber: (number: string) => `第 ${number} 案`,
  title: '連署本案',
  intro: '三個步驟，約一分鐘。隨時可以離開；在您用卡片簽署之前，不會留下任何紀錄。',
  /** Of drafts only. */
  allowedBy: '電子提案之依據',
  steps: ['您是誰', '您要簽什麼', '簽署'],
  stepsLabel: '連署步驟',
  addressBefore: '簽署前請看網址列，應該是 ',
  addressAfter: '。任何人都不該向您借卡、借手機，或要您的 PIN 碼。',
  method: '用什麼方式簽',
  methodCard: '自然人憑證（卡片）',
  methodCardNeeds: '需要電腦、讀卡機、卡片、6 至 8 碼 PIN 碼，以及內政部跨平台元件（HiCOS）。',
  methodPhone: '行動自然人憑證（手機）',
  methodPhoneNeeds: '尚未開放：能否用於公投連署，主管機關尚無函釋（未確認）。請先不要為此去申辦。',
  methodNone: '兩者都沒有？',
  methodNoneText:
    '可以在領銜人設置的連署站簽紙本，或到戶政事務所申辦自然人憑證（規費 250 元，請先電話確認有無存卡）。健保卡不是電子簽章，不能用來連署。',
  readiness: '先測試我的電腦',
  readinessHint: '只檢查元件、讀卡機與卡片是否就緒，不讀取憑證內容，也不需要 PIN 碼。',
  readyOk: '都準備好了：元件、讀卡機與卡片都找到了。',
  readyNoReader: '元件已安裝，但找不到讀卡機。請接上讀卡機；若剛接上，請重新啟動元件。',
  readyNoCard: '元件與讀卡機都正常，但沒有插卡。請插入自然人憑證。',
  ...NATIONAL_ID_WORDS['zh-Hant-TW'],
  next1: '下一步：看要簽的內容',
  next2: '下一步：簽署',
  back: '上一步',
  readText: '您要連署的案',
  readReasons: '閱讀理由書',
  notice: '簽署代表什麼',
  noticeLines: [
    ['誰、為何', '依公民投票法第9條、第12條辦理連署，由本平台蒐集（示範系統）。'],
    ['蒐集什麼', '身分證統一編號、簽章、憑證與簽署時間；收到即加密封存，公開紀錄只有無法回推身分的承諾值。'],
    [
      '誰會知道',
      '只交由內政部確認身分、查對戶籍；領銜人、其他人與公開資料都看不到您簽了哪一案（本平台設計；電子連署及查對作業辦法第7條規定名冊由領銜人以憑證解密，見「法規與系統的差異」）。',
    ],
    ['保存多久', '成立、不成立或視為放棄後保存 2 年；有訴訟者，並至少保存至判決確定後 3 個月；期滿銷毀。'],
    [
      '您的權利',
      '可依個資法第3條查詢、閱覽、製給複製本、補充或更正、請求停止蒐集處理利用或刪除；不提供資料就無法連署。連署一經簽署，法律未規定撤回，無法收回。',
    ],
  ],
  noticeEligibility: '這裡的「已驗證」是指技術上有效；是否具連署資格，以名冊提出日的戶籍登記認定。',
  statement: '您的卡片將簽下|這份連署書，|一字不差',
  statementTranslationNote: '',
  copy: '複製',
  copied: '已複製',
  downloadStatement: '下載連署書',
  pin: '卡片 PIN 碼',
  pinHint: '6 至 8 碼數字。只交給您電腦上的卡片元件，不會傳到本平台，用完即清除。',
  pinShow: '顯示',
  signButton: '用卡片簽署',
  lastTryTitle: '只剩一次機會',
  lastTryText:
    '再輸入錯誤，卡片就會鎖住。若不確定 PIN 碼，建議先重設，再回來連署；本案的連署期不會因此受影響。',
  lastTryLink: '到內政部憑證管理中心重設 PIN 碼',
  lastTryConsent: '我確定知道 PIN 碼，要再試一次',
  busy: {
    statement: '正在準備連署書……',
    card: '正在與卡片元件連線，請看新開的小視窗……',
    sending: '正在送出並驗證……',
    waiting: '已收下，正在寫入公卷……',
    readiness: '正在檢查……',
  },
  standing: {
    nothing: '沒有簽署任何東西。',
    refused: '卡片已簽署，但沒有被採計，也沒有留下紀錄。',
    unknown: '卡片已簽署，但還不確定是否送達。',
    earlier: '這次沒有新增任何紀錄；您先前的連署仍然有效。',
    stored: '您的連署已經收下。',
  },
  failureNext: '接下來：',
  failureCode: '代碼',
  failureTechnical: '技術資訊',
  firstSigned: '先前連署時間：',
  act: {
    retry: '再試一次',
    resend: '再送一次（不會重複計算）',
    addDomain: '開啟元件視窗，加入信任網站',
    back: '回到第一步',
  },
  noScriptTitle: '不使用 JavaScript 也可以連署',
  noScriptText:
    '按下按鈕取得連署書，用任何能產生 CMS（PKCS#7）簽章的工具以自然人憑證簽署，再上傳簽好的檔案。',
  noScriptButton: '取得連署書',
  // statement page
  statementTitle: '下載、簽署、上傳',
  statementIntro: '請在下列時間前上傳；逾時只要重新取得連署書即可，不會留下紀錄。',
  statementStep1: '1. 下載連署書',
  statementStep1Text: '檔案必須一個位元組都不改：請勿另存成其他編碼或加上空行。',
  statementStep2: '2. 用自然人憑證簽署',
  statementStep2Text: '產生包含原文的 CMS SignedData（PKCS#7，SHA-256）。例如使用讀卡元件所附工具，或：',
  statementStep3: '3. 上傳簽好的檔案',
  statementFile: '簽好的檔案（.p7m 或 .p7s，最大 64 KB）',
  statementIdAgain: '我們沒有保存您剛才輸入的號碼，請再輸入一次，須與連署書的承諾一致。',
  statementSecret:
    '沒有使用 JavaScript，所以收執的隨機數是由伺服器產生，不是由您的瀏覽器。收執仍可離線查驗，但您須相信伺服器沒有把同一個隨機數給別人。',
  statementUpload: '上傳並連署',
};

/** Every string of the signing pages; the Chinese catalogue is the type. */
export type SigningMessages = typeof zh;

const en = {
  caseNumber: (number: string) => `Case ${number}`,
  title: 'Sign this initiative',
  intro:
    'Three steps, about a minute. Leave whenever you like: until your card has signed, nothing is recorded.',
  allowedBy: 'What allows electronic proposals',
  steps: ['Who you are', 'What you sign', 'Sign'],
  stepsLabel: 'Steps of signing',
  addressBefore: 'Look at the address bar before you sign. It should read ',
  addressAfter: '. No person may ask for your card, your phone or your PIN.',
  method: 'How you sign',
  methodCard: 'Citizen Digital Certificate (card)',
  methodCardNeeds:
    'You need a computer, a card reader, the card, its PIN of 6 to 8 digits, and the card component of the Ministry of the Interior (HiCOS).',
  methodPhone: 'Mobile citizen certificate (phone)',
  methodPhoneNeeds:
    'Not admitted yet: there is no ruling on whether it may be used for referendum signatures (unconfirmed). Please do not apply for one just for this.',
  methodNone: 'You have neither?',
  methodNoneText:
    'You can sign on paper at a station of the lead proposer, or apply for a card at a household office (NT$250; phone first to ask whether cards are in stock). A health insurance card is not an electronic signature and cannot be used.',
  readiness: 'Test my computer first',
  readinessHint:
    'Only looks whether component, reader and card are there. It reads no certificate and needs no PIN.',
  readyOk: 'All ready: component, reader and card were found.',
  readyNoReader:
    'The component is installed but finds no reader. Plug the reader in; if you just did, restart the component.',
  readyNoCard: 'Component and reader work, but no card is inserted. Please insert your certificate card.',
  ...NATIONAL_ID_WORDS.en,
  next1: 'Next: what you sign',
  next2: 'Next: sign',
  back: 'Back',
  readText: 'The case you are about to sign',
  readReasons: 'Read the statement of reasons',
  notice: 'What signing means',
  noticeLines: [
    [
      'Who and why',
      'Collected by this platform (a demonstration) for joint signing under Articles 9 and 12 of the Referendum Act.',
    ],
    [
      'What',
      'ID number, signature, certificate and time, sealed by encryption on arrival; the public record holds only a commitment that leads to nobody.',
    ],
    [
      'Who learns of it',
      'Only the Ministry of the Interior, to confirm your identity and check eligibility. Neither the lead proposer nor anyone else sees what you signed (the design of this platform; Article 7 of the E-petition Regulation has the lead proposer decrypt the roster: see “where the law and this system differ”).',
    ],
    [
      'How long',
      'Two years after establishment, non-establishment or abandonment; with litigation, also at least until three months after final judgment; then destroyed.',
    ],
    [
      'Your rights',
      'Access and correction under Article 3 of the Personal Data Protection Act; without the data you cannot sign. A signature cannot be taken back.',
    ],
  ],
  noticeEligibility:
    '“Verified” here means technically verified; eligibility is judged by the household register on the day the roster is submitted.',
  statement: 'Your card will sign exactly this statement',
  statementTranslationNote:
    'In English: electronic statement of joint signature for a national referendum initiative; case number, main text, digest of the full text, my commitment; “I have read the main text and the reasons of this case and agree to sign”; time; transaction number.',
  copy: 'Copy',
  copied: 'Copied',
  downloadStatement: 'Download the statement',
  pin: 'PIN of the card',
  pinHint:
    '6 to 8 digits. It goes only to the card component on your computer, never to this platform, and is wiped after use.',
  pinShow: 'Show',
  signButton: 'Sign with the card',
  lastTryTitle: 'Only one try left',
  lastTryText:
    'Another wrong PIN locks the card. If you are not sure, reset the PIN first and come back; the signing period is not affected.',
  lastTryLink: 'Reset the PIN at the MOICA certificate authority',
  lastTryConsent: 'I am sure of my PIN and want to try once more',
  busy: {
    statement: 'Preparing the statement…',
    card: 'Connecting to the card component, please watch the small new window…',
    sending: 'Sending and verifying…',
    waiting: 'Received, being written into the public record…',
    readiness: 'Checking…',
  },
  standing: {
    nothing: 'Nothing was signed.',
    refused: 'Your card made a signature, but it was not accepted and nothing was recorded.',
    unknown: 'Your card made a signature, but it is not certain yet that it arrived.',
    earlier: 'Nothing new was recorded; your earlier signature stands.',
    stored: 'Your signature has been received.',
  },
  failureNext: 'What to do: ',
  failureCode: 'Code',
  failureTechnical: 'Technical details',
  firstSigned: 'First signed: ',
  act: {
    retry: 'Try again',
    resend: 'Send again (never counts twice)',
    addDomain: 'Open the component and add this site',
    back: 'Back to the first step',
  },
  noScriptTitle: 'You can sign without JavaScript',
  noScriptText:
    'Press the button to get the statement, sign it with any tool that makes CMS (PKCS#7) signatures with your certificate card, and upload the signed file.',
  noScriptButton: 'Get the statement',
  statementTitle: 'Download, sign, upload',
  statementIntro:
    'Please upload before the time below. If it passes, simply get a new statement; nothing is recorded.',
  statementStep1: '1. Download the statement',
  statementStep1Text: 'Not a byte of the file may change: do not save it in another encoding or add lines.',
  statementStep2: '2. Sign it with your certificate card',
  statementStep2Text:
    'Make a CMS SignedData that contains the text (PKCS#7, SHA-256). Use the tool that came with the card component, or for example:',
  statementStep3: '3. Upload the signed file',
  statementFile: 'Signed file (.p7m or .p7s, at most 64 KB)',
  statementIdAgain:
    'We did not keep the number you typed. Please enter it again; it must match the commitment in the statement.',
  statementSecret:
    'Without JavaScript the random secret of the receipt is made by the server instead of your browser. The receipt still verifies offline, but you have to trust that the server gave this secret to nobody else.',
  statementUpload: 'Upload and sign',
} satisfies SigningMessages;

const proposal = {
  'zh-Hant-TW': withOwn(ofProposal<SigningMessages>(zh), zhSigningProposal),
  en: withOwn(ofProposal<SigningMessages>(en), enSigningProposal),
};

/** The catalogue of the signing pages in one language, said of what is signed under a number, if one is given. */
export const signingMessages = (language: Language, number = ''): SigningMessages =>
  isProposal(number) ? proposal[language] : language === 'en' ? en : zh;
