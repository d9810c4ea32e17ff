/** What a poster says. Statutory words beside plain ones; nothing is promised for signing (公民投票法 §37). */

import { formatDate } from '../web/format.ts';
import type { Language, Localised } from '../web/index.ts';

/** The public facts of a poster. */
export interface PosterFacts {
  /** Case number or draft number. */
  readonly number: string;
  readonly subject: Localised;
  /** The question as announced: Chinese in both languages. */
  readonly mainText: string;
  readonly translation: string | undefined;
  readonly leadProposer: Localised;
  readonly helpContact: Localised | undefined;
  /** Undefined before the period is fixed. */
  readonly period: Readonly<{ firstDay: string; lastDay: string }> | undefined;
  /** Public address that the QR code leads to; no personal link. */
  readonly address: string;
  readonly isDemonstration: boolean;
}

/** The lines of one poster in one language. */
export interface PosterWords {
  readonly mark: string | undefined;
  readonly title: string;
  readonly number: string;
  readonly subject: string;
  readonly questionLabel: string;
  readonly question: string;
  readonly translation: string | undefined;
  readonly period: string | undefined;
  readonly scan: string;
  readonly address: string;
  readonly who: string;
  readonly how: string;
  readonly never: string;
  readonly noReward: string;
  readonly lead: string;
  readonly contact: string | undefined;
  /** Alternative text of the QR code. */
  readonly codeText: string;
}

const day = (language: Language, iso: string): string => {
  const { first, second } = formatDate(language, iso);
  return language === 'en' ? `${first} (${second})` : `${first}（${second}）`;
};

export function posterWords(language: Language, facts: PosterFacts): PosterWords {
  const zh = language !== 'en';
  const isDraft = facts.number.startsWith('D');
  const { period } = facts;
  const host = new URL(facts.address).host;
  return {
    mark: facts.isDemonstration
      ? zh
        ? '示範：案件與文字均為虛構，不是真實之公民投票案'
        : 'Demonstration: case and text are invented, not a real referendum'
      : undefined,
    title: zh
      ? isDraft
        ? '全國性公民投票案　徵求提案人'
        : '全國性公民投票案　電子連署'
      : isDraft
        ? 'National referendum: proposers wanted'
        : 'National referendum: sign electronically',
    number: `${zh ? (isDraft ? '草案編號' : '案號') : isDraft ? 'Draft' : 'Case'} ${facts.number}`,
    subject: facts.subject[language],
    questionLabel: zh ? '主文（公告原文）' : 'The question as announced (in Chinese)',
    question: facts.mainText,
    translation: zh ? undefined : facts.translation,
    period:
      period &&
      (zh
        ? `連署期間：${day(language, period.firstDay)}至${day(language, period.lastDay)}，末日遇例假日不順延`
        : `Signing: ${day(language, period.firstDay)} to ${day(language, period.lastDay)}; a weekend does not extend it`),
    scan: zh ? '掃描開啟官方案件頁' : 'Scan to open the case page',
    address: facts.address,
    who: zh
      ? '資格：中華民國國民，年滿十八歲，在中華民國繼續居住六個月以上，未受監護宣告（公民投票法第七條、第八條）。每人一次，送出後不得撤回。'
      : 'Who: citizens aged 18 or over, resident for six months, not under guardianship (Referendum Act, articles 7 and 8). Once each; it cannot be taken back.',
    how: zh
      ? '請備妥自然人憑證（IC 卡）、讀卡機，並自行輸入身分證統一編號；約一分鐘完成。'
      : 'Have your citizen certificate card and a card reader ready, and type your national ID number yourself. It takes about a minute.',
    never: zh
      ? `網址列必須是 ${host}。任何人都不得要求您交出卡片、手機或告知 PIN 碼。`
      : `The address bar must show ${host}. No person may ask for your card, your phone or your PIN.`,
    noReward: zh
      ? `${isDraft ? '提案' : '連署'}出於自由意願，沒有任何報酬、贈品或抽獎；對提案人或連署人行求、期約或交付不正利益者，依公民投票法第三十七條處罰。`
      : 'Signing is free of any reward, gift or lottery; bribing proposers or signers is punished (Referendum Act, article 37).',
    lead: `${zh ? '提案人之領銜人：' : 'Lead proposer: '}${facts.leadProposer[language]}`,
    contact: facts.helpContact && `${zh ? '諮詢：' : 'Help for signers: '}${facts.helpContact[language]}`,
    codeText: zh ? `QR 碼：${facts.address}` : `QR code: ${facts.address}`,
  };
}
