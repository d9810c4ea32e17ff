/** What the Commission enters beside a case's statutory acts, in plain words. */
import type { Localised } from '../web/index.ts';
import type { Deed } from './act-words.ts';
import { DELIVERING_BODIES, type DeliveredBody, type Paper } from './initiative-facts.ts';

type Body = Readonly<Record<string, unknown>>;
type Text = Readonly<{ 'zh-Hant-TW': string; en?: string | undefined }>;

const words = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });
/** Chinese stands where nobody translated. */
const both = (text: Text): Localised =>
  words(text['zh-Hant-TW'], text.en === undefined || text.en === '' ? text['zh-Hant-TW'] : text.en);

const paperOf = ({ number, date }: Paper): Localised => words(`${number}（${date}）`, `${number} (${date})`);

/** By kind of entry. */
export const OFFICE_TELL: Readonly<Record<string, (body: Body) => Deed>> = {
  delivered(body) {
    const { route, document, consent } = body as unknown as DeliveredBody;
    const [who, paper] = [DELIVERING_BODIES[route], paperOf(document)];
    const agreed = consent && paperOf(consent);
    return {
      what: words(`${who['zh-Hant-TW']}交付公民投票`, `Referendum delivered by the ${who.en}`),
      detail: words(
        [
          `交付函：${paper['zh-Hant-TW']}`,
          ...(agreed === undefined ? [] : [`立法院同意：${agreed['zh-Hant-TW']}`]),
          '不經提案與連署（§§9–13 不適用）。',
        ].join('\n'),
        [
          `Paper: ${paper.en}`,
          ...(agreed === undefined ? [] : [`Consent of the legislature: ${agreed.en}`]),
          'Neither proposers nor signers are needed (§§9–13 do not apply).',
        ].join('\n'),
      ),
    };
  },
  announcement(body) {
    const [title, text] = [both(body['title'] as Text), both(body['text'] as Text)];
    return {
      what: words(`公告：${title['zh-Hant-TW']}`, `Announcement: ${title.en}`),
      detail: text,
    };
  },
  closure: (body) => ({
    what: words('天然災害停止上班', 'Offices closed for a natural disaster'),
    detail: words(
      `${String(body['day'])}，${String(body['place'])}。末日為是日之期間，以次一上班日為末日。`,
      `${String(body['day'])}, ${String(body['place'])}. A term whose last day this was ends on the next working day.`,
    ),
  }),
  'election-day'(body) {
    const { day, election } = body as unknown as Readonly<{ day: string; election: Localised }>;
    return {
      what: words(
        `全國性選舉投票日：${election['zh-Hant-TW']}`,
        `Day of a national election: ${election.en}`,
      ),
      detail: words(
        `${day}。成立公告後三個月至六個月內有此選舉之案，公民投票與其同日舉行。`,
        `${day}. A case whose three to six months after establishment hold this election is voted on that day.`,
      ),
    };
  },
  'purpose-notice'(body) {
    const summary = both(body['summary'] as Text);
    const { label, href } = body['source'] as Readonly<{ label: string; href: string }>;
    return {
      what: words('目的已實現？（連署照常進行）', 'Purpose fulfilled? (Signing goes on.)'),
      detail: words(
        `${summary['zh-Hant-TW']}\n來源：${label} ${href}\n僅立法機關通知主管機關者，停止連署。`,
        `${summary.en}\nSource: ${label} ${href}\nOnly the legislature’s notice to the authority stops signing.`,
      ),
    };
  },
  retraction: () => ({ what: words('註銷誤登之件', 'An entry made by mistake is retracted') }),
};

/** The members of a notice of hearing beside day and place (行政程序法 §55). */
export function hearingNotice(body: Body): Localised {
  const list = (name: string) => ((body[name] ?? []) as readonly string[]).join('、');
  const line = (zh: string, en: string, value: unknown): readonly (readonly [string, string])[] =>
    value === undefined || value === '' ? [] : [[`${zh}：${String(value)}`, `${en}: ${String(value)}`]];
  const when = [body['hearingOn'], body['hour']].filter((part) => part !== undefined).join(' ');
  const lines = [
    ...line('時間', 'When', when),
    ...line('場所', 'Where', body['place']),
    ...line('事由', 'Matter', body['matter']),
    ...line('當事人', 'Parties', list('parties')),
    ...line('已知之利害關係人', 'Known interested persons', list('interested')),
    ...line('得行使之權利', 'Rights', body['rights']),
    ...line('不到場之效果', 'If absent', body['absence']),
  ];
  return words(lines.map(([zh]) => zh).join('\n'), lines.map(([, en]) => en).join('\n'));
}

/** A hearing that was held: every disputed fact with how it was settled, and where recordings are. */
export function hearingHeld(body: Body): Localised {
  const facts = (body['disputedFacts'] ?? []) as readonly Readonly<{ fact: string; settled: string }>[];
  const recordings = (body['recordings'] ?? []) as readonly string[];
  const summary = body['summary'] === undefined ? [] : [String(body['summary'])];
  const zh = [
    ...summary,
    ...facts.map(({ fact, settled }, i) => `爭點 ${i + 1}：${fact}\n認定：${settled}`),
    ...recordings.map((link) => `影音紀錄：${link}`),
  ];
  const en = [
    ...summary,
    ...facts.map(({ fact, settled }, i) => `Disputed fact ${i + 1}: ${fact}\nSettled: ${settled}`),
    ...recordings.map((link) => `Recording: ${link}`),
  ];
  return words(zh.join('\n'), en.join('\n'));
}

/** What stands before the words of an entry that replaces another, and of one that was replaced. */
export const mendingWords = {
  replaces: (index: number, why: Text): Localised =>
    words(
      `更正：取代第 ${index} 件。理由：${why['zh-Hant-TW']}`,
      `Correction: stands in the place of entry ${index}. Reason: ${both(why).en}`,
    ),
  replacedBy: (index: number | undefined): Localised =>
    index === undefined
      ? words('（已被更正）', ' (corrected)')
      : words(`（已由第 ${index} 件取代）`, ` (replaced by entry ${index})`),
} as const;
