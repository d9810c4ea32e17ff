import { render } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import { rulePack, whoMay } from '../law/index.ts';
import { WhoMayPart } from './who-may-part.tsx';

const text = (language: 'zh-Hant-TW' | 'en', act: 'propose' | 'sign') => {
  const view = whoMay(rulePack('tw.referendum.national@2025-12-03'), act, '2026-11-22');
  if (view === undefined) throw new Error('the pack does not know the age');
  return render(<WhoMayPart language={language} view={view} />).replaceAll(/<[^>]*>/g, '');
};

it('says the days of birth and of registration, and the day that decides', () => {
  const zh = text('zh-Hant-TW', 'sign');
  expect(zh).toContain('2008-11-22（含）以前出生');
  expect(zh).toContain('連署人名冊提出日（不是簽署日）');
  const en = text('en', 'propose');
  expect(en).toMatch(/born on or before .*2008/);
  expect(en).toMatch(/on or before .*2026/);
  expect(en).toContain('the day the proposal is filed');
  expect(en).toContain('Referendum Act §7, §8');
});
