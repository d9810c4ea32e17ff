/** 紙本名冊格式: the paper roster of signers and the table of reasons for deletion, as forms (law.md §§9, 11). */
import type { DatedDocument, DocumentLine } from '../dated-document.ts';
import { type Localised, words } from '../localised.ts';
import { type ParameterStatus, unconfirmed } from '../parameter.ts';
import type { DeletionGround } from '../parameter-values.ts';

export const ROSTER_FORM: DatedDocument = {
  id: 'tw.roster-form.signers@2018',
  title: words('公民投票案連署人名冊（紙本）', 'Roster of signers (paper)'),
  version: words('2018 年官方書表之重製本', 'after a reproduction of the official form of 2018'),
  promulgated: undefined,
  effectiveFrom: unconfirmed('中央選舉委員會書表', {
    note: words(
      '現行書表之版本與施行日未確認；以中央選舉委員會交付者為準。',
      'Version and first day of the form now in use are unconfirmed; the one the Commission hands out decides.',
    ),
  }),
  effectiveTo: undefined,
  remarks: [
    words(
      '每人一張。官方刪除代碼與統計表欄位未確認；最近之公開範本為罷免作業辦法附式七至十。',
      'One sheet per person. Official deletion codes and the columns of the statistics are unconfirmed; the nearest public template is forms 7–10 of the recall regulation.',
    ),
  ],
};

/** One field of the sheet, in its order. */
export interface SheetField {
  readonly name: Localised;
  /** Single boxes, where the form has them. */
  readonly boxes?: number;
  readonly parts?: readonly Localised[];
  readonly filledBy: 'commission' | 'signer' | 'lead-proposer' | 'registry';
  readonly note?: Localised;
}

/** The sheet's fields, first to last. */
export const ROSTER_SHEET: readonly SheetField[] = [
  {
    name: words('編號', 'number'),
    filledBy: 'lead-proposer',
    note: words('各鄉（鎮、市、區）自 1 起編。', 'Begins at 1 within each township.'),
  },
  {
    name: words('主文', 'question'),
    filledBy: 'commission',
    note: words('中央選舉委員會預先填入。', 'Filled in by the Commission beforehand.'),
  },
  {
    name: words('連署人簽名或蓋章', 'signature or seal of the signer'),
    filledBy: 'signer',
    note: words('本人親自為之（公民投票法 §12 III）。', 'Personally (Act §12 III).'),
  },
  { name: words('國民身分證統一編號', 'national ID number'), boxes: 10, filledBy: 'signer' },
  { name: words('出生年月日', 'date of birth'), filledBy: 'signer' },
  {
    name: words('戶籍地址', 'registered address'),
    filledBy: 'signer',
    parts: [
      words('縣市', 'county or city'),
      words('鄉鎮市區', 'township'),
      words('村里', 'village'),
      words('鄰', 'neighbourhood'),
      words('路街', 'road or street'),
      words('段', 'section'),
      words('巷', 'lane'),
      words('弄', 'alley'),
      words('號', 'number'),
      words('樓之', 'floor'),
    ],
  },
  { name: words('查對結果', 'result of the check'), filledBy: 'registry' },
];

/** Sheets in one volume. */
const SHEETS_PER_VOLUME = 50;

const binding = (zh: string, en: string, status: ParameterStatus = 'unconfirmed'): DocumentLine => ({
  citation: '中央選舉委員會書表（2018）',
  says: words(zh, en),
  status,
});

/** How sheets become a roster. */
export const ROSTER_BINDING: readonly DocumentLine[] = [
  binding('依鄉（鎮、市、區）裝訂成冊，附封面。', 'Bound per township, with a cover.'),
  binding(`每冊 ${SHEETS_PER_VOLUME} 張。`, `${SHEETS_PER_VOLUME} sheets a volume.`),
  binding('正本及影本各一份。', 'Original and copy.'),
];

/** How a reason stands on one medium. */
type OnMedium = 'applies' | 'does-not-apply' | Localised;

/** A reason for which a row is deleted, the ground it rests on, and the category under which it was published. */
export interface DeletionReason {
  readonly ground: DeletionGround;
  readonly citation: string;
  /** 未確認 where it stands for no published category. */
  readonly category: Localised | undefined;
  readonly paper: OnMedium;
  readonly electronic: OnMedium;
}

const GROUNDS = '公民投票法 §10 VI、§13 II';
const AT_SUBMISSION = words('適用（提出日）', 'applies (at the day of submission)');
const PROPOSERS_ONLY = words('僅提案人', 'proposers only');

const notQualified = (zh: string, en: string, electronic: OnMedium = AT_SUBMISSION): DeletionReason => ({
  ground: 'not-qualified',
  citation: GROUNDS,
  category: words(zh, en),
  paper: 'applies',
  electronic,
});

/** Every reason by its name. The names are the project's own; official codes are unconfirmed. */
export const DELETION_REASONS = {
  AGE: notQualified('年齡', 'age'),
  RESIDENCE: notQualified('居住期間', 'residence'),
  GUARDIANSHIP: notQualified('年齡／居住期間', 'age or residence'),
  NOT_NATIONAL: notQualified('年齡／居住期間', 'age or residence'),
  DECEASED: notQualified('連署前死亡', 'died before signing', 'applies'),
  NAME_OR_ID_ERROR: {
    ground: 'name-id-or-address',
    citation: GROUNDS,
    category: words('姓名／統號錯誤', 'name or ID wrong'),
    paper: 'applies',
    electronic: words('不適用：統一編號不符者簽署時即被擋下', 'never: a mismatch is blocked at signing'),
  },
  ADDRESS_ERROR: {
    ground: 'name-id-or-address',
    citation: GROUNDS,
    category: words('地址不明（錯誤）', 'address unclear or wrong'),
    paper: 'applies',
    electronic: 'does-not-apply',
  },
  UNSIGNED: {
    ground: 'unsigned',
    citation: GROUNDS,
    category: words('未簽名蓋章', 'unsigned'),
    paper: 'applies',
    electronic: 'does-not-apply',
  },
  FORGED: {
    ground: 'forged',
    citation: GROUNDS,
    category: words('有偽造情事', 'forged'),
    paper: 'applies',
    electronic: words('僅憑證遭盜用', 'only misuse of a credential'),
  },
  DUPLICATE_SAME_MEDIUM: {
    ground: 'duplicate',
    citation: '公民投票法施行細則 §11',
    category: words('重複連署', 'signed more than once'),
    paper: 'applies',
    electronic: words('簽署時即被擋下', 'blocked at signing'),
  },
  DUPLICATE_PAPER_VS_E: {
    ground: 'duplicate',
    citation: '電子連署及查對作業辦法 §9',
    category: undefined,
    paper: words('刪除紙本', 'the paper entry is deleted'),
    electronic: words('保留電子', 'the electronic one is kept'),
  },
  BARRED_PROPOSER: {
    ground: 'barred-proposer',
    citation: '公民投票法施行細則 §9 II',
    category: undefined,
    paper: PROPOSERS_ONLY,
    electronic: PROPOSERS_ONLY,
  },
} as const satisfies Readonly<Record<string, DeletionReason>>;
