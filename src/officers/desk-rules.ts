/** What a form of this desk says of its act: its name, its article, and when it is allowed. */
import { ACT_RULES, type LegalEventKind } from '../law/index.ts';
import type { Localised } from '../web/index.ts';

/** Acts that the law attaches no consequence to, or that are of no case. */
export type ExtraKind =
  | 'opinion-amended'
  | 'purpose-notice'
  | 'retraction'
  | 'collection-correction'
  | 'announcement'
  | 'switch'
  | 'closure'
  | 'election-day'
  | 'paper-filing'
  | 'paper-proposers';
export type DeskKind = LegalEventKind | ExtraKind;

/** Where an act is entered from: a case's desk, the platform's, or a draft's. */
export type Place = 'case' | 'platform' | 'draft';

export interface DeskRule {
  readonly name: Localised;
  readonly citation: string;
  readonly allowedWhen: Localised;
  readonly isInSession: boolean;
}

const rule = (
  name: readonly [string, string],
  citation: string,
  allowedWhen: readonly [string, string],
): DeskRule => ({
  name: { 'zh-Hant-TW': name[0], en: name[1] },
  citation,
  allowedWhen: { 'zh-Hant-TW': allowedWhen[0], en: allowedWhen[1] },
  isInSession: false,
});

const EXTRA: Readonly<Record<ExtraKind, DeskRule>> = {
  'opinion-amended': rule(
    ['收受修正之機關意見書', 'receive an amended opinion'],
    '公民投票法 §10 VIII、§17（得修正：專案預設）',
    [
      '已收受意見書之後、§17 公告之前；修正前後並列公開。',
      'After the opinion was received and before the announcement of §17; both versions stay public.',
    ],
  ),
  'purpose-notice': rule(
    ['登載「目的已實現？」', 'enter “Purpose fulfilled?”'],
    '電子連署及查對作業辦法 §10（專案預設）',
    [
      '立法機關以外之人實現目的，或尚無其正式通知時；連署照常進行，僅載明來源。',
      'When somebody other than the legislature may have fulfilled the purpose, or its notice is missing. Signing goes on; the source is named.',
    ],
  ),
  retraction: rule(
    ['註銷誤登之件', 'retract an entry made by mistake'],
    '平台規則：更正以新件取代並敘明理由，不得覆寫',
    [
      '誤登他案等根本不應存在之件；法律視同未登錄，原件仍公開。',
      'For an entry that should not exist at all. The law reads the record without it; the entry stays public.',
    ],
  ),
  'collection-correction': rule(
    ['領取連署人名冊格式或系統認證碼', 'the collection of roster format or access code'],
    '公民投票法 §12 II；平台規則：更正以新件取代並敘明理由，不得覆寫',
    [
      '領取日或方式登錄有誤時。期間隨領取日變動；已收到之連署不得因此落在期間之外，亦不得溯及視為放棄連署。',
      'When the day or the mode was entered wrongly. The period moves with the day; no signature received may fall outside it, and no case is deemed abandoned looking back.',
    ],
  ),
  announcement: rule(['公告', 'announcement'], '依公告內容所載條文', [
    '隨時；自登錄時起公開。',
    'At any time; public from its entry on.',
  ]),
  switch: rule(['功能開關', 'switch'], '平台規則：法律未定或未明者，以開關記載其依據與開始日', [
    '開始日不得早於今日；電子提案須載明公告。',
    'Not before today. Electronic proposals must cite the announcement.',
  ]),
  closure: rule(
    ['登錄天然災害停止上班', 'enter an official disaster closure'],
    '公民投票法 §6；公職人員選舉罷免法 §5',
    [
      '最早於前一日。末日為是日之各案期間一體順延至次一上班日。',
      'The day before at the earliest. Terms of every case that end on that day end on the next working day.',
    ],
  ),
  'election-day': rule(['登錄全國性選舉投票日', 'enter the day of a national election'], '公民投票法 §23', [
    '主管機關公告投票日之後；三個月至六個月內有全國性選舉之案，公民投票與其同日舉行。',
    'Once the authority announced it. A case whose three to six months hold a national election is voted on that day.',
  ]),
  'paper-filing': rule(
    ['登錄以書面提出之公民投票案', 'enter a proposal filed on paper'],
    '公民投票法 §9、§10 II',
    [
      '收件時，隨附主文、理由書與提案人名冊；登錄後給予收據。',
      'On receipt, with question, reasons and roster of proposers. A receipt follows the entry.',
    ],
  ),
  'paper-proposers': rule(['登錄紙本提案人', 'enter proposers on paper'], '公民投票法 §9、§10 I', [
    '草案收集提案人期間；一人一次。',
    'While the draft collects proposers; a person counts once.',
  ]),
};

/** What the form says of a kind. */
export function deskRule(kind: DeskKind): DeskRule {
  if (kind in EXTRA) return EXTRA[kind as ExtraKind];
  const { name, citation, allowedWhen, inSession } = ACT_RULES[kind as LegalEventKind];
  return { name, citation, allowedWhen, isInSession: inSession === true };
}

/** Acts of no case, and those that begin one, in the order of their page. */
export const PLATFORM_ACTS: readonly DeskKind[] = [
  'announcement',
  'closure',
  'election-day',
  'switch',
  'paper-filing',
  'delivered',
];

/** Forms that only ever stand in the place of an entry. */
export const ONLY_MENDS: ReadonlySet<DeskKind> = new Set<DeskKind>(['retraction', 'collection-correction']);

/** Whether a kind is entered from such a place; announcements may be of a case or of none. */
export const isEnteredFrom = (kind: DeskKind, place: Place): boolean =>
  kind === 'announcement'
    ? place !== 'draft'
    : place === 'platform'
      ? PLATFORM_ACTS.includes(kind)
      : place === 'draft'
        ? kind === 'paper-proposers'
        : kind !== 'paper-proposers' && !PLATFORM_ACTS.includes(kind);

/** The name a form has on its page. */
export const formTitle = (kind: DeskKind, isReplacing: boolean): Localised => {
  const { name } = deskRule(kind);
  return isReplacing && kind !== 'retraction'
    ? { 'zh-Hant-TW': `更正：${name['zh-Hant-TW']}`, en: `Correct: ${name.en}` }
    : name;
};
