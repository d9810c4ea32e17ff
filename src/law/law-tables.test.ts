/** The tables of the law reference that no other test of this folder holds against the packs, row by row. */
import { describe, expect, it, test } from 'vitest';
import { E_PETITION_ARTICLES } from './e-petition-articles.ts';
import { DELETION_REASONS } from './packs/roster-forms.ts';
import type { ParameterValues } from './parameter-values.ts';
import { known, RULE_PACKS, rulePack } from './rule-pack.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');

/** What stands for a parameter: its value, the article it is cited from, and how sure we are. */
function stated(name: keyof ParameterValues): string {
  const { value, citation, status } = PACK.parameters[name];
  return `${String(value)} · ${citation} · ${status}`;
}

it('law.md §2: there are packs for each text that it asks for, none inside another’s time', () => {
  expect(RULE_PACKS.map(({ id }) => id)).toEqual([
    'tw.referendum.national@2003-12-31',
    'tw.referendum.national@2018-01-03',
    'tw.referendum.national@2019-06-21',
    'tw.referendum.national@2025-12-03',
    expect.stringContaining('tw.referendum.constitutional'),
    expect.stringContaining('tw.referendum.local'),
  ]);
  const national = RULE_PACKS.filter(({ procedure }) => procedure === 'national');
  for (const [i, { effectiveTo }] of national.entries()) {
    const next = national[i + 1]?.effectiveFrom.value;
    expect(effectiveTo === undefined).toBe(next === undefined);
    if (effectiveTo !== undefined && next !== undefined) expect(effectiveTo < next).toBe(true);
  }
});

test.each<readonly [name: keyof ParameterValues, value: number, article: string]>([
  ['reviewDays', 60, '§10 III'],
  ['correctionDays', 30, '§10 III'],
  ['correctionTimes', 1, '§10 III'],
  ['proposerCheckDays', 15, '§10 V'],
  ['proposerSupplementDays', 30, '§10 VII'],
  ['proposerSupplementTimes', 1, '§10 VII'],
  ['opinionDays', 45, '§10 VIII'],
  ['collectDays', 10, '§10 IX'],
  ['petitionMonths', 6, '§12 II'],
  ['signatureCheckDays', 60, '§13'],
  ['supplementDays', 30, '§13 III'],
  ['supplementTimes', 1, '§13 III'],
  ['establishAnnounceDays', 10, '§13 III'],
  ['announceBeforeVoteDays', 90, '§17'],
  ['questionMaxChars', 100, '§9'],
  ['reasonMaxChars', 2_000, '§9'],
  ['opinionMaxChars', 2_000, '§10 VIII'],
  ['minimumAgeYears', 18, '§7'],
  ['residenceMonths', 6, '§8'],
  ['duplicateMarkDays', 2, '§9'],
])('law.md §§3.1, 4, 7, 10: %s is %i, from its own article %s', (name, value, article) => {
  expect(known(PACK, name)).toBe(value);
  expect(PACK.parameters[name].citation).toContain(article);
});

test.each<readonly [name: keyof ParameterValues, perMillion: number, article: string]>([
  ['proposalRate', 100, '公民投票法 §10 I'],
  ['petitionRate', 15_000, '公民投票法 §12 I'],
  ['sideRegistrationRate', 50, '§3'],
  ['withdrawalShare', 500_000, '公民投票法 §11'],
])('law.md §5.1: %s is %i of a million', (name, perMillion, article) => {
  const { numerator, denominator } = known(PACK, name) as ParameterValues['proposalRate'];
  expect(Number((numerator * 1_000_000n) / denominator)).toBe(perMillion);
  expect(PACK.parameters[name].citation).toContain(article);
});

it('law.md §6: a last day on a holiday is not moved, one closed for a disaster is', () => {
  expect(stated('isWeekendExtending')).toBe('false · 公民投票法 §6；公職人員選舉罷免法 §5 · confirmed');
  expect(stated('isDisasterExtending')).toBe('true · 公民投票法 §6；公職人員選舉罷免法 §5 · confirmed');
});

it('law.md §8: exactly five grounds of correction; §9: the four of deletion and the two of the Rules', () => {
  expect(known(PACK, 'reviewGrounds')).toEqual([
    'matter',
    'wording',
    'indigenous-or-multiple',
    'frozen-matter',
    'unclear-intent',
  ]);
  expect(known(PACK, 'deletionGrounds')).toEqual([
    'not-qualified',
    'name-id-or-address',
    'unsigned',
    'forged',
    'barred-proposer',
    'duplicate',
  ]);
});

describe('law.md §9: the reasons', () => {
  test.each([
    ['AGE', 'not-qualified', true, true],
    ['RESIDENCE', 'not-qualified', true, true],
    ['GUARDIANSHIP', 'not-qualified', true, true],
    ['NOT_NATIONAL', 'not-qualified', true, true],
    ['DECEASED', 'not-qualified', true, true],
    ['NAME_OR_ID_ERROR', 'name-id-or-address', true, false],
    ['ADDRESS_ERROR', 'name-id-or-address', true, false],
    ['UNSIGNED', 'unsigned', true, false],
    ['FORGED', 'forged', true, 'only misuse of a credential'],
    ['DUPLICATE_SAME_MEDIUM', 'duplicate', true, 'blocked at signing'],
    ['DUPLICATE_PAPER_VS_E', 'duplicate', 'the paper entry is deleted', 'the electronic one is kept'],
    ['BARRED_PROPOSER', 'barred-proposer', 'proposers only', 'proposers only'],
  ] as const)('%s is on the ground %s', (name, ground, paper, electronic) => {
    const reason = DELETION_REASONS[name];
    expect(reason.ground).toBe(ground);
    for (const [medium, expected] of [
      [reason.paper, paper],
      [reason.electronic, electronic],
    ] as const) {
      const told = typeof medium === 'string' ? medium : medium.en;
      if (expected === true) expect(told).toMatch(/^applies|registry|date/);
      else if (expected === false) expect(told).toMatch(/^does-not-apply|^never/);
      else expect(told).toBe(expected);
    }
  });

  it('are twelve, and each ground is one that the pack knows', () => {
    const grounds = new Set<string>(known(PACK, 'deletionGrounds'));
    expect(Object.keys(DELETION_REASONS)).toHaveLength(12);
    for (const { ground } of Object.values(DELETION_REASONS)) expect(grounds.has(ground)).toBe(true);
  });
});

it('law.md §10: the regulation’s fourteen articles, each with what we do because of it', () => {
  expect(E_PETITION_ARTICLES.map(({ article }) => article)).toEqual(
    Array.from({ length: 14 }, (_, i) => `§${i + 1}`),
  );
  for (const { says, here } of E_PETITION_ARTICLES)
    for (const text of [says['zh-Hant-TW'], says.en, here['zh-Hant-TW'], here.en])
      expect(text.length).toBeGreaterThan(3);
});

test.each<readonly [name: keyof ParameterValues, value: unknown]>([
  ['closingHour', '24:00'],
  ['supplementCheckDays', 60],
  ['suppressionK', 10],
  ['isSuspensionHolding', true],
  ['acceptedForJointSignature', ['card']],
  ['electronicProposal', 'off'],
])('law.md §19: %s is our own choice, and says so', (name, value) => {
  expect(PACK.parameters[name]).toMatchObject({ value, status: 'project-default' });
});

it('law.md §19: choices inside a confirmed parameter are told in its note', () => {
  for (const name of ['voteWindow', 'isDisasterExtending', 'retention'] as const) {
    expect(PACK.parameters[name].note?.['zh-Hant-TW']).toContain('專案預設');
    expect(PACK.parameters[name].note?.en).toContain('project default');
  }
});
