import type { Primitives } from './primitives.ts';

/** Web Crypto reads plain buffers only; a copy also keeps a shared buffer from changing under it. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/**
 * The primitives on Web Crypto. Requires a secure context (https, or http://localhost): elsewhere
 * `crypto.subtle` does not exist and every call rejects.
 */
export const webPrimitives: Primitives = {
  async sha256(data) {
    return new Uint8Array(await crypto.subtle.digest('SHA-256', own(data)));
  },
  async hmacSha256(key, data) {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const imported = await crypto.subtle.importKey('raw', own(key), algorithm, false, ['sign']);
    return new Uint8Array(await crypto.subtle.sign('HMAC', imported, own(data)));
  },
  async hkdfSha256(secret, info, length) {
    const key = await crypto.subtle.importKey('raw', own(secret), 'HKDF', false, ['deriveBits']);
    const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: own(info) };
    return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, length * 8));
  },
};
