import type { Language } from '../web/index.ts';

const zh = {
  pin: 'PIN 碼',
  pinHint: '6 至 8 碼數字；只交給您電腦上的元件，不會送到本站。連續錯 3 次，卡片會鎖住。',
  busyCard: '等候卡片…請看元件的小視窗',
  lastTryTitle: '先停下來：PIN 碼只剩 1 次機會',
  lastTryLink: '先重設 PIN 碼',
  lastTryConsent: '我確定知道 PIN 碼，要再試最後一次',
  failureNext: '接下來：',
  failureCode: '代碼',
  act: { retry: '再試一次', addDomain: '開啟元件視窗，加入信任網站', back: '重新整理頁面' },
  elsewhere: '不用讀卡元件或 JavaScript：下載、簽署、上傳',
  elsewhereSign: '用任何能產生 CMS（PKCS#7）簽章的工具，以自然人憑證簽署，例如：',
  elsewhereUpload: '回到這一頁，填身分證字號並上傳簽好的檔案。',
  signatureFile: '簽好的檔案',
};

/** What the step with the card says, whatever is signed. */
export type CardStepWords = typeof zh;

const en: CardStepWords = {
  pin: 'PIN',
  pinHint:
    '6 to 8 digits; goes to the component on your computer only, never to this site. Three wrong PINs in a row lock the card.',
  busyCard: 'Waiting for the card… look at the component’s small window',
  lastTryTitle: 'Stop here: only one try is left for the PIN',
  lastTryLink: 'Reset the PIN first',
  lastTryConsent: 'I am sure of the PIN and want to try one last time',
  failureNext: 'What to do: ',
  failureCode: 'Code',
  act: {
    retry: 'Try again',
    addDomain: 'Open the component and add this site',
    back: 'Reload the page',
  },
  elsewhere: 'Without card component or JavaScript: download, sign, upload',
  elsewhereSign: 'Sign it with any tool that makes CMS (PKCS#7) signatures with your card, for example:',
  elsewhereUpload: 'Back on this page, type your ID number and upload the signed file.',
  signatureFile: 'Signed file',
};

export const cardStepWords = (language: Language): CardStepWords => (language === 'en' ? en : zh);
