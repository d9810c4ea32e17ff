/**
 * The last guard before an entry becomes public for ever: nothing in it may look like a national ID. It looks
 * only at shape, not at the check digit: a mistyped number of a real person is personal data too.
 */
const LOOKS_LIKE_ID = /(?<![A-Za-z0-9])[A-Za-z](?:[1289]|[A-Da-d])\d{8}(?![A-Za-z0-9])/;

/** Digests and tags: 43 characters of base64url are 32 random bytes, in which anything may turn up by chance. */
const DIGEST = /^[A-Za-z0-9_-]{43}$/;

/** Whether any text in the value, member names included, contains something of the form of a national ID 身分證號 or resident number. */
export function seemsToNameAPerson(value: unknown): boolean {
  if (typeof value === 'string') return !DIGEST.test(value) && LOOKS_LIKE_ID.test(value.normalize('NFKC'));
  if (Array.isArray(value)) return value.some(seemsToNameAPerson);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) => seemsToNameAPerson(key) || seemsToNameAPerson(item));
}
