import type { Localised } from '../web/index.ts';

/**
 * Codes of the browser's side of signing (`identity.md` §11): what the card component answers, and what the page
 * itself finds. Each has one sentence of cause and one next act.
 */
export type CardFailureCode =
  | 'UI_POPUP_BLOCKED'
  | 'UI_NOT_INSTALLED'
  | 'UI_UNTRUSTED_SITE'
  | 'UI_NO_READER'
  | 'UI_NO_CARD'
  | 'UI_WRONG_CARD'
  | 'UI_PIN_WRONG'
  | 'UI_PIN_WRONG_2'
  | 'UI_PIN_WRONG_1'
  | 'UI_PIN_LENGTH'
  | 'UI_CARD_LOCKED'
  | 'UI_CERT_NOT_YET'
  | 'UI_CERT_EXPIRED'
  | 'UI_CANCELLED'
  | 'UI_TIMEOUT'
  | 'UI_CARD_ERROR'
  | 'UI_STATEMENT_RENEWED'
  | 'UI_STATEMENT_MISMATCH'
  | 'UI_RECEIPT_MISMATCH'
  | 'UI_NETWORK'
  | 'UI_INSECURE';

/** What the button under a failure does. */
export type CardFailureAct = 'retry' | 'resend' | 'addDomain' | 'back' | 'none';

/** One failure as people read it. */
export type CardFailure = Readonly<{ cause: Localised; next: Localised; act: CardFailureAct; help?: string }>;

/** Where a PIN is reset or a card unlocked. */
export const pinResetAddress = 'https://moica.nat.gov.tw/';

const failure = (
  act: CardFailureAct,
  cause: readonly [string, string],
  next: readonly [string, string],
  help?: string,
): CardFailure => ({
  act,
  cause: { 'zh-Hant-TW': cause[0], en: cause[1] },
  next: { 'zh-Hant-TW': next[0], en: next[1] },
  ...(help === undefined ? {} : { help }),
});

/** The catalogue of failures; the page prints it, and the island picks by code. */
export const cardFailures: Readonly<Record<CardFailureCode, CardFailure>> = {
  UI_POPUP_BLOCKED: failure(
    'retry',
    ['瀏覽器擋住了卡片元件的小視窗。', 'The browser blocked the small window of the card component.'],
    [
      '請在網址列右側允許本站的彈出視窗，再試一次。',
      'Allow pop-ups for this site at the right of the address bar and try again.',
    ],
  ),
  UI_NOT_INSTALLED: failure(
    'retry',
    [
      '找不到卡片元件，可能沒有安裝或沒有啟動。',
      'The card component did not answer; it may not be installed or running.',
    ],
    [
      '請安裝並啟動內政部的跨平台元件（HiCOS），再試一次。',
      'Install and start the component of the Ministry of the Interior (HiCOS), then try again.',
    ],
    'https://moica.nat.gov.tw/',
  ),
  UI_UNTRUSTED_SITE: failure(
    'addDomain',
    ['卡片元件還沒有把本站列為信任網站。', 'The card component does not trust this site yet.'],
    [
      '請按下按鈕，在元件視窗中同意加入，再回來簽署。',
      'Press the button, agree in the component’s window, then come back and sign.',
    ],
  ),
  UI_NO_READER: failure(
    'retry',
    ['找不到讀卡機。', 'No card reader was found.'],
    [
      '請接上讀卡機；若剛接上，請重新啟動卡片元件，再試一次。',
      'Plug in the reader; if you just did, restart the card component, then try again.',
    ],
  ),
  UI_NO_CARD: failure(
    'retry',
    ['讀卡機裡沒有卡片。', 'There is no card in the reader.'],
    [
      '請插入自然人憑證，晶片朝上，再試一次。',
      'Insert your certificate card with the chip up and try again.',
    ],
  ),
  UI_WRONG_CARD: failure(
    'retry',
    ['這張卡不是自然人憑證。', 'This card is not a Citizen Digital Certificate.'],
    [
      '請換成自然人憑證；健保卡與工商憑證不能用於連署。',
      'Use a Citizen Digital Certificate; health and business cards cannot be used.',
    ],
  ),
  UI_PIN_WRONG: failure(
    'retry',
    ['PIN 碼不正確。', 'The PIN is not correct.'],
    [
      '請確認後再輸入；連續錯 3 次，卡片會鎖住。',
      'Check it and enter it again; three wrong PINs in a row lock the card.',
    ],
  ),
  UI_PIN_WRONG_2: failure(
    'retry',
    ['PIN 碼不正確，還可以再試 2 次。', 'The PIN is not correct. Two tries are left.'],
    ['請確認後再輸入。', 'Check it and enter it again.'],
  ),
  UI_PIN_WRONG_1: failure(
    'none',
    ['PIN 碼不正確，只剩 1 次機會。', 'The PIN is not correct. Only one try is left.'],
    [
      '請先停下來；若不確定，先重設 PIN 碼再回來。',
      'Stop here. If you are not sure, reset the PIN first and come back.',
    ],
    pinResetAddress,
  ),
  UI_PIN_LENGTH: failure(
    'retry',
    ['PIN 碼應為 6 至 8 碼數字。', 'The PIN has 6 to 8 digits.'],
    ['請重新輸入；這次不算一次嘗試。', 'Please enter it again; this did not use up a try.'],
  ),
  UI_CARD_LOCKED: failure(
    'none',
    ['卡片已經鎖住。', 'The card is locked.'],
    [
      '請到內政部憑證管理中心網站解鎖，或洽任一戶政事務所，再回來連署。',
      'Unlock it on the website of the certificate authority or at any household office, then come back.',
    ],
    pinResetAddress,
  ),
  UI_CERT_NOT_YET: failure(
    'none',
    [
      '憑證還沒有生效，或電腦的時鐘不準。',
      'The certificate is not valid yet, or the computer’s clock is wrong.',
    ],
    [
      '請校正電腦時間；若時間正確，請待憑證生效日再來。',
      'Set the clock; if it is right, come back on the day the certificate becomes valid.',
    ],
  ),
  UI_CERT_EXPIRED: failure(
    'none',
    ['憑證已經過期。', 'The certificate has expired.'],
    [
      '請在內政部憑證管理中心展期，或到戶政事務所換發，再回來連署。',
      'Renew it with the certificate authority or at a household office, then come back.',
    ],
    pinResetAddress,
  ),
  UI_CANCELLED: failure(
    'retry',
    ['卡片元件的視窗關閉了，或您取消了。', 'The window of the card component was closed, or you cancelled.'],
    ['想連署時，再按一次簽署即可。', 'Whenever you wish to sign, press the button again.'],
  ),
  UI_TIMEOUT: failure(
    'retry',
    ['卡片元件太久沒有回應。', 'The card component took too long.'],
    [
      '請把卡片拔出再插入，等燈號停止閃爍後再試一次。',
      'Take the card out and in again, wait until the light stops blinking, and try again.',
    ],
  ),
  UI_CARD_ERROR: failure(
    'retry',
    ['卡片元件回報錯誤。', 'The card component reported an error.'],
    [
      '請重新插卡再試；若仍失敗，請把代碼告訴領銜人的諮詢窗口。',
      'Insert the card again and retry; if it fails again, tell the lead proposer’s help contact the code.',
    ],
  ),
  UI_STATEMENT_RENEWED: failure(
    'retry',
    [
      '連署書的十分鐘時效已過，我們已換上新的一份。',
      'The ten minutes of the statement had passed; a new one has taken its place.',
    ],
    [
      '您輸入的資料還在。請看過上方的連署書，再簽一次。',
      'What you typed is still here. Look at the statement above and sign again.',
    ],
  ),
  UI_STATEMENT_MISMATCH: failure(
    'back',
    [
      '伺服器送來的連署書與本頁的案件不符，本頁拒絕簽署。',
      'The statement from the server does not match this case; this page refuses to sign it.',
    ],
    [
      '請重新整理頁面；若再發生，請不要簽署並通報我們。',
      'Reload the page; if it happens again, do not sign, and tell us.',
    ],
  ),
  UI_RECEIPT_MISMATCH: failure(
    'none',
    ['伺服器送來的收執與您的簽署不符。', 'The receipt from the server does not match your signature.'],
    [
      '請保留這個畫面並通報我們；這可能表示紀錄有誤。',
      'Keep this page open and tell us; the record may be wrong.',
    ],
  ),
  UI_NETWORK: failure(
    'resend',
    ['網路連線中斷，或伺服器沒有回應。', 'The connection broke, or the server did not answer.'],
    [
      '請再送一次同一份資料；重送不會重複計算，也不需要再插卡。',
      'Send the same data again; it never counts twice, and the card is not needed.',
    ],
  ),
  UI_INSECURE: failure(
    'none',
    [
      '這個連線不安全，瀏覽器不允許在此簽署。',
      'This connection is not secure, so the browser does not allow signing here.',
    ],
    ['請改用 https:// 開頭的網址。', 'Use the address that begins with https://.'],
  ),
};
