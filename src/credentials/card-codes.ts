/**
 * What the HiPKI card component's numbers mean (`identity.md` §§2.4–2.5, 11). Pure, and small enough for the
 * signing page's script.
 */

/** A failure of the card as the page names it; `technical` is shown only when somebody expands it. */
export type CardRefusal = Readonly<{ code: string; technical: string }>;

// ret_code (unsigned, hexadecimal) to code.
const byReturnCode: Readonly<Record<string, string>> = {
  '76000006': 'NO_CARD',
  '7600000d': 'TIMEOUT',
  '7600000f': 'UNTRUSTED_SITE',
  '76000031': 'UNTRUSTED_SITE',
  '76000998': 'PIN_LENGTH',
  '76000999': 'CANCELLED',
  '76100003': 'NO_READER',
  '76500001': 'CERT_NOT_YET',
  '76500002': 'CERT_EXPIRED',
  '81000227': 'CARD_LOCKED',
  '83000105': 'PIN_LENGTH',
};

// last_error of a failed login (0x76100006), PKCS#11 numbers of the card library.
const byLoginError: Readonly<Record<string, string>> = {
  a0: 'PIN_WRONG',
  a2: 'PIN_LENGTH',
  a4: 'CARD_LOCKED',
  '80000001': 'PIN_WRONG_1',
  '80000002': 'PIN_WRONG_2',
};

const hex = (value: unknown): string => (Number(value) >>> 0).toString(16);

/** Names an answer's failure. Some builds send negative numbers; both are read as unsigned 32-bit. */
export const cardRefusal = (returnCode: unknown, lastError: unknown): CardRefusal => {
  const code = hex(returnCode);
  const last = hex(lastError);
  const name =
    code === '76100006'
      ? byLoginError[last]
      : /^8300010[0-4]$/.test(code)
        ? 'WRONG_CARD'
        : byReturnCode[code];
  return { code: `UI_${name ?? 'CARD_ERROR'}`, technical: `ret_code 0x${code}, last_error 0x${last}` };
};

/** What the readiness test found. */
export type Readiness = 'ok' | 'no-reader' | 'no-card';

/** Judges the slots of a `pkcs11info` answer: an empty reader has `token` null, a foreign card is a string. */
export const readiness = (slots: unknown): Readiness => {
  if (!Array.isArray(slots) || slots.length === 0) return 'no-reader';
  const hasCard = slots.some(
    (slot: { token?: unknown } | null) => typeof slot?.token === 'object' && slot.token !== null,
  );
  return hasCard ? 'ok' : 'no-card';
};
