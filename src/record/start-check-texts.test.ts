import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Finding, type FindingCode, worst } from './start-check-finding.ts';
import { FINDING_MESSAGES } from './start-check-messages.ts';
import { explain, refusalText, reportOf } from './start-check-texts.ts';

const codes = Object.keys(FINDING_MESSAGES) as FindingCode[];

describe('the words of findings', () => {
  it.each(codes)('%s speaks both languages, and the runbook it names exists', (code) => {
    const { what, next } = FINDING_MESSAGES[code];
    for (const { 'zh-Hant-TW': zh, en } of next === undefined ? [what] : [what, next]) {
      expect(zh).toMatch(/[一-鿿]/);
      expect(en).toMatch(/^[A-Z]/);
      // The same facts in both.
      const facts = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      expect(facts(zh)).toEqual(facts(en));
      for (const [path] of en.matchAll(/docs\/runbooks\/[a-z-]+\.md/g)) {
        expect(existsSync(new URL(`../../${path}`, import.meta.url)), path).toBe(true);
      }
    }
    if (!code.endsWith('-ok')) expect(explain({ code }).what.en).not.toBe('');
  });

  const ahead: Finding = {
    code: 'journal-ahead',
    severity: 'refuse',
    where: '/data/checkpoint-journal',
    ours: { size: 300, root: 'AAA=' },
    theirs: { size: 320, root: 'BBB=' },
  };

  it('name both sides, where, and what to do', () => {
    expect(reportOf([[ahead, explain(ahead)]]).split('\n')).toEqual([
      expect.stringMatching(/^✘ 檢查點日記簿/),
      expect.stringMatching(/^ {2}The checkpoint journal knows more/),
      '    journal-ahead · /data/checkpoint-journal',
      '    這裡 here: 300 · AAA=',
      '    那裡 there: 320 · BBB=',
      expect.stringMatching(/^ {2}→ 不要刪改/),
      expect.stringMatching(/^ {2}→ Delete and change nothing/),
    ]);
  });

  it('of a refusal say what agreed, and each next act once', () => {
    const ok: Finding = { code: 'public-ok', severity: 'ok', where: '/data/public' };
    const witness: Finding = { code: 'witness-ahead', severity: 'refuse', where: 'https://w.example' };
    const edge: Finding = { code: 'database-edge', severity: 'refuse', where: 'log' };
    const text = refusalText([ahead, edge, ok, witness]);
    const at = (part: string) => text.indexOf(part);
    expect(text).toContain('✔ 公開檔案是資料庫的前段。');
    expect(text.split('  → Delete and change nothing')).toHaveLength(2);
    // What shares a next act stands together, above it.
    expect([
      at('public-ok'),
      at('journal-ahead'),
      at('witness-ahead'),
      at('→ Delete'),
      at('database-edge'),
    ]).toEqual(
      [
        at('public-ok'),
        at('journal-ahead'),
        at('witness-ahead'),
        at('→ Delete'),
        at('database-edge'),
      ].toSorted((a, b) => a - b),
    );
    expect(at('public-ok')).toBeGreaterThan(0);
  });

  it('fill in facts, and never let one through as a template', () => {
    const text = explain({ code: 'witness-silent', facts: { cause: 'timeout {x}' } });
    expect(text.what.en).toBe('The witness gave no answer that counts (timeout {x}).');
  });
});

it('the weightiest severity decides', () => {
  expect(worst([])).toBe('ok');
  expect(worst([{ severity: 'warn' }, { severity: 'refuse' }, { severity: 'read-only' }])).toBe('refuse');
  expect(worst([{ severity: 'ok' }, { severity: 'read-only' }, { severity: 'warn' }])).toBe('read-only');
});
