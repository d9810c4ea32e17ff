import { NationalId } from '@lianshu/statement';
import { askCard, type CardAnswer, enhanceIdField, readiness } from '../credentials/index.island.ts';
import {
  commitTo,
  type Envelope,
  expectedStatement,
  isOwnPromise,
  isOwnReceipt,
  newReceiptSecret,
  type OfferedStatement,
  sealEnvelope,
} from './envelope.island.ts';
import {
  act,
  clearFailure,
  fail,
  go,
  type Kept,
  lastTry,
  moment,
  one,
  onSaved,
  printed,
  show,
  showReceipt,
  showStatement,
  start,
} from './sign-view.island.ts';

/**
 * Signing in the browser: shows the page's steps one at a time and carries a signature from the card to the
 * receipt. All words are in the page; nothing is written as HTML. The PIN leaves its field in the click and is held
 * only by the message to the component.
 */

type Answer = Readonly<Record<string, unknown>>;
type Reply = Readonly<{ status: number; answer: Answer }>;

const field = one<HTMLInputElement>('#national-id');
const pin = one<HTMLInputElement>('#pin');
const caseNumber = printed('case');
const component = printed('component');
const expected = { caseNumber, mainText: printed('main-text'), textDigest: printed('digest') };
const storage = `lianshu:${caseNumber}`;

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
    body ? { headers, method: 'POST', body: JSON.stringify(body) } : { headers },
  );
  return { status: response.status, answer: (await response.json()) as Answer };
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A refusal in the server's words; it has them in the page's language. */
const failWith = (answer: Answer, standing: string, button = 'retry'): void => {
  const first = text(answer['firstSignedAt']);
  const isFinal = first || answer['code'] === 'E_INITIATIVE_CLOSED';
  fail({
    code: text(answer['code']),
    standing: first ? 'earlier' : standing,
    cause: text(answer['title']),
    next: text(answer['next']),
    technical: text(answer['instance']),
    first,
    act: isFinal ? 'none' : button,
  });
};

/** One piece of work at a time; whatever breaks on the way leaves the person with an honest sentence. */
const busy = async (key: string, work: () => Promise<void>): Promise<void> => {
  if (working) return;
  working = true;
  show('busy', key);
  try {
    await work();
  } catch (error) {
    const standing = envelope ? 'unknown' : 'nothing';
    fail({ code: 'UI_NETWORK', standing, technical: `${error}`, act: envelope ? 'resend' : 'retry' });
  }
  working = false;
  show('busy', '');
};

const parseId = (value: string, isAsked = value.length > 9): boolean => {
  const parsed = NationalId.parse(value);
  const id = parsed instanceof NationalId ? parsed : undefined;
  if (!id || !nationalId || nationalId.reveal() !== id.reveal()) {
    nationalId = id;
    offered = undefined;
    receiptSecret = newReceiptSecret();
  }
  show('id', 'code' in parsed ? (isAsked ? parsed.code : '') : 'ok');
  return !!id;
};

/** Asks for the statement and refuses one that says anything else than this page does. */
const offer = async (): Promise<boolean> => {
  if (!nationalId) return false;
  const signerCommitment = await commitTo(nationalId, receiptSecret);
  const { status, answer } = await json(printed('offer'), { signerCommitment });
  if (status !== 200) {
    failWith(answer, 'nothing');
    return false;
  }
  offered = answer as OfferedStatement;
  statement = expectedStatement(expected, signerCommitment, offered, Date.now());
  if (!statement) {
    fail({ code: 'UI_STATEMENT_MISMATCH', standing: 'nothing' });
    return false;
  }
  showStatement(offered.statement);
  return true;
};

const isFresh = (): boolean => !!offered && Date.parse(offered.expiresAt) - Date.now() > 20_000;

const receive = async ({ status, answer }: Reply): Promise<void> => {
  if (!envelope) return;
  if (status !== 201 && status !== 202) {
    if (answer['code'] === 'E_TX_EXPIRED' && (await offer())) {
      fail({ code: 'UI_STATEMENT_RENEWED', standing: 'refused' });
    } else if (status > 499 || status === 429) failWith(answer, 'unknown', 'resend');
    else failWith(answer, 'refused');
    return;
  }
  const { L } = envelope;
  const included = answer['included'] as Readonly<{ index: number; size: number }> | undefined;
  const receipt = text(answer['receipt']);
  const promise = text(answer['promise']);
  const isOwn = included
    ? isOwnReceipt(receipt, caseNumber, envelope, included.index)
    : isOwnPromise(promise, caseNumber, envelope);
  if (!isOwn) {
    fail({ code: 'UI_RECEIPT_MISMATCH', standing: 'stored', technical: L });
    return;
  }
  const outcome = included ? 'included' : answer['held'] ? 'held' : 'waiting';
  unsaved = true;
  field.value = '';
  // The promise names the minute of receipt; where there is none, it is now.
  const [, received = new Date().toISOString()] = /\nreceived (\S+)/.exec(promise) || [];
  const facts = {
    received: moment(received),
    commitment: L,
    index: `${included ? included.index : '–'}`,
    size: `${included ? included.size : '–'}`,
  };
  const kept: Kept = { outcome, commitment: L, text: receipt || promise, facts };
  sessionStorage.setItem(storage, JSON.stringify([kept, envelope.body['receiptSecret']]));
  showReceipt(kept);
  if (!included) followUp(outcome === 'held' ? 15_000 : 3000);
};

/** Looks until the entry is counted, then sends the same envelope again: idempotent by `L`, it only fetches. */
const followUp = (pauseMs: number): void => {
  setTimeout(async () => {
    try {
      const { answer } = await json(`/v1/receipts/${envelope?.L}`);
      const state = text(answer['state']);
      if (state === 'refused-after-hold')
        fail({ code: text(answer['code']), standing: 'refused', act: 'none' });
      else if (state === 'included' || state === 'counted-after-hold') await send();
      else followUp(pauseMs);
    } catch {
      followUp(pauseMs);
    }
  }, pauseMs);
};

const send = async (): Promise<void> => {
  if (envelope) await receive(await json(printed('send'), envelope.body));
};

const takeSignature = async (answered: CardAnswer): Promise<void> => {
  if (!answered.ok) {
    let { code } = answered;
    if (code.startsWith('UI_PIN_WRONG')) {
      wrongPins += 1;
      // Builds differ in what they report: two wrong ones here are reason enough to stop.
      if (code === 'UI_PIN_WRONG' && wrongPins > 1) code = 'UI_PIN_WRONG_1';
      lastTry(code === 'UI_PIN_WRONG_1');
    }
    fail({ code, standing: 'nothing', technical: answered.technical });
    return;
  }
  if (!nationalId || !offered || !statement) return;
  wrongPins = 0;
  lastTry(false);
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
  if (working || !offered || !statement) return;
  clearFailure();
  if (!/^\d{6,8}$/.test(pin.value)) {
    fail({ code: 'UI_PIN_LENGTH', standing: 'nothing' });
    return;
  }
  if (!isFresh()) {
    void busy('card', async () => {
      if (await offer()) fail({ code: 'UI_STATEMENT_RENEWED', standing: 'nothing' });
    });
    return;
  }
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
  if (!parseId(field.value, true)) {
    field.focus();
    return;
  }
  void busy('statement', async () => {
    clearFailure();
    if (isFresh() || (await offer())) go('what');
  });
});
act('card', signWithCard);
act('retry', clearFailure);
act('resend', () => {
  clearFailure();
  void busy('sending', send);
});
act('addDomain', () => {
  window.open(`${component}/addDomain?domain=${location.hostname}`, 'card', 'height=200,width=200');
  clearFailure();
});
act('print', () => print());
act('readiness', () => {
  if (working) return;
  clearFailure();
  const asked = askCard(component, { func: 'CheckEnvir' });
  void busy('readiness', async () => {
    const answered = await asked;
    show('ready', answered.ok ? readiness(answered.answer['slots']) : '');
    if (!answered.ok) fail({ code: answered.code, standing: 'nothing', technical: answered.technical });
  });
});
onSaved(() => {
  unsaved = false;
  sessionStorage.removeItem(storage);
});
addEventListener('beforeunload', (event) => {
  if (unsaved) event.preventDefault();
});
one('#sign').addEventListener('submit', (event) => {
  event.preventDefault();
  one('[data-step]:not([hidden]) .button:not(.button-quiet)').click();
});
enhanceIdField(field, one('[data-pad]'), parseId);
start();
// Until the file was saved, receipt and secret wait in this tab, also across a reload.
const waiting = sessionStorage.getItem(storage);
if (waiting) {
  unsaved = true;
  showReceipt((JSON.parse(waiting) as [Kept])[0]);
}
if (!isSecureContext) fail({ code: 'UI_INSECURE', standing: 'nothing' });
