import { describe, expect, it } from 'vitest';
import { POLICY_CATALOGUE } from '../credentials/index.ts';
import { PROPOSAL_PROBLEMS } from './proposal-words.ts';
import { receiptMessages } from './receipt-messages.ts';
import { receiptQrMessages } from './receipt-qr-messages.ts';
import { signingMessages } from './signing-messages.ts';

/** Every text of a catalogue, those with parts filled in too. */
function textsOf(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') return [String(words('D00001', 2))];
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsOf) : [];
}

const catalogues = (number: string) =>
  (['zh-Hant-TW', 'en'] as const).flatMap((language) => [
    ...textsOf(signingMessages(language, number)),
    ...textsOf(receiptMessages(language, number)),
    ...textsOf(receiptQrMessages(language, number)),
  ]);

describe('what is said about a draft', () => {
  it('never calls a proposal a joint signature, nor a draft a case', () => {
    const said = [...catalogues('D00001'), ...textsOf(PROPOSAL_PROBLEMS)];
    expect(said.length).toBeGreaterThan(300);
    for (const text of said) {
      expect(text).not.toMatch(/連署|joint signature/i);
      expect(text).not.toMatch(/本案|案號：|this case\b/);
    }
  });

  it('leaves what is said about a case as it was', () => {
    expect(signingMessages('zh-Hant-TW', '9901')).toBe(signingMessages('zh-Hant-TW'));
    expect(signingMessages('zh-Hant-TW', '9901').title).toBe('連署本案');
    expect(receiptMessages('en', '9901').caseLabel).toBe('Case');
  });

  it('has its own words for every code, with the same status and check', () => {
    for (const [code, { status, check }] of Object.entries(POLICY_CATALOGUE)) {
      const own = PROPOSAL_PROBLEMS[`${code}/proposal`];
      expect([own?.status, own?.check], code).toEqual([status, check]);
    }
    // The regulation is of joint signatures alone (辦法 §2).
    for (const { legalBasis } of Object.values(PROPOSAL_PROBLEMS))
      expect(legalBasis?.['zh-Hant-TW'] ?? '').not.toContain('作業辦法');
  });
});
