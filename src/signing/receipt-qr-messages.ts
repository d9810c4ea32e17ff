import type { Language } from '../web/index.ts';
import { ofProposal, withOwn } from './proposal-words.ts';
import { isProposal } from './what-is-signed.ts';

const zh = {
  title: '印出收執',
  intro:
    '把收執檔變成一張有 QR 碼的紙：檔案遺失時，紙上的 QR 碼仍可離線查驗。若公卷已公布並有見證人副署，會一併換成最新的證明。',
  sent: '收執檔會送到本伺服器，用過即丟棄，不寫入紀錄。它不含姓名或身分證號，但本站能看出是哪一件。',
  fileLabel: '收執檔（.tlog-proof）',
  button: '製作',
  refusedFile: '這個檔案不是本公卷的收執，或已遭更動。',
  tooLong: '這份收執太長，放不進一個 QR 碼；請保存檔案。',
  missing: '請選擇收執檔。',
  sheetTitle: '連署收執',
  sheetIntro:
    '這張紙證明公卷裡有這一件，看不出是誰簽的。請妥善保管，不要交給不相干的人。請用瀏覽器的「列印」印成 A4。',
  codeLabel: '收執的 QR 碼',
  caseLabel: '案號',
  log: '公卷',
  entry: '公卷件次',
  commitment: '公卷承諾',
  cosigned: '副署',
  none: '（尚無見證人副署；公布幾分鐘後可以再印一次）',
  how: '怎麼查驗',
  steps: [
    '在電腦打開單檔查驗頁 lianshu-verify.html（不必連網路）。',
    '放入您從可信來源取得的公開金鑰，再用相機掃描這個 QR 碼，或選擇它的清晰照片。',
    '或把 QR 碼的內容存成檔案，執行 lianshu-verify receipt 檔案。',
  ],
  dense: 'QR 碼很密，請印清楚；拍照時讓它占滿畫面。讀不出來時，請用原來的檔案。',
  form: '紙上是只有 Ed25519 簽章的版本；完整檔案另有 ML-DSA-44 簽章，請一併保存。',
  text: '收執全文',
  again: '再製作一張',
  link: '印成有 QR 碼的紙本',
};

/** Every string of the printed receipt; the Chinese catalogue is the type. */
export type ReceiptQrMessages = typeof zh;

const en: ReceiptQrMessages = {
  title: 'Print a receipt',
  intro:
    'Turns a receipt file into a sheet of paper with a QR code, which anyone can verify offline should the file get lost. Once published and cosigned by witnesses, it carries the newest proof.',
  sent: 'The file is sent to this server, used once and not kept or logged. It holds no name and no ID number, but this site can tell which entry it is about.',
  fileLabel: 'Receipt file (.tlog-proof)',
  button: 'Make the sheet',
  refusedFile: 'This file is no receipt of this record, or it was changed.',
  tooLong: 'This receipt is too long for one QR code; please keep the file.',
  missing: 'Please choose the receipt file.',
  sheetTitle: 'Receipt of a joint signature',
  sheetIntro:
    'This sheet proves that the public record holds the entry; it does not show who signed. Keep it to yourself. Print it on A4 with your browser.',
  codeLabel: 'QR code of the receipt',
  caseLabel: 'Case',
  log: 'Record',
  entry: 'Entry of the record',
  commitment: 'Record commitment',
  cosigned: 'Cosigned by',
  none: '(no witness yet; print it again some minutes after publication)',
  how: 'How to check it',
  steps: [
    'Open the one-file check page lianshu-verify.html on a computer; no network is needed.',
    'Put in public keys you got from a source you trust, then scan this code with the camera or choose a sharp picture of it.',
    'Or save the content of the code as a file and run lianshu-verify receipt FILE.',
  ],
  dense:
    'The code is dense: print it sharply and let it fill the picture. If it cannot be read, use the file itself.',
  form: 'On paper stands the form with Ed25519 signatures only; the file also has ML-DSA-44 signatures, so keep it too.',
  text: 'The receipt in full',
  again: 'Make another',
  link: 'Print it on paper, with a QR code',
};

const proposal = {
  'zh-Hant-TW': ofProposal<ReceiptQrMessages>(zh),
  en: withOwn(ofProposal<ReceiptQrMessages>(en), { caseLabel: 'Draft' }),
};

/** The catalogue of the printed receipt; with a number, said of what is signed under it. */
export const receiptQrMessages = (language: Language, number = ''): ReceiptQrMessages =>
  isProposal(number) ? proposal[language] : language === 'en' ? en : zh;
