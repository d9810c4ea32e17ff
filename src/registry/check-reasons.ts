/** 刪除理由: the closed list of reasons, and the statutory ground of each. 公民投票法 §10 VI; 施行細則 §9 II, §11. */
import { toldCounts } from '../law/index.ts';

/** A statutory ground, as the record names it. */
export type Ground =
  | 'not-qualified'
  | 'name-id-or-address'
  | 'unsigned'
  | 'forged'
  | 'barred-proposer'
  | 'duplicate';

type Medium = 'electronic' | 'paper';

interface Rule {
  readonly ground: Ground;
  /** Whose rows it may delete: an electronic signer can be deleted for §8 I or a duplicate only (導出). */
  readonly media: readonly Medium[];
  readonly words: Readonly<{ 'zh-Hant-TW': string; en: string }>;
}

const both: readonly Medium[] = ['electronic', 'paper'];
const paper: readonly Medium[] = ['paper'];
const words = (zh: string, en: string) => ({ 'zh-Hant-TW': zh, en });

/** This list is the project's own (law.md §9); the official numeric codes are not public (未確認). */
export const CHECK_REASONS = {
  AGE: { ground: 'not-qualified', media: both, words: words('未滿十八歲', 'under eighteen') },
  RESIDENCE: {
    ground: 'not-qualified',
    media: both,
    words: words('繼續居住未滿六個月', 'less than six months of continuous residence'),
  },
  GUARDIANSHIP: { ground: 'not-qualified', media: both, words: words('受監護宣告', 'under guardianship') },
  NOT_NATIONAL: {
    ground: 'not-qualified',
    media: both,
    words: words('非國民或無戶籍', 'no national, or no household registration'),
  },
  DECEASED: { ground: 'not-qualified', media: both, words: words('提出前死亡', 'died before the filing') },
  NAME_OR_ID_ERROR: {
    ground: 'name-id-or-address',
    media: paper,
    words: words('姓名或統一編號錯誤或不明', 'name or ID number wrong or illegible'),
  },
  ADDRESS_ERROR: {
    ground: 'name-id-or-address',
    media: paper,
    words: words('戶籍地址錯誤或不明', 'registered address wrong or illegible'),
  },
  UNSIGNED: { ground: 'unsigned', media: paper, words: words('未簽名或蓋章', 'not signed or sealed') },
  FORGED: { ground: 'forged', media: both, words: words('有偽造情事', 'forged') },
  DUPLICATE_SAME_MEDIUM: { ground: 'duplicate', media: paper, words: words('重複', 'more than once') },
  DUPLICATE_PAPER_VS_E: {
    ground: 'duplicate',
    media: paper,
    words: words('紙本與電子重複，以電子為準', 'on paper and electronically; the electronic one counts'),
  },
  BARRED_PROPOSER: {
    ground: 'barred-proposer',
    media: both,
    words: words(
      '視為放棄連署後二年內，原提案人就同一事項再提案',
      'proposed the same matter within two years of its abandonment',
    ),
  },
} as const satisfies Readonly<Record<string, Rule>>;

/** Why a row was deleted. */
export type CheckReason = keyof typeof CHECK_REASONS;

/** Whether a text is a reason that may delete a row of this medium. */
export const isReasonFor = (medium: Medium, text: string): text is CheckReason =>
  Object.hasOwn(CHECK_REASONS, text) &&
  (CHECK_REASONS[text as CheckReason].media as readonly Medium[]).includes(medium);

/**
 * The public totals by reason: within each statutory ground, whose total is public, those of `least` and more
 * ({@link toldCounts}).
 */
export function toldReasons(
  reasons: readonly CheckReason[],
  least: number,
): Readonly<Partial<Record<CheckReason, number>>> {
  const byGround = new Map<Ground, Map<CheckReason, number>>();
  for (const reason of reasons) {
    const { ground } = CHECK_REASONS[reason];
    const counts = byGround.get(ground) ?? new Map<CheckReason, number>();
    byGround.set(ground, counts.set(reason, (counts.get(reason) ?? 0) + 1));
  }
  return Object.assign({}, ...[...byGround.values()].map((counts) => toldCounts(counts, least)));
}

/** How often each reason or ground occurs, those that do not occur left out. */
export function tallyOf<Name extends string>(names: readonly Name[]): Partial<Record<Name, number>> {
  const counts: Partial<Record<Name, number>> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
