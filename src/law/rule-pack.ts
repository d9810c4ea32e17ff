import type { Localised } from './localised.ts';
import { CONSTITUTIONAL } from './packs/constitutional.ts';
import { LOCAL_HSINCHU_CITY } from './packs/local-hsinchu-city.ts';
import { NATIONAL_2003 } from './packs/national-2003.ts';
import { NATIONAL_2018 } from './packs/national-2018.ts';
import { NATIONAL_2019 } from './packs/national-2019.ts';
import { NATIONAL_2025 } from './packs/national-2025.ts';
import { LawUnknown, type Parameter } from './parameter.ts';
import type { ParameterValues } from './parameter-values.ts';

/** All parameters of one text of the law. */
export type Parameters = { readonly [Name in keyof ParameterValues]: Parameter<ParameterValues[Name]> };

/**
 * 規則包: one procedure as the law stood from one day on. A case is bound at filing to the pack in force that
 * day; a later pack applies only by a logged decision that cites the transitional rule (law.md §2, L-3).
 */
export interface RulePack {
  readonly id: string;
  readonly title: Localised;
  readonly procedure: 'national' | 'constitutional' | 'local';
  /** Day of promulgation 公布日; undefined where we do not know it. */
  readonly promulgated: string | undefined;
  /** First day on which it binds. A different day than promulgation only where the text says so. */
  readonly effectiveFrom: Parameter<string>;
  /** Last day on which it was in force; absent for the newest. */
  readonly effectiveTo?: string;
  /** What a lawyer must know before trusting this pack. */
  readonly remarks: readonly Localised[];
  readonly parameters: Parameters;
}

/** Every pack, oldest first within its procedure. */
export const RULE_PACKS: readonly RulePack[] = [
  NATIONAL_2003,
  NATIONAL_2018,
  NATIONAL_2019,
  NATIONAL_2025,
  CONSTITUTIONAL,
  LOCAL_HSINCHU_CITY,
];

/** The pack a case was bound to at filing. @throws RangeError for an id that no pack has. */
export function rulePack(id: string): RulePack {
  const pack = RULE_PACKS.find((candidate) => candidate.id === id);
  if (!pack) throw new RangeError(`There is no rule pack ${id}`);
  return pack;
}

/** The national pack in force on a day, by effective date; undefined before the first Act. */
export function nationalPackOn(day: string): RulePack | undefined {
  return RULE_PACKS.filter(
    ({ procedure, effectiveFrom }) =>
      procedure === 'national' && effectiveFrom.value !== undefined && effectiveFrom.value <= day,
  ).at(-1);
}

/**
 * A value that a computation cannot do without. `on` is the day that decides, where one does: a provision that was not in
 * force yet on it is not known then; one that was replaced since is, for a case that is bound to this pack (law.md §2,
 * L-3). Limits and lists that no day decides are asked without one.
 * @throws {LawUnknown} where the pack does not know it, or not yet
 */
export function known<Name extends keyof ParameterValues>(
  pack: RulePack,
  name: Name,
  on?: string,
): ParameterValues[Name] {
  const { value, effectiveFrom } = pack.parameters[name];
  const isAhead = on !== undefined && effectiveFrom !== undefined && on < effectiveFrom;
  if (value === undefined || isAhead) throw new LawUnknown(pack.id, name);
  return value as ParameterValues[Name];
}
