import { toBase64 } from '@lianshu/tlog';
import { MAX_RECEIPT_BYTES } from './check-receipt.ts';
import { type Comparison, compareCheckpoints } from './compare-checkpoints.ts';
import { comparisonText } from './comparison-texts.ts';
import { noblePrimitives } from './noble-primitives.browser.ts';
import { both, element, factList, make, saveFile, say, text } from './page-dom.browser.ts';
import { isPicture, qrFromPicture } from './qr-scan.browser.ts';
import { currentTrust } from './trust-task.browser.ts';

const FIELDS = ['first', 'second', 'proof'] as const;
const field = (name: (typeof FIELDS)[number]): HTMLTextAreaElement => element(name, HTMLTextAreaElement);
const box = element('comparison', HTMLElement);
const status = element('comparing', HTMLParagraphElement);

const NAMES = [text('第一份', 'First'), text('第二份', 'Second')] as const;

function saveBoth(comparison: Extract<Comparison, { heads: unknown }>): HTMLElement {
  const names = ['1', '2'].map((n) => `fork-${comparison.heads[0].size}-${n}.checkpoint`);
  const save = (i: 0 | 1): void => saveFile(names[i] ?? '', comparison.heads[i].note);
  const button = (words: Parameters<typeof both>[1], run: () => void, quiet = ''): HTMLElement => {
    const made = make('button', quiet, both('span', words));
    made.setAttribute('type', 'button');
    made.addEventListener('click', run);
    return made;
  };
  return make(
    'p',
    'actions',
    button(text('把兩份都存下來', 'Save both'), () => {
      save(0);
      save(1);
    }),
    button(text('只存第一份', 'Save the first'), () => save(0), 'quiet'),
    button(text('只存第二份', 'Save the second'), () => save(1), 'quiet'),
  );
}

function headRows(comparison: Comparison): readonly HTMLElement[] {
  if (!('heads' in comparison)) return [];
  return comparison.heads.flatMap(({ origin, size, root }, i) => [
    both('h3', NAMES[i] ?? text('', '')),
    ...factList([
      [text('公卷', 'Log'), origin],
      [text('件數', 'Size'), String(size)],
      [text('樹根', 'Root'), toBase64(root)],
    ]),
  ]);
}

function show(comparison: Comparison): void {
  const { tone, headline, says, steps } = comparisonText(comparison);
  box.className = `verdict ${tone}`;
  box.replaceChildren(
    both('h2', headline),
    both('p', says),
    ...(comparison.code === 'forked' ? [saveBoth(comparison)] : []),
    ...(steps.length === 0 ? [] : [make('ol', '', ...steps.map((step) => both('li', step)))]),
    ...headRows(comparison),
  );
  box.hidden = false;
}

/** Text from a field has lost nothing but, often, its last line end. */
const asFile = (words: string): string => (words === '' || words.endsWith('\n') ? words : `${words}\n`);

function compare(): void {
  const files = [asFile(field('first').value), asFile(field('second').value)] as const;
  show(compareCheckpoints(noblePrimitives, files, currentTrust(), field('proof').value));
}

/** Compares again what has been compared, as after a change of keys. */
export function recompare(): void {
  if (!box.hidden) compare();
}

async function fill(name: (typeof FIELDS)[number], file: Blob): Promise<void> {
  say(status);
  const words = isPicture(file)
    ? await qrFromPicture(file)
    : await file.slice(0, MAX_RECEIPT_BYTES + 1).text();
  if (words === undefined) {
    say(status, text('這張圖讀不出 QR 碼；請改用檔案。', 'No QR code could be read; use the file instead.'));
    return;
  }
  field(name).value = words;
  // What stands there belongs to other files than those now in the fields.
  box.hidden = true;
}

/** Puts dropped files into the fields that are still empty, in order; a single one replaces the second. */
export async function takeComparedFiles(files: readonly Blob[]): Promise<void> {
  const empty = FIELDS.filter((name) => field(name).value.trim() === '');
  for (const [i, file] of files.entries()) await fill(empty[i] ?? 'second', file);
}

/** Wires the second task. */
export function startCompareTask(): void {
  for (const name of FIELDS) {
    const input = element(`${name}-file`, HTMLInputElement);
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      if (file !== undefined) void fill(name, file);
      input.value = '';
    });
  }
  element('compare', HTMLButtonElement).addEventListener('click', () => {
    compare();
    box.focus();
  });
}
