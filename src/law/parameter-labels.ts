import { type Localised, words } from './localised.ts';
import type { ParameterValues } from './parameter-values.ts';

/** What each parameter is called, in the order of a case's life. */
export const PARAMETER_LABELS: Readonly<Record<keyof ParameterValues, Localised>> = {
  electorBase: words('門檻之計算基礎', 'base of the thresholds'),
  proposalRate: words('提案門檻', 'proposal threshold'),
  petitionRate: words('連署門檻', 'joint signature threshold'),
  sideRegistrationRate: words('登記為支持或反對者之門檻', 'registration as supporter or opponent'),
  minimumAgeYears: words('年齡（歲）', 'age (years)'),
  residenceMonths: words('繼續居住（月）', 'continuous residence (months)'),
  questionMaxChars: words('主文字數上限', 'question, most characters'),
  reasonMaxChars: words('理由書字數上限', 'statement of reasons, most characters'),
  acceptedForProposal: words('提案可用之憑證', 'credentials for proposals'),
  electronicProposal: words('電子提案', 'electronic proposals'),
  electronicProposerSupplement: words('電子補提提案人', 'electronic supplement of proposers'),
  proposalCollectMonths: words('電子提案徵求期間（月）', 'collection of electronic proposers (months)'),
  reviewDays: words('審核（日）', 'review (days)'),
  reviewGrounds: words('命補正之事由', 'grounds for a correction'),
  correctionDays: words('補正（日）', 'correction (days)'),
  correctionTimes: words('補正次數', 'corrections'),
  withdrawalShare: words('撤回所需提案人同意', 'proposers who must agree to a withdrawal'),
  proposerCheckDays: words('查對提案人（日）', 'check of proposers (days)'),
  proposerSupplementDays: words('提案人補提（日）', 'supplement of proposers (days)'),
  proposerSupplementTimes: words('提案人補提次數', 'supplements of proposers'),
  opinionDays: words('機關意見書（日）', 'agency opinion (days)'),
  opinionMaxChars: words('機關意見書字數上限', 'agency opinion, most characters'),
  collectDays: words('領取（日）', 'collection (days)'),
  petitionMonths: words('連署期間（月）', 'signing period (months)'),
  acceptedForJointSignature: words('連署可用之憑證', 'credentials for joint signatures'),
  closingHour: words('末日截止時刻', 'hour of closing on the last day'),
  signatureCheckDays: words('查對連署人（日）', 'check of signers (days)'),
  duplicateMarkDays: words('標示紙本與電子重複（日）', 'marking paper and electronic duplicates (days)'),
  deletionGrounds: words('刪除事由', 'grounds for deletion'),
  supplementDays: words('連署補提（日）', 'supplement of signers (days)'),
  supplementTimes: words('連署補提次數', 'supplements of signers'),
  supplementCheckDays: words('查對補提（日）', 'check of the supplement (days)'),
  establishAnnounceDays: words('成立公告（日）', 'announcement of establishment (days)'),
  voteWindow: words('投票日', 'day of the vote'),
  announceBeforeVoteDays: words('投票日前公告（日）', 'announcement before the vote (days)'),
  passRule: words('通過門檻', 'pass rule'),
  resultAnnounceDays: words('公告結果（日）', 'announcement of the result (days)'),
  bars: words('再提案之限制', 'bars'),
  retention: words('電子連署資料之保存', 'retention of electronic records'),
  isWeekendExtending: words('末日遇例假日順延', 'a weekend extends a term'),
  isSuspensionHolding: words('訴訟或裁定停止中，期間不進行', 'terms stand still while suspended'),
  isDisasterExtending: words('天然災害停止上班順延', 'an official disaster closure extends a term'),
  suppressionK: words('統計之最小揭露數', 'smallest published cell'),
};

const yesNo = (is: boolean): Localised => (is ? words('是', 'yes') : words('否', 'no'));

/** Values that are names, in words. */
export const NAMES: Readonly<Record<string, Localised>> = {
  'not-qualified': words('不合資格', 'not qualified'),
  'name-id-or-address': words('姓名、統一編號或戶籍地址錯誤或不明', 'name, ID or address wrong or illegible'),
  unsigned: words('未簽名或蓋章', 'unsigned'),
  forged: words('偽造', 'forged'),
  'barred-proposer': words('受限制之提案人', 'barred proposer'),
  duplicate: words('重複（以一次計）', 'duplicate (counts once)'),
  matter: words('非公民投票事項', 'not a referendum matter'),
  wording: words('違反文字規定', 'violates the wording regulation'),
  'indigenous-or-multiple': words('違反原民規定或一案一事項', 'indigenous rights, or more than one matter'),
  'frozen-matter': words('二年內同一事項', 'same matter within two years'),
  'unclear-intent': words('不能瞭解提案真意', 'true meaning unclear'),
  card: words('自然人憑證（晶片卡）', 'citizen certificate card'),
  mobile: words('行動自然人憑證', 'mobile citizen certificate'),
  'as-the-proposal': words('與提案同', 'as the proposal'),
  'deemed-abandoned': words('視為放棄連署', 'deemed abandoned'),
  vote: words('投票', 'vote'),
  'executive-or-legislature-rejected': words('行政院或立法院之案遭否決', "a body's case refused"),
  'the-original-proposers': words('原提案人', 'the original proposers'),
  anyone: words('任何人', 'anyone'),
  'the-proposing-body': words('提案機關', 'the proposing body'),
  'last-presidential-election-at-proposal': words(
    '提案時最近一次總統選舉之選舉人總數',
    'electors of the last presidential election at the time of proposal',
  ),
};

const listed = (items: readonly Localised[]): Localised =>
  words(items.map((item) => item['zh-Hant-TW']).join('、'), items.map(({ en }) => en).join(', '));

const rate = ({ numerator, denominator }: Readonly<{ numerator: bigint; denominator: bigint }>): Localised =>
  words(`${denominator} 分之 ${numerator}`, `${numerator}/${denominator}`);

/** A parameter's value in words; `—` where the pack does not know it. */
export function valueInWords(name: keyof ParameterValues, value: unknown): Localised {
  if (value === undefined) return words('—', '—');
  if (typeof value === 'number') return words(String(value), String(value));
  if (typeof value === 'boolean') return yesNo(value);
  if (typeof value === 'string')
    return NAMES[value] ?? (value === 'off' ? words('關閉', 'off') : words(value, value));
  if (Array.isArray(value)) return listed(value.map(itemInWords));
  return objectInWords(name, value as ParameterValues[typeof name]);
}

function itemInWords(item: unknown): Localised {
  if (typeof item === 'string') return NAMES[item] ?? words(item, item);
  const { after, whom, years, citation } = item as ParameterValues['bars'][number];
  const [event, who] = [NAMES[after], NAMES[whom]];
  return words(
    `${event?.['zh-Hant-TW']}後，${who?.['zh-Hant-TW']} ${years} 年內不得就同一事項再提（${citation}）`,
    `after ${event?.en}: ${who?.en}, same matter, ${years} years (${citation})`,
  );
}

function objectInWords(name: keyof ParameterValues, value: unknown): Localised {
  if (name === 'passRule') {
    const rule = value as ParameterValues['passRule'];
    if (rule.kind === 'majority-and-quarter')
      return words(
        '同意多於不同意，且同意達選舉人總額四分之一',
        'more yes than no, and yes from a quarter of the electors',
      );
    if (rule.kind === 'majority-and-turnout')
      return words('投票率達二分之一，且同意多於不同意', 'turnout of one half, and more yes than no');
    return words('同意逾選舉人總額之半數', 'yes from more than half of the electors');
  }
  if (name === 'voteWindow') {
    const window = value as ParameterValues['voteWindow'];
    return window.kind === 'months-after-establishment'
      ? words(
          `成立公告後第 ${window.from} 個月起至第 ${window.to} 個月內`,
          `${window.from} to ${window.to} months after establishment`,
        )
      : words(
          `自 ${window.from} 年起每 ${window.everyYears} 年八月第四個星期六`,
          `fourth Saturday of August, every ${window.everyYears} years from ${window.from}`,
        );
  }
  if (name === 'retention') {
    const { years, monthsAfterJudgment } = value as ParameterValues['retention'];
    return words(
      `${years} 年；訴訟者至判決確定後 ${monthsAfterJudgment} 個月`,
      `${years} years; with a suit, ${monthsAfterJudgment} months after final judgment`,
    );
  }
  if (name === 'electronicProposal') {
    const { on } = value as { on: string };
    return words(`開啟（${on}）`, `on (${on})`);
  }
  return rate(value as Readonly<{ numerator: bigint; denominator: bigint }>);
}
