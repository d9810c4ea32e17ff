import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { LINT_BASES, WORDING_ARTICLES } from './packs/wording-regulation.ts';
import { lintWording } from './wording-linter.ts';

const draft = (question: string, more: Partial<Parameters<typeof lintWording>[0]> = {}) =>
  lintWording({
    question,
    reasons: '',
    type: 'initiative',
    questionMaxChars: 100,
    reasonMaxChars: 2_000,
    ...more,
  });
const rules = (...args: Parameters<typeof draft>) => [...new Set(draft(...args).map(({ rule }) => rule))];

describe('wording hints', () => {
  it('has nothing to say of a plain question', () => {
    expect(rules('你是否同意立法規定學校午餐應於校內廚房現場烹調？')).toEqual([]);
    expect(rules('')).toEqual([]);
  });

  test.each([
    ['L1', '你是否同意應'.repeat(20)],
    ['L2', '學校午餐應於校內廚房烹調，同意。'],
    ['L3', '學校午餐是否應於校內廚房烹調？'],
    ['L4', '你是否同意不應禁止校外供餐？'],
    ['L5', '若經費不足，你是否同意應延後實施？'],
    ['L5', '你是否同意應設置廚房？你是否同意應聘廚師？'],
    ['L6', '你是否同意應設置廚房以及增訂營養標準？'],
    ['L7', '你是否同意應廢止這部惡法？'],
    ['L8', '你是否同意應推動 Sharenting 之規範？'],
    ['L9', '你是否同意應規定如 https://example.invalid 所示？'],
    ['L11', '你是否同意應增加學校午餐預算？'],
    ['L11', '你是否同意應劃設原住民族傳統領域？'],
    ['L13', '你是否同意學校午餐現場烹調？'],
  ] as const)('%s：%s', (rule, question) => {
    expect(rules(question)).toContain(rule);
  });

  it('L9 points at each whole link, and calls its parts no foreign words', () => {
    const question =
      '你是否同意應照 https://example.invalid/x?y=1 與 www.example.invalid 及 Sharenting 辦理？';
    const at = (rule: string) =>
      draft(question)
        .filter((one) => one.rule === rule)
        .map(({ from, to }) => question.slice(from, to));
    expect(at('L9')).toEqual(['https://example.invalid/x?y=1', 'www.example.invalid']);
    expect(at('L8')).toEqual(['Sharenting']);
  });

  it('L10 finds a term of the question that the reasons never use, however its number is written', () => {
    const question = '你是否同意廢止《核子反應器設施管制法》第95條？';
    const differing = (reasons: string) =>
      draft(question, { reasons })
        .filter(({ rule }) => rule === 'L10')
        .map(({ from, to }) => question.slice(from, to));
    expect(differing('')).toEqual([]);
    expect(differing('一、管制過嚴。')).toEqual(['《核子反應器設施管制法》', '第95條']);
    expect(differing('一、核子反應器設施管制法第九十五條過嚴。')).toEqual([]);
    expect(differing('一、核子反應器設施管制法第九十條過嚴。')).toEqual(['第95條']);
  });

  it('L12 asks a referendum to name what it opposes', () => {
    expect(rules('你是否同意反對此事？', { type: 'referendum' })).toContain('L12');
    expect(rules('你是否同意廢止電業法第95條第1項？', { type: 'referendum' })).not.toContain('L12');
  });

  it('common foreign words and words that only look negative are left alone', () => {
    expect(rules('你是否同意應規定 AI 生成內容須標示？')).toEqual([]);
    expect(rules('你是否同意政府應訂定非營利幼兒園之無障礙規定？')).toEqual([]);
  });

  it('every hint cites a provision and points into its part', () => {
    const question = '若不廢除惡法以及預算，你同意 Foo？';
    const found = draft(question, { reasons: '美好的 www.example.invalid' });
    expect(found.length).toBeGreaterThan(6);
    for (const { citation, from, to, part, message } of found) {
      expect(citation).toMatch(/公民投票法|文字規定/);
      expect(from).toBeLessThan(to);
      expect(to).toBeLessThanOrEqual(part === 'question' ? question.length : 26);
      expect(message['zh-Hant-TW']).not.toBe(message.en);
    }
  });

  it('takes every citation from the wording regulation, with its §7 for the reasons', () => {
    const cited = (part: string) =>
      draft('你是否同意應廢止惡法？', { reasons: '惡法' })
        .filter((one) => one.part === part && one.rule === 'L7')
        .map(({ citation }) => citation);
    expect(cited('question')).toEqual(['文字規定 §4']);
    expect(cited('reasons')).toEqual(['文字規定 §4、§7']);
    const held = WORDING_ARTICLES.map(({ article }) => article);
    for (const { articles } of Object.values(LINT_BASES))
      for (const article of articles) expect(held).toContain(article);
    const source = readFileSync(new URL('wording-linter.ts', import.meta.url), 'utf8');
    expect(source).not.toMatch(/§\d|'文字規定/);
  });

  it('warns from 95 % of the limit, and says that the excess is merely not published', () => {
    expect(draft('應'.repeat(94)).some(({ rule }) => rule === 'L1')).toBe(false);
    expect(draft('應'.repeat(95)).find(({ rule }) => rule === 'L1')?.message.en).toContain('close');
    expect(draft('應'.repeat(101)).find(({ rule }) => rule === 'L1')?.message.en).toContain('not published');
  });
});
