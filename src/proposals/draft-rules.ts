/** What the law says of filing a draft's proposal: pure functions of facts. 公民投票法 §§9–10. */
import type { StatementFault } from '@lianshu/statement';
import { electorBaseOn, known, type LegalDate, nationalPackOn, required, rulePack } from '../law/index.ts';
import { formatNumber, type Localised } from '../web/index.ts';
import type { DraftAct } from './draft-facts.ts';

/** Why nothing was done: the article, and what would be allowed. */
export interface ProposalRefusal {
  readonly code: ProposalRefusalCode;
  readonly citation: string;
  readonly instead: Localised;
}

export type ProposalRefusalCode =
  | 'not-enabled'
  | 'text-not-signable'
  | 'unknown-draft'
  | 'not-collecting'
  | 'already-filed'
  | 'too-few'
  | 'lead-missing'
  | 'lead-unknown'
  | 'out-of-order'
  /** The sheets of a batch are not those that two officers signed. */
  | 'changed-since';

/** What filing needs, on a day: the threshold of the last presidential election before it. */
export function proposersRequired(
  pack: string,
  on: LegalDate,
): Readonly<{ required: number; electors: number; citation: string }> {
  const base = electorBaseOn(on);
  if (base === undefined) throw new RangeError(`No presidential election is known before ${on}`);
  const law = rulePack(pack);
  return {
    required: Number(required(base.electors, known(law, 'proposalRate'))),
    electors: Number(base.electors),
    citation: law.parameters.proposalRate.citation,
  };
}

/** The pack a case filed on that day is bound to: of the national procedure, the one then in force (law.md §2, L-3). */
export function packOnFiling(opened: string, on: LegalDate): string {
  const inForce = rulePack(opened).procedure === 'national' ? nationalPackOn(on) : undefined;
  return inForce?.id ?? opened;
}

/** The proposers of a draft as they stand now. */
export interface ProposersStanding {
  /** Counted electronic proposers, held ones not among them. */
  readonly electronic: number;
  /** Electronic ones that wait for their identity to be confirmed; they count once it is. */
  readonly held: number;
  readonly paper: number;
  /** Whether the lead proposer is among the proposers, on either way; undefined where that cannot be told now. */
  readonly hasLead: boolean | undefined;
  readonly required: number;
}

/**
 * Whether the proposal may be filed. Filing short or without the lead proposer has no cure (§10 II: 不受理), so it is
 * refused here, with what is missing, rather than let through.
 */
export function judgeFiling(standing: ProposersStanding): ProposalRefusal | undefined {
  const { electronic, held, paper, hasLead } = standing;
  const total = electronic + paper;
  if (total < standing.required) {
    const missing = standing.required - total;
    const waiting =
      held === 0
        ? ['', '']
        : [
            `另有 ${formatNumber(held)} 件等待身分確認，確認後始計入。`,
            ` ${formatNumber(held)} more wait for their identity to be confirmed and count then.`,
          ];
    return {
      code: 'too-few',
      citation: '公民投票法 §10 I–II',
      instead: {
        'zh-Hant-TW': `提案人須達 ${formatNumber(standing.required)} 人；現為 ${formatNumber(total)} 人（電子 ${formatNumber(electronic)}、紙本 ${formatNumber(paper)}），尚差 ${formatNumber(missing)} 人。${waiting[0]}人數不足而提出者應不予受理，且不得補正；徵求期間內補足後即可提出。`,
        en: `At least ${formatNumber(standing.required)} proposers are needed; there are ${formatNumber(total)} (${formatNumber(electronic)} electronic, ${formatNumber(paper)} on paper), ${formatNumber(missing)} too few.${waiting[1]} A proposal filed short is inadmissible and cannot be cured; once there are enough, it may be filed.`,
      },
    };
  }
  if (hasLead === undefined)
    return {
      code: 'lead-unknown',
      citation: '公民投票法 §9 I、§10 I',
      instead: {
        'zh-Hant-TW':
          '領銜人須為提案人之一；封存程序目前沒有回應，無法確認，沒有提出。請幾分鐘後再試，徵求仍繼續。',
        en: 'The lead proposer must be one of the proposers; the sealer does not answer now, so that this cannot be confirmed and nothing was filed. Please try again in a few minutes; collecting goes on.',
      },
    };
  if (!hasLead)
    return {
      code: 'lead-missing',
      citation: '公民投票法 §9 I、§10 I',
      instead: {
        'zh-Hant-TW': '領銜人須為提案人之一：請領銜人先簽署本草案之電子提案書，或由承辦人員登錄其紙本提案。',
        en: 'The lead proposer must be one of the proposers: sign this draft first, or have an officer record your paper proposal.',
      },
    };
  return undefined;
}

/**
 * Why an entry cannot be replaced by another count. A count by hand can; a batch cannot: its sheets are part of the
 * roster, and what is wrong with one of them the registry finds.
 */
export function judgeMending(
  replaces: number | undefined,
  acts: readonly DraftAct[],
): ProposalRefusal | undefined {
  if (replaces === undefined) return undefined;
  const former = acts.find(({ index }) => index === replaces);
  const isByHand = former?.kind === 'paper-proposers' && !('sheets' in (former.body as object));
  if (isByHand && !acts.some((act) => act.replaces === replaces)) return undefined;
  return {
    code: 'out-of-order',
    citation: '平台規則：更正以新件取代並敘明理由，不得覆寫',
    instead: {
      'zh-Hant-TW':
        '所取代者須為本草案人工登錄之紙本人數，且未經取代；清冊之紙本已成為名冊之一部，有誤者由戶政機關查對時刪除。',
      en: 'What is replaced must be a count entered by hand for this draft, and not replaced already. The sheets of a batch are part of the roster; a wrong one is deleted by the registry’s check.',
    },
  };
}

export const UNKNOWN_DRAFT: ProposalRefusal = {
  code: 'unknown-draft',
  citation: '平台規則',
  instead: { 'zh-Hant-TW': '沒有這個草案編號。', en: 'There is no draft of this number.' },
};

/** Refuses what only a collecting draft allows. */
export function notCollecting(
  closed: Readonly<{ outcome: string; case?: string; at: string }> | undefined,
): ProposalRefusal {
  const day = closed?.at.slice(0, 10) ?? '';
  if (closed?.outcome === 'supplemented' || closed?.outcome === 'lapsed')
    return {
      code: 'not-collecting',
      citation: '公民投票法 §10 VII',
      instead: {
        'zh-Hant-TW': `第 ${closed.case ?? ''} 案之補提已於 ${day} 結束；補提以一次為限。`,
        en: `The supplement of case ${closed.case ?? ''} ended on ${day}; proposers are supplied once.`,
      },
    };
  if (closed?.outcome === 'filed')
    return {
      code: 'already-filed',
      citation: '公民投票法 §9',
      instead: {
        'zh-Hant-TW': `本草案已於 ${day} 提出為第 ${closed.case ?? ''} 案；每一草案僅得提出一次。`,
        en: `This draft was filed on ${day} as case ${closed.case ?? ''}; a draft is filed once.`,
      },
    };
  return {
    code: 'not-collecting',
    citation: '平台規則',
    instead: {
      'zh-Hant-TW': '本草案已停止徵求提案人；得以新的草案編號重新徵求。',
      en: 'This draft no longer collects proposers; a new draft number may be opened.',
    },
  };
}

/** Refuses what only a draft that was not filed yet allows, while it takes proposals for a supplement. */
export const onlySupplement = ({ case: of }: Readonly<{ case: string }>): ProposalRefusal => ({
  code: 'already-filed',
  citation: '公民投票法 §10 VII',
  instead: {
    'zh-Hant-TW': `本草案已提出為第 ${of} 案，現為補提期間：得簽署提案；紙本補提以第 ${of} 案登錄，補提名冊由領銜人於該案提出。`,
    en: `This draft was filed as case ${of} and takes proposals for its supplement: it may be signed; sheets are entered under case ${of}, where the lead proposer files the supplement.`,
  },
});

/** A text that no statement 提案書 can carry: too long, more than one line, or with hidden characters. */
export function notSignable(fault: StatementFault): ProposalRefusal {
  return {
    code: 'text-not-signable',
    citation: '公民投票法 §9 I',
    instead: {
      'zh-Hant-TW': `主文無法載入提案書（${fault.code}）：請改為一行、不含控制或隱藏字元，且長度合於規定。`,
      en: `The main text does not fit a statement (${fault.code}): it must be one line, without control or hidden characters, and short enough.`,
    },
  };
}
