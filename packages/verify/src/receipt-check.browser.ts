import { parseVerifierKeys } from '@lianshu/tlog';
import { checkReceipt, MAX_RECEIPT_BYTES } from './check-receipt.ts';
import { noblePrimitives } from './noble-primitives.browser.ts';
import { receiptLights } from './receipt-lights.ts';
import { type Localised, receiptSentences } from './sentences.ts';
import { OUTCOMES, type ReceiptVerdict } from './verdict.ts';

/** The script of the one-file verifier page: reads a file, checks it, shows the verdict. No network, no storage. */

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`page without #${id}`);
  return found;
}

const fileInput = element('file', HTMLInputElement);
const drop = element('drop', HTMLLabelElement);
const keysField = element('keys', HTMLTextAreaElement);
const keyProblem = element('key-problem', HTMLParagraphElement);
const keyCount = element('key-count', HTMLOutputElement);
const verdictBox = element('verdict', HTMLElement);

let current: Uint8Array | undefined;

function make(tag: string, className: string, ...children: readonly (Node | string)[]): HTMLElement {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...children);
  return node;
}

/** Both languages; the style sheet shows one. */
function both(tag: string, text: Localised): HTMLElement {
  const english = make('span', 'en', text.en);
  english.lang = 'en';
  return make(tag, '', make('span', 'zh', text['zh-Hant-TW']), english);
}

function facts(verdict: ReceiptVerdict): readonly (readonly [Localised, string])[] {
  const label = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });
  if (verdict.code === 'promised') return [[label('承諾', 'Commitment'), verdict.promise.commitment]];
  if (verdict.code !== 'included') return [];
  const { origin, index, size, commitment, signedBy, cosignedBy, unchecked } = verdict.receipt;
  const all: (readonly [Localised, string])[] = [
    [label('公卷', 'Log'), origin],
    [label('編號', 'Entry'), `${index} / ${size}`],
    [label('承諾', 'Commitment'), commitment],
    [label('簽章', 'Signed by'), signedBy.join(', ')],
    [label('見證', 'Witnessed by'), cosignedBy.join(', ')],
    [label('未驗', 'Not checked'), unchecked.join(', ')],
  ];
  return all.filter(([, value]) => value !== '');
}

const MARKS = { on: '✓', off: '✕', unknown: '–' } as const;

function show(verdict: ReceiptVerdict): void {
  const { headline, proved, notProved } = receiptSentences(verdict);
  const lights = receiptLights(verdict).map(({ label, state }) => {
    const light = make('span', `light ${state}`, MARKS[state]);
    return make('li', '', light, both('span', label));
  });
  const list = facts(verdict).flatMap(([label, value]) => [both('dt', label), make('dd', '', value)]);
  const isDemo =
    (verdict.code === 'included' && verdict.receipt.demo) ||
    (verdict.code === 'promised' && verdict.promise.demo);
  const demo: Localised = {
    'zh-Hant-TW': '示範：展示系統的檔案，沒有法律效力。',
    en: 'Demonstration: this file has no legal effect.',
  };
  verdictBox.className = OUTCOMES[verdict.code].tone;
  verdictBox.replaceChildren(
    both('h2', headline),
    make('ul', 'lights', ...lights),
    both('p', proved),
    both('p', notProved),
    ...(isDemo ? [both('p', demo)] : []),
    ...(list.length === 0 ? [] : [make('dl', '', ...list)]),
  );
  verdictBox.hidden = false;
}

function update(): void {
  const { keys, badLines } = parseVerifierKeys(noblePrimitives.sha256, keysField.value);
  keyCount.textContent = `(${keys.length})`;
  keyProblem.hidden = badLines.length === 0;
  const lines = badLines.join(', ');
  keyProblem.replaceChildren(
    both('span', { 'zh-Hant-TW': `第 ${lines} 行不是公開金鑰。`, en: `Line ${lines} is no verifier key.` }),
  );
  if (current !== undefined) show(checkReceipt(noblePrimitives, current, keys));
}

async function take(file: File | undefined): Promise<void> {
  if (file === undefined) return;
  current = new Uint8Array(await file.slice(0, MAX_RECEIPT_BYTES + 1).arrayBuffer());
  update();
  verdictBox.focus();
}

fileInput.addEventListener('change', () => {
  void take(fileInput.files?.[0]);
  fileInput.value = '';
});
keysField.addEventListener('input', update);
for (const type of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.toggle('over', type === 'dragenter' || type === 'dragover');
    if (event instanceof DragEvent && type === 'drop') void take(event.dataTransfer?.files[0]);
  });
}
element('language', HTMLButtonElement).addEventListener('click', () => {
  const { documentElement: root } = document;
  root.lang = root.lang === 'en' ? 'zh-Hant-TW' : 'en';
});
if (!navigator.language.startsWith('zh')) document.documentElement.lang = 'en';
if (keysField.value.trim() === '') element('trust', HTMLDetailsElement).open = true;
update();
