/**
 * The affidavit with the card: asks the component for a signature over exactly the text on the page and sends it as a
 * form. Holds no words. The PIN leaves its field in the click and is held only by the message to the component.
 */
import { NationalId } from '@lianshu/statement';
import { askCard, type CardAnswer, enhanceIdField } from '../credentials/index.island.ts';

const find = <T extends HTMLElement>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(selector);
  return found;
};
const all = (selector: string): readonly HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(selector),
];
/** Of all elements with `data-<group>`, only those naming `key` stay visible. */
const show = (group: string, key: string): void => {
  for (const element of all(`[data-${group}]`))
    element.hidden = element.getAttribute(`data-${group}`) !== key;
};

const form = find<HTMLFormElement>('#card');
const field = find<HTMLInputElement>('#national-id');
const pin = find<HTMLInputElement>('#pin');
const button = find<HTMLButtonElement>('[data-act="card"]');
const failure = find('[data-failure]');
const consent = find<HTMLInputElement>('#last-try');
const { component = '', statement = '', transaction = '' } = form.dataset;
let wrongPins = 0;
let isWorking = false;

const fail = (code: string, technical = ''): void => {
  const entry = document.querySelector(`[data-failure-code="${code}"]`);
  const worded = (name: string): string => entry?.getAttribute(`data-failure-${name}`) || '';
  find('[data-cause]').textContent = worded('cause');
  find('[data-next]').textContent = worded('next');
  find('[data-code]').textContent = `${code}${technical && ` (${technical})`}`;
  show('button', worded('act'));
  failure.hidden = false;
  failure.focus();
};

const parseId = (value: string, isAsked = value.length > 9): boolean => {
  const parsed = NationalId.parse(value);
  show('id', 'code' in parsed ? (isAsked ? parsed.code : '') : 'ok');
  return parsed instanceof NationalId;
};

/** The text must be an affidavit, say so itself, and be young: nothing else is handed to the card. */
const toSign = (): Uint8Array | string => {
  const isAffidavit =
    /^使用電子連署系統切結書\n規格：LIANSHU-AFFIDAVIT\/1\n案號：[1-9]\d{3,7}\n切結書全文SHA256：[0-9a-f]{64}\n聲明：[^\n]*本件不是提案書，也不是連署書。\n/.test(
      statement,
    );
  const [, signedAt = ''] = /\n簽署時間：([\d-]+T[\d:]+\+08:00)\n/.exec(statement) || [];
  if (!isAffidavit || !statement.endsWith(`\n交易序號：${transaction}\n`)) return 'UI_STATEMENT_MISMATCH';
  return Date.now() - Date.parse(signedAt) > 570_000
    ? 'UI_STATEMENT_RENEWED'
    : new TextEncoder().encode(statement);
};

const take = (answered: CardAnswer): void => {
  if (!answered.ok) {
    let { code } = answered;
    if (code.startsWith('UI_PIN_WRONG')) {
      wrongPins += 1;
      // Builds differ in what they report: two wrong ones here are reason enough to stop.
      if (code === 'UI_PIN_WRONG' && wrongPins > 1) code = 'UI_PIN_WRONG_1';
      const isLast = code === 'UI_PIN_WRONG_1';
      find('[data-last-try]').hidden = !isLast;
      consent.checked = false;
      button.disabled = isLast;
    }
    fail(code, answered.technical);
    return;
  }
  find<HTMLInputElement>('input[name="envelope"]').value = `${answered.answer['signature'] ?? ''}`;
  find<HTMLInputElement>('#signature').disabled = true;
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
  if (!/^\d{6,8}$/.test(pin.value)) {
    fail('UI_PIN_LENGTH');
    return;
  }
  const tbs = toSign();
  if (typeof tbs === 'string') {
    fail(tbs);
    return;
  }
  isWorking = true;
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
    isWorking = false;
    show('busy', answered.ok ? 'sending' : '');
    take(answered);
  });
};

for (const element of all('[data-script]')) element.hidden = false;
find<HTMLDetailsElement>('#elsewhere').open = form.dataset['upload'] !== undefined;
button.addEventListener('click', sign);
consent.addEventListener('change', () => {
  button.disabled = !consent.checked;
});
for (const retry of all('[data-button="retry"]'))
  retry.addEventListener('click', () => {
    failure.hidden = true;
    pin.focus();
  });
for (const reload of all('[data-button="back"]')) reload.addEventListener('click', () => location.reload());
for (const add of all('[data-button="addDomain"]'))
  add.addEventListener('click', () => {
    window.open(`${component}/addDomain?domain=${location.hostname}`, 'card', 'height=200,width=200');
    failure.hidden = true;
  });
form.addEventListener('submit', (event) => {
  if ((event as SubmitEvent).submitter === find('#upload')) return;
  event.preventDefault();
  sign();
});
enhanceIdField(field, find('[data-pad]'), parseId);
if (!isSecureContext) fail('UI_INSECURE');
