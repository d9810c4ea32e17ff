/** Comparing byte strings of public values. */

/** Lexicographic order of unsigned bytes. */
export const compareBytes = (a: Uint8Array, b: Uint8Array): number => Buffer.compare(a, b);

/** Same length and bytes. Not in constant time. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Standard base64, as C2SP texts write hashes. */
export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Base64url without padding, as entries write digests. */
export const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
