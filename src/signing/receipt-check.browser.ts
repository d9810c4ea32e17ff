import { parseVerifierKeys } from '@lianshu/tlog';
import { type ReceiptTexts, type ReceiptVerdict, receiptText } from '@lianshu/verify';
import { checkReceiptOnWebCrypto } from '@lianshu/verify/web';

/**
 * The receipt check page in the browser: the file is read here and goes nowhere. Sentences are those of
 * `packages/verify`, so that page, command line and one-file verifier say the same.
 */

const one = <T extends HTMLElement>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(selector);
  return found;
};

const each = (selector: string, run: (element: HTMLElement) => void): void =>
  document.querySelectorAll<HTMLElement>(selector).forEach(run);

const form = one<HTMLFormElement>('#check');
const input = one<HTMLInputElement>('#receipt');
const box = one('[data-verdict]');

const terms = JSON.parse(form.dataset['terms'] ?? '{}') as Readonly<Record<string, string>>;
const texts = JSON.parse(form.dataset['texts'] ?? '{}') as ReceiptTexts;

const factsOf = (verdict: ReceiptVerdict): Readonly<Record<string, string>> => {
  if (verdict.code === 'promised') return { commitment: verdict.promise.commitment };
  if (verdict.code !== 'included') return {};
  const { act, origin, caseNumber, index, size, commitment, signedBy, unchecked } = verdict.receipt;
  return {
    [act === 'proposal-signature' ? 'draftNumber' : 'caseNumber']: caseNumber,
    origin,
    index: `${index} / ${size}`,
    commitment,
    signedBy: signedBy.join(', '),
    // This browser knows no ML-DSA: a line it cannot verify must not look verified.
    ...(unchecked.length > 0 ? { unchecked: unchecked.join(', ') } : {}),
  };
};

const show = (verdict: ReceiptVerdict): void => {
  const { headline, proved, notProved } = receiptText(texts, verdict);
  const isProven = verdict.code === 'included';
  const isPromise = verdict.code === 'promised';
  one('[data-headline]').textContent = headline;
  one('[data-sentence]').textContent = proved;
  one('[data-not-proved]').textContent = notProved;
  const demo = isProven ? verdict.receipt.demo : isPromise && verdict.promise.demo;
  one('[data-demo]').hidden = !demo;
  one('[data-facts]').replaceChildren(
    ...Object.entries(factsOf(verdict)).flatMap(([term, text]) => {
      const [dt, dd] = [document.createElement('dt'), document.createElement('dd')];
      dt.textContent = terms[term] ?? term;
      dd.textContent = text;
      dd.className = 'break';
      return [dt, dd];
    }),
  );
  box.classList.toggle('verdict-not-proven', !isProven && !isPromise);
  box.hidden = false;
  box.focus();
};

const take = async (file: File | undefined): Promise<void> => {
  if (file === undefined) return;
  try {
    const bytes = new Uint8Array(await file.slice(0, 400_000).arrayBuffer());
    const keys = form.dataset['keys'] ?? '';
    show(await checkReceiptOnWebCrypto(bytes, (sha256) => parseVerifierKeys(sha256, keys).keys));
  } catch {
    // A browser without Ed25519: the form still posts to the server, and the page says that it does.
    setMode(false);
  }
};

const setMode = (inBrowser: boolean): void => {
  each('[data-script]', (element) => {
    element.hidden = !inBrowser;
  });
  each('[data-no-script]', (element) => {
    element.hidden = inBrowser;
  });
};

setMode(true);
input.addEventListener('change', () => void take(input.files?.[0]));
for (const type of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    form.classList.toggle('drop-over', type === 'dragover');
    if (event instanceof DragEvent && type === 'drop') void take(event.dataTransfer?.files[0]);
  });
}
