/** 信件: the plain text of each mail. The same neutral words for every case; no tracking, nothing to load. */
import type { Mail } from '../platform/mail.ts';
import type { Language, Localised } from '../web/index.ts';

/** What a mail is about. */
export interface MailFacts {
  readonly caseNumber: string;
  readonly title: Localised;
  /** `confirm`: please confirm. `already`: you follow this case already. Otherwise the news. */
  readonly about: 'confirm' | 'already' | Readonly<{ zh: string; en: string }>;
  readonly caseUrl: string;
  /** Only for `confirm`. */
  readonly confirmUrl?: string;
  readonly stopUrl: string;
  readonly isDemo: boolean;
}

/** @returns everything but the address it goes to */
export function mailOf(facts: MailFacts, language: Language): Omit<Mail, 'to'> {
  const { subject, body } = language === 'en' ? english(facts) : chinese(facts);
  const text = `${[...(facts.isDemo ? [DEMO[language], ''] : []), ...body].join('\n')}\n`;
  return { subject, text, language, unsubscribe: facts.stopUrl };
}

const DEMO: Localised = {
  'zh-Hant-TW': '【示範】本信來自示範系統，不具任何法律效力。',
  en: '[Demonstration] This mail comes from a demonstration and has no legal effect.',
};

type Written = Readonly<{ subject: string; body: readonly string[] }>;

function chinese({ caseNumber, title, about, caseUrl, confirmUrl, stopUrl }: MailFacts): Written {
  const name = `第 ${caseNumber} 案　${title['zh-Hant-TW']}`;
  const foot = [
    '',
    `案件頁：${caseUrl}`,
    '',
    '停止通知並刪除您的電子郵件地址（一步完成）：',
    stopUrl,
    '',
    '本信由系統自動寄出。我們不會以電子郵件向您索取身分證字號、憑證或 PIN 碼。',
  ];
  if (about === 'confirm')
    return {
      subject: `〔連署〕請確認：以電子郵件追蹤第 ${caseNumber} 案`,
      body: [
        '有人以這個地址要求追蹤下列公投案。若是您本人，請在 24 小時內開啟下列連結並按下確認：',
        '',
        name,
        confirmUrl ?? '',
        '',
        '若不是您，不必理會：未確認的要求會在 24 小時後刪除，不會再寄信。',
        '追蹤案件與連署無關，不會記錄您是否連署。',
        ...foot,
      ],
    };
  if (about === 'already')
    return {
      subject: `〔連署〕您已在追蹤第 ${caseNumber} 案`,
      body: ['有人以這個地址再次要求追蹤下列公投案。您已在追蹤，不必再做任何事。', '', name, ...foot],
    };
  return {
    subject: `〔連署〕第 ${caseNumber} 案：${subjectPart(about.zh)}`,
    body: ['您追蹤的公投案有新的進展。', '', name, about.zh, ...foot],
  };
}

function english({ caseNumber, title, about, caseUrl, confirmUrl, stopUrl }: MailFacts): Written {
  const name = `Case ${caseNumber}: ${title.en}`;
  const foot = [
    '',
    `The case: ${caseUrl}`,
    '',
    'Stop these mails and delete your address (one step):',
    stopUrl,
    '',
    'Sent automatically. We never ask for a national ID, a certificate or a PIN by mail.',
  ];
  if (about === 'confirm')
    return {
      subject: `[Lianshu] Please confirm: follow case ${caseNumber} by mail`,
      body: [
        'Somebody asked to follow this initiative with your address. If it was you, open this link within 24 hours and press confirm:',
        '',
        name,
        confirmUrl ?? '',
        '',
        'If it was not you, do nothing: what is not confirmed is deleted after 24 hours and no further mail is sent.',
        'Following a case has nothing to do with signing it, and does not record whether you signed.',
        ...foot,
      ],
    };
  if (about === 'already')
    return {
      subject: `[Lianshu] You already follow case ${caseNumber}`,
      body: [
        'Somebody asked once more to follow this initiative with your address. You follow it already; nothing needs to be done.',
        '',
        name,
        ...foot,
      ],
    };
  return {
    subject: `[Lianshu] Case ${caseNumber}: ${subjectPart(about.en)}`,
    body: ['There is news of an initiative you follow.', '', name, about.en, ...foot],
  };
}

/** The fact without its parenthesis: subjects are cut on small screens. */
const subjectPart = (text: string): string =>
  text
    .replace(/[（(].*$/s, '')
    .replace(/，應由.*$|, owed by.*$/s, '')
    .trim();
