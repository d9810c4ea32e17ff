import type { Language } from '../web/index.ts';
import type { SheetFault, SheetField } from './sheet-form.ts';

const zh = {
  paperTitle: (n: string) => `${n} 紙本提案人登打`,
  paperLede:
    '一張一張登打。按下「封存」後，身分證字號、姓名、地址即加密給戶政機關，本系統不留明文，任何人（包括您）都無法再看到。',
  paperSaved: '已封存。',
  takenBack: '已撤下；請重新登打。',
  township: '鄉鎮市區代碼',
  townshipHint: '戶政司八碼，例如 63000010。紙本依此分冊。',
  sheet: '編號',
  sheetHint: '各鄉鎮市區自 1 起編。',
  asWritten: '檢查碼不符，但名冊上確實如此書寫：照登，由戶政機關判斷。',
  seal: '封存這一張',
  list: '已封存的張數',
  listEmpty: '還沒有登打任何一張。',
  stateTitle: '狀態',
  state: {
    typed: '已封存',
    batched: '已入清冊，待簽署',
    entered: '已登錄',
    deleted: '查對後刪除（理由只通知領銜人）',
  },
  takeBack: '撤下重打',
  batchTitle: '結清冊',
  batchLede: (n: number, least: number) =>
    `尚有 ${n} 張未入清冊。結清冊後，哪幾張即以摘要固定，二位承辦人員簽署的就是這幾張；公開總數與摘要，鄉鎮市區人數達 ${least} 人者才列出。`,
  batchNames: (n: number) => `本清冊所載之 ${n} 張`,
  batchNamesNote:
    '摘要由各張之鄉鎮市區、編號與密文計算（LIANSHU-SHEETS/1）；登錄時再核對一次，有任何不同即不登錄。',
  batchDigest: '清冊摘要 SHA-256',
  batchTownship: (township: string) => `鄉鎮市區 ${township}`,
  batchNone: '沒有未入清冊的張。',
  includesLead: '領銜人在這一批紙本之中',
  batchButton: '擬辦清冊',
  batchWaiting: (n: number) => `有一份 ${n} 張的清冊尚未登錄。`,
  batchAgain: '再擬辦這份清冊',
  faults: {
    missing: '請填寫本欄。',
    township: '請填八位數字。',
    sheet: '請填 1 以上的整數。',
    'national-id': '檢查碼不符：請核對；若名冊上確實如此，請勾選下方「照登」。',
    'too-long': '內容太長，請縮短。',
    taken: '此鄉鎮市區已有這個編號。',
  } satisfies Record<SheetFault['code'], string>,
  fields: {
    township: '鄉鎮市區代碼',
    sheet: '編號',
    nationalId: '國民身分證統一編號',
    name: '姓名',
    address: '戶籍地址',
  } satisfies Record<SheetField, string>,
};

type Messages = typeof zh;

const en: Messages = {
  paperTitle: (n) => `${n}: typing paper proposers`,
  paperLede:
    'One sheet at a time. With “Seal”, ID number, name and address are encrypted to the household registry. No plaintext stays here, and nobody, you included, can see it again.',
  paperSaved: 'Sealed.',
  takenBack: 'Taken back; type it again.',
  township: 'Township code',
  townshipHint:
    'Eight digits of the Department of Household Registration, such as 63000010. Binders follow it.',
  sheet: 'Number',
  sheetHint: 'From 1 within each township.',
  asWritten:
    'The check digit is wrong, and so it stands on the sheet: take it as written; the registry judges it.',
  seal: 'Seal this sheet',
  list: 'Sealed sheets',
  listEmpty: 'No sheet was typed yet.',
  stateTitle: 'State',
  state: {
    typed: 'sealed',
    batched: 'in a batch sheet, to be signed',
    entered: 'entered',
    deleted: 'deleted by the check (the lead proposer alone is told why)',
  },
  takeBack: 'Take back and retype',
  batchTitle: 'Close a batch sheet',
  batchLede: (n, least) =>
    `${n} sheets are in no batch sheet yet. Closing it fixes by a digest which sheets they are, and these very sheets are what two officers sign. The total and the digest become public; townships are named from ${least} persons on.`,
  batchNames: (n) => `The ${n} sheets of this batch`,
  batchNamesNote:
    'The digest is over township, number and ciphertext of each (LIANSHU-SHEETS/1). It is compared again when the batch is entered; if anything differs, it is not.',
  batchDigest: 'Digest of the batch, SHA-256',
  batchTownship: (township) => `Township ${township}`,
  batchNone: 'Every sheet is in a batch sheet.',
  includesLead: 'The lead proposer is among these sheets',
  batchButton: 'Prepare the batch sheet',
  batchWaiting: (n) => `A batch sheet of ${n} sheets is not entered yet.`,
  batchAgain: 'Prepare this batch sheet again',
  faults: {
    missing: 'Enter this.',
    township: 'Enter eight digits.',
    sheet: 'Enter a whole number from 1.',
    'national-id':
      'The check digit is wrong: compare it. If it stands so on the sheet, tick “as written” below.',
    'too-long': 'This is too long; shorten it.',
    taken: 'This number is taken in this township.',
  },
  fields: {
    township: 'Township code',
    sheet: 'Number',
    nationalId: 'National ID number',
    name: 'Name',
    address: 'Registered address',
  },
};

export const paperMessages = (language: Language): Messages => (language === 'en' ? en : zh);
