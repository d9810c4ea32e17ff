import { constants, privateDecrypt } from 'node:crypto';
import { base64, SimulatorFault } from '../asn1.ts';
import { signWith } from '../ca/key-pair.ts';
import type { SimulatedCard } from '../cards/card.ts';
import { type DigestName, signedData } from '../cards/cms.ts';
import { LAST_ERROR, messageOf, RET } from './codes.ts';
import { contentOf, type Package, readPackage } from './requests.ts';
import { LIBRARY, type Pkcs11Info, SERVER_VERSION, slotOf } from './slots.ts';
import type { ForeignToken, Reader, Token } from './tokens.ts';

/** Scripted faults of the component; one at a time. Absence is a matter of its server. */
export const COMPONENT_FAULTS = [
  'none',
  'slow',
  'popup-closed',
  'no-func',
  'extension-noise',
  'negative-codes',
  'encryption-first',
  'sha1-only',
  'user-cancel',
  'timeout',
  'plain-pin-error',
] as const;

export type ComponentFault = (typeof COMPONENT_FAULTS)[number];

/** Any answer of the component, before it becomes JSON. */
export type ComponentAnswer = Readonly<Record<string, unknown>> & { readonly ret_code: number };

export type CardComponentOptions = {
  readonly clock?: () => number;
  readonly readers?: readonly string[];
  /** Host names, without port, whose pages may use the component. None unless told. */
  readonly trustedHosts?: readonly string[];
  /** Which habit of card libraries to follow in SignerInfo.signatureAlgorithm; the real one is 未確認. */
  readonly signatureOid?: 'rsaEncryption' | 'sha256WithRSAEncryption';
};

/** Reader of the demonstration. */
export const DEFAULT_READER = 'SIM Smart Card Reader 0';

const PIN_TRIES = 3;
const DIGESTS: Readonly<Record<string, DigestName>> = {
  SHA1: 'sha1',
  SHA256: 'sha256',
  SHA384: 'sha384',
  SHA512: 'sha512',
};

/**
 * State and behaviour of the simulated HiPKI LocalSignServer (identity.md §2), without its HTTP side. Tests
 * and the demonstration set readers, cards and faults here.
 *
 * A chip remembers wrong PINs while it is out of the reader; three lock it until {@link resetTries}.
 */
export class SimulatedCardComponent {
  /** The fault in force; read at each request. */
  fault: ComponentFault = 'none';
  readonly #clock: () => number;
  readonly #signatureOid: 'rsaEncryption' | 'sha256WithRSAEncryption';
  readonly #readers = new Map<string, Token | undefined>();
  readonly #trusted: Set<string>;
  readonly #triesLeft = new Map<string, number>();

  constructor(options: CardComponentOptions = {}) {
    this.#clock = options.clock ?? Date.now;
    this.#signatureOid = options.signatureOid ?? 'rsaEncryption';
    this.#trusted = new Set(options.trustedHosts ?? []);
    for (const reader of options.readers ?? [DEFAULT_READER]) this.#readers.set(reader, undefined);
  }

  /** Readers in the order in which they were connected; the first is the default. */
  readers(): readonly Reader[] {
    return [...this.#readers].map(([name, token]) => ({ name, token }));
  }

  addReader(name: string): void {
    this.#readers.set(name, undefined);
  }

  removeReader(name: string): void {
    this.#readers.delete(name);
  }

  /** Puts a card, or another token, into a reader; what was there comes out. */
  insert(token: SimulatedCard | ForeignToken, reader: string = this.#firstReader()): void {
    if (!this.#readers.has(reader)) throw new SimulatorFault(`no reader ${reader}`);
    this.#readers.set(reader, 'kind' in token ? token : { kind: 'citizen', card: token });
  }

  /** Takes the card out of a reader. */
  remove(reader: string = this.#firstReader()): void {
    if (this.#readers.has(reader)) this.#readers.set(reader, undefined);
  }

  /** PIN tries left on a chip: 3 to 0, 0 being locked. */
  triesLeft(card: SimulatedCard): number {
    return this.#triesLeft.get(card.signing.serialHex) ?? PIN_TRIES;
  }

  /** What a counter of the household office does: three tries again. */
  resetTries(card: SimulatedCard): void {
    this.#triesLeft.delete(card.signing.serialHex);
  }

  lock(card: SimulatedCard): void {
    this.#triesLeft.set(card.signing.serialHex, 0);
  }

  /** Trusts, or no longer trusts, pages of a host (a name without port). */
  trust(host: string, trusted = true): void {
    if (trusted) this.#trusted.add(host);
    else this.#trusted.delete(host);
  }

  trustedHosts(): readonly string[] {
    return [...this.#trusted];
  }

  /** Answers `/pkcs11info`. */
  pkcs11Info(host: string | undefined, withCertificates: boolean): ComponentAnswer {
    const refused = this.#scripted(host, 'pkcs11info');
    if (refused !== undefined) return refused;
    const encryptionFirst = this.fault === 'encryption-first';
    const info: Pkcs11Info = {
      func: 'pkcs11info',
      ret_code: this.#readers.size === 0 ? RET.noReader : RET.ok,
      serverVersion: SERVER_VERSION,
      ...LIBRARY,
      slots: this.readers().map((reader) => slotOf(reader, withCertificates, encryptionFirst)),
    };
    return this.#finished(info);
  }

  /** Answers `/sign` for a form body. */
  sign(host: string | undefined, body: Uint8Array): ComponentAnswer {
    return this.#withKey(host, 'sign', body, (request, card) => this.#makeSignature(request, card));
  }

  /** Answers `/umakeSig` of the older library: the same work, the result in `data`. */
  umakeSig(host: string | undefined, body: Uint8Array): ComponentAnswer {
    const { signature, cardSN, certb64: _, ...rest } = this.sign(host, body);
    return { ...rest, ...('func' in rest ? { func: 'umakeSig' } : {}), data: { signature, cardSN } };
  }

  /** Answers `/decrypt`: RSAES-PKCS1-v1_5 under the encryption key; padding and formats are 未確認. */
  decrypt(host: string | undefined, body: Uint8Array): ComponentAnswer {
    return this.#withKey(host, 'decrypt', body, (request, card) => {
      if (request.cipher === undefined || request.cipher === '') return failed(RET.missingCiphertext);
      const cipher = Buffer.from(request.cipher, 'base64');
      // OpenSSL answers bad padding with random bytes (implicit rejection), so only the length can be refused.
      if (cipher.length !== 256) return failed(RET.decryptError);
      try {
        const key = card.encryption.keys.privateKey;
        const plain = privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, cipher);
        return {
          ret_code: RET.ok,
          plain: plain.toString(request.plainEncoding === 'base64' ? 'base64' : 'utf8'),
        };
      } catch {
        return failed(RET.decryptError);
      }
    });
  }

  #withKey(
    host: string | undefined,
    func: 'sign' | 'decrypt',
    body: Uint8Array,
    work: (request: Package, card: SimulatedCard) => ComponentAnswer,
  ): ComponentAnswer {
    const refused = this.#scripted(host, func);
    if (refused !== undefined) return refused;
    const request = readPackage(body);
    const head = { func, version: SERVER_VERSION };
    if (typeof request === 'number') return this.#finished({ ...head, ...failed(request) });
    const card = this.#logIn(request);
    return this.#finished({ ...head, ...('ret_code' in card ? card : work(request, card)) });
  }

  /** Finds the card of the asked reader and checks the PIN as the chip does. */
  #logIn(request: Package): SimulatedCard | ComponentAnswer {
    if (this.#readers.size === 0) return failed(RET.noReader);
    const reader = request.slotDescription || this.#firstReader();
    if (!this.#readers.has(reader)) return failed(RET.slotInformation);
    const token = this.#readers.get(reader);
    if (token === undefined) return failed(RET.noCard);
    if (token.kind === 'unknown') return failed(RET.notGpki);
    if (token.kind === 'wrong-type') return failed(token.code);
    if (request.pin === '') return failed(RET.pinNotEntered);
    return this.#checkPin(token.card, request.pin) ?? token.card;
  }

  #checkPin(card: SimulatedCard, pin: string): ComponentAnswer | undefined {
    const left = this.triesLeft(card);
    if (left === 0) return failed(RET.loginFailed, LAST_ERROR.locked);
    if (pin.length < 6 || pin.length > 8) return failed(RET.loginFailed, LAST_ERROR.pinLength);
    if (pin === card.pin) {
      this.resetTries(card);
      return undefined;
    }
    this.#triesLeft.set(card.signing.serialHex, left - 1);
    if (left === 1) return failed(RET.loginFailed, LAST_ERROR.locked);
    if (this.fault === 'plain-pin-error') return failed(RET.loginFailed, LAST_ERROR.pinWrong);
    return failed(RET.loginFailed, left === 3 ? LAST_ERROR.twoTriesLeft : LAST_ERROR.oneTryLeft);
  }

  #makeSignature(request: Package, card: SimulatedCard): ComponentAnswer {
    const asked = DIGESTS[request.hashAlgorithm];
    if (asked === undefined) return failed(RET.parameterError);
    if (request.tbs === undefined || request.tbs === '') return failed(RET.missingMessage);
    const nowMs = this.#clock();
    if (nowMs < card.signing.notBeforeMs) return failed(RET.certificateNotYetValid);
    if (nowMs > card.signing.notAfterMs) return failed(RET.certificateExpired);
    const digest = this.fault === 'sha1-only' ? 'sha1' : asked;
    const content = contentOf(request);
    const signature = this.#signature(request, card, digest, content, nowMs);
    if (signature === undefined) return failed(RET.signatureType);
    return {
      ret_code: RET.ok,
      last_error: LAST_ERROR.none,
      signature: base64(signature),
      cardSN: card.cardNumber,
      certb64: base64(card.signing.certificate),
    };
  }

  #signature(
    request: Package,
    card: SimulatedCard,
    digest: DigestName,
    content: Uint8Array,
    nowMs: number,
  ): Uint8Array | undefined {
    if (request.signatureType === 'PKCS1') return signWith(card.signing.keys, digest, content);
    if (request.signatureType !== 'PKCS7') return undefined;
    return signedData({
      content,
      attached: true,
      digest,
      signer: card.signing,
      signatureOid: this.#signatureOid,
      ...(request.withSigningTime ? { signingTimeMs: nowMs } : {}),
      ...(request.withCardSN ? { cardNumber: card.cardNumber } : {}),
      ...(request.nonce === '' ? {} : { nonce: request.nonce }),
    });
  }

  /** Answers given before any card is looked at: untrusted site (without `func`) and scripted faults. */
  #scripted(host: string | undefined, func: string): ComponentAnswer | undefined {
    if (host === undefined || !this.#trusted.has(host)) {
      return this.#finished({ ret_code: RET.untrustedSite, message: messageOf(RET.untrustedSite) });
    }
    if (this.fault === 'no-func') return { ret_code: RET.timeout, message: messageOf(RET.timeout) };
    if (this.fault === 'timeout') return { func, version: SERVER_VERSION, ...failed(RET.timeout) };
    if (this.fault === 'user-cancel' && func !== 'pkcs11info') {
      return { func, version: SERVER_VERSION, ...failed(RET.userCancelled) };
    }
    return undefined;
  }

  #finished<Answer extends ComponentAnswer>(answer: Answer): Answer {
    if (this.fault !== 'negative-codes' || answer.ret_code === RET.ok) return answer;
    return { ...answer, ret_code: answer.ret_code - 2 ** 32 };
  }

  #firstReader(): string {
    return this.#readers.keys().next().value ?? '';
  }
}

function failed(code: number, lastError: number = LAST_ERROR.none): ComponentAnswer {
  const message2 = messageOf(lastError);
  return { ret_code: code, last_error: lastError, message: messageOf(code), message2 };
}
