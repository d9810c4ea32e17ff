/**
 * The lead proposer's simple acts: what each asks, the entry it becomes, and what follows from it in plain words. The
 * law judges the entry; nothing here decides whether it is allowed.
 */
import type { JsonValue } from '@lianshu/statement';
import type { CaseCourse, LegalEventKind } from '../law/index.ts';
import type { Localised } from '../web/index.ts';

export interface LeadField {
  readonly name: string;
  readonly label: Localised;
  readonly hint?: Localised;
  readonly most: number;
}

/** Facts that a consequence may name. */
export interface FormFacts {
  readonly course: CaseCourse;
  readonly today: string;
  readonly threshold: number | undefined;
  readonly electronic: number;
}

export interface LeadForm {
  readonly path: string;
  /** The act of the law; undefined for what the law does not know as an act (the public contact). */
  readonly act: LegalEventKind | undefined;
  readonly article: string;
  readonly title: Localised;
  readonly intro: readonly Localised[];
  readonly fields: readonly LeadField[];
  readonly button: Localised;
  entry(values: Readonly<Record<string, string>>, today: string): { kind: string; body: JsonValue };
  consequence(facts: FormFacts, values: Readonly<Record<string, string>>): readonly Localised[];
}

const w = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

const supplement = (
  of: 'proposers' | 'signers',
  path: string,
  act: LegalEventKind,
  texts: Readonly<{ article: string; title: Localised; intro: Localised; after: Localised }>,
): LeadForm => ({
  path,
  act,
  article: texts.article,
  title: texts.title,
  intro: [texts.intro],
  fields: [],
  button: w('確認補提', 'File the supplement'),
  entry: (_values, today) => ({ kind: 'supplement', body: { of, step: 'filed', on: today } }),
  consequence: () => [texts.after, w('補提以一次為限。', 'A supplement is filed once.')],
});

const SUPPLEMENT_PROPOSERS = supplement('proposers', '/supplement-proposers', 'proposer-supplement-filed', {
  article: '公民投票法 §10 VII；公民投票法施行細則 §9',
  title: w('補提提案人', 'File further proposers'),
  intro: w(
    '收受補提通知後三十日內，一次。被刪除之提案人及理由由選務機關另行通知領銜人，不公開；補提之名冊送交選務機關。',
    'Within 30 days of the order, once. The deleted proposers and the reasons reach the lead proposer alone, by the commission; the further roster is handed in there.',
  ),
  after: w(
    '選務機關再函送查對；仍不足者駁回。',
    'The commission has them checked again; if still short the proposal is rejected.',
  ),
});

const SUPPLEMENT_SIGNERS = supplement('signers', '/supplement-signers', 'supplement-filed', {
  article: '公民投票法 §13 III；電子連署及查對作業辦法 §8 III',
  title: w('補提連署人名冊', 'File the supplement of signers'),
  intro: w(
    '收受補提通知後三十日內，一次；電子連署另用新系統認證碼。',
    'Within 30 days of the order, once; electronic signing uses a new access code.',
  ),
  after: w(
    '選務機關再送查對；逾期或仍不足者公告不成立。',
    'They are checked again; late or still short, the case is announced as not established.',
  ),
});

const FILE: LeadForm = {
  path: '/file',
  act: 'roster-filed',
  article: '公民投票法 §12 II；電子連署及查對作業辦法 §6、§7',
  title: w('提出連署人名冊', 'File the roster of signers'),
  intro: [
    w(
      '紙本與電子一併，以一次為限。電子名冊之交付（解密與點收）另依選務機關程序辦理。',
      'Paper and electronic together, once only. The hand-over of the electronic roster follows the commission’s procedure.',
    ),
  ],
  fields: [],
  button: w('確認提出名冊，停止收連署', 'File the roster and end collection'),
  entry: (_values, today) => ({ kind: 'roster-filed', body: { on: today } }),
  consequence: ({ threshold, electronic, course }) => [
    w(
      '確認的那一刻起停止收連署；之前已收訖者完成計入（專案預設）。不能取消，不能再提第二次。',
      'Collection ends at the moment of confirming; what was received before is finished and counted (project default). It cannot be undone nor repeated.',
    ),
    ...(threshold !== undefined && electronic < threshold
      ? [
          w(
            `目前電子 ${electronic} 人，少於門檻 ${threshold} 人。若紙本不足補足差額，清查後為不受理，不得補正（公民投票法 §13 I）；法律未定再提案之限制（導出）。`,
            `${electronic} electronic signatures are fewer than the ${threshold} needed. Unless paper makes up the rest, the raw count ends in inadmissibility without cure (Referendum Act §13 I); no bar is stated (derived).`,
          ),
        ]
      : []),
    w(
      `若不提出，期間於 ${course.signing?.lastDay ?? '—'} 屆滿後視為放棄連署，原提案人二年內就同一事項不得再提（公民投票法 §12 IV）。`,
      `Not filing means deemed abandonment after ${course.signing?.lastDay ?? '—'} and a two-year bar of the original proposers (Referendum Act §12 IV).`,
    ),
    w(
      '選務機關清查後送查對，六十日內完成。',
      'The commission counts, then has the roster checked within 60 days.',
    ),
  ],
};

const CONTACT: LeadForm = {
  path: '/contact',
  act: undefined,
  article: '電子連署及查對作業辦法 §4',
  title: w('公開之諮詢窗口', 'Public contact for signers'),
  intro: [
    w(
      '領銜人應向連署人提供諮詢。這段文字公開在案件頁與海報；請寫團體電話或信箱與時間，勿寫個人資料。',
      'The lead proposer owes signers help. This text stands on the case page and on posters: an organisation’s phone or mail and its hours, no personal data.',
    ),
    w(
      '新的窗口取代舊的；舊的仍留在公卷。',
      'A new contact replaces the former one, which stays in the record.',
    ),
  ],
  fields: [
    { name: 'zh', label: w('中文', 'In Chinese'), most: 500 },
    { name: 'en', label: w('英文', 'In English'), most: 500 },
  ],
  button: w('確認公開', 'Publish'),
  entry: (values) => ({
    kind: 'help-contact',
    body: { text: { 'zh-Hant-TW': (values['zh'] ?? '').trim(), en: (values['en'] ?? '').trim() } },
  }),
  consequence: () => [
    w(
      '立即公開於案件頁、公卷與之後產生的海報。',
      'Public at once: case page, record, and posters made from now on.',
    ),
  ],
};

const PLAIN_WORDS: LeadForm = {
  path: '/plain-words',
  act: undefined,
  article: '平台規則：問題之白話說明由領銜人自負，非公告之主文與理由書',
  title: w('修改白話說明', 'Amend the problem in plain words'),
  intro: [
    w(
      '案件頁開頭、註明由您撰寫的「要解決的問題」。只能修改這一段；公告之主文與理由書不因此更動，已簽署者所簽的文字也不變。',
      'The part at the top of the case page that is marked as yours. Nothing else can be amended here: the announced question and reasons stay as they are, and so does what people signed.',
    ),
    w(
      '修改與理由立即公開；先前的文字仍留在公卷。',
      'The change and its reason are public at once; the former words stay in the record.',
    ),
  ],
  fields: [
    { name: 'zh', label: w('白話說明（中文）', 'In plain words (Chinese)'), most: 2_000 },
    { name: 'en', label: w('白話說明（英文）', 'In plain words (English)'), most: 4_000 },
    { name: 'why', label: w('為什麼修改（公開）', 'Why it is amended (public)'), most: 500 },
  ],
  button: w('確認公開', 'Publish'),
  entry: (values) => {
    const typed = (name: string) => (values[name] ?? '').trim();
    return {
      kind: 'plain-words',
      body: { text: { 'zh-Hant-TW': typed('zh'), en: typed('en') }, why: { 'zh-Hant-TW': typed('why') } },
    };
  },
  consequence: () => [
    w(
      '立即公開於案件頁，並註明由領銜人修改；公告之文字不變。',
      'Public at once on the case page, marked as amended by the lead proposer; the announced text does not change.',
    ),
  ],
};

export const LEAD_FORMS: readonly LeadForm[] = [
  SUPPLEMENT_PROPOSERS,
  SUPPLEMENT_SIGNERS,
  FILE,
  CONTACT,
  PLAIN_WORDS,
];

export interface FormFault {
  readonly field: string;
  readonly message: Localised;
}

/** What is wrong with what was typed; empty when an entry can be made of it. */
export function faultsOf(
  form: LeadForm,
  values: Readonly<Record<string, string>>,
  namesAPerson: (text: string) => boolean,
): readonly FormFault[] {
  return form.fields.flatMap(({ name, label, most }): FormFault[] => {
    const text = (values[name] ?? '').trim();
    const fault = (zh: string, en: string): FormFault[] => [
      { field: name, message: w(`${label['zh-Hant-TW']}：${zh}`, `${label.en}: ${en}`) },
    ];
    if (text === '') return fault('請填寫', 'is needed');
    if (text.length > most) return fault(`最多 ${most} 字`, `${most} characters at most`);
    return namesAPerson(text) ? fault('不得含身分證字號', 'must not hold a national ID number') : [];
  });
}
