/** Lists that the wording linter looks for. Hints for people; nothing here decides anything. */

/** Ways to ask a question that is answered by 同意 or 不同意. */
export const ASKING = ['是否', '同不同意', '應否'] as const;

/** L4: negative words; two in one clause are hard to vote on. */
export const NEGATIVES = ['廢除', '禁止', '反對', '停止', '不', '非', '無', '未', '勿'] as const;
/** Words in which a negative character negates nothing. */
export const NOT_NEGATIVE = [
  '是否同意',
  '不同意',
  '同不同意',
  '非核',
  '非營利',
  '無障礙',
  '未來',
  '未成年',
  '不動產',
  '除非',
  '無線',
] as const;

/** L5: a condition makes the question two. */
export const CONDITIONS = ['若', '如果', '倘', '假如', '但書', '除非'] as const;

/** L6: words that join two matters. */
export const JOINING = ['以及', '並且', '並', '及', '暨'] as const;

/** L7: words of value or slogan. */
export const VALUE_WORDS = [
  '美好',
  '邪惡',
  '無恥',
  '荒謬',
  '偉大',
  '捍衛',
  '唯一',
  '絕對',
  '當然',
  '毒害',
  '惡法',
  '德政',
  '正義',
  '幸福',
] as const;

/** L9: what does not belong into a text. */
export const LINKS = /(?:https?:\/\/|www\.|data:image)[\w.~:/?#@!$&'()*+,;=%-]*|!\[|<img/gi;

/** L11: matters the Act excludes (§2 IV), and words that touch indigenous rights (§1 II). */
export const EXCLUDED = ['預算', '租稅', '薪俸', '人事'] as const;
export const INDIGENOUS = ['原住民', '原民', '部落', '傳統領域'] as const;

/** L13: words of a positive act, which an initiative (創制) must urge. */
export const POSITIVE_ACTS = [
  '制定',
  '訂定',
  '立法',
  '修正',
  '修訂',
  '增訂',
  '設立',
  '設置',
  '建立',
  '規定',
  '實施',
  '應',
] as const;

/** L12: what a 複決 must name. */
export const STATUTE_OR_POLICY = /[《「〈].{2,}[》」〉]|法|條例|政策|計畫|方案|工程/;

/** L8: foreign words that are in common use. */
export const COMMON_FOREIGN = [
  'AI',
  '5G',
  'WHO',
  'APEC',
  'WTO',
  'DNA',
  'PM2.5',
  'CO2',
  'COVID-19',
  'LGBT',
] as const;
