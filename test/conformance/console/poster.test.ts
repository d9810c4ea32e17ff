/** The poster as a reader and a scanner meet it: its text is read back from the PDF, and its code from what is drawn. */
import { decodeQR } from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { drawPoster, posterCode } from '../../../src/console/poster.ts';
import { type PosterFacts, posterWords } from '../../../src/console/poster-words.ts';

const FACTS: PosterFacts = {
  number: '9901',
  subject: { 'zh-Hant-TW': '圖書館夜間開放', en: 'Libraries open at night' },
  mainText: '你是否同意公共圖書館每週至少五日開放至晚上十時？',
  translation: 'Do you agree that public libraries should stay open until 22:00?',
  leadProposer: { 'zh-Hant-TW': '志明（虛構）', en: 'Chih-ming (invented)' },
  helpContact: { 'zh-Hant-TW': '電話 02-0000-0000', en: 'phone 02-0000-0000' },
  period: { firstDay: '2026-08-01', lastDay: '2027-01-31' },
  address: 'https://lianshu.example/initiatives/9901',
  isDemonstration: true,
};

/** What the page says, by the fonts' own tables from glyph to character. Requires an uncompressed PDF. */
function textOf(pdf: string): string {
  const objects = new Map(
    [...pdf.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gm)].map(([, id, text]) => [id, text ?? '']),
  );
  const glyphs = new Map<string, ReadonlyMap<string, string>>();
  for (const [, name = '', id] of pdf.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const [, cmap] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id ?? '') ?? '') ?? [];
    const ranges = /beginbfrange\n<0000> <[0-9a-f]+> \[([^\]]*)\]/.exec(objects.get(cmap ?? '') ?? '');
    const characters = [...(ranges?.[1] ?? '').matchAll(/<([0-9a-f ]*)>/g)].map(([, hex = '']) =>
      Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
    );
    glyphs.set(name, new Map(characters.map((one, i) => [i.toString(16).padStart(4, '0'), one])));
  }
  let font: ReadonlyMap<string, string> | undefined;
  let text = '';
  for (const [, name, shown] of pdf.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = glyphs.get(name);
    else
      for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]*)>/g))
        for (const glyph of hex.match(/.{4}/g) ?? []) text += font?.get(glyph) ?? '?';
  }
  return text;
}

/** The filled squares of the page, as a picture of three pixels a module. */
function pictureOf(pdf: string, modules: number) {
  const squares = [...pdf.matchAll(/^([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re$/gm)].map(([, ...at]) =>
    at.map(Number),
  );
  const [left, top] = [0, 1].map((i) => Math.min(...squares.map((square) => square[i] ?? 0)));
  const pitch = (squares[0]?.[2] ?? 1) - 0.02;
  const scale = 3;
  const size = modules * scale;
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const [x = 0, y = 0] of squares) {
    const [column, row] = [
      Math.round((x - (left ?? 0)) / pitch) + 4,
      Math.round((y - (top ?? 0)) / pitch) + 4,
    ];
    for (let dy = 0; dy < scale; dy++)
      for (let dx = 0; dx < scale; dx++) {
        const at = ((row * scale + dy) * size + column * scale + dx) * 4;
        data.set([0, 0, 0, 255], at);
      }
  }
  return { width: size, height: size, data };
}

const pagesIn = (pdf: string): number => [...pdf.matchAll(/\/Type \/Page\n/g)].length;

describe.each(['zh-Hant-TW', 'en'] as const)('the poster in %s', (language) => {
  it('says its words, and a scanner reads the public address', async () => {
    const pdf = Buffer.from(await drawPoster(language, FACTS, { compress: false })).toString('latin1');
    expect(pagesIn(pdf)).toBe(1);
    const text = textOf(pdf).replaceAll(' ', '');
    const words = posterWords(language, FACTS);
    const { codeText, ...printed } = words;
    for (const [name, line] of Object.entries(printed))
      expect(text, name).toContain((line ?? '').replaceAll(' ', ''));
    const picture = pictureOf(pdf, posterCode(FACTS.address).length);
    expect(decodeQR(picture)).toBe(FACTS.address);
    expect(pdf).toContain('/Figure');
    expect(pdf).toMatch(language === 'en' ? /\/Lang \(en\)/ : /\/Lang \(zh-Hant-TW\)/);
    expect(codeText).toContain(FACTS.address);
  });

  it('keeps to one page with the longest text that the law prints', async () => {
    const facts: PosterFacts = {
      ...FACTS,
      subject: { 'zh-Hant-TW': '題'.repeat(40), en: 'A subject of many words '.repeat(4) },
      mainText: `${'字'.repeat(100)}，？`,
      translation: 'A translation of some length. '.repeat(14),
      helpContact: { 'zh-Hant-TW': '諮詢'.repeat(60), en: 'Ask here. '.repeat(24) },
    };
    const pdf = Buffer.from(await drawPoster(language, facts, { compress: false })).toString('latin1');
    expect(pagesIn(pdf)).toBe(1);
  });
});

it('a draft asks for proposers, and nothing on it promises anything', () => {
  const words = posterWords('zh-Hant-TW', {
    ...FACTS,
    number: 'D00001',
    period: undefined,
    isDemonstration: false,
  });
  expect(words.title).toContain('提案人');
  expect(words.title).not.toContain('連署');
  expect([words.mark, words.period]).toEqual([undefined, undefined]);
  expect(words.noReward).toContain('第三十七條');
});
