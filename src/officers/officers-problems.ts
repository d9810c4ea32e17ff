import type { ProblemCatalogue } from '../platform/http/problem.ts';

const TWO_OFFICERS = {
  'zh-Hant-TW': '平台規則：改變權利之行為須由二位承辦人員核可',
  en: 'Platform rule: what changes a right needs two officers',
};
const SYSTEM_SECURITY = {
  'zh-Hant-TW': '資通系統防護基準（附表十）：識別與鑑別',
  en: 'Protection baseline of information systems (table 10): identification and authentication',
};

/** Refusals of the office: what a person is told, and what they can do next. */
export const OFFICERS_PROBLEMS = {
  'sign-in-refused': {
    status: 403,
    title: { 'zh-Hant-TW': '這把通行金鑰無法登入。', en: 'This passkey does not sign in here.' },
    next: {
      'zh-Hant-TW': '請確認使用當初登記的裝置，並完成裝置的身分驗證；連續五次失敗會鎖定十五分鐘。',
      en: 'Use the device you registered and complete its own check. Five failures in a row lock the account for 15 minutes.',
    },
    legalBasis: SYSTEM_SECURITY,
  },
  'officer-locked': {
    status: 403,
    title: {
      'zh-Hant-TW': '連續五次失敗，已鎖定十五分鐘。',
      en: 'Five failures in a row: locked for 15 minutes.',
    },
    next: {
      'zh-Hant-TW': '請稍後再試；若不是您本人操作，請通知資安窗口。',
      en: 'Try again later. If it was not you, tell the security contact.',
    },
    legalBasis: SYSTEM_SECURITY,
  },
  'challenge-expired': {
    status: 409,
    title: {
      'zh-Hant-TW': '這一頁放太久，或已經用過了；沒有任何東西被記錄。',
      en: 'This page is too old or was used already. Nothing was recorded.',
    },
    next: { 'zh-Hant-TW': '請重新開啟這一頁再試。', en: 'Open the page again and retry.' },
  },
  'mandate-ended': {
    status: 403,
    title: {
      'zh-Hant-TW': '您的派任今日不在有效期間內，不得代表機關為此行為。',
      en: 'Your mandate does not hold today: you cannot act for the authority.',
    },
    next: { 'zh-Hant-TW': '請由單位主管重新派任。', en: 'Ask for a new mandate.' },
    legalBasis: {
      'zh-Hant-TW': '平台規則：承辦人員依派任行使職權',
      en: 'Platform rule: officers act under a mandate',
    },
  },
  'invite-unknown': {
    status: 404,
    title: {
      'zh-Hant-TW': '這個登記連結不存在、已使用或已過期。',
      en: 'This enrolment link is unknown, used or expired.',
    },
    next: { 'zh-Hant-TW': '請向系統管理單位索取新的連結。', en: 'Ask for a new link.' },
  },
  'passkey-refused': {
    status: 409,
    title: {
      'zh-Hant-TW': '無法登記這把通行金鑰；沒有任何東西被記錄。',
      en: 'This passkey could not be registered. Nothing was recorded.',
    },
    next: {
      'zh-Hant-TW': '請使用需要指紋、臉部或 PIN 驗證的裝置，再試一次。一把金鑰只能屬於一位承辦人員。',
      en: 'Use a device that checks a fingerprint, face or PIN, and try again. A passkey belongs to one officer only.',
    },
  },
  'same-officer-twice': {
    status: 409,
    title: {
      'zh-Hant-TW': '您已簽署過這個行為；第二位核可必須是另一位承辦人員。',
      en: 'You have signed this act already: the second approval must come from another officer.',
    },
    next: { 'zh-Hant-TW': '請由另一位承辦人員登入後核可。', en: 'Another officer signs in and approves.' },
    legalBasis: TWO_OFFICERS,
  },
  'proposer-signs-first': {
    status: 409,
    title: {
      'zh-Hant-TW': '擬辦的承辦人員還沒有簽署。',
      en: 'The officer who prepared this has not signed it yet.',
    },
    next: { 'zh-Hant-TW': '請等擬辦人員先簽署。', en: 'Wait until the preparing officer has signed.' },
    legalBasis: TWO_OFFICERS,
  },
  'first-approval-lapsed': {
    status: 409,
    title: {
      'zh-Hant-TW':
        '第一位承辦人員的簽署已失效（金鑰已停用、派任已結束，或內容與簽署時不同）；沒有任何東西被登錄。',
      en: 'The first officer’s signature no longer holds (key or mandate ended, or the content is not what was signed). Nothing was entered.',
    },
    next: { 'zh-Hant-TW': '請撤下後重新擬辦。', en: 'Set it aside and prepare it again.' },
    legalBasis: TWO_OFFICERS,
  },
  'approval-invalid': {
    status: 403,
    title: {
      'zh-Hant-TW': '簽署無法驗證，沒有任何東西被登錄。',
      en: 'The signature does not verify. Nothing was entered.',
    },
    next: {
      'zh-Hant-TW': '請用您登記的通行金鑰再試一次；連續五次失敗會鎖定十五分鐘。',
      en: 'Try again with your registered passkey. Five failures in a row lock the account for 15 minutes.',
    },
    legalBasis: TWO_OFFICERS,
  },
  'approval-of-another-action': {
    status: 409,
    title: {
      'zh-Hant-TW': '這個簽署是對別的內容所為，不能用在這裡；沒有任何東西被登錄。',
      en: 'This signature is over something else and cannot be used here. Nothing was entered.',
    },
    next: {
      'zh-Hant-TW': '請重新開啟這一頁，核對內容後再簽署。',
      en: 'Open the page again, compare, and sign.',
    },
    legalBasis: TWO_OFFICERS,
  },
  'action-changed': {
    status: 409,
    title: {
      'zh-Hant-TW': '您看到的內容與待核可的內容不同；沒有任何東西被登錄。',
      en: 'What you saw is not what waits for approval. Nothing was entered.',
    },
    next: { 'zh-Hant-TW': '請重新開啟這一頁並核對。', en: 'Open the page again and compare.' },
    legalBasis: TWO_OFFICERS,
  },
  'action-ended': {
    status: 409,
    title: {
      'zh-Hant-TW': '這個行為已登錄或已撤下。',
      en: 'This act was entered or set aside already.',
    },
    next: { 'zh-Hant-TW': '請回到案件查看目前狀態。', en: 'Go back to the case and look where it stands.' },
  },
  'label-taken': {
    status: 409,
    title: {
      'zh-Hant-TW': '這個代稱已有承辦人員，或已不存在；沒有任何東西被登錄。',
      en: 'This label belongs to an officer already, or to none any more. Nothing was entered.',
    },
    next: {
      'zh-Hant-TW': '請改用別的代稱；若要更換既有承辦人員的金鑰，請重新擬派並勾選「更換」。',
      en: 'Choose another label. To replace the passkey of an existing officer, propose again and tick “replace”.',
    },
    legalBasis: TWO_OFFICERS,
  },
  'link-shown': {
    status: 409,
    title: {
      'zh-Hant-TW': '登記連結已顯示過一次，或已逾 24 小時。',
      en: 'The enrolment link was shown already, or 24 hours are over.',
    },
    next: {
      'zh-Hant-TW': '連結若遺失，請重新擬派。',
      en: 'If the link is lost, propose the officer again.',
    },
    legalBasis: TWO_OFFICERS,
  },
  'not-the-approver': {
    status: 403,
    title: {
      'zh-Hant-TW': '這把金鑰只能由核可擬派的承辦人員確認；拿到連結的人不得確認。',
      en: 'Only the officer who approved the nomination confirms this key, never the one who had the link.',
    },
    next: {
      'zh-Hant-TW': '請由核可的承辦人員登入，當面核對指紋後確認。',
      en: 'The officer who approved signs in, compares the fingerprint in person and confirms.',
    },
    legalBasis: TWO_OFFICERS,
  },
  'record-read-only': {
    status: 503,
    title: {
      'zh-Hant-TW': '公卷暫時唯讀，這個行為沒有登錄；簽署仍待完成。',
      en: 'The record is read-only for now: nothing was entered, the act still waits.',
    },
    next: {
      'zh-Hant-TW': '系統確認公卷與見證人一致後會自動恢復，請稍後再核可一次。',
      en: 'It goes on by itself once the record and its witnesses agree. Approve again then.',
    },
  },
} as const satisfies ProblemCatalogue;

export type OfficersProblem = keyof typeof OFFICERS_PROBLEMS;
