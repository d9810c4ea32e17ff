/** Every kind of act in plain words. */
import { formatNumber, type Localised } from '../web/index.ts';
import { type InitiativeFacts, openedIn, type RecordedAct } from './initiative-facts.ts';
import { hearingHeld, hearingNotice, OFFICE_TELL } from './office-words.ts';

/** What was done, and what a reader should know of it. */
export interface Deed {
  readonly what: Localised;
  readonly detail?: Localised;
}

type Body = Readonly<Record<string, unknown>>;
type Tell = (body: Body, facts: InitiativeFacts) => Deed | undefined;

const words = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });
const deed = (zh: string, en: string): Tell => {
  const what = words(zh, en);
  return () => ({ what });
};

const DECISIONS: Readonly<Record<string, Localised>> = {
  accepted: words('受理', 'Accepted'),
  inadmissible: words('不受理', 'Refused as inadmissible'),
  correction: words('命補正', 'Correction ordered'),
  conforming: words('審核合於規定', 'Found conforming'),
  rejected: words('駁回', 'Rejected'),
  established: words('公告成立', 'Announced as established'),
  'not-established': words('公告不成立', 'Announced as not established'),
};

const GROUNDS: Readonly<Record<string, Localised>> = {
  matter: words('非公民投票事項', 'Not a referendum matter'),
  wording: words('文字不合規定', 'Wording rules'),
  'indigenous-or-multiple': words('涉原民權利或逾一事項', 'Indigenous rights, or more than one matter'),
  'frozen-matter': words('二年內同一事項', 'Same matter within two years'),
  'unclear-intent': words('不能瞭解真意', 'Meaning unclear'),
};

const number = (value: unknown): string => formatNumber(Number(value));

function decision(body: Body, facts: InitiativeFacts): Deed | undefined {
  const what = DECISIONS[String(body['decides'])];
  if (what === undefined)
    return {
      what: words('結果', 'Outcome'),
      ...(facts.decision ? { detail: facts.decision.consequence } : {}),
    };
  const grounds = (body['grounds'] ?? []) as readonly Readonly<{
    ground: string;
    reasons: { 'zh-Hant-TW': string; en?: string };
  }>[];
  const meeting = body['meeting'] as Readonly<{ number: string; date: string }> | undefined;
  const reasons = body['reasons'] as Readonly<{ 'zh-Hant-TW': string; en?: string }> | undefined;
  const zh = [
    ...grounds.map(
      ({ ground, reasons: why }) => `${GROUNDS[ground]?.['zh-Hant-TW'] ?? ground}：${why['zh-Hant-TW']}`,
    ),
    ...(reasons === undefined ? [] : [reasons['zh-Hant-TW']]),
    ...(meeting === undefined ? [] : [`委員會議第 ${meeting.number} 次（${meeting.date}）。`]),
  ];
  const en = [
    ...grounds.map(
      ({ ground, reasons: why }) => `${GROUNDS[ground]?.en ?? ground}: ${why.en ?? why['zh-Hant-TW']}`,
    ),
    ...(reasons === undefined ? [] : [reasons.en ?? reasons['zh-Hant-TW']]),
    ...(meeting === undefined ? [] : [`Commission meeting no. ${meeting.number} (${meeting.date}).`]),
  ];
  return zh.length === 0 ? { what } : { what, detail: words(zh.join('\n'), en.join('\n')) };
}

function checked(body: Body): Deed {
  const whom = body['of'] === 'proposers' ? words('提案人', 'proposers') : words('連署人', 'signers');
  return {
    what: words(`${whom['zh-Hant-TW']}查對結果`, `Result of the check of ${whom.en}`),
    detail: words(
      `收 ${number(body['received'])} 人，合格 ${number(body['valid'])} 人；門檻 ${number(body['required'])} 人。`,
      `${number(body['received'])} received, ${number(body['valid'])} valid; ${number(body['required'])} needed.`,
    ),
  };
}

/** Which abandoned cases the officers hold to be of the same matter: their proposers are barred (§12 IV). */
function barredCases({ barred }: Body): Pick<Deed, 'detail'> {
  if (!Array.isArray(barred)) return {};
  const cases = barred.map(String);
  const detail =
    cases.length === 0
      ? words(
          '經認定，無同一事項而視為放棄連署之案件（公民投票法 §12 IV）。',
          'Found: no abandoned case is of the same matter (Referendum Act §12 IV).',
        )
      : words(
          `經認定為同一事項，原提案人受二年限制之案件：${cases.join('、')}（公民投票法 §12 IV）。`,
          `Found to be of the same matter, their proposers barred for two years: ${cases.join(', ')} (Referendum Act §12 IV).`,
        );
  return { detail };
}

const TELL: Readonly<Record<string, Tell>> = {
  ...OFFICE_TELL,
  'initiative-filed': deed('案件登錄', 'Case entered'),
  version: (body) => ({
    what: words(
      `主文與理由書第 ${number(body['version'])} 版`,
      `Text of the question and reasons, version ${number(body['version'])}`,
    ),
  }),
  opened: (body, facts) => {
    const opened = openedIn(body, facts);
    return opened === undefined
      ? undefined
      : {
          what: words('開始連署', 'Signing opened'),
          detail: words(
            `連署期間 ${opened.firstDay} 至 ${opened.lastDay}（末日遇例假日不順延；當日二十四時止為專案預設）；門檻 ${formatNumber(opened.threshold)} 人。`,
            `Signing runs from ${opened.firstDay} to ${opened.lastDay} (a weekend does not extend it; that it ends at 24:00 is a default of this project); threshold ${formatNumber(opened.threshold)}.`,
          ),
        };
  },
  closed: deed('連署截止', 'Signing closed'),
  statistics: deed('統計資料', 'Statistics'),
  decision,
  hearing: (body) =>
    body['step'] === 'held'
      ? { what: words('舉行聽證', 'Hearing held'), detail: hearingHeld(body) }
      : { what: words('通知聽證', 'Notice of a hearing'), detail: hearingNotice(body) },
  correction: (body) => ({
    what: words('補正', 'Correction filed'),
    detail: words(`第 ${number(body['version'])} 版`, `Version ${number(body['version'])}`),
  }),
  'check-request': (body) => ({
    what:
      body['of'] === 'proposers'
        ? words('函送查對提案人', 'Proposers sent to be checked')
        : words('函送查對連署人', 'Signers sent to be checked'),
    ...barredCases(body),
  }),
  'check-result': checked,
  supplement: (body) => ({
    what:
      body['step'] === 'ordered'
        ? words('通知補提', 'Supplement ordered')
        : words('補提', 'Supplement filed'),
  }),
  opinion: (body) => ({
    what:
      body['step'] === 'requested'
        ? words('函請提出機關意見書', 'Agency asked for its opinion')
        : body['step'] === 'amended'
          ? words('機關意見書修正', 'Agency opinion amended')
          : words('收受機關意見書', 'Agency opinion received'),
    detail: words(String(body['agency']), String(body['agency'])),
  }),
  approval: deed(
    '二位承辦人員核可前一行為（簽章可驗證）',
    'Two officers approved the act before (signatures can be checked)',
  ),
  'notice-to-collect': deed('通知領取', 'Notice to collect'),
  collection: deed('領取系統認證碼或連署人名冊格式', 'Access code or roster format collected'),
  affidavit: (body) => ({
    what: words('提出使用電子連署系統切結書', 'Affidavit for the e-system filed'),
    detail:
      body['step'] === 'signed'
        ? words('以領銜人憑證簽署', 'Signed with the lead proposer’s certificate')
        : words('書面送交選務機關', 'Handed in at the commission on paper'),
  }),
  'access-code': (body) => ({
    what:
      body['step'] === 'ended'
        ? words('註銷系統認證碼', 'Access code ended')
        : words('發給新系統認證碼', 'New access code issued'),
  }),
  'help-contact': (body) => {
    const text = body['text'] as Localised;
    return { what: words('連署諮詢窗口', 'Contact for signers'), detail: text };
  },
  'plain-words': (body) => {
    const why = body['why'] as Readonly<{ 'zh-Hant-TW': string; en?: string }>;
    return {
      what: words(
        '領銜人修改「問題的白話說明」（公告之主文與理由書不變）',
        'The lead proposer amended the problem in plain words (the announced text stays as it is)',
      ),
      detail: words(`理由：${why['zh-Hant-TW']}`, `Reason: ${why.en || why['zh-Hant-TW']}`),
    };
  },
  'signing-address': deed('領銜人取得連署網址', 'Lead proposer obtained the signing address'),
  'roster-filed': deed('提出連署人名冊', 'Roster of signers filed'),
  'raw-count': (body) => ({
    what: words('清查', 'Raw count'),
    detail: words(
      `電子 ${number(body['electronic'])}，紙本 ${number(body['paper'])}；門檻 ${number(body['required'])}。`,
      `${number(body['electronic'])} electronic, ${number(body['paper'])} paper; ${number(body['required'])} needed.`,
    ),
  }),
  withdrawal: (body) => ({
    what: words('撤回提案', 'Proposal withdrawn'),
    detail: words(
      `提案人 ${number(body['proposers'])} 人中 ${number(body['agreeing'])} 人同意。`,
      `${number(body['agreeing'])} of ${number(body['proposers'])} proposers agreed.`,
    ),
  }),
  stop: (body) => ({
    what: words(
      '停止：立法機關通知目的已實現',
      'Stopped: the legislature gave notice that the purpose is fulfilled',
    ),
    detail: words(String(body['notice']), String(body['notice'])),
  }),
  suspension: (body) => ({
    what:
      body['step'] === 'begun'
        ? words('訴訟或裁定停止', 'Suspended by a court')
        : words('停止事由消滅', 'Suspension ended'),
    detail: words(String(body['court']), String(body['court'])),
  }),
  vote: (body) => {
    if (body['step'] === 'announced')
      return {
        what: words('公告投票日', 'Day of the vote announced'),
        detail: words(String(body['vote']), String(body['vote'])),
      };
    if (body['step'] === 'held') return { what: words('投票', 'Vote') };
    return {
      what:
        body['passed'] === true
          ? words('投票結果：通過', 'Result: passed')
          : words('投票結果：不通過', 'Result: not passed'),
      detail: words(
        `同意 ${number(body['yes'])}，不同意 ${number(body['no'])}，無效 ${number(body['invalid'])}；投票權人 ${number(body['electors'])}。`,
        `Yes ${number(body['yes'])}, no ${number(body['no'])}, invalid ${number(body['invalid'])}; electors ${number(body['electors'])}.`,
      ),
    };
  },
};

/** 核可, naming the entry that was approved. */
export const approvalOf = (entry: number): Deed => ({
  what: words(`二位承辦人員核可公卷第 ${entry} 件`, `Two officers approved entry ${entry}`),
});

/** An act in words; undefined for a kind that no page tells. */
export const deedOf = (recorded: RecordedAct, facts: InitiativeFacts): Deed | undefined =>
  TELL[recorded.kind]?.(recorded.body as Body, facts);
