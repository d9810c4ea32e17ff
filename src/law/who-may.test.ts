import { expect, it, test } from 'vitest';
import { ineligibility } from './eligibility.ts';
import { rulePack } from './rule-pack.ts';
import { whoMay } from './who-may.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');

test.each([
  ['2026-11-22', '2008-11-22', '2026-05-22'],
  // Born on a leap day: of age on 1 March.
  ['2026-02-28', '2008-02-28', '2025-08-28'],
  ['2026-03-01', '2008-03-01', '2025-09-01'],
  ['2028-02-29', '2010-02-28', '2027-08-29'],
  // Six months back from a month's end without a corresponding day.
  ['2026-08-31', '2008-08-31', '2026-02-28'],
  ['2027-02-28', '2009-02-28', '2026-08-28'],
])('on %s who was born by %s and moved in by %s counts, and nobody a day later', (reference, born, since) => {
  const view = whoMay(PACK, 'sign', reference);
  expect(view).toMatchObject({ bornBy: born, residentSince: since, minimumAgeYears: 18, residenceMonths: 6 });
  const next = (day: string) =>
    new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const why = (person: Parameters<typeof ineligibility>[1]) =>
    ineligibility({ minimumAgeYears: 18, residenceMonths: 6 }, person, reference);
  expect(why({ born, residentSince: since })).toEqual([]);
  expect(why({ born: next(born) })).toEqual(['too-young']);
  expect(why({ born, residentSince: next(since) })).toEqual(['residence-too-short']);
});

it('says nothing under a pack that does not know the age', () => {
  expect(whoMay(rulePack('tw.referendum.national@2003-12-31'), 'sign', '2004-01-01')).toBeUndefined();
});
