/** `ret_code` values the simulator gives (identity.md §2.5). */
export const RET = {
  ok: 0,
  missingMessage: 0x76000003,
  missingCiphertext: 0x76000004,
  noCard: 0x76000006,
  jsonError: 0x7600000b,
  parameterError: 0x7600000c,
  timeout: 0x7600000d,
  unsupported: 0x7600000e,
  untrustedSite: 0x76000031,
  pinNotEntered: 0x76000998,
  userCancelled: 0x76000999,
  noReader: 0x76100003,
  slotInformation: 0x76100004,
  loginFailed: 0x76100006,
  signatureType: 0x76300002,
  decryptError: 0x76400003,
  certificateNotYetValid: 0x76500001,
  certificateExpired: 0x76500002,
  notGpki: 0x83000100,
  notMoica: 0x83000101,
  notMoeaca: 0x83000102,
  notGca: 0x83000103,
  notXca: 0x83000104,
} as const;

/** `last_error` values (PKCS#11 and the two vendor values that count down). */
export const LAST_ERROR = {
  none: 0,
  pinWrong: 0xa0,
  pinLength: 0xa2,
  locked: 0xa4,
  /** 0x80000001 as a signed number. */
  oneTryLeft: -2147483647,
  /** 0x80000002 as a signed number. */
  twoTriesLeft: -2147483646,
} as const;

const MESSAGES: ReadonlyMap<number, string> = new Map<number, string>([
  [RET.missingMessage, '缺少待簽訊息'],
  [RET.missingCiphertext, '缺少密文'],
  [RET.noCard, '未插入IC卡'],
  [RET.jsonError, 'JSON格式錯誤'],
  [RET.parameterError, '參數錯誤'],
  [RET.timeout, '執行檔錯誤或逾時'],
  [RET.unsupported, '不支援的方法'],
  [RET.untrustedSite, '非信任網站'],
  [RET.pinNotEntered, '未輸入PIN碼'],
  [RET.userCancelled, '使用者取消'],
  [RET.noReader, '無可用讀卡機'],
  [RET.slotInformation, '取得讀卡機資訊失敗'],
  [RET.loginFailed, '登入失敗'],
  [RET.signatureType, '簽章種類錯誤'],
  [RET.decryptError, '解密失敗'],
  [RET.certificateNotYetValid, '憑證尚未生效'],
  [RET.certificateExpired, '憑證已過期'],
  [RET.notGpki, '非GPKI卡片'],
  [RET.notMoica, '卡片種類錯誤'],
  [RET.notMoeaca, '卡片種類錯誤'],
  [RET.notGca, '卡片種類錯誤'],
  [RET.notXca, '卡片種類錯誤'],
  [LAST_ERROR.pinWrong, 'PIN碼錯誤'],
  [LAST_ERROR.pinLength, 'PIN碼長度錯誤'],
  [LAST_ERROR.locked, '卡片已鎖'],
  [LAST_ERROR.oneTryLeft, 'PIN碼錯誤，剩餘1次'],
  [LAST_ERROR.twoTriesLeft, 'PIN碼錯誤，剩餘2次'],
]);

/** Message of a code, for `message` and `message2`. */
export const messageOf = (code: number): string => MESSAGES.get(code) ?? '';
