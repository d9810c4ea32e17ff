import { NationalId } from '@lianshu/statement';
import { readiness } from './card-codes.ts';
import { askCard, type CardAnswer } from './card-popup.island.ts';
import {
  commitTo,
  type Envelope,
  expectedStatement,
  isOwnReceipt,
  newReceiptSecret,
  type OfferedStatement,
  sealEnvelope,
} from './envelope.island.ts';
import { enhanceIdField } from './id-pad.island.ts';
import { page } from './sign-view.island.ts';

/**
 * Signing in the browser: shows the page's steps one at a time and carries a signature from the card to the
 * receipt. All words are in the page; nothing is written as HTML. The PIN lives in one local variable between the
 * click and the message to the component.
 */

type Answer = Readonly<Record<string, unknown>>;
type Reply = Readonly<{ status: number; answer: Answer }>;

const { form, field, pin, show, go, act, fail, fact } = page;
const caseNumber = form.dataset['case'] ?? '';
const component = form.dataset['component'] ?? '';
const expected = {
  caseNumber,
  mainText: form.dataset['mainText'] ?? '',
  textDigest: form.dataset['digest'] ?? '',
};
const storage = `lianshu:${caseNumber}`;
const api = `/v1/initiatives/${caseNumber}`;

let nationalId: NationalId | undefined;
let receiptSecret = newReceiptSecret();
let offered: OfferedStatement | undefined;
let statement: Uint8Array | undefined;
let envelope: Envelope | undefined;
let wrongPins = 0;
let unsaved = false;
let working = false;

const json = async (path: string, body?: unknown): Promise<Reply> => {
  const headers = { 'accept-language': document.documentElement.lang, 'content-type': 'application/json' };
  const response = await fetch(
    path,
    body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) },
  );
  return { status: response.status, answer: (await response.json()) as Answer };
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A refusal in the server's words; it has them in the page's language. */
const failWith = (answer: Answer, standing: string): void => {
  const first = text(answer['firstSignedAt']);
  fail({
    code: text(answer['code']),
    standing: first === '' ? standing : 'earlier',
    cause: text(answer['title']),
    next: text(answer['next']),
    technical: text(answer['instance']),
    first,
    act: answer['code'] === 'E_INITIATIVE_CLOSED' || first !== '' ? 'none' : 'retry',
  });
};

const busy = async (key: string, work: () => Promise<void>): Promise<void> => {
  if (working) return;
  working = true;
  show('busy', key);
  try {
    await work();
  } catch {
    fail({
      code: 'UI_NETWORK',
      standing: envelope === undefined ? 'nothing' : 'unknown',
      act: envelope === undefined ? 'retry' : 'resend',
    });
  } finally {
    working = false;
    show('busy', '');
  }
};

const parseId = (value: string): boolean => {
  const parsed = NationalId.parse(value);
  const same = parsed instanceof NationalId && nationalId?.reveal() === parsed.reveal();
  if (!same) {
    nationalId = parsed instanceof NationalId ? parsed : undefined;
    offered = undefined;
    receiptSecret = newReceiptSecret();
  }
  const isComplete = value.length >= 10;
  show('id', nationalId !== undefined ? 'ok' : isComplete && 'code' in parsed ? parsed.code : '');
  return nationalId !== undefined;
};

/** Asks for the statement and refuses one that says anything else than this page does. */
const offer = async (): Promise<boolean> => {
  if (nationalId === undefined) return false;
  const commitment = await commitTo(nationalId, receiptSecret);
  const { status, answer } = await json(`${api}/transactions`, { signerCommitment: commitment });
  if (status !== 200 && status !== 201) {
    failWith(answer, 'nothing');
    return false;
  }
  offered = answer as OfferedStatement;
  statement = expectedStatement(expected, commitment, offered, Date.now());
  if (statement === undefined) {
    fail({ code: 'UI_STATEMENT_MISMATCH', standing: 'nothing' });
    return false;
  }
  page.showStatement(offered.statement, statement);
  return true;
};

const isExpired = (): boolean => offered === undefined || Date.parse(offered.expiresAt) - Date.now() < 20_000;

const receive = async (reply: Reply): Promise<void> => {
  const { status, answer } = reply;
  if (envelope === undefined) return;
  if (status !== 201 && status !== 202) {
    if (answer['code'] === 'E_TX_EXPIRED' && (await offer())) {
      fail({ code: 'UI_STATEMENT_RENEWED', standing: 'refused' });
    } else if (status >= 500 || status === 429) {
      failWith(answer, 'unknown');
      page.offerResend();
    } else failWith(answer, 'refused');
    return;
  }
  const included = answer['included'] as Readonly<{ index: number; size: number }> | undefined;
  const receipt = text(answer['receipt']);
  if (included !== undefined && !isOwnReceipt(receipt, caseNumber, envelope, included.index)) {
    fail({ code: 'UI_RECEIPT_MISMATCH', standing: 'stored', technical: envelope.L });
    return;
  }
  const outcome = answer['held'] === true ? 'held' : included === undefined ? 'waiting' : 'included';
  unsaved = true;
  sessionStorage.setItem(storage, JSON.stringify({ s: envelope.body['receiptSecret'], L: envelope.L }));
  field.value = '';
  fact('received', page.moment(text(answer['received']) || new Date().toISOString()));
  fact('commitment', envelope.L);
  if (included !== undefined) {
    fact('index', String(included.index));
    fact('size', String(included.size));
  }
  page.showReceipt(outcome, envelope.L, receipt === '' ? text(answer['promise']) : receipt, receipt !== '');
  if (outcome === 'waiting') setTimeout(() => void followUp(), 3000);
};

/** Sends the same envelope again until it is included: idempotent by `L`, so it can never count twice. */
const followUp = async (): Promise<void> => {
  try {
    const { status } = await json(`/v1/receipts/${envelope?.L}`);
    if (status === 200) await send();
    else throw new Error('not yet');
  } catch {
    setTimeout(() => void followUp(), 5000);
  }
};

const send = async (): Promise<void> => {
  if (envelope === undefined) return;
  await receive(await json(`${api}/joint-signatures`, envelope.body));
};

const takeSignature = async (answered: CardAnswer): Promise<void> => {
  if (!answered.ok) {
    let { code } = answered;
    if (code.startsWith('UI_PIN_WRONG')) {
      wrongPins += 1;
      // Builds differ in what they report: two wrong ones here are reason enough to stop.
      if (code === 'UI_PIN_WRONG' && wrongPins >= 2) code = 'UI_PIN_WRONG_1';
      page.lastTry(code === 'UI_PIN_WRONG_1');
    }
    fail({ code, standing: 'nothing', technical: answered.technical });
    return;
  }
  if (nationalId === undefined || offered === undefined || statement === undefined) return;
  wrongPins = 0;
  page.lastTry(false);
  show('busy', 'sending');
  envelope = await sealEnvelope({
    caseNumber,
    nationalId,
    receiptSecret,
    token: offered.token,
    statement,
    signature: text(answered.answer['signature']),
    certificate: text(answered.answer['certb64']),
  });
  await send();
};

/** Runs inside the click: the popup must open before anything is awaited. */
const signWithCard = (): void => {
  if (working || offered === undefined || statement === undefined) return;
  if (!/^\d{6,8}$/.test(pin.value)) {
    fail({ code: 'UI_PIN_LENGTH', standing: 'nothing' });
    return;
  }
  if (isExpired()) {
    void busy('statement', async () => {
      if (await offer()) fail({ code: 'UI_STATEMENT_RENEWED', standing: 'nothing' });
    });
    return;
  }
  page.clearFailure();
  envelope = undefined;
  const asked = askCard(component, {
    func: 'MakeSignature',
    signatureType: 'PKCS7',
    tbs: btoa(String.fromCharCode(...statement)),
    tbsEncoding: 'base64',
    hashAlgorithm: 'SHA256',
    withCardSN: 'false',
    nonce: offered.transaction,
    pin: pin.value,
  });
  pin.value = '';
  void busy('card', async () => takeSignature(await asked));
};

act('what', () => {
  if (!parseId(field.value)) {
    const parsed = NationalId.parse(field.value);
    show('id', 'code' in parsed ? parsed.code : '');
    field.focus();
    return;
  }
  void busy('statement', async () => {
    page.clearFailure();
    if (!isExpired() || (await offer())) go('what');
  });
});
act('who', () => go('who'));
act('sign', () => go('sign'));
act('what-again', () => go('what'));
act('card', signWithCard);
act('failure-retry', () => page.clearFailure());
act('failure-back', () => go('who'));
act('failure-resend', () => {
  page.clearFailure();
  void busy('sending', send);
});
act('failure-addDomain', () => {
  window.open(
    `${component}/addDomain?domain=${encodeURIComponent(location.hostname)}`,
    'card',
    'height=320,width=420',
  );
  page.clearFailure();
});
act('print', () => print());
act('readiness', () => {
  const asked = askCard(component, { func: 'CheckEnvir' });
  void busy('readiness', async () => {
    page.clearFailure();
    const answered = await asked;
    show('ready', answered.ok ? readiness(answered.answer['slots']) : '');
    if (!answered.ok) fail({ code: answered.code, standing: 'nothing', technical: answered.technical });
  });
});
page.onSaved(() => {
  unsaved = false;
  sessionStorage.removeItem(storage);
});
addEventListener('beforeunload', (event) => {
  if (unsaved) event.preventDefault();
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  form.querySelector<HTMLButtonElement>('[data-step]:not([hidden]) .button:not(.button-quiet)')?.click();
});
enhanceIdField(field, page.pad, parseId);
page.start();
if (!isSecureContext) fail({ code: 'UI_INSECURE', standing: 'nothing' });
