/** 海報: one A4 page as PDF, tagged for screen readers, with the case's public address as a QR code. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { encodeQR } from 'qr';
import type { Language } from '../web/index.ts';
import { type PosterFacts, type PosterWords, posterWords } from './poster-words.ts';

/** A4 in points, and the margin that printers leave. */
const PAGE = { width: 595.28, height: 841.89, margin: 45 };
const INK = '#1a1a1a';
const DEEP = '#55224f';
const SOFT = '#5a5a5a';
/** Light modules that ISO/IEC 18004 demands on every side. */
const QUIET = 4;

/** The case's address as modules, true for dark; error correction M for paper that gets dirty. */
export const posterCode = (address: string): readonly (readonly boolean[])[] =>
  encodeQR(address, 'raw', { ecc: 'medium', encoding: 'byte', border: QUIET });

function fontFile(weight: 'Regular' | 'Bold'): string {
  const entry = createRequire(import.meta.url).resolve('@embedpdf/fonts-tc');
  return join(dirname(entry), '..', 'fonts', `NotoSansHant-${weight}.otf`);
}

/** Type and code shrink together until all words stand on one page. */
const SCALES = [1, 0.92, 0.84, 0.76, 0.68];

/**
 * Draws the poster. `compress` off leaves the page readable for tests. Loads pdfkit and the font when first asked.
 */
export async function drawPoster(
  language: Language,
  facts: PosterFacts,
  options: Readonly<{ compress?: boolean }> = {},
): Promise<Uint8Array> {
  const { default: PdfDocument } = await import('pdfkit');
  const words = posterWords(language, facts);
  const code = posterCode(words.address);
  let drawn = new Uint8Array();
  for (const scale of SCALES) {
    const document = new PdfDocument({
      size: 'A4',
      margin: PAGE.margin,
      compress: options.compress ?? true,
      tagged: true,
      lang: language === 'en' ? 'en' : 'zh-Hant-TW',
      displayTitle: true,
      pdfVersion: '1.7',
      info: { Title: `${words.subject} ${words.number}`, Author: words.lead },
    });
    let pages = 1;
    document.on('pageAdded', () => {
      pages += 1;
    });
    const chunks: Uint8Array[] = [];
    const finished = new Promise<void>((resolve, reject) => {
      document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      document.once('end', resolve);
      document.once('error', reject);
    });
    document.registerFont('regular', fontFile('Regular'));
    document.registerFont('bold', fontFile('Bold'));
    compose(document, words, code, scale);
    document.end();
    await finished;
    drawn = new Uint8Array(Buffer.concat(chunks));
    if (pages === 1) break;
  }
  return drawn;
}

type Pdf = PDFKit.PDFDocument;

function compose(pdf: Pdf, words: PosterWords, code: readonly (readonly boolean[])[], scale: number): void {
  const width = PAGE.width - 2 * PAGE.margin;
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const line = (
    tag: 'H1' | 'H2' | 'P',
    text: string,
    look: Readonly<{ size: number; bold?: boolean; color?: string; gap?: number; align?: 'center' | 'left' }>,
  ): void => {
    root.add(
      pdf.struct(tag, {}, () => {
        pdf
          .font(look.bold === true ? 'bold' : 'regular')
          .fontSize(look.size * scale)
          .fillColor(look.color ?? INK)
          .text(text, PAGE.margin, pdf.y, {
            width,
            align: look.align ?? 'left',
            lineGap: look.size * scale * 0.25,
          });
        pdf.y += (look.gap ?? 4) * scale;
      }),
    );
  };
  if (words.mark !== undefined) line('P', words.mark, { size: 11, bold: true, color: DEEP, gap: 8 });
  line('P', words.title, { size: 15, color: SOFT });
  line('H1', words.subject, { size: words.subject.length > 30 ? 20 : 26, bold: true, color: DEEP });
  line('P', words.number, { size: 13, bold: true, gap: 8 });
  line('H2', words.questionLabel, { size: 11, color: SOFT, gap: 2 });
  line('P', words.question, { size: words.question.length > 60 ? 13 : 17, bold: true });
  if (words.translation !== undefined)
    line('P', words.translation, { size: words.translation.length > 200 ? 9.5 : 11, color: SOFT });
  if (words.period !== undefined) line('P', words.period, { size: 11.5, gap: 6 });
  drawCode(pdf, root, words, code, scale);
  line('P', words.scan, { size: 14, bold: true, align: 'center', gap: 0 });
  line('P', words.address, { size: 11, align: 'center', gap: 8 });
  for (const text of [words.who, words.how, words.never, words.noReward])
    line('P', text, { size: 10, gap: 2 });
  pdf.y += 4;
  line('P', words.lead, { size: 10, color: SOFT, gap: 0 });
  if (words.contact !== undefined) line('P', words.contact, { size: 10, color: SOFT, gap: 0 });
  root.end();
}

/** The code as large as the page leaves room for: at least 45 mm, at most 75 mm. */
function drawCode(
  pdf: Pdf,
  root: PDFKit.PDFStructureElement,
  words: PosterWords,
  code: readonly (readonly boolean[])[],
  scale: number,
): void {
  const below = 245 * scale;
  const room = PAGE.height - PAGE.margin - below - pdf.y;
  const side = Math.max(128 * scale, Math.min(213, room));
  const module = side / code.length;
  const left = (PAGE.width - side) / 2;
  const top = pdf.y;
  root.add(
    pdf.struct('Figure', { alt: words.codeText }, () => {
      pdf.fillColor('#000000');
      code.forEach((row, y) => {
        row.forEach((dark, x) => {
          // A hair wider than a module, so that no viewer shows seams between neighbours.
          if (dark) pdf.rect(left + x * module, top + y * module, module + 0.02, module + 0.02);
        });
      });
      pdf.fill();
    }),
  );
  pdf.y = top + side + 2;
}
