import type { Language } from '../web/index.ts';

const zh = {
  signInTitle: '登入工作臺',
  signInLede: '公投案的提案人之領銜人，以自然人憑證登入；受邀共同草擬或協助的人，以通行金鑰登入。',
  signInAgain: '已登出或閒置超過十五分鐘，請重新登入；還沒送出的內容不會保留。',
  registered: '已登記。請以這把通行金鑰登入。',
  signInIdle: '閒置十五分鐘會自動登出。',
  addressBefore: '登入前請看一眼網址列，應該是 ',
  addressAfter: '。沒有人可以向您要卡片、手機或 PIN 碼。',
  cardTitle: '領銜人：以自然人憑證登入',
  cardText:
    '卡片會簽署下面的登入聲明。它只用來登入，不是提案書，也不是連署書。身分證字號只用來向內政部確認憑證屬於您，確認後不保存；本站不保存您的姓名。',
  eSystem: '要進入案件的電子連署系統？請填案號與系統認證碼',
  eSystemText: '依電子連署及查對作業辦法，領銜人以憑證及系統認證碼登入。只是草擬或看進度時不必填。',
  eSystemCase: '案號',
  eSystemCode: '系統認證碼',
  eSystemCodeHint: '四組、每組五個字，例如 7K3QF-9M2XA-…；大小寫不分。',
  statement: '登入聲明',
  statementNote: '',
  statementUntil: '這份聲明只能用一次，有效到',
  cardButton: '以自然人憑證登入',
  busySending: '確認身分中…',
  failureTitle: '您沒有登入。',
  elsewhereDownload: '下載登入聲明，不要改動任何文字。',
  downloadStatement: '下載登入聲明',
  uploadButton: '上傳並登入',
  faultId: '請填寫正確的國民身分證統一編號（1 個英文字母加 9 個數字）。',
  faultSignature: '請選擇簽好的檔案（.p7m、.p7s 或 .p7，64 kB 以內）。',
  faultCase: '請填案號，或把系統認證碼也留白。',
  faultCode: '請填系統認證碼，或把案號也留白。',
  passkeyTitle: '受邀者：以通行金鑰登入',
  passkeyText: '請用登記過的裝置；裝置會要求指紋、臉部或 PIN 驗證。還沒登記？請領銜人給您邀請連結。',
  passkeyButton: '以通行金鑰登入',

  invitationTitle: '受邀協助',
  invitationLede: (label: string) => `您受邀以「${label}」的身分加入工作臺。這個連結只能用一次。`,
  invitationMandates: '您可以做的事',
  invitationPrivacy: '工作臺只知道這個稱呼與這把金鑰的公開部分，不會要您的姓名或身分證字號。',
  invitationButton: '登記這台裝置的通行金鑰',
};

export type EntranceMessages = typeof zh;

const en: EntranceMessages = {
  signInTitle: 'Sign in to the workspace',
  signInLede:
    'Lead proposers of initiatives sign in with their Citizen Digital Certificate; people they invited to draft or assist, with a passkey.',
  signInAgain:
    'You were signed out, or idle for more than 15 minutes. Sign in again; what was not sent is not kept.',
  registered: 'Registered. Sign in with this passkey.',
  signInIdle: 'You are signed out after 15 idle minutes.',
  addressBefore: 'Before you sign in, look at the address bar. It should say ',
  addressAfter: '. No person may ask for your card, phone or PIN.',
  cardTitle: 'Lead proposers: sign in with your certificate',
  cardText:
    'Your card signs the login statement below. It serves to sign in and is neither a proposal nor a joint signature. Your ID number is used to confirm with the Ministry of the Interior that the certificate is yours, and is not kept; nor is your name.',
  eSystem: 'To enter the electronic system of a case: case number and access code',
  eSystemText:
    'Under the e-petition regulation the lead proposer enters with certificate and access code. To draft or to see progress, leave this empty.',
  eSystemCase: 'Case number',
  eSystemCode: 'Access code',
  eSystemCodeHint: 'Four groups of five characters, such as 7K3QF-9M2XA-…; small letters count as capitals.',
  statement: 'Login statement',
  statementNote:
    'In English: “I sign in to the site named above; this document is neither a proposal nor a joint signature.” What is signed is the Chinese text.',
  statementUntil: 'This statement works once and is valid until',
  cardButton: 'Sign in with your certificate',
  busySending: 'Confirming who you are…',
  failureTitle: 'You are not signed in.',
  elsewhereDownload: 'Download the login statement and change nothing in it.',
  downloadStatement: 'Download the login statement',
  uploadButton: 'Upload and sign in',
  faultId: 'Type a correct national ID number (one letter and nine digits).',
  faultSignature: 'Choose the signed file (.p7m, .p7s or .p7, at most 64 kB).',
  faultCase: 'Type the case number, or leave the access code empty too.',
  faultCode: 'Type the access code, or leave the case number empty too.',
  passkeyTitle: 'Invited people: sign in with your passkey',
  passkeyText:
    'Use the device you registered; it asks for a fingerprint, face or PIN. Not registered yet? Ask the lead proposer for an invitation.',
  passkeyButton: 'Sign in with a passkey',

  invitationTitle: 'An invitation to help',
  invitationLede: (label) => `You are invited to join the workspace as “${label}”. This link works once.`,
  invitationMandates: 'What you may do',
  invitationPrivacy:
    'The workspace knows this label and the public half of your key. It will not ask for your name or national ID.',
  invitationButton: 'Register a passkey on this device',
};

export const entranceMessages = (language: Language): EntranceMessages => (language === 'en' ? en : zh);
