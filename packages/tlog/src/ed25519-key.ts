/** y of the eight points of small order, little-endian without the sign bit: 0, 1, −1, and two of order eight. */
const SMALL_ORDER_Y: ReadonlySet<string> = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
]);

/** 2^255 − 19, little-endian: `ed ff … ff 7f`. A y from here on has a second, smaller spelling. */
const isBelowPrime = (y: Uint8Array): boolean =>
  (y[0] ?? 0) < 0xed || (y[31] ?? 0) < 0x7f || y.subarray(1, 31).some((byte) => byte !== 0xff);

/**
 * Whether signatures under an Ed25519 public key can mean anything: its y is below the prime (RFC 8032 §5.1.3) and
 * it is no point of small order, under which anybody can sign anything. Libraries differ in what they do with such
 * keys, so a key list that holds one is refused before any of them is asked. A key that is no point at all passes:
 * nothing verifies under it anywhere.
 */
export function isAcceptableEd25519Key(publicKey: Uint8Array): boolean {
  const y = publicKey.slice();
  y[31] = (y[31] ?? 0) & 0x7f;
  const hex = Array.from(y, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return publicKey.length === 32 && isBelowPrime(y) && !SMALL_ORDER_Y.has(hex);
}
