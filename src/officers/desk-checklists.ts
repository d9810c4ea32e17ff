import type { Localised } from '../web/index.ts';
import type { DeskKind } from './desk-rules.ts';

/** A line as it was ticked, in the reader's language; one that names figures or a text stays as it was read. */
export const checklistLine = (ticked: string, language: keyof Localised): string =>
  Object.values(CHECKLISTS)
    .flat()
    .find((line) => line['zh-Hant-TW'] === ticked || line.en === ticked)?.[language] ?? ticked;

const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

/** What to have checked before an act is put before the second officer. */
export const CHECKLISTS: Readonly<Partial<Record<DeskKind, readonly Localised[]>>> = {
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
    both(
      '通知載明事由、依據、期日、場所、權利與不到場之效果',
      'The notice states matter, basis, day, place, rights and the effect of absence',
    ),
    both('只記身分與團體，不記個人姓名', 'Only capacities and organisations are named, no private persons'),
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
  'opinion-received': [
    both('不超過二千字；原文照登', 'At most 2,000 characters; published as received'),
    both('敘明通過與不通過之法律效果', 'States the legal effects of passing and of not passing'),
  ],
  'opinion-amended': [
    both(
      '機關以書面提出修正；原意見書仍公開',
      'The agency amended it in writing; the former text stays public',
    ),
  ],
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
  corrected: [
    both('以書面提出，於收受補正通知三十日內', 'Filed in writing within 30 days of the order'),
    both('照登書面之主文與理由書，一字不改', 'Question and reasons are entered as filed, word for word'),
  ],
  'proposer-supplement-filed': [both('名冊已收存，未影印外流', 'The roster is kept and was not copied out')],
  withdrawn: [
    both(
      '領銜人以書面提出，並附提案人同意書',
      'In writing by the lead proposer, with the proposers’ consent',
    ),
  ],
  'applied-for-system': [
    both('切結書由領銜人親自簽名或蓋章', 'The lead proposer signed or sealed the affidavit in person'),
    both('已核對領銜人身分', 'The lead proposer’s identity was checked'),
  ],
  'code-ended': [
    both('領銜人以書面申請，身分已核對', 'The lead proposer asked in writing, and was identified'),
  ],
  collected: [
    both('領銜人親自或委託領取紙本格式，有收據', 'The paper format was handed over, against a receipt'),
  ],
  'collection-correction': [
    both(
      '有可查之收據或系統紀錄證明正確之日與方式',
      'A receipt or the system’s own record shows the right day and mode',
    ),
    both(
      '已通知領銜人；更正後之連署末日由本件重新公開',
      'The lead proposer was told; this entry publishes the corrected last day of signing',
    ),
  ],
  'purpose-notice': [
    both('來源可公開查閱', 'The source can be read by anybody'),
    both('文字中立，不評論案件', 'The words are neutral and do not judge the case'),
    both(
      '沒有立法機關之正式通知；有者應登錄停止',
      'There is no formal notice of the legislature; if there is, enter the stop',
    ),
  ],
  retraction: [
    both(
      '該件根本不應存在；內容有誤者應以更正取代',
      'The entry should not exist; one with a mistake is replaced instead',
    ),
  ],
  announcement: [
    both('文字中立，各案同式', 'The words are neutral, and of equal form for every case'),
    both('條文正確', 'The article is right'),
  ],
  switch: [
    both('依據可查', 'The basis can be looked up'),
    both('開始日前各案不受影響', 'No case is affected before the first day'),
  ],
  closure: [
    both(
      '有權機關已公布停止上班（不含僅停課）',
      'The competent authority announced the closure (not of schools only)',
    ),
    both('地區為主管機關所在地', 'It is where the authority sits'),
  ],
  delivered: [
    both(
      '交付函正本已收存，文號與日期與登錄者相符',
      'The original paper is here; its number and date are those entered',
    ),
    both('照登主文與理由書，一字不改', 'Question and reasons are entered as delivered, word for word'),
    both(
      '不經提案與連署；§§9–13 之字數與人數不適用',
      'Neither proposers nor signers: the lengths and numbers of §§9–13 do not apply',
    ),
    both(
      '行政院或立法院交付者，非二年內經否決之同一事項（§14 III、§15 III）',
      'For the executive or the legislature, it is no matter that was rejected within two years (§14 III, §15 III)',
    ),
    both(
      '行政院交付者，立法院同意之文件已收存（§14）',
      'For the executive, the consent of the legislature is here (§14)',
    ),
  ],
  'election-day': [
    both('主管機關已公告該選舉之投票日', 'The authority announced the day of that election'),
    both('該選舉為全國性選舉', 'It is a national election'),
  ],
  'paper-filing': [
    both('照登書面之主文與理由書，一字不改', 'Question and reasons are entered as filed, word for word'),
    both('名冊只封存，不登錄任何提案人資料', 'The roster is sealed; nothing of any proposer is entered'),
  ],
  'paper-proposers': [
    both('與電子提案人比對，一人一次', 'Compared with the electronic proposers: a person counts once'),
  ],
};

/** By route, how many of the lines of a delivered case concern it: the last ones are of §14 and §15 alone. */
const DELIVERED_LINES: Readonly<Record<string, number>> = { president: 3, legislature: 4 };

/** The lines of a kind; of a delivered case, those of its route once that is chosen. */
export const linesFor = (kind: DeskKind, route: string | undefined): readonly Localised[] => {
  const lines = CHECKLISTS[kind] ?? [];
  return kind === 'delivered' ? lines.slice(0, DELIVERED_LINES[route ?? '']) : lines;
};
