import { type CardRefusal, cardRefusal } from './card-codes.ts';

/** The component's answer, or why there is none. */
export type CardAnswer =
  | Readonly<{ ok: true; answer: Readonly<Record<string, unknown>> }>
  | (Readonly<{ ok: false }> & CardRefusal);

const readyWithin = 10_000;
const answerWithin = 120_000;

/**
 * One request to the HiPKI card component through its popup (`identity.md` §§2.2–2.3). Must be called inside a
 * click handler, before anything is awaited. `origin` is the only address the request, which may hold a PIN, is
 * posted to, and the only one an answer is taken from.
 *
 * The whole JSON is sent with `+` written as `%2B`: the popup forwards it as a form field without encoding it.
 */
export const askCard = (origin: string, request: Readonly<Record<string, string>>): Promise<CardAnswer> => {
  const popup = window.open(`${origin}/popupForm`, 'card', 'height=200,width=200');
  return new Promise((resolve) => {
    let sent = false;
    let closedSince = 0;
    let since = Date.now();
    const settle = (answer: CardAnswer): void => {
      clearInterval(watch);
      removeEventListener('message', receive);
      popup?.close();
      resolve(answer);
    };
    const fail = (code: string, technical: string): void => settle({ ok: false, code, technical });
    const receive = (event: MessageEvent<unknown>): void => {
      // Browser extensions post objects, other windows post anything: only the popup's strings count.
      if (event.origin !== origin || event.source !== popup || typeof event.data !== 'string') return;
      let answer: Record<string, unknown>;
      try {
        answer = JSON.parse(event.data) as Record<string, unknown>;
      } catch {
        return;
      }
      if (answer['func'] === 'getTbs') {
        if (sent) return;
        sent = true;
        since = Date.now();
        popup?.postMessage(JSON.stringify(request).replace(/\+/g, '%2B'), origin);
      } else if ('ret_code' in answer) {
        if (Number(answer['ret_code']) === 0) settle({ ok: true, answer });
        else {
          const refusal = cardRefusal(answer['ret_code'], answer['last_error']);
          fail(refusal.code, refusal.technical);
        }
      }
    };
    if (popup === null) {
      resolve({ ok: false, code: 'UI_POPUP_BLOCKED', technical: 'window.open: null' });
      return;
    }
    const watch = setInterval(() => {
      const now = Date.now();
      // A last message may still be on its way when the popup is already closed.
      if (popup.closed && closedSince === 0) closedSince = now;
      if (closedSince > 0 && now - closedSince > 800) fail('UI_CANCELLED', 'popup closed');
      else if (!sent && now - since > readyWithin) fail('UI_NOT_INSTALLED', 'no getTbs');
      else if (now - since > answerWithin) fail('UI_TIMEOUT', 'no answer');
    }, 200);
    addEventListener('message', receive);
  });
};
