import { NationalId } from '@lianshu/statement';
import { askCard, type CardAnswer } from './card-popup.island.ts';
import { enhanceIdField } from './id-pad.island.ts';

/** What one page's form with the card differs in. */
export type CardForm = Readonly<{
  /** Whether the server's statement is one that this page would hand to the card; anything else is not signed. */
  isExpected: (statement: string, transaction: string, signedAt: string) => boolean;
  /** Hidden field → the part of the component's answer that it carries. */
  carries: Readonly<Record<string, 'signature' | 'certb64'>>;
}>;

const one = <T extends HTMLElement>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(selector);
  return found;
};
const each = (selector: string, run: (element: HTMLElement) => void): void =>
  document.querySelectorAll<HTMLElement>(selector).forEach(run);
/** Of all elements with `data-<group>`, only those naming `key` remain visible. */
const show = (group: string, key: string): void =>
  each(`[data-${group}]`, (element) => {
    element.hidden = element.getAttribute(`data-${group}`) !== key;
  });
const press = (button: string, run: () => void): void =>
  each(`[data-button="${button}"]`, (element) => element.addEventListener('click', run));

/** Statements live ten minutes; a younger one may still be on its way when it is signed. */
const YOUNG_MS = 570_000;

/**
 * The form of {@link CardStep}: asks the component for a signature over exactly the text on the page and sends it as a
 * form. Holds no words. The PIN leaves its field in the click and is held only by the message to the component.
 */
export const signCardForm = ({ isExpected, carries }: CardForm): void => {
  const form = one<HTMLFormElement>('#card');
  const field = one<HTMLInputElement>('#national-id');
  const pin = one<HTMLInputElement>('#pin');
  const button = one<HTMLButtonElement>('[data-act="card"]');
  const failure = one('[data-failure]');
  const consent = one<HTMLInputElement>('#last-try');
  const { component = '', statement = '', transaction = '' } = form.dataset;
  let wrongPins = 0;
  let isWorking = false;

  const fail = (code: string, technical = ''): void => {
    const entry = document.querySelector(`[data-failure-code="${code}"]`);
    const worded = (name: string): string => entry?.getAttribute(`data-failure-${name}`) || '';
    one('[data-cause]').textContent = worded('cause');
    one('[data-next]').textContent = worded('next');
    one('[data-code]').textContent = code;
    one('[data-technical]').textContent = technical;
    show('button', worded('act'));
    failure.hidden = false;
    failure.focus();
  };

  const parseId = (value: string, isAsked = value.length > 9): boolean => {
    const parsed = NationalId.parse(value);
    show('id', 'code' in parsed ? (isAsked ? parsed.code : '') : 'ok');
    return parsed instanceof NationalId;
  };

  /** Why the statement is not handed to the card, if so. */
  const refused = (): string | undefined => {
    const [, signedAt = ''] = /\n簽署時間：([\d-]+T[\d:]+\+08:00)\n/.exec(statement) || [];
    if (!isExpected(statement, transaction, signedAt)) return 'UI_STATEMENT_MISMATCH';
    return Date.now() - Date.parse(signedAt) > YOUNG_MS ? 'UI_STATEMENT_RENEWED' : undefined;
  };

  const take = (answered: CardAnswer): void => {
    if (!answered.ok) {
      let { code } = answered;
      if (code.startsWith('UI_PIN_WRONG')) {
        wrongPins += 1;
        // Builds differ in what they report: two wrong ones here are reason enough to stop.
        if (code === 'UI_PIN_WRONG' && wrongPins > 1) code = 'UI_PIN_WRONG_1';
        const isLast = code === 'UI_PIN_WRONG_1';
        one('[data-last-try]').hidden = !isLast;
        consent.checked = false;
        button.disabled = isLast;
      }
      fail(code, answered.technical);
      return;
    }
    for (const name of Object.keys(carries))
      one<HTMLInputElement>(`input[name="${name}"]`).value = `${answered.answer[carries[name] || ''] ?? ''}`;
    one<HTMLInputElement>('#signature').disabled = true;
    form.submit();
  };

  /** Runs inside the click: the pop-up must open before anything is awaited. */
  const sign = (): void => {
    if (isWorking) return;
    failure.hidden = true;
    if (!parseId(field.value, true)) {
      field.focus();
      return;
    }
    const code = /^\d{6,8}$/.test(pin.value) ? refused() : 'UI_PIN_LENGTH';
    if (code !== undefined) {
      fail(code);
      return;
    }
    isWorking = true;
    show('busy', 'card');
    const asked = askCard(component, {
      func: 'MakeSignature',
      signatureType: 'PKCS7',
      tbs: btoa(String.fromCharCode(...new TextEncoder().encode(statement))),
      tbsEncoding: 'base64',
      hashAlgorithm: 'SHA256',
      withCardSN: 'false',
      nonce: transaction,
      pin: pin.value,
    });
    pin.value = '';
    void asked.then((answered) => {
      isWorking = false;
      show('busy', answered.ok ? 'sending' : '');
      take(answered);
    });
  };

  each('[data-script]', (element) => {
    element.hidden = false;
  });
  one<HTMLDetailsElement>('#elsewhere').open = form.dataset['upload'] !== undefined;
  button.addEventListener('click', sign);
  consent.addEventListener('change', () => {
    button.disabled = !consent.checked;
  });
  press('retry', () => {
    failure.hidden = true;
    pin.focus();
  });
  // Asked for anew: the page may be the answer to a form, which must not be sent a second time.
  press('back', () => location.replace(location.pathname + location.search));
  press('addDomain', () => {
    window.open(`${component}/addDomain?domain=${location.hostname}`, 'card', 'height=200,width=200');
    failure.hidden = true;
  });
  form.addEventListener('submit', (event) => {
    if ((event as SubmitEvent).submitter === one('#upload')) return;
    event.preventDefault();
    sign();
  });
  enhanceIdField(field, one('[data-pad]'), parseId);
  // A page the browser kept for going back holds a statement that was sent already.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.replace(location.pathname + location.search);
  });
  if (!isSecureContext) fail('UI_INSECURE');
};
