import { utf8 } from '@lianshu/statement';
import { describe, expect, it } from 'vitest';
import { readPageNumber } from './page-number.ts';

const ROOT = `${'A'.repeat(43)}=`;
const MARKS = `data-size="13" data-root="${ROOT}" data-count="9901"`;
const TRUE = `<p class="count-number" ${MARKS}>1,005</p>`;
const read = (html: string) => readPageNumber(utf8(html), '9901');

describe('the number of a case page', () => {
  it('is the one marked element’s text, with the checkpoint it names', () => {
    expect(read(`<h1>9901</h1>${TRUE}<p>10,000 are needed</p>`)).toEqual({
      is: 'marked',
      shown: 1005,
      size: 13,
      root: ROOT,
    });
  });

  it.each([
    ['a comment', `<!-- ${TRUE} -->`],
    ['a comment without end', `<p>x</p><!-- ${TRUE}`],
    ['a script', `<script>"${TRUE}"</script>`],
    ['a template', `<TEMPLATE id="t">${TRUE}</TEMPLATE >`],
    ['a text field', `<textarea>${TRUE}</textarea>`],
  ])('is none when it stands in %s', (_, html) => {
    expect(read(html)).toEqual({ is: 'none' });
    expect(read(`${html.replace(/<!-- [^>]*$/, '')}<p class="count-number">999,999</p>`)).toMatchObject({
      is: expect.stringMatching(/^(unmarked|none)$/),
    });
  });

  it.each([
    ['no checkpoint', '<p class="count-number" data-count="9901">999</p>'],
    ['no mark at all', '<p class="count-number">999</p>'],
    ['an element inside', '<p class=count-number><b>999</b></p>'],
    ['a comment that ends at once', `<!--><p class="count-number">999</p><!-- ${TRUE} -->`],
  ])('names %s', (_, html) => {
    expect(read(html)).toEqual({ is: 'unmarked', shown: '999' });
  });

  it.each([
    ['two marked elements', `${TRUE}${TRUE}`],
    ['another case’s mark', `${TRUE}<p data-count='9902'>7</p>`],
    ['a second number of the class', `${TRUE}<p class="count-number">999</p>`],
    ['a hidden element', TRUE.replace('data-size', 'hidden data-size')],
    ['a style of its own', TRUE.replace('data-size', 'style="display:none" data-size')],
    ['an element within the number', TRUE.replace('1,005', '1<b>,005</b>')],
    ['no number', TRUE.replace('1,005', 'many')],
    ['no root', TRUE.replace(ROOT, 'x')],
    ['another case', TRUE.replace('9901', '9902')],
  ])('is malformed with %s', (_, html) => {
    expect(read(html)).toMatchObject({ is: 'malformed' });
  });

  it('is read in time that grows with the page, whatever the page', () => {
    for (const part of ['<script', '<!--', '<p class=', 'count-number', ' data-count="9901"', '<svg>']) {
      expect(read(part.repeat(Math.floor(200_000 / part.length))).is, part).toMatch(/none|malformed/);
    }
  });
});
