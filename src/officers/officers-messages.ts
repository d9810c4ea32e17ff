import type { Language } from '../web/index.ts';
import { actMessages } from './act-messages.ts';
import { entranceMessages } from './entrance-messages.ts';
import { nominationMessages } from './nomination-messages.ts';
import { registerMessages } from './register-messages.ts';

const zh = {
  ...actMessages('zh-Hant-TW'),
  ...entranceMessages('zh-Hant-TW'),
  ...nominationMessages('zh-Hant-TW'),
  ...registerMessages('zh-Hant-TW'),
  siteName: '連署｜承辦',
  demoBanner: '這是示範系統的承辦介面：案件與決定都不具法律效力。',
  registerNav: '案件清冊',
  waitingNav: '待核可',
  sessionsNav: '登入紀錄',
  platformNav: '平台事項',
  officersNav: '承辦人員',
  signOut: '登出',
  footer: '公開紀錄只記載機關與身分，不記載承辦人員。每項改變權利的行為須由二位承辦人員核可。',
  publicSite: '公開網站',
  none: '無',
};

export type OfficersMessages = typeof zh;

const en: OfficersMessages = {
  ...actMessages('en'),
  ...entranceMessages('en'),
  ...nominationMessages('en'),
  ...registerMessages('en'),
  siteName: 'Lianshu | Office',
  demoBanner: 'The office of a demonstration: cases and decisions have no legal effect.',
  registerNav: 'Register',
  waitingNav: 'For approval',
  sessionsNav: 'Sessions',
  platformNav: 'Platform',
  officersNav: 'Officers',
  signOut: 'Sign out',
  footer:
    'The public record names authorities and capacities, never an officer. What changes a right needs two officers.',
  publicSite: 'Public site',
  none: 'none',
};

/** The catalogue of the office in one language: here the words of every page; the rest by what the page does. */
export const officersMessages = (language: Language): OfficersMessages => (language === 'en' ? en : zh);
