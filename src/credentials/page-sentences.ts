import type { ProblemEntry } from '../platform/http/problem.ts';
import type { UiCode } from './policy-codes.ts';
import { unsigned } from './policy-sentence.ts';

/** What the signing page says when the card component or the phone does not get as far as a signature (identity.md §11). */
export const PAGE_SENTENCES = {
  UI_POPUP_BLOCKED: unsigned(
    ['瀏覽器擋住了讀卡元件的小視窗。', 'the browser blocked the small window of the card component.'],
    [
      '請按網址列旁的封鎖圖示，允許本站開啟彈出式視窗，再按一次「簽署」。',
      'Click the blocked-window icon in the address bar, allow pop-ups for this site, and press “Sign” again.',
    ],
  ),
  UI_NOT_INSTALLED: unsigned(
    [
      '這台電腦沒有安裝或沒有啟動跨平台網頁元件（HiPKI）。',
      'the card component (HiPKI) is not installed or not running on this computer.',
    ],
    [
      '請安裝並啟動 HiPKI 元件，再按一次「簽署」；手機和平板不能使用 IC 卡。',
      'Install and start the HiPKI component, then press “Sign” again; phones and tablets cannot use the card.',
    ],
  ),
  UI_UNTRUSTED_SITE: unsigned(
    ['讀卡元件還沒有信任本站。', 'the card component does not trust this site yet.'],
    [
      '請按「加入信任網站」，在跳出的視窗確認本站網址後同意，再簽一次。',
      'Press “Add as trusted site”, compare the address in the window that opens, agree, and sign again.',
    ],
  ),
  UI_NO_READER: unsigned(
    ['找不到讀卡機。', 'no card reader was found.'],
    [
      '請接上讀卡機，重新啟動 HiPKI 元件後再試。',
      'Connect the reader, restart the HiPKI component and try again.',
    ],
  ),
  UI_NO_CARD: unsigned(
    ['讀卡機裡沒有卡片。', 'there is no card in the reader.'],
    [
      '請把自然人憑證晶片朝上插到底，再按一次「簽署」。',
      'Insert your card fully, chip up, and press “Sign” again.',
    ],
  ),
  UI_WRONG_CARD: unsigned(
    ['這不是自然人憑證。', 'this is not a Citizen Digital Certificate card.'],
    [
      '請換成自然人憑證；健保卡、工商憑證和金融卡都不能用。',
      'Use the Citizen Digital Certificate; health, business and bank cards do not work.',
    ],
  ),
  UI_PIN_WRONG: unsigned(
    ['PIN 碼不對。', 'the PIN is wrong.'],
    [
      '請確認後再輸入；連續錯三次卡片會鎖住。不確定時請先停下來，到內政部憑證管理中心網站重設 PIN 碼。',
      'Check and type it again; three wrong tries in a row lock the card. If unsure, stop and reset the PIN on the website of the interior ministry’s certification authority.',
    ],
  ),
  UI_CARD_LOCKED: unsigned(
    ['卡片因 PIN 碼連續輸入錯誤而鎖住了。', 'the card is locked after too many wrong PINs.'],
    [
      '請到內政部憑證管理中心網站以用戶代碼解鎖，或攜帶身分證到戶政事務所辦理。',
      'Unlock it with your user code on the website of the interior ministry’s certification authority, or at a household registration office with your ID card.',
    ],
  ),
  UI_PIN_LENGTH: unsigned(
    ['PIN 碼的長度不對。', 'the PIN does not have the right length.'],
    ['請輸入六到八個數字的 PIN 碼。', 'Type the PIN of six to eight digits.'],
  ),
  UI_CERT_NOT_YET: unsigned(
    ['卡片上的憑證還沒到生效日。', 'the certificate on the card is not valid yet.'],
    [
      '請先檢查電腦的日期；若日期正確，請在憑證生效之後再來。',
      'Check the date of your computer; if it is right, come back once the certificate is valid.',
    ],
  ),
  UI_CERT_EXPIRED: unsigned(
    ['卡片上的憑證已經過期。', 'the certificate on the card has expired.'],
    [
      '請先檢查電腦的日期；若確已過期，請上網展期或到戶政事務所重新申辦。',
      'Check the date of your computer; if it has expired, renew it online or apply anew at a household registration office.',
    ],
  ),
  UI_CANCELLED: unsigned(
    ['您取消了簽署。', 'you cancelled.'],
    ['想繼續時，再按一次「簽署」即可。', 'Press “Sign” again whenever you want to continue.'],
  ),
  UI_TIMEOUT: unsigned(
    ['讀卡元件太久沒有回應。', 'the card component took too long to answer.'],
    ['請把卡片拔出再插入，再按一次「簽署」。', 'Take the card out, insert it again, and press “Sign” again.'],
  ),
  UI_NOT_ENROLLED: unsigned(
    ['這個身分證統一編號還沒有申辦行動自然人憑證。', 'no mobile certificate is registered for this number.'],
    [
      '請改用 IC 卡，或先到戶政事務所申辦行動自然人憑證。',
      'Use the card, or register for the mobile certificate at a household registration office first.',
    ],
  ),
  UI_CERT_REVOKED: unsigned(
    ['這支手機的行動自然人憑證已經失效。', 'the mobile certificate of this phone is no longer valid.'],
    ['請在手機上重新申請，或改用 IC 卡。', 'Register the phone anew, or use the card.'],
  ),
  UI_TICKET_EXPIRED: unsigned(
    ['條碼已經過期或用過了。', 'the code has expired or was used already.'],
    ['請按「重新產生條碼」，再用手機掃描一次。', 'Press “New code” and scan it again.'],
  ),
} satisfies Readonly<Record<UiCode, ProblemEntry>>;
