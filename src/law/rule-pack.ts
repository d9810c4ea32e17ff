import type { Rate } from './thresholds.ts';

/** How sure we are of a parameter: `project-default` is a choice of ours where the law is silent. */
export type ParameterStatus = 'confirmed' | 'unconfirmed' | 'project-default';

export interface Parameter<Value> {
  readonly value: Value;
  readonly citation: string;
  readonly status: ParameterStatus;
}

/**
 * What the signing of one case rests on, as dated data (law.md §2). A case is bound at filing to the pack in
 * force then. The whole life of a case adds its parameters here; none of them is ever written in code.
 */
export interface RulePack {
  readonly id: string;
  readonly effectiveFrom: string;
  readonly petitionRate: Parameter<Rate>;
  readonly electorBase: Parameter<{ readonly electors: bigint; readonly election: string }>;
  readonly petitionMonths: Parameter<number>;
  /** Signing methods that count for the act; the mobile certificate waits for a ruling (law.md §16 c). */
  readonly acceptedCredentials: Parameter<readonly string[]>;
}

const ELECTORS_2024: RulePack['electorBase'] = {
  value: { electors: 19_548_531n, election: '2024-01-13' },
  citation: '公民投票法 §10 I、§12 I',
  status: 'confirmed',
};

const PETITION: Pick<RulePack, 'petitionRate' | 'petitionMonths' | 'acceptedCredentials'> = {
  petitionRate: {
    value: { numerator: 15n, denominator: 1000n },
    citation: '公民投票法 §12 I',
    status: 'confirmed',
  },
  petitionMonths: { value: 6, citation: '公民投票法 §12 II；電子連署及查對作業辦法 §6', status: 'confirmed' },
  acceptedCredentials: { value: ['card'], citation: '電子連署及查對作業辦法 §5', status: 'project-default' },
};

/** Newest first. Promulgation and effect of the 2025 text are two dates; the second is 未確認 (law.md §2). */
const RULE_PACKS: readonly RulePack[] = [
  {
    id: 'tw.referendum.national@2025-12-03',
    effectiveFrom: '2025-12-03',
    electorBase: ELECTORS_2024,
    ...PETITION,
  },
  {
    id: 'tw.referendum.national@2019-06-21',
    effectiveFrom: '2019-06-21',
    electorBase: ELECTORS_2024,
    ...PETITION,
  },
];

/** The pack a case was bound to at filing. @throws RangeError for an id that no pack has. */
export function rulePack(id: string): RulePack {
  const pack = RULE_PACKS.find((candidate) => candidate.id === id);
  if (!pack) throw new RangeError(`There is no rule pack ${id}`);
  return pack;
}
