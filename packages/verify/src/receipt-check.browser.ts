import { recompare, startCompareTask, takeComparedFiles } from './compare-task.browser.ts';
import { verifiesKnownSignature } from './noble-primitives.browser.ts';
import { element, say, text } from './page-dom.browser.ts';
import {
  leaveReceiptTask,
  recheck,
  startReceiptTask,
  takeReceiptFile,
  takeReceiptText,
} from './receipt-task.browser.ts';
import { allKeys } from './trust.ts';
import { addTrust, currentTrust, startTrust } from './trust-task.browser.ts';

/**
 * The script of the one-file verifier page: three tasks behind tabs (check a receipt, compare checkpoints, keys and
 * policy). No network, no storage: all that is read stays in this window.
 */

const TASKS = ['receipt', 'compare', 'trust'] as const;
type Task = (typeof TASKS)[number];

/** Largest file of keys or policies read. */
const MAX_TRUST_BYTES = 1024 * 1024;

const tab = (task: Task): HTMLButtonElement => element(`tab-${task}`, HTMLButtonElement);
const panel = (task: Task): HTMLElement => element(`task-${task}`, HTMLElement);

let shown: Task = 'receipt';

function open(task: Task): void {
  shown = task;
  for (const each of TASKS) {
    const isShown = each === task;
    panel(each).hidden = !isShown;
    tab(each).setAttribute('aria-selected', String(isShown));
    tab(each).tabIndex = isShown ? 0 : -1;
  }
  if (task !== 'receipt') leaveReceiptTask();
}

/** Arrows, Home and End move between tabs (WAI-ARIA tabs pattern). */
function onTabKey(event: KeyboardEvent): void {
  const at = TASKS.indexOf(shown);
  const last = TASKS.length - 1;
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at === 0 ? last : at - 1,
    Home: 0,
    End: last,
  };
  const to = TASKS[moves[event.key] ?? -1];
  if (to === undefined) return;
  event.preventDefault();
  open(to);
  tab(to).focus();
}

async function takeFiles(files: readonly File[]): Promise<void> {
  const [first] = files;
  if (first === undefined) return;
  if (shown === 'receipt') await takeReceiptFile(first);
  else if (shown === 'compare') await takeComparedFiles(files);
  else for (const file of files) addTrust(await file.slice(0, MAX_TRUST_BYTES).text());
}

function onPaste(event: ClipboardEvent): void {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length > 0) {
    event.preventDefault();
    void takeFiles(files);
    return;
  }
  // In a field the browser pastes by itself.
  if (shown !== 'receipt' || event.target instanceof HTMLTextAreaElement) return;
  const words = event.clipboardData?.getData('text/plain') ?? '';
  if (words.trim() !== '') takeReceiptText(words);
}

for (const task of TASKS) {
  tab(task).addEventListener('click', () => open(task));
  tab(task).addEventListener('keydown', onTabKey);
}
for (const link of document.querySelectorAll('[data-open]')) {
  link.addEventListener('click', () => {
    open('trust');
    element('keys', HTMLTextAreaElement).focus();
  });
}
const keysFile = element('keys-file', HTMLInputElement);
keysFile.addEventListener('change', () => {
  void takeFiles([...(keysFile.files ?? [])]).then(() => {
    keysFile.value = '';
  });
});
for (const type of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    document.body.classList.toggle('over', type === 'dragenter' || type === 'dragover');
    if (event instanceof DragEvent && type === 'drop') void takeFiles([...(event.dataTransfer?.files ?? [])]);
  });
}
document.addEventListener('paste', onPaste);
element('language', HTMLButtonElement).addEventListener('click', () => {
  const { documentElement: root } = document;
  root.lang = root.lang === 'en' ? 'zh-Hant-TW' : 'en';
});
if (!navigator.language.startsWith('zh')) document.documentElement.lang = 'en';
startReceiptTask();
startCompareTask();
startTrust(() => {
  recheck();
  recompare();
});
open('receipt');
if (allKeys(currentTrust()).length === 0) element('no-keys', HTMLDivElement).hidden = false;
setTimeout(() => {
  if (verifiesKnownSignature()) return;
  const fault = text(
    '這個瀏覽器算錯了一個已知的簽章：它的結果不可採信。請換一個瀏覽器，或使用 lianshu-verify 指令。',
    'This browser gets a known signature wrong: do not believe its results. Use another one, or the command lianshu-verify.',
  );
  say(element('reading', HTMLParagraphElement), fault);
}, 0);
