import type { Act, ReceiptVerdict } from './verdict.ts';

/** What a reader of one language is told about one verdict; `{…}` stands for a fact. */
export type VerdictText = Readonly<{ headline: string; proved: string; notProved: string }>;

/** Everything said about receipts in one language, as data: a page embeds the table of its own language only. */
export type ReceiptTexts = Readonly<{
  acts: Readonly<Record<Act, string>>;
  /** What is signed under the number, a case or a draft, and on which day eligibility is judged. */
  matters: Readonly<Record<Act, string>>;
  days: Readonly<Record<Act, string>>;
  verdicts: Readonly<Record<ReceiptVerdict['code'] | 'included-held', VerdictText>>;
  /** Added where the receipt says that the server made its secret. */
  serverMadeSecret: string;
}>;

const zhNothing = '關於這份簽署，什麼都沒有證明。';
const zhBroken = (proved: string): VerdictText => ({
  headline: '收執格式錯誤',
  proved,
  notProved: zhNothing,
});
const zhFailed = (why: string, proved: string): VerdictText => ({
  headline: `未證明：${why}`,
  proved,
  notProved: zhNothing,
});
const zhIncluded =
  '{matter}的{act}是公卷 {origin} 件次 {index} 的一件：由收執的內容重新算出這一件，並核對至 {signedBy} 簽章的樹根。';
const zhOnlyIncluded =
  '未證明：之後是否作廢（要向公卷查詢）；也不證明是誰簽署、是否符合資格（以{day}為準）。';

const enNothing = 'Nothing is proved about any signature.';
const enBroken = (proved: string): VerdictText => ({
  headline: 'The receipt is malformed',
  proved,
  notProved: enNothing,
});
const enFailed = (why: string, proved: string): VerdictText => ({
  headline: `Not proven: ${why}`,
  proved,
  notProved: enNothing,
});
const enIncluded =
  'The {act} on {matter} is entry {index} of the log {origin}: the receipt’s own parts recompute that entry and lead to the root signed by {signedBy}.';
const enOnlyIncluded =
  'Not proved: whether a later entry excludes it (ask the log); nor who signed, nor that the signer is eligible (decided on the day {day}).';

/** The texts of both languages. */
export const RECEIPT_TEXTS: Readonly<Record<'zh-Hant-TW' | 'en', ReceiptTexts>> = {
  'zh-Hant-TW': {
    acts: { 'joint-signature': '連署', 'proposal-signature': '提案' },
    matters: { 'joint-signature': '第 {caseNumber} 號案', 'proposal-signature': '草案 {caseNumber} ' },
    days: { 'joint-signature': '名冊提出之日', 'proposal-signature': '提案提出之日' },
    serverMadeSecret:
      '這份收執的亂數由伺服器代為產生（簽署時未使用網頁程式），因此不能排除伺服器把同一份收執也給了別人。',
    verdicts: {
      included: { headline: '已證明：收錄在公卷中', proved: zhIncluded, notProved: zhOnlyIncluded },
      'included-held': {
        headline: '已證明：已收到並收錄，待確認',
        proved: `${zhIncluded}這一件是「已收到、待確認」，尚未計入。`,
        notProved: zhOnlyIncluded,
      },
      promised: {
        headline: '承諾書有效，尚非收錄證明',
        proved: '{signedBy} 簽章承諾：{matter}的簽署於 {received} 收到，最遲 {publishBy} 公布於公卷。',
        notProved: '未證明：承諾是否已履行。期限過後仍不在公卷中，這份檔案就是營運者違約的證據。',
      },
      'no-trusted-key': zhFailed(
        '沒有可信任的金鑰',
        '沒有公卷的公開金鑰，簽章無從驗證。命令列請加 --keys 金鑰檔（公鑰：本站 /v1/keys，請與可信來源比對）。',
      ),
      'unknown-signer': zhFailed('簽章者不是您信任的公卷', '檔案上的簽章都不屬於您提供的金鑰。'),
      'bad-signature': zhFailed('簽章錯誤', '以信任的金鑰驗證，簽章不符：檔案遭更動或偽造。'),
      'other-log': zhFailed('不是這份公卷的簽章', '簽章有效，但金鑰不屬於檢查點所載的公卷。'),
      'not-included': zhFailed('紀錄不在樹中', '由收執內容算出的紀錄，到不了簽章所載的樹根。'),
      'file-too-large': {
        headline: '不是收執：檔案過大',
        proved: '收執只有幾千位元組。',
        notProved: zhNothing,
      },
      'not-a-receipt': {
        headline: '不是收執',
        proved: '檔案既不是收執（tlog-proof），也不是簽章的承諾書。',
        notProved: zhNothing,
      },
      'line-ends-changed': {
        headline: '檔案的換行被改過',
        proved: '郵件或編輯程式改了換行字元；請用原始下載的檔案。',
        notProved: zhNothing,
      },
      'proof-malformed': zhBroken('索引或雜湊路徑無法讀取。'),
      'extra-malformed': zhBroken('用來重算紀錄的資料（extra）缺少或無法讀取。'),
      'note-malformed': zhBroken('簽章部分無法讀取。'),
      'checkpoint-malformed': zhBroken('檢查點無法讀取。'),
    },
  },
  en: {
    acts: { 'joint-signature': 'joint signature', 'proposal-signature': 'proposal signature' },
    matters: { 'joint-signature': 'case {caseNumber}', 'proposal-signature': 'draft {caseNumber}' },
    days: { 'joint-signature': 'the roster is filed', 'proposal-signature': 'the proposal is filed' },
    serverMadeSecret:
      'The server made this receipt’s secret, because the signer used no script: it cannot be ruled out that it gave the same receipt to somebody else.',
    verdicts: {
      included: {
        headline: 'Proven: included in the public record',
        proved: enIncluded,
        notProved: enOnlyIncluded,
      },
      'included-held': {
        headline: 'Proven: received and logged, waiting for confirmation',
        proved: `${enIncluded} That entry says "received and held": it is not counted yet.`,
        notProved: enOnlyIncluded,
      },
      promised: {
        headline: 'A valid promise, not yet proof of inclusion',
        proved:
          '{signedBy} signed that a signature on {matter} was received at {received} and will be in the published record by {publishBy}.',
        notProved:
          'Not proved: whether it was kept. If the entry is missing after that time, this file is evidence against the operator.',
      },
      'no-trusted-key': enFailed(
        'no trusted key',
        'No public key of the log was given, so no signature could be verified. On the command line add --keys FILE (public keys: /v1/keys of the site; compare them with a source you trust).',
      ),
      'unknown-signer': enFailed(
        'signed by no log you trust',
        'No signature on the file belongs to a key you gave.',
      ),
      'bad-signature': enFailed(
        'a signature is wrong',
        'A signature under a trusted key does not hold: the file was changed or forged.',
      ),
      'other-log': enFailed(
        'not signed by this log',
        'A signature holds, but its key is not that of the log named in the checkpoint.',
      ),
      'not-included': enFailed(
        'the entry is not in the tree',
        'The entry recomputed from the receipt does not lead to the signed root.',
      ),
      'file-too-large': {
        headline: 'Not a receipt: the file is too large',
        proved: 'A receipt has a few thousand bytes.',
        notProved: enNothing,
      },
      'not-a-receipt': {
        headline: 'Not a receipt',
        proved: 'The file is neither a receipt (tlog-proof) nor a signed promise.',
        notProved: enNothing,
      },
      'line-ends-changed': {
        headline: 'The line ends of the file were changed',
        proved: 'A mail or editor program changed them; use the file as it was downloaded.',
        notProved: enNothing,
      },
      'proof-malformed': enBroken('Its index or path cannot be read.'),
      'extra-malformed': enBroken('The data to recompute the entry (extra) is missing or cannot be read.'),
      'note-malformed': enBroken('The signed part cannot be read.'),
      'checkpoint-malformed': enBroken('The checkpoint cannot be read.'),
    },
  },
};
