import type { NotePrimitives, VerifierKey } from '@lianshu/tlog';
import { checkReceipt } from './check-receipt.ts';
import type { ReceiptVerdict } from './verdict.ts';

const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

const nameOf = (...parts: readonly Uint8Array[]): string => parts.map((part) => part.join()).join('|');

async function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) {
  const key = await crypto.subtle.importKey('raw', own(publicKey), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, own(signature), own(message));
}

/**
 * Runs a synchronous computation on asynchronous primitives: a call whose answer is not known yet throws its
 * promise, which is awaited, remembered, and the computation begun again. It must be pure and catch nothing.
 */
async function settle<T>(compute: (primitives: NotePrimitives) => T): Promise<T> {
  const known = new Map<string, unknown>();
  const ask = <A>(name: string, answer: () => Promise<A>): A => {
    if (known.has(name)) return known.get(name) as A;
    throw answer().then((value) => known.set(name, value));
  };
  const primitives: NotePrimitives = {
    sha256: (data) =>
      ask(nameOf(data), async () => new Uint8Array(await crypto.subtle.digest('SHA-256', own(data)))),
    ed25519: (key, message, signature) =>
      ask(nameOf(key, message, signature), () => verifyEd25519(key, message, signature)),
  };
  for (;;) {
    try {
      return compute(primitives);
    } catch (pending) {
      if (!(pending instanceof Promise)) throw pending;
      await pending;
    }
  }
}

/**
 * {@link checkReceipt} on Web Crypto, for a page of the service: no library is loaded. Requires a secure context
 * and a browser that knows Ed25519 (Chrome 137, Firefox 129, Safari 17); rejects otherwise. ML-DSA-44 signatures
 * are reported as unchecked.
 */
export function checkReceiptOnWebCrypto(
  file: string | Uint8Array,
  readKeys: (sha256: NotePrimitives['sha256']) => readonly VerifierKey[],
): Promise<ReceiptVerdict> {
  return settle((primitives) => checkReceipt(primitives, file, { keys: readKeys(primitives.sha256) }));
}
