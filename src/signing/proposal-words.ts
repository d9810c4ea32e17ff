/**
 * The words of signing a proposal 提案 in place of a joint signature 連署. A page about a draft never says 連署: a
 * person must know which of the two acts they do. Sentences that differ in more than these words are written out.
 */
import { POLICY_CATALOGUE, rephrase } from '../credentials/index.ts';
import type { ProblemCatalogue, ProblemEntry } from '../platform/http/problem.ts';

const OF_JOINT_SIGNATURE = {
  'zh-Hant-TW': [
    ['回來連署', '回來簽署'],
    ['想連署時', '想簽署時'],
    ['連署頁', '簽署頁'],
    ['連署資格', '提案資格'],
    ['名冊提出當日', '提案提出當日'],
    ['名冊提出日', '提案提出日'],
    ['案件頁', '草案頁'],
    ['本案', '本草案'],
    ['案號', '草案編號'],
    ['連署', '提案'],
  ],
  en: [
    ['the day the roster is submitted', 'the day the proposal is filed'],
    ['the case page', 'the page of the draft'],
    ['this case', 'this draft'],
    ['of its case', 'of its draft'],
    ['joint signatures', 'proposals'],
    ['joint signature', 'proposal'],
  ],
} as const;

const inProposalWords = (text: string): string => rephrase(text, OF_JOINT_SIGNATURE);

/** The same catalogue of words, said of a proposal; texts with parts filled in included. */
export function ofProposal<Words>(words: Words): Words {
  if (typeof words === 'string') return inProposalWords(words) as Words;
  if (typeof words === 'function')
    return ((...given: readonly unknown[]) => inProposalWords(String(words(...given)))) as Words;
  if (Array.isArray(words)) return words.map(ofProposal) as Words;
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([name, said]) => [name, ofProposal(said)])) as Words;
}

const localised = (zh: string, en: string) => ({ 'zh-Hant-TW': zh, en });
const NOTHING_COUNTED = ['沒有計入提案：', 'Nothing was counted: '] as const;
const CREDENTIAL = localised(
  '公民投票法第9條第6項、第7項；電子簽章法第6條',
  'Referendum Act, Article 9(6) and (7); Electronic Signatures Act, Article 6',
);

/** What is said otherwise of a proposal, by code. */
const OWN: Readonly<Record<string, Partial<ProblemEntry>>> = {
  E_INITIATIVE_CLOSED: {
    title: localised(
      `${NOTHING_COUNTED[0]}本草案現在不徵求提案人。`,
      `${NOTHING_COUNTED[1]}this draft does not collect proposers now.`,
    ),
    next: localised(
      '請到草案頁查看起訖日期與目前情形；已提出者，後續在案件頁公告。',
      'See the page of the draft for its dates and where it stands; once filed, it goes on as a case.',
    ),
    legalBasis: localised('公民投票法第9條第6項', 'Referendum Act, Article 9(6)'),
  },
  E_ALREADY_SIGNED: {
    title: localised(
      '這次沒有再計入一次：您先前已經是本草案的提案人，那一次仍然有效。',
      'Nothing was counted a second time: you are a proposer of this draft already, and that signature stands.',
    ),
  },
  E_METHOD_DISABLED: { legalBasis: CREDENTIAL },
};

/** `words` with what `own` says otherwise, member by member. */
export function withOwn<Words extends object>(words: Words, own: object): Words {
  const entries = Object.entries(words).map(([name, said]) => {
    const other = (own as Readonly<Record<string, unknown>>)[name];
    if (other === undefined) return [name, said];
    const isNested = typeof said === 'object' && !Array.isArray(said);
    return [name, isNested ? withOwn(said as object, other as object) : other];
  });
  return Object.fromEntries(entries) as Words;
}

/** Suffix of the codes under which the words about proposals stand in the list of problems. */
export const OF_PROPOSAL = '/proposal';

/** Every refusal of signing, said of a proposal: the same codes, other words. */
export const PROPOSAL_PROBLEMS: ProblemCatalogue = Object.fromEntries(
  Object.entries(POLICY_CATALOGUE).map(([code, entry]) => [
    `${code}${OF_PROPOSAL}`,
    { ...withoutRegulation(ofProposal(entry)), ...OWN[code] },
  ]),
);

/** The regulation is of joint signatures alone: a refusal about a proposal does not rest on it. */
function withoutRegulation({ legalBasis, ...entry }: ProblemEntry): ProblemEntry {
  const isOfRegulation = legalBasis?.['zh-Hant-TW'].includes('作業辦法') === true;
  return legalBasis === undefined
    ? entry
    : { ...entry, legalBasis: isOfRegulation ? CREDENTIAL : legalBasis };
}
