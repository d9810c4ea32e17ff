/**
 * Signing in with the card: asks the component for a signature over the login statement and sends it as a form. Holds no
 * words. The PIN leaves its field in the click and is held only by the message to the component.
 */
import { NationalId } from '@lianshu/statement';
import { askCard, type CardAnswer, enhanceIdField } from '../credentials/index.island.ts';

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

const form = one<HTMLFormElement>('#card');
const field = one<HTMLInputElement>('#national-id');
const pin = one<HTMLInputElement>('#pin');
const button = one<HTMLButtonElement>('[data-act="card"]');
const failure = one('[data-failure]');
const consent = one<HTMLInputElement>('#last-try');
const { component = '', statement = '', transaction = '' } = form.dataset;
let wrongPins = 0;
let working = false;

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

/** What this page would write for this site: anything else is not signed. The layout is `renderLoginStatement`'s. */
const expected = (): Uint8Array | string => {
  const [, signedAt = ''] = /\n簽署時間：([\d-]+T[\d:]+\+08:00)\n/.exec(statement) || [];
  const own = `LIANSHU-LOGIN/1
網站：${location.host}
聲明：本人登入上列網站；本件不是提案書，也不是連署書。
簽署時間：${signedAt}
交易序號：${transaction}
`;
  if (own !== statement) return 'UI_STATEMENT_MISMATCH';
  return Date.now() - Date.parse(signedAt) > 570_000 ? 'UI_STATEMENT_RENEWED' : new TextEncoder().encode(own);
};

const put = (name: string, value: unknown): void => {
  one<HTMLInputElement>(`input[name="${name}"]`).value = `${value ?? ''}`;
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
  put('envelope', answered.answer['signature']);
  put('certificate', answered.answer['certb64']);
  one<HTMLInputElement>('#signature').disabled = true;
  form.submit();
};

/** Runs inside the click: the pop-up must open before anything is awaited. */
const signIn = (): void => {
  if (working) return;
  failure.hidden = true;
  if (!parseId(field.value, true)) {
    field.focus();
    return;
  }
  if (!/^\d{6,8}$/.test(pin.value)) {
    fail('UI_PIN_LENGTH');
    return;
  }
  const tbs = expected();
  if (typeof tbs === 'string') {
    fail(tbs);
    return;
  }
  working = true;
  show('busy', 'card');
  const asked = askCard(component, {
    func: 'MakeSignature',
    signatureType: 'PKCS7',
    tbs: btoa(String.fromCharCode(...tbs)),
    tbsEncoding: 'base64',
    hashAlgorithm: 'SHA256',
    withCardSN: 'false',
    nonce: transaction,
    pin: pin.value,
  });
  pin.value = '';
  void asked.then((answered) => {
    working = false;
    show('busy', answered.ok ? 'sending' : '');
    take(answered);
  });
};

each('[data-script]', (element) => {
  element.hidden = false;
});
one<HTMLDetailsElement>('#elsewhere').open = form.dataset['upload'] !== undefined;
button.addEventListener('click', signIn);
consent.addEventListener('change', () => {
  button.disabled = !consent.checked;
});
each('[data-button="retry"]', (retry) =>
  retry.addEventListener('click', () => {
    failure.hidden = true;
    pin.focus();
  }),
);
each('[data-button="back"]', (reload) => reload.addEventListener('click', () => location.reload()));
each('[data-button="addDomain"]', (add) =>
  add.addEventListener('click', () => {
    window.open(`${component}/addDomain?domain=${location.hostname}`, 'card', 'height=200,width=200');
    failure.hidden = true;
  }),
);
form.addEventListener('submit', (event) => {
  if ((event as SubmitEvent).submitter === one('#upload')) return;
  event.preventDefault();
  signIn();
});
enhanceIdField(field, one('[data-pad]'), parseId);
// A page the browser kept for going back holds a statement that was sent already.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
if (!isSecureContext) fail('UI_INSECURE');
