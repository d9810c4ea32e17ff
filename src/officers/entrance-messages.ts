import type { Language } from '../web/index.ts';

const zh = {
  signInTitle: '承辦人員登入',
  signInLede: '以登記過的通行金鑰登入。裝置會要求指紋、臉部或 PIN 驗證。',
  signInButton: '以通行金鑰登入',
  signInIdle: '閒置十五分鐘會自動登出；連續五次失敗鎖定十五分鐘。',
  signInAgain: '已登出或閒置超過十五分鐘，請重新登入；還沒送出的內容不會保留。',
  enrolTitle: '登記通行金鑰',
  enrolLede: (label: string) => `您將以「${label}」登入。這個連結只能用一次。`,
  enrolPublic: '公開紀錄會記載這把金鑰的公開部分與職務，不記載您的姓名。登記新的金鑰後，先前的金鑰即停用。',
  enrolButton: '登記這台裝置',
  enrolDone: '已登記。請以這把通行金鑰登入。',
  keyWaitsTitle: '金鑰已登記，尚未生效',
  keyWaitsLede:
    '請把以下指紋念給核可您派任的那位承辦人員聽，不是交給您連結的那位。對方核對並簽署之後，您才能登入。',
  keyWaitsOnce: '指紋只在這一頁顯示，請先不要關閉。',
  sessionsTitle: '登入紀錄',
  sessionsLede: '您目前有效的登入。不認得的請立即結束，並通知資安窗口。',
  began: '登入時間',
  seen: '最近使用',
  thisOne: '本次登入',
  end: '結束',
  mandates: '派任',
};

type EntranceMessages = typeof zh;

const en: EntranceMessages = {
  signInTitle: 'Officers’ sign-in',
  signInLede: 'Sign in with your registered passkey. Your device asks for a fingerprint, face or PIN.',
  signInButton: 'Sign in with a passkey',
  signInIdle: 'You are signed out after 15 idle minutes. Five failures in a row lock for 15 minutes.',
  signInAgain:
    'You were signed out, or idle for more than 15 minutes. Sign in again; what was not sent is not kept.',
  enrolTitle: 'Register a passkey',
  enrolLede: (label) => `You will sign in as “${label}”. This link works once.`,
  enrolPublic:
    'The public record will show the public half of this key and its office, not your name. A new key ends the one before.',
  enrolButton: 'Register this device',
  enrolDone: 'Registered. Sign in with this passkey.',
  keyWaitsTitle: 'Registered, not yet in use',
  keyWaitsLede:
    'Read this fingerprint to the officer who approved you, not to the one who gave you the link. You can sign in when they have compared it and signed.',
  keyWaitsOnce: 'The fingerprint is shown on this page only. Keep it open.',
  sessionsTitle: 'Sessions',
  sessionsLede: 'Where you are signed in now. End what you do not recognise, and tell the security contact.',
  began: 'Signed in',
  seen: 'Last used',
  thisOne: 'this session',
  end: 'End',
  mandates: 'Mandates',
};

/** What coming in, registering a passkey and the list of sessions say. */
export const entranceMessages = (language: Language): EntranceMessages => (language === 'en' ? en : zh);
