/**
 * 數字: what the law decides is computed here and compared, never believed: thresholds, whether a vote passed, the
 * number of a case, of how many proposers half must agree. A wrong figure is refused with the one that would be right.
 */
import {
  type CaseCourse,
  electorBaseOn,
  type LawRefusal,
  type Rate,
  required,
  verdict,
} from '../law/index.ts';
import {
  foldInitiative,
  type InitiativeFacts,
  type OpenedBody,
  type RecordedAct,
} from './initiative-facts.ts';
import { standingActs } from './legal-events.ts';

type Body = Readonly<Record<string, unknown>>;

const wrong = (citation: string, zh: string, en: string): LawRefusal => ({
  code: 'wrong-figure',
  citation,
  instead: { 'zh-Hant-TW': zh, en },
});

/** Why a figure of this act cannot stand; undefined where every figure is what the law makes it. */
export function figureRefusal(
  act: RecordedAct,
  acts: readonly RecordedAct[],
  { pack }: CaseCourse,
): LawRefusal | undefined {
  const body = act.body as Body;
  const { petitionRate, proposalRate, passRule } = pack.parameters;
  const facts = foldInitiative('', acts);
  if (facts === undefined) return undefined;
  if (act.kind === 'check-result' && body['of'] === 'proposers')
    return wrongThreshold(body, proposalRate, facts, undefined);
  if (act.kind === 'raw-count' || act.kind === 'check-result')
    return wrongThreshold(body, petitionRate, facts, facts.opened);
  if (act.kind === 'vote' && body['step'] === 'result' && passRule.value !== undefined)
    return wrongResult(body, passRule.value, passRule.citation);
  if (act.kind === 'withdrawal') return wrongProposers(body, proposersOf(acts));
  return undefined;
}

/**
 * How many proposers a case has, as the record says: those found valid once they were checked, else those it was filed
 * with, on both ways or on paper. Undefined where the record does not say: a case told from public reports.
 */
export function proposersOf(acts: readonly RecordedAct[]): number | undefined {
  const standing = standingActs(acts);
  const checked = standing.findLast(
    ({ kind, body }) => kind === 'check-result' && (body as Body)['of'] === 'proposers',
  );
  if (checked !== undefined) return Number((checked.body as Body)['valid']);
  const filed = foldInitiative('', standing)?.filed;
  const { proposal, onPaper } = filed ?? {};
  return proposal === undefined ? onPaper?.proposers : proposal.electronic + proposal.paper;
}

/** Half of whom must agree is not for anybody to type. */
function wrongProposers(body: Body, proposers: number | undefined): LawRefusal | undefined {
  if (proposers === undefined || body['proposers'] === proposers) return undefined;
  return wrong(
    '公民投票法 §11',
    `本案提案人為 ${proposers} 人（依公卷），不是 ${String(body['proposers'])} 人。`,
    `By the record this case has ${proposers} proposers, not ${String(body['proposers'])}.`,
  );
}

/** Both thresholds were fixed when the case was filed; `opened` tells the one of signers. */
function wrongThreshold(
  body: Body,
  rate: Readonly<{ value: Rate | undefined; citation: string }>,
  { filed }: InitiativeFacts,
  opened: OpenedBody | undefined,
): LawRefusal | undefined {
  const base = electorBaseOn(filed.on ?? filed.at.slice(0, 10))?.electors;
  const electors = opened?.electors ?? base;
  if (electors === undefined || rate.value === undefined) return undefined;
  const needed = opened?.threshold ?? Number(required(BigInt(electors), rate.value));
  if (body['required'] === needed) return undefined;
  return wrong(
    rate.citation,
    `法定人數應為 ${needed} 人（選舉人總數 ${electors} 之比率，尾數進位），不是 ${String(body['required'])} 人。`,
    `The number required is ${needed} (of ${electors} electors, rounded up), not ${String(body['required'])}.`,
  );
}

function wrongResult(
  body: Body,
  rule: Parameters<typeof verdict>[0],
  citation: string,
): LawRefusal | undefined {
  const figure = (name: string): bigint => BigInt(Number(body[name]));
  const [yes, no, invalid, electors] = [figure('yes'), figure('no'), figure('invalid'), figure('electors')];
  if (yes + no + invalid > electors)
    return wrong(
      citation,
      `同意、不同意與無效票合計 ${yes + no + invalid} 張，超過投票權人總額 ${electors} 人。`,
      `Yes, no and invalid votes add up to ${yes + no + invalid}, more than the ${electors} entitled to vote.`,
    );
  const { passed, hasMajority, needed, had } = verdict(rule, { yes, no, invalid, electors });
  if (body['passed'] === passed) return undefined;
  return wrong(
    citation,
    `依此票數，本案應為「${passed ? '通過' : '不通過'}」：需 ${needed}，計得 ${had}；同意票${hasMajority ? '多於' : '未多於'}不同意票。`,
    `By these figures the case ${passed ? 'passed' : 'did not pass'}: ${needed} needed, ${had} had; yes votes are ${hasMajority ? 'more' : 'not more'} than no votes.`,
  );
}

/** The number that a decision gives the case at its establishment; undefined for every other act. */
export const numberGiven = ({ kind, body }: Pick<RecordedAct, 'kind' | 'body'>): number | undefined => {
  const { decides, number } = body as Body;
  return kind === 'decision' && decides === 'established' && typeof number === 'number' ? number : undefined;
};

/**
 * A number belongs to one case. `decisions` are all of the record, retractions among them: what was replaced or
 * retracted gives its number back.
 */
export function takenNumber(
  candidate: RecordedAct,
  decisions: readonly RecordedAct[],
): LawRefusal | undefined {
  const number = numberGiven(candidate);
  if (number === undefined) return undefined;
  const taken = standingActs([...decisions, candidate]).flatMap((act) =>
    act === candidate ? [] : (numberGiven(act) ?? []),
  );
  if (!taken.includes(number)) return undefined;
  const next = Math.max(...taken) + 1;
  return wrong(
    '公民投票法 §13 III',
    `第 ${number} 案之編號已給予他案；編號不得重複，下一號為第 ${next} 案。`,
    `No. ${number} was given to another case; numbers are given once, and the next is no. ${next}.`,
  );
}
