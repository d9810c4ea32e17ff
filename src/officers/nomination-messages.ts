import type { Language } from '../web/index.ts';

const zh = {
  nominate: '擬派承辦人員',
  nominateNote:
    '一位承辦人員以通行金鑰簽署提出，另一位簽署同一內容；登記連結只給提出人，新金鑰須由核可人當面核對指紋並簽署後才生效。前二位承辦人員由系統管理單位以指令邀請。',
  nominateReplace: '更換既有承辦人員的金鑰與派任（代稱已存在時勾選）',
  nominateSign: '簽署並提出',
  nominateSignNote: '您簽署的就是以下內容；另一位承辦人員將簽署完全相同的內容。',
  nominateReplaces: '更換：此代稱原有的金鑰與派任將由新的取代。',
  nominateLabel: '代稱',
  nominateLabelHint: '例如「承辦丙」；不寫姓名，人事單位知道是誰。',
  nominateLabelWrong: '代稱需為 2 至 40 個字。',
  nominateUntil: '派任末日（可不填）',
  nominateUntilWrong: '派任末日不得早於今日。',
  nominationOf: (label: string) => `擬派：${label}`,
  nominationWaits: '請由另一位承辦人員登入核可。',
  nominationApprove: '簽署核可',
  nominationApproveNote:
    '核可後，登記連結只顯示給提出人。新任承辦人員登記金鑰後，請您當面或以您認得的聲音，請本人從自己的畫面念出指紋，再由您簽署確認。',
  linkShow: '顯示登記連結（只此一次）',
  linkReady: '已核可。連結只給您（提出人）看一次，24 小時內有效；請當面交給本人，自己不得開啟。',
  linkWaits: '已核可；等候提出人將登記連結當面交給本人。',
  keyNone: '連結已交出；等候本人登記金鑰。',
  keyConfirmTitle: '新金鑰待您確認',
  keyConfirmNote:
    '請本人從自己的畫面念出指紋，逐字核對。若本人沒有看到指紋，或連結已被用過，請勿確認並按「撤下」。',
  keyConfirm: '指紋相符，簽署啟用',
  keyWaitsOther: '新金鑰已登記但尚未生效；須由核可擬派的承辦人員核對指紋後確認。',
  linkFor: (label: string) => `${label} 的登記連結`,
  linkNote:
    '連結只顯示這一次，核可後 24 小時內有效，只能用一次；請當面交給本人。金鑰登記後，須由核可人核對指紋才生效。',
  hasPasskey: '已登記通行金鑰',
  noPasskey: '尚未登記通行金鑰',
};

type NominationMessages = typeof zh;

const en: NominationMessages = {
  nominate: 'Propose an officer',
  nominateNote:
    'One officer signs a proposal with a passkey, another signs the same. Only the proposer is shown the enrolment link; the new passkey works only when the approver has compared its fingerprint in person and signed. The first two are invited by command.',
  nominateReplace: 'Replace the passkey and mandate of an existing officer (tick where the label exists)',
  nominateSign: 'Sign and propose',
  nominateSignNote: 'This is what you sign; the other officer will sign exactly the same.',
  nominateReplaces: 'Replacement: the passkey and mandate of this label give way to the new ones.',
  nominateLabel: 'Label',
  nominateLabelHint: 'Such as 承辦丙; never a name. The personnel office knows who it is.',
  nominateLabelWrong: 'A label has 2 to 40 characters.',
  nominateUntil: 'Last day of the mandate (optional)',
  nominateUntilWrong: 'The last day cannot be before today.',
  nominationOf: (label) => `Proposed: ${label}`,
  nominationWaits: 'Another officer must sign in and approve.',
  nominationApprove: 'Sign to approve',
  nominationApproveNote:
    'The enrolment link is then shown to the proposer alone. When the new officer has registered a passkey, have them read its fingerprint to you from their own screen, in person or in a voice you know; then you sign for it.',
  linkShow: 'Show the enrolment link (this once)',
  linkReady:
    'Approved. The link is shown to you, the proposer, once, and is valid for 24 hours. Hand it over in person; do not open it yourself.',
  linkWaits: 'Approved. The proposer hands the enrolment link over in person.',
  keyNone: 'The link was handed over; its holder has not registered yet.',
  keyConfirmTitle: 'A new passkey waits for you',
  keyConfirmNote:
    'Have the new officer read the fingerprint from their own screen and compare every character. If they saw none, or the link had been used, do not confirm: set it aside.',
  keyConfirm: 'The fingerprint matches: sign and put into use',
  keyWaitsOther:
    'The new passkey is registered and not in use: the officer who approved compares its fingerprint and confirms.',
  linkFor: (label) => `Enrolment link of ${label}`,
  linkNote:
    'Shown this once, valid for 24 hours from the approval, used once. Hand it over in person. The new passkey works only when the approver has compared its fingerprint.',
  hasPasskey: 'passkey registered',
  noPasskey: 'no passkey yet',
};

/** What proposing an officer, and confirming their passkey, say. */
export const nominationMessages = (language: Language): NominationMessages => (language === 'en' ? en : zh);
