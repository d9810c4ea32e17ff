import type { ProblemCatalogue } from '../platform/http/problem.ts';

const SYSTEM_SECURITY = {
  'zh-Hant-TW': '資通系統防護基準（附表十）：識別與鑑別',
  en: 'Protection baseline of information systems (table 10): identification and authentication',
};
const ONE_LEAD = {
  'zh-Hant-TW': '公民投票法 §9；電子連署及查對作業辦法 §§4–6：由提案人之領銜人為之',
  en: 'Referendum Act §9; e-petition regulation §§4–6: acts of the lead proposer',
};

/** Refusals of the workspace's entrance: what a person is told, and what they can do next. */
export const LEAD_PROPOSERS_PROBLEMS = {
  'sign-in-expired': {
    status: 409,
    title: {
      'zh-Hant-TW': '登入聲明已過期、已用過，或不是這個瀏覽器取得的；您沒有登入。',
      en: 'The login statement is too old, was used already, or was given to another browser. You are not signed in.',
    },
    next: {
      'zh-Hant-TW': '請重新開啟登入頁，取得新的一份再簽一次；每一份十分鐘內有效，只能用一次。',
      en: 'Open the sign-in page again and sign a new one. Each is valid for ten minutes and once.',
    },
    legalBasis: SYSTEM_SECURITY,
  },
  'sign-in-undecided': {
    status: 503,
    title: {
      'zh-Hant-TW': '身分確認服務或憑證廢止資料暫時沒有回應；您沒有登入。',
      en: 'The identity service or the revocation data does not answer for now. You are not signed in.',
    },
    next: {
      'zh-Hant-TW': '請稍候再試。登入不會排隊等候：確認不了身分，就不會登入。',
      en: 'Please try again shortly. Signing in does not wait in a queue: without confirmation nobody is signed in.',
    },
    legalBasis: SYSTEM_SECURITY,
  },
  'sign-in-locked': {
    status: 429,
    title: {
      'zh-Hant-TW': '這個身分證號從您的網路位址連續五次登入失敗，已鎖定十五分鐘；您沒有登入。',
      en: 'Five failures in a row with this number from your address: locked for 15 minutes. You are not signed in.',
    },
    next: {
      'zh-Hant-TW': '請於十五分鐘後再試。卡片的 PIN 碼不受影響；從其他網路位址登入也不受影響。',
      en: 'Try again in fifteen minutes. The PIN of your card is not affected, nor is signing in from another address.',
    },
    legalBasis: SYSTEM_SECURITY,
  },
  'workspace-passkey-refused': {
    status: 403,
    title: { 'zh-Hant-TW': '這把通行金鑰無法登入。', en: 'This passkey does not sign in here.' },
    next: {
      'zh-Hant-TW': '請使用當初登記的裝置，並完成裝置的身分驗證；連續五次失敗會鎖定十五分鐘。',
      en: 'Use the device you registered and complete its own check. Five failures in a row lock the account for 15 minutes.',
    },
    legalBasis: SYSTEM_SECURITY,
  },
  'account-locked': {
    status: 403,
    title: {
      'zh-Hant-TW': '連續五次失敗，這個帳號已鎖定十五分鐘。',
      en: 'Five failures in a row: this account is locked for 15 minutes.',
    },
    next: {
      'zh-Hant-TW': '請稍後再試；若不是您本人操作，請告訴領銜人。',
      en: 'Try again later. If it was not you, tell the lead proposer.',
    },
    legalBasis: SYSTEM_SECURITY,
  },
  'mandate-over': {
    status: 403,
    title: {
      'zh-Hant-TW': '您的授權已結束或到期，目前沒有可以協助的草案或案件。',
      en: 'Your mandate has ended or expired: there is no draft or case for you to help with.',
    },
    next: { 'zh-Hant-TW': '請領銜人重新邀請您。', en: 'Ask the lead proposer for a new invitation.' },
    legalBasis: ONE_LEAD,
  },
  'not-yours': {
    status: 403,
    title: {
      'zh-Hant-TW': '這件事只有本案的領銜人可以做，或您沒有這一案的授權。',
      en: 'Only the lead proposer of this case can do this, or you have no mandate for it.',
    },
    next: {
      'zh-Hant-TW': '請以領銜人的自然人憑證登入，或請領銜人邀請您。',
      en: 'Sign in with the lead proposer’s certificate, or ask the lead proposer for an invitation.',
    },
    legalBasis: ONE_LEAD,
  },
  'invitation-unknown': {
    status: 404,
    title: {
      'zh-Hant-TW': '這個邀請連結不存在、已使用、已撤回或已過期。',
      en: 'This invitation is unknown, used, withdrawn or expired.',
    },
    next: { 'zh-Hant-TW': '請向邀請您的人索取新的連結。', en: 'Ask whoever invited you for a new link.' },
  },
  'registration-refused': {
    status: 409,
    title: {
      'zh-Hant-TW': '無法登記這把通行金鑰；沒有任何東西被記錄。',
      en: 'This passkey could not be registered. Nothing was recorded.',
    },
    next: {
      'zh-Hant-TW': '請使用需要指紋、臉部或 PIN 驗證的裝置，重新開啟邀請連結再試一次。',
      en: 'Use a device that checks a fingerprint, face or PIN, open the invitation again and retry.',
    },
  },
  'access-code-refused': {
    status: 403,
    title: {
      'zh-Hant-TW': '系統認證碼不正確，或這個案件目前沒有有效的認證碼；您沒有登入。',
      en: 'The access code is wrong, or this case has none that holds. You are not signed in.',
    },
    next: {
      'zh-Hant-TW':
        '請核對案號與認證碼後再試；連續五次錯誤會鎖定十五分鐘。遺失時請向中央選舉委員會申請補發。不填案號與認證碼，仍可用憑證登入。',
      en: 'Compare case number and code, then retry. Five wrong codes lock for 15 minutes. If it is lost, the Commission gives a new one. Without case number and code you can still sign in with your certificate.',
    },
    legalBasis: {
      'zh-Hant-TW': '電子連署及查對作業辦法 §§5、6：以憑證及系統認證碼登入',
      en: 'E-petition regulation §§5, 6: certificate and access code',
    },
  },
  'access-code-locked': {
    status: 403,
    title: {
      'zh-Hant-TW': '這個案件的系統認證碼連續輸入錯誤，已鎖定十五分鐘；您沒有登入。',
      en: 'Too many wrong access codes for this case: locked for 15 minutes. You are not signed in.',
    },
    next: {
      'zh-Hant-TW': '請稍後再試；不填案號與認證碼，仍可用憑證登入。',
      en: 'Try again later. Without case number and code you can still sign in with your certificate.',
    },
    legalBasis: SYSTEM_SECURITY,
  },
} as const satisfies ProblemCatalogue;

export type LeadProposersProblem = keyof typeof LEAD_PROPOSERS_PROBLEMS;
