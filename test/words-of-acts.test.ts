import { describe, expect, it } from 'vitest';
import { AFFIDAVIT_WORDS } from '../src/console/affidavit-words.ts';
import { POLICY_CATALOGUE } from '../src/credentials/index.ts';
import { SIGN_IN_WORDS } from '../src/lead-proposers/sign-in-words.ts';

/** An act that is no joint signature: nobody may read that they signed one, or that one was not counted. */
describe.each([
  ['切結書 the affidavit', AFFIDAVIT_WORDS],
  ['登入 signing in', SIGN_IN_WORDS],
])('%s', (_act, words) => {
  it('is never called a joint signature by the card', () => {
    const said = words.cardFailures.flatMap(([, { cause, next }]) => [cause, next]);
    expect(said.map((text) => text['zh-Hant-TW']).filter((text) => text.includes('連署'))).toEqual([]);
    expect(said.map((text) => text.en).filter((text) => /joint signature/i.test(text))).toEqual([]);
  });

  it('is never called a joint signature by the policy', () => {
    for (const code of Object.keys(POLICY_CATALOGUE) as (keyof typeof POLICY_CATALOGUE)[]) {
      expect(words.refusalSentence(code, 'zh-Hant-TW'), code).not.toContain('連署');
      expect(words.refusalSentence(code, 'en'), code).not.toMatch(/joint signature/i);
    }
  });

  it('asks to load the page anew when the ten minutes have passed: no script fetches another statement', () => {
    const renewed = words.cardFailures.find(([code]) => code === 'UI_STATEMENT_RENEWED')?.[1];
    expect(renewed?.act).toBe('back');
  });
});
