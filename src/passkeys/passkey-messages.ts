import type { Language } from '../web/index.ts';

const zh = {
  needsScript: '通行金鑰需要 JavaScript；本站其他步驟都不需要。',
  working: '等候裝置驗證…',
  cancelled: '裝置沒有完成驗證，或已取消。沒有任何東西送出，請再試一次。',
  unsupported: '這個瀏覽器無法使用通行金鑰。請改用較新的瀏覽器。',
};

const en: typeof zh = {
  needsScript: 'A passkey needs JavaScript; no other step of this site does.',
  working: 'Waiting for your device…',
  cancelled: 'Your device did not complete the check, or it was cancelled. Nothing was sent; try again.',
  unsupported: 'This browser cannot use passkeys. Use a newer one.',
};

export const passkeyMessages = (language: Language): typeof zh => (language === 'en' ? en : zh);
