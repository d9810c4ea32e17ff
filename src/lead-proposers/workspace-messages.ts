import type { Language } from '../web/index.ts';

const zh = {
  siteName: '連署｜工作臺',
  demoBanner: '這是示範系統的工作臺：草案與案件都不具法律效力。',
  homeNav: '我的工作臺',
  sessionsNav: '登入紀錄',
  signOut: '登出',
  footer: '領銜人以自然人憑證登入；受邀者以通行金鑰登入。工作臺不保存姓名與身分證字號。',
  publicSite: '公開網站',
};

const en: typeof zh = {
  siteName: 'Lianshu | Workspace',
  demoBanner: 'The workspace of a demonstration: drafts and cases have no legal effect.',
  homeNav: 'My workspace',
  sessionsNav: 'Sessions',
  signOut: 'Sign out',
  footer:
    'Lead proposers sign in with their certificate, invited people with a passkey. The workspace keeps neither names nor national IDs.',
  publicSite: 'Public site',
};

export const workspaceMessages = (language: Language): typeof zh => (language === 'en' ? en : zh);
