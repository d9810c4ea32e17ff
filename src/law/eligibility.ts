import { Temporal } from '../platform/time.ts';
import { type LegalDate, monthsAfter } from './deadlines.ts';

/** What decides whether a person counts, by household registration. */
export interface Person {
  readonly born: LegalDate;
  /** Day of the household registration from which residence runs 遷入登記; undefined where it is unknown. */
  readonly residentSince?: LegalDate;
  readonly isUnderGuardianship?: boolean;
}

/** Why a person does not count on a reference day; empty: the person does. */
export type Ineligibility = 'too-young' | 'residence-too-short' | 'under-guardianship';

/** The age rules of a pack. */
export interface EligibilityRule {
  readonly minimumAgeYears: number;
  readonly residenceMonths: number;
}

/**
 * Judges a person on the act's reference day: for a proposal the day it is filed, for a joint signature the day the
 * roster is filed, for the vote the day before it. 公民投票法 §§7–8; residence by 選罷法 §4 II.
 */
export function ineligibility(
  rule: EligibilityRule,
  person: Person,
  reference: LegalDate,
): readonly Ineligibility[] {
  const found: Ineligibility[] = [];
  if (comesOfAge(person.born, rule.minimumAgeYears) > reference) found.push('too-young');
  if (person.residentSince !== undefined && residentFrom(person.residentSince, rule) > reference)
    found.push('residence-too-short');
  if (person.isUnderGuardianship === true) found.push('under-guardianship');
  return found;
}

/** The day a person comes of age: the birthday, and 1 March for those born on a leap day (導出, our reading). */
function comesOfAge(born: LegalDate, years: number): LegalDate {
  const birth = Temporal.PlainDate.from(born);
  const day = birth.add({ years }, { overflow: 'constrain' });
  return (day.day === birth.day ? day : day.add({ days: 1 })).toString();
}

/** The first day on which the residence is long enough: the day after the months have passed. */
function residentFrom(since: LegalDate, { residenceMonths }: EligibilityRule): LegalDate {
  const { lastDay } = monthsAfter(
    Temporal.PlainDate.from(since).subtract({ days: 1 }).toString(),
    residenceMonths,
  );
  return Temporal.PlainDate.from(lastDay).add({ days: 1 }).toString();
}

/**
 * Whether a person may still turn out eligible: nobody is refused for age at signing who can be old enough by the
 * last day on which the roster may be filed. What is shown is a forecast (law.md §4).
 */
export const mayBeEligibleBy = (rule: EligibilityRule, person: Person, lastFiling: LegalDate): boolean =>
  ineligibility(rule, person, lastFiling).every((why) => why !== 'too-young');
