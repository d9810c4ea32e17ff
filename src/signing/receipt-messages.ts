import { formatNumber, type Language } from '../web/index.ts';
import { enReceiptProposal, zhReceiptProposal } from './proposal-messages.ts';
import { ofProposal, withOwn } from './proposal-words.ts';
import { isProposal } from './what-is-signed.ts';

const zh = {
  caseNumber: (number: string) => `第 ${number} 案`,
  doneTitle: '連署完成',
  doneHeld: '已收下，等待確認',
  doneWaiting: '已收下，正在寫入公卷',
  doneText: '這是您的收執。請現在下載：它證明公卷裡有這一件，任何人都能離線查驗，但看不出是誰簽的。',
  heldText:
    '身分確認服務暫時沒有回應。您的連署已經收下，收件時間不變；確認後才計入。請下載承諾書：若逾時沒有出現在公卷，它就是證據。',
  waitingText: '收執將在數秒內送達，請不要關閉這一頁。',
  lights: {
    received: '收下',
    included: '納入公卷',
    witnessed: '外部見證',
  },
  lightText: {
    receivedOn: '本平台已收下您的連署。',
    receivedWaiting: '尚未收下。',
    includedOn: '已成為公卷中的一件，無法悄悄移除。',
    includedWaiting: '等待寫入公卷，最遲兩分鐘。',
    includedHeld: '已登記為「保留」，待身分確認後計入。',
    witnessedWaiting: '公布後由外部見證人副署；屆時可在「這一件的公開頁」換取已見證的收執。',
    witnessedTooFew: (n: number, of: number) =>
      `目前只有 ${formatNumber(n)} 位見證人副署（共 ${formatNumber(of)} 位），尚未達到法定人數；每次公布都會再請求。`,
    witnessedNobody: '這份公卷目前沒有外部見證人，這一盞燈不會亮。',
  },
  witnessedBy: (n: number, of: number) =>
    `已由 ${formatNumber(n)} 位見證人見證（共 ${formatNumber(of)} 位）。`,
  upgradeTitle: '換成已見證的收執',
  upgradeText: '下列見證人已副署含有這一件的公卷。把您手上的收執換上這份證明，離線也能看出誰見證過：',
  upgradeFile: '您的收執檔（.tlog-proof）',
  upgradeHint: '檔案會送到伺服器換上新的證明，不會保存。原本的收執仍然有效。',
  upgradeButton: '下載已見證的收執',
  witnessesDemo: '示範的見證人都在同一台機器上：只展示機制，不證明任何事。',
  witnessesLink: '見證人是誰、如何查核',
  download: '下載收執',
  downloadPromise: '下載承諾書',
  print: '列印',
  publicPage: '這一件的公開頁',
  checkLink: '查驗收執',
  unsaved: '請先下載再離開：關閉後，我們無法重新給您同一份檔案。',
  saved: '已下載。您可以安心關閉這一頁。',
  commitment: '公卷承諾',
  index: '公卷件次',
  size: '公卷總件數',
  receivedAt: '收下時間',
  caseLabel: '案號',
  another: '看其他連署中的公投案',
  follow: '以電子郵件追蹤本案後續（與連署分開，不記錄您是否連署）',
  technically: '此為技術上有效；是否具連署資格，以名冊提出日的戶籍登記認定。',
  // public receipt page
  publicTitle: '公卷中的一件連署',
  publicIntro: '這裡只有公開事實：沒有姓名、號碼或簽署時刻，也看不出是誰簽的。',
  states: {
    received: '已收下，等待寫入公卷',
    included: '已納入公卷並計入',
    held: '已收下，等待身分確認',
    counted: '身分已確認並計入',
    refused: '身分確認後未被採計',
    excluded: '不予計算',
  },
  stateText: {
    received: '最遲兩分鐘內會出現在公卷。若逾時仍未出現，手上的承諾書就是證據。',
    included: '這一件在公卷中，並計入本案的電子連署人數。',
    held: '身分確認服務回應後才會計入；收下的時間不變。',
    counted: '保留的連署已確認，並計入本案的電子連署人數。',
    refused: '這一件沒有計入，也沒有占用任何人的位置。',
    excluded: '查對後作廢，不再計入。事由如下；詳細原因只告知本人。',
  },
  ground: '不予計算的事由',
  refusedBecause: '未採計的原因',
  remedy: '可以怎麼做',
  unknownTitle: '公卷中找不到這個承諾值',
  unknownText:
    '可能尚未公布（公卷每分鐘公布一次），也可能網址不完整。若您持有承諾書且已逾公布時限，請保留並通報。',
  settledAt: '確認結果件次',
  voidAt: '作廢件次',
  // check page
  checkTitle: '查驗收執',
  checkIntro: '選一個收執檔（.tlog-proof）。驗算在您的瀏覽器裡進行，檔案不會上傳。',
  checkIntroNoScript: '沒有使用 JavaScript：檔案會送到伺服器驗算，驗完即丟棄。',
  fileLabel: '收執檔（.tlog-proof）或承諾書（.promise）',
  fileHint: '也可以把檔案拖到這個框裡。',
  checkButton: '查驗',
  cliTitle: '不想相信這個網站？',
  cliText:
    '在自己的電腦上，用與伺服器計數程式毫無共用的獨立工具查驗。請在程式碼目錄裡執行；第一行斷線也可以：',
  cliPage: '下載單檔查驗頁（存進隨身碟，不連網也能用）',
  cliKeys: '公卷與承諾書的公開金鑰',
  cliKeysText: '查驗時信任哪一把金鑰由您決定；請由可信的來源取得並比對。',
  proven: '成立：這一件確實在公卷中。',
  notProven: '不成立：這個檔案不能證明任何事。',
  promise: '這是承諾書，不是收執。',
  provesTitle: '證明了什麼',
  provesNotTitle: '沒有證明什麼',
  demoReceipt: '這是示範系統的收執。',
  terms: {
    caseNumber: '案號',
    draftNumber: '草案編號',
    origin: '公卷',
    index: '公卷件次',
    commitment: '公卷承諾',
    signedBy: '簽章',
    unchecked: '此處未查驗',
  },
  reasonLabel: '原因',
};

/** Every string of the receipt pages; the Chinese catalogue is the type. */
export type ReceiptMessages = typeof zh;

const en = {
  caseNumber: (number: string) => `Case ${number}`,
  doneTitle: 'Signed',
  doneHeld: 'Received, waiting for confirmation',
  doneWaiting: 'Received, being written into the record',
  doneText:
    'This is your receipt. Please download it now: it proves that the public record holds this entry, anyone can verify it offline, and it does not show who signed.',
  heldText:
    'The identity service is not answering just now. Your signature has been received and keeps its time; it counts once confirmed. Please download the promise: if the entry is not in the record by then, it is evidence.',
  waitingText: 'The receipt will be here in a few seconds; please keep this page open.',
  lights: {
    received: 'Received',
    included: 'Included in the record',
    witnessed: 'Witnessed from outside',
  },
  lightText: {
    receivedOn: 'This platform has received your signature.',
    receivedWaiting: 'Not received yet.',
    includedOn: 'It is an entry of the public record and cannot be removed unseen.',
    includedWaiting: 'Waiting to be written into the record, two minutes at most.',
    includedHeld: 'Entered as “held”; it counts once your identity is confirmed.',
    witnessedWaiting:
      'Witnesses cosign after publication; the public page of this entry then has the witnessed receipt.',
    witnessedTooFew: (n: number, of: number) =>
      `${formatNumber(n)} of ${formatNumber(of)} witnesses have cosigned, which is not enough yet. They are asked again at each publication.`,
    witnessedNobody: 'This record has no outside witnesses at present, so this light stays off.',
  },
  witnessedBy: (n: number, of: number) => `Witnessed by ${formatNumber(n)} of ${formatNumber(of)}.`,
  upgradeTitle: 'Get the witnessed receipt',
  upgradeText:
    'These witnesses have cosigned the record with this entry in it. Put that proof into the receipt you hold, and it shows offline who has witnessed:',
  upgradeFile: 'Your receipt (.tlog-proof)',
  upgradeHint:
    'The file goes to the server, gets the new proof and is not kept. The receipt you have stays valid.',
  upgradeButton: 'Download the witnessed receipt',
  witnessesDemo:
    'The witnesses of this demonstration run on the same machine: it shows the mechanism, proves nothing.',
  witnessesLink: 'Who the witnesses are, and how to check them',
  download: 'Download the receipt',
  downloadPromise: 'Download the promise',
  print: 'Print',
  publicPage: 'Public page of this entry',
  checkLink: 'Check a receipt',
  unsaved: 'Please download the file before you leave: once closed, we cannot give you the same file again.',
  saved: 'Downloaded. You can safely close this page.',
  commitment: 'Record commitment',
  index: 'Entry of the record',
  size: 'Entries in all',
  receivedAt: 'Received at',
  caseLabel: 'Case',
  another: 'See the other open initiatives',
  follow: 'Follow what becomes of this case by mail (kept apart from signing)',
  technically:
    'This is technically verified; eligibility is judged by the household register on the day the roster is submitted.',
  publicTitle: 'One signature in the public record',
  publicIntro:
    'Public facts only: no name, no number, no moment of signing, and nothing that shows who signed.',
  states: {
    received: 'Received, waiting to enter the record',
    included: 'In the record and counted',
    held: 'Received, waiting for identity confirmation',
    counted: 'Identity confirmed and counted',
    refused: 'Not accepted after identity confirmation',
    excluded: 'Excluded from the count',
  },
  stateText: {
    received:
      'It appears in the record within two minutes. If it does not, the promise in your hands is evidence.',
    included: 'This entry is in the public record and counts towards the electronic signatures of its case.',
    held: 'It counts once the identity service has answered; the time of receipt stays.',
    counted: 'The held signature was confirmed and counts towards the electronic signatures of its case.',
    refused: 'It does not count and takes nobody’s place.',
    excluded:
      'Voided after the check and no longer counted. The statutory ground is below; the exact reason is told to the signer only.',
  },
  ground: 'Ground of the exclusion',
  refusedBecause: 'Why it was not accepted',
  remedy: 'What can be done',
  unknownTitle: 'The record does not hold this commitment',
  unknownText:
    'It may not be published yet (the record is published once a minute), or the address is incomplete. If you hold a promise whose time has passed, keep it and tell us.',
  settledAt: 'Settled by entry',
  voidAt: 'Voided by entry',
  checkTitle: 'Check a receipt',
  checkIntro:
    'Choose a receipt file (.tlog-proof). Your own browser does the arithmetic; nothing is uploaded.',
  checkIntroNoScript: 'Without JavaScript the file is sent to the server, checked and thrown away.',
  fileLabel: 'Receipt (.tlog-proof) or promise (.promise)',
  fileHint: 'You can also drop the file into this box.',
  checkButton: 'Check',
  cliTitle: 'Rather not trust this site?',
  cliText:
    'Check it on your own computer with a separate tool that does not use the server’s counting. Run it in a checkout of the source; the first line works offline:',
  cliPage: 'Download the one-file check page (works from a USB stick without a network)',
  cliKeys: 'Public keys of the record and of promises',
  cliKeysText: 'Which key to trust is your decision: get it from a place you trust, and compare.',
  proven: 'Proven: this entry is in the public record.',
  notProven: 'Not proven: this file proves nothing.',
  promise: 'This is a promise, not a receipt.',
  provesTitle: 'What this proves',
  provesNotTitle: 'What it does not prove',
  demoReceipt: 'A receipt of the demonstration.',
  terms: {
    caseNumber: 'Case',
    draftNumber: 'Draft',
    origin: 'Log',
    index: 'Entry',
    commitment: 'Commitment',
    signedBy: 'Signed by',
    unchecked: 'Not checked here',
  },
  reasonLabel: 'Reason',
} satisfies ReceiptMessages;

/** A position in the log as people read it. */
export const entryNumber = (index: number): string => formatNumber(index);

const proposal = {
  'zh-Hant-TW': withOwn(ofProposal<ReceiptMessages>(zh), zhReceiptProposal),
  en: withOwn(ofProposal<ReceiptMessages>(en), enReceiptProposal),
};

/** The catalogue of the receipt pages in one language; with a number, said of what is signed under it. */
export const receiptMessages = (language: Language, number = ''): ReceiptMessages =>
  isProposal(number) ? proposal[language] : language === 'en' ? en : zh;
