/** 資格: who may propose or sign, as days that anybody can compare with their own. 公民投票法 §§7–8. */
import { Temporal } from '../platform/time.ts';
import type { LegalDate } from './deadlines.ts';
import { ineligibility } from './eligibility.ts';
import type { RulePack } from './rule-pack.ts';

/** The latest days of birth and of move-in with which a person counts on the reference day. */
export interface WhoMay {
  readonly act: 'propose' | 'sign';
  /** The day by which the household register decides; here the last on which it can be. */
  readonly reference: LegalDate;
  readonly bornBy: LegalDate;
  readonly residentSince: LegalDate;
  readonly minimumAgeYears: number;
  readonly residenceMonths: number;
  readonly citation: string;
}

/**
 * For a proposal the reference is the day it is filed, for a joint signature the day the roster is filed: not the day of
 * signing. Undefined where the pack does not know the age or the residence.
 */
export function whoMay(pack: RulePack, act: WhoMay['act'], reference: LegalDate): WhoMay | undefined {
  const { minimumAgeYears: age, residenceMonths: residence } = pack.parameters;
  if (age.value === undefined || residence.value === undefined) return undefined;
  const rule = { minimumAgeYears: age.value, residenceMonths: residence.value };
  const day = Temporal.PlainDate.from(reference);
  const bornBy = latest(
    day.subtract({ years: rule.minimumAgeYears }),
    (born) => ineligibility(rule, { born }, reference).length === 0,
  );
  const residentSince = latest(
    day.subtract({ months: rule.residenceMonths }),
    (since) => ineligibility(rule, { born: bornBy, residentSince: since }, reference).length === 0,
  );
  return { act, reference, bornBy, residentSince, ...rule, citation: '公民投票法 §7、§8' };
}

/** The last day near `about` that still counts; month ends and leap days move it by a few days at most. */
function latest(about: Temporal.PlainDate, counts: (day: LegalDate) => boolean): LegalDate {
  let day = about.add({ days: 4 });
  while (!counts(day.toString())) day = day.subtract({ days: 1 });
  return day.toString();
}
