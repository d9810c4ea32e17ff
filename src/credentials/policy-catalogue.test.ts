import { POLICY_CHECKS } from '@lianshu/pki';
import { describe, expect, it } from 'vitest';
import { Problems } from '../platform/http/problem.ts';
import { POLICY_CATALOGUE, policyEntry } from './policy-catalogue.ts';
import { acceptsForm, SIGNING_METHODS } from './signing-methods.ts';

const ENTRIES = Object.entries(POLICY_CATALOGUE);

describe('policy catalogue 驗證政策', () => {
  it('explains every code of LIANSHU-VP/1 under its own check', () => {
    for (const [code, checks] of Object.entries(POLICY_CHECKS))
      expect(policyEntry(code)?.check, code).toBe(checks[0]);
    expect(ENTRIES.filter(([code]) => code.startsWith('UI_'))).toHaveLength(16);
  });

  it('says first what became of the signature, in both languages', () => {
    const zh =
      /^(沒有計入連署：|還沒有簽署任何內容：|已收到連署，尚未計入：|連署有效；|連署已計入；|這次沒有再計入一次：)/;
    const en =
      /^(Nothing was counted: |Nothing has been signed: |Received, not yet counted: |Your signature (stands|is counted); |Nothing was counted a second time: )/;
    for (const [code, { title, next }] of ENTRIES) {
      expect(title['zh-Hant-TW'], code).toMatch(zh);
      expect(title.en, code).toMatch(en);
      expect(title['zh-Hant-TW'].endsWith('。') && title.en.endsWith('.'), code).toBe(true);
      expect(next['zh-Hant-TW'].endsWith('。') && next.en.endsWith('.'), code).toBe(true);
    }
  });

  it('gives refusals a 4xx status and everything still open a 2xx one', () => {
    for (const [code, { status }] of ENTRIES) {
      const isOpen = /^[IW]_/.test(code) || code === 'E_CHAIN';
      expect(isOpen ? [200, 202] : [400, 409, 413, 422], code).toContain(status);
    }
  });

  it('uses the Taiwanese forms of words and no simplified characters', () => {
    const text = ENTRIES.map(([, { title, next }]) => title['zh-Hant-TW'] + next['zh-Hant-TW']).join('');
    expect(text).not.toMatch(/[证签书国联这过时请显码头]/);
    expect(text).not.toMatch(/網絡|信息|鼠標|屏幕|軟件|默認|程序/);
  });

  it('finds the family of a member, and nothing for foreign texts', () => {
    expect(policyEntry('E_HIPKI_76100006')).toBe(POLICY_CATALOGUE.E_HIPKI);
    expect(policyEntry('E_NOT_ELIGIBLE_3')).toBe(POLICY_CATALOGUE.E_NOT_ELIGIBLE);
    for (const code of ['toString', '__proto__', '', 'E_', 'E_HIPKIx'])
      expect(policyEntry(code)).toBeUndefined();
  });

  it('enters the house catalogue', () => {
    const document = new Problems(POLICY_CATALOGUE).document({ code: 'E_REVOKED' }, 'id', 'en');
    expect(document).toMatchObject({
      status: 422,
      check: 20,
      legalBasis: 'Electronic Signatures Act, Article 6',
    });
  });
});

describe('signing methods 簽署方式', () => {
  it('offer the card; every other one says why not', () => {
    expect(SIGNING_METHODS.filter(({ isEnabled }) => isEnabled).map(({ id, tier }) => [id, tier])).toEqual([
      ['card', 'digital-signature'],
    ]);
    for (const { id, isEnabled, whyNot } of SIGNING_METHODS) expect(isEnabled, id).toBe(whyNot === undefined);
  });

  it('accept only shapes that an enabled method produces', () => {
    const phoneOnly = SIGNING_METHODS.filter(({ id }) => id === 'phone');
    expect(acceptsForm(SIGNING_METHODS, 'cms-attached')).toBe(true);
    expect(acceptsForm(phoneOnly, 'pkcs1')).toBe(false);
    expect(acceptsForm([], 'cms-attached')).toBe(false);
  });
});
