import {
  createPublicKey,
  type JsonWebKeyInput,
  type KeyObject,
  type PublicKeyInput,
  verify,
} from 'node:crypto';
import { DerReader, TAG } from '@lianshu/der';
import { readAlgorithm } from './algorithm.ts';
import { asBuffer, toHex } from './bytes.ts';
import { OID } from './oids.ts';

/** A subject's public key as parsed, not yet imported: import is the dearest step of a check, so it waits for the cheap ones. */
export type PublicKey =
  | {
      readonly kind: 'rsa';
      readonly bits: number;
      readonly oddExponent: boolean;
      readonly exponent: bigint;
      readonly oddModulus: boolean;
      /** RSAPublicKey, the content of the BIT STRING: the cheapest form to import. */
      readonly pkcs1: Uint8Array;
    }
  | { readonly kind: 'p256' /** Uncompressed point, 65 bytes. */; readonly point: Uint8Array }
  | { readonly kind: 'other'; readonly oid: string };

/** Reads SubjectPublicKeyInfo at the cursor (RFC 5280 §4.1.2.7). RSA must carry NULL, EC a named curve. */
export function readPublicKey(r: DerReader): PublicKey {
  const outer = r.enter(TAG.sequence);
  const algorithm = r.element(TAG.sequence);
  const bits = r.bitOctets();
  r.leave(outer);
  const a = new DerReader(algorithm);
  const { oid, parameters } = readAlgorithm(a);
  if (oid === OID.rsaEncryption && parameters === 'null') return readRsa(bits);
  if (
    oid === OID.ecPublicKey &&
    curveOf(algorithm) === OID.prime256v1 &&
    bits.length === 65 &&
    bits[0] === 4
  ) {
    return { kind: 'p256', point: bits };
  }
  return { kind: 'other', oid };
}

function curveOf(algorithm: Uint8Array): string | undefined {
  const r = new DerReader(algorithm);
  const outer = r.enter(TAG.sequence);
  r.oid();
  if (r.peek() !== TAG.oid) return undefined;
  const curve = r.oid();
  r.leave(outer);
  return curve;
}

function readRsa(pkcs1: Uint8Array): PublicKey {
  const r = new DerReader(pkcs1);
  const outer = r.enter(TAG.sequence);
  const modulus = r.unsigned();
  const exponent = r.unsigned();
  r.leave(outer);
  r.finish();
  const bits = modulus.length * 8 - (Math.clz32(modulus[0] as number) - 24);
  return {
    kind: 'rsa',
    bits,
    oddModulus: ((modulus[modulus.length - 1] as number) & 1) === 1,
    oddExponent: ((exponent[exponent.length - 1] as number) & 1) === 1,
    exponent: exponent.length > 8 ? 2n ** 64n : BigInt(`0x${toHex(exponent)}`),
    pkcs1,
  };
}

const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** Whether 65 bytes are a point of P-256 (SEC 1 §2.3.4), so that an impossible key is refused where keys are judged. */
function onP256(point: Uint8Array): boolean {
  const view = asBuffer(point);
  const x = BigInt(`0x${view.toString('hex', 1, 33)}`);
  const y = BigInt(`0x${view.toString('hex', 33, 65)}`);
  return x < P && y < P && (y * y - (x * x * x - 3n * x + B)) % P === 0n;
}

/**
 * Whether the policy accepts the key: RSA of 2,048 to 4,096 bits with an odd exponent of at least 65,537, or P-256.
 * The upper bounds (4,096 bits, exponent below 2^33) keep a stranger from choosing how long a verification takes.
 */
export function isStrong(key: PublicKey): boolean {
  switch (key.kind) {
    case 'rsa':
      return (
        key.bits >= 2048 &&
        key.bits <= 4096 &&
        key.oddModulus &&
        key.oddExponent &&
        key.exponent >= 65_537n &&
        key.exponent < 2n ** 33n
      );
    case 'p256':
      return onP256(key.point);
    case 'other':
      return false;
    default:
      return key satisfies never;
  }
}

/** A key as `node:crypto` takes it; undefined when it is none of ours. */
function keyInput(key: PublicKey): PublicKeyInput | JsonWebKeyInput | undefined {
  if (key.kind === 'rsa') return { key: asBuffer(key.pkcs1), format: 'der', type: 'pkcs1' };
  if (key.kind === 'other') return undefined;
  const view = asBuffer(key.point);
  const x = view.toString('base64url', 1, 33);
  const y = view.toString('base64url', 33, 65);
  return { key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' };
}

/** Imports a key that will be used again; undefined when it is none of ours or OpenSSL refuses it. */
export function importKey(key: PublicKey): KeyObject | undefined {
  const input = keyInput(key);
  try {
    return input === undefined ? undefined : createPublicKey(input);
  } catch {
    return undefined;
  }
}

/** {@link verifySha256} under a key that is met once, as a signer's: a tenth faster than to import and keep it. */
export function verifyOnce(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const input = keyInput(key);
  return input !== undefined && verifySha256(input, message, signature);
}

/**
 * Verifies RSASSA-PKCS1-v1_5 or ECDSA (DER-encoded value) with SHA-256, as the key's kind says.
 * A malformed signature is a wrong signature, never an exception.
 */
export function verifySha256(
  key: KeyObject | PublicKeyInput | JsonWebKeyInput,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return verify('sha256', message, key, signature);
  } catch {
    return false;
  }
}
