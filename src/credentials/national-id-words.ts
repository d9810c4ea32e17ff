import type { Localised } from '../platform/http/problem.ts';

const zh = {
  nationalId: '國民身分證統一編號',
  nationalIdHint: '1 個英文字母加 9 個數字。',
  nationalIdPad: '可用下方按鍵輸入，不必切換輸入法。',
  padLabel: '身分證字號按鍵',
  padDelete: '刪除',
  padClear: '清除',
  padDeleteLabel: '刪除最後一個字',
  idOk: '檢查碼相符。',
  idFaults: {
    'id-length': '請輸入完整的 10 個字。',
    'id-letter': '第一個字應該是英文字母。',
    'id-sex-digit': '第二個字應該是 1 或 2。',
    'id-digits': '英文字母之後應該都是數字。',
    'id-check-digit': '檢查碼不符，可能打錯一個字，請對照身分證再看一次。',
    'id-resident-certificate': '這是居留證號碼。公投連署人須為中華民國國民（公投法第7條）。',
  },
};

/** What the field of a national ID says. */
export type NationalIdWords = typeof zh;

const en: NationalIdWords = {
  nationalId: 'National ID number',
  nationalIdHint: 'One letter and nine digits.',
  nationalIdPad: 'You can use the keys below; no input method has to be switched.',
  padLabel: 'Keys for the ID number',
  padDelete: 'Delete',
  padClear: 'Clear',
  padDeleteLabel: 'Delete the last character',
  idOk: 'The check digit matches.',
  idFaults: {
    'id-length': 'Please enter all 10 characters.',
    'id-letter': 'The first character should be a letter.',
    'id-sex-digit': 'The second character should be 1 or 2.',
    'id-digits': 'After the letter there should be digits only.',
    'id-check-digit':
      'The check digit does not match; one character is probably wrong. Compare with your ID card.',
    'id-resident-certificate':
      'This is a resident certificate number. Signers must be nationals (Referendum Act §7).',
  },
};

export const NATIONAL_ID_WORDS: Readonly<Record<keyof Localised, NationalIdWords>> = { 'zh-Hant-TW': zh, en };
