import type { LegalEventKind } from '../law/index.ts';
import type { Localised } from '../web/index.ts';

const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

/** What each member of a body is called in a form. */
export const MEMBER_LABELS: Readonly<Record<string, Localised>> = {
  on: both('日期', 'Day'),
  reasons: both('理由', 'Reasons'),
  'reasons.zh-Hant-TW': both('理由', 'Reasons (Chinese)'),
  'reasons.en': both('理由（英文譯文）', 'Reasons (English translation)'),
  grounds: both('事由（公民投票法 §10 III 各款）', 'Grounds (Act §10 III)'),
  'grounds.ground': both('事由', 'Ground'),
  'grounds.reasons.zh-Hant-TW': both('該事由之理由', 'Reasons for this ground (Chinese)'),
  'grounds.reasons.en': both('該事由之理由（英文譯文）', 'Reasons for this ground (English translation)'),
  'meeting.number': both('委員會議次別（例如 600）', 'Number of the meeting (such as 600)'),
  'meeting.date': both('委員會議日期', 'Date of the meeting'),
  number: both('編號', 'Number given'),
  hearingOn: both('聽證日期', 'Day of the hearing'),
  place: both('聽證地點', 'Place of the hearing'),
  disputedFacts: both('爭點與認定', 'Disputed facts and how each was settled'),
  'disputedFacts.fact': both('爭點', 'Disputed fact'),
  'disputedFacts.settled': both('如何認定', 'How it was settled'),
  recordings: both('影音紀錄網址（每行一個，https）', 'Links to recordings (https, one a line)'),
  sent: both('函送人數', 'Persons sent to be checked'),
  agency: both('機關', 'Agency'),
  text: both('意見書全文', 'Full text of the opinion'),
  electronic: both('電子連署人數', 'Electronic signatures'),
  paper: both('紙本連署人數', 'Paper signatures'),
  required: both('法定人數', 'Number required'),
  isBound: both('名冊已依規定分別裝訂成冊', 'The roster is bound as required'),
  vote: both('投票日', 'Day of the vote'),
  yes: both('同意票', 'Yes'),
  no: both('不同意票', 'No'),
  invalid: both('無效票', 'Invalid'),
  electors: both('投票權人數', 'Electors'),
  passed: both('是否通過', 'Passed'),
  notice: both('立法機關通知之文號與內容', 'The legislature’s notice: reference and content'),
  court: both('法院與案號', 'Court and its case number'),
};

/** Values of closed lists. */
export const CHOICE_LABELS: Readonly<Record<string, Localised>> = {
  matter: both('① 非公民投票適用事項（§2）', '1 not a matter for referendum (§2)'),
  wording: both('② 違反文字規定', '2 against the wording regulation'),
  'indigenous-or-multiple': both(
    '③ 違反 §1 II，或非一案一事項（§9 VIII）',
    '3 against §1 II, or more than one matter (§9 VIII)',
  ),
  'frozen-matter': both('④ 同一事項二年內（§32）', '4 the same matter within two years (§32)'),
  'unclear-intent': both('⑤ 不能瞭解提案真意', '5 its true meaning is unclear'),
};

/** What to have checked before an act is put before the second officer. */
export const CHECKLISTS: Readonly<Partial<Record<LegalEventKind, readonly Localised[]>>> = {
  accepted: [
    both(
      '主文、理由書、提案人名冊正本與影本齊備',
      'Question, reasons and roster of proposers, original and copy',
    ),
    both('人數達提案門檻', 'Head-count reaches the proposal threshold'),
    both(
      '字數超過不構成不受理；超過部分不予公告（§9）',
      'Length alone is no ground; the excess is not published (§9)',
    ),
  ],
  'refused-inadmissible': [
    both('僅以格式、裝訂或人數為由', 'Only for format, binding or head-count'),
    both('不得補正：確認沒有可補正之事由', 'There is no cure: make sure none of it is correctable'),
  ],
  'hearing-notified': [
    both(
      '已通知當事人及已知之利害關係人（行政程序法 §55）',
      'Parties and known interested persons are notified (APA §55)',
    ),
    both('通知載明事由、依據、期日與場所', 'The notice states matter, basis, day and place'),
  ],
  'hearing-held': [
    both('每一爭點都寫明如何認定', 'Each disputed fact says how it was settled'),
    both('聽證紀錄已由陳述人簽名或記明事由', 'The record is signed by those heard, or says why not'),
  ],
  'correction-ordered': [
    both('已舉行聽證', 'The hearing was held'),
    both('僅以五款事由之一為限，逐款附理由', 'Only on the five grounds, each with reasons'),
    both('命補正以一次為限，期間三十日', 'Ordered once; the term is 30 days'),
  ],
  'found-conforming': [both('五款事由均不存在', 'None of the five grounds exists')],
  rejected: [
    both(
      '補正屆期未補正或仍不合規定，或補提後仍不足',
      'Correction late or still defective, or proposers still short',
    ),
    both('附救濟教示（行政訴訟）', 'Remedies are stated (administrative litigation)'),
  ],
  'proposers-sent': [both('名冊只送戶政機關', 'The roster goes to the household registry only')],
  'proposer-supplement-ordered': [
    both(
      '被刪除之提案人及理由只給領銜人（施行細則 §9）',
      'Deleted proposers and reasons go to the lead proposer alone (Rules §9)',
    ),
  ],
  'opinion-requested': [
    both('載明四十五日及逾期視為放棄', 'The letter states 45 days, and that late means waived'),
  ],
  'opinion-received': [both('不超過二千字；原文照登', 'At most 2,000 characters; published as received')],
  'notified-to-collect': [
    both('載明十日內領取，逾期視為放棄連署', 'States ten days, and deemed abandonment after'),
  ],
  'raw-counted': [
    both('電子與紙本合計', 'Electronic and paper together'),
    both('不足或未裝訂即不受理，不得補正', 'Short or unbound: inadmissible, no cure'),
  ],
  'signers-sent': [
    both('電子名冊送內政部，紙本送戶政事務所', 'Electronic to the Ministry, paper to household offices'),
  ],
  established: [
    both('查對合格人數已達門檻', 'Enough signers passed the check'),
    both('編號連續', 'Numbers follow one another'),
  ],
  'not-established': [both('補提屆期或補提後仍不足', 'Supplement late or still short')],
  stopped: [
    both(
      '有立法機關之正式通知；新聞或判決不足',
      'There is the legislature’s formal notice; news or judgments do not suffice',
    ),
  ],
  suspended: [both('有法院裁定或訴訟繫屬之證明', 'There is a court order or proof of a pending suit')],
};
