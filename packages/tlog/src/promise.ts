import { fromBase64, toBase64 } from './encoding.ts';

/**
 * A promise to publish (trust.md §1): the operator received commitment L for this case in that minute and will
 * have it in the published log by `publishBy`. The times are ISO instants in UTC: a minute, and a second.
 */
export type PublicationPromise = Readonly<{
  origin: string;
  commitment: Uint8Array;
  caseNumber: string;
  received: string;
  publishBy: string;
}>;

/** The name in a promise's first line and of the key that signs it: never the log's own, so that no promise reads as a checkpoint. */
export const promiseKeyName = (origin: string): string => `${origin}${PROMISE_SUFFIX}`;

/** How the name of every promise key ends; no log's origin may end so. */
export const PROMISE_SUFFIX = '/promise';

/** Whether the digits name an instant that exists. */
function isInstant(text: string, pattern: RegExp): boolean {
  if (!pattern.test(text)) return false;
  const full = text.length === 17 ? `${text.slice(0, 16)}:00Z` : text;
  const epochMs = Date.parse(full);
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString() === full.replace('Z', '.000Z');
}

function isPromise({ caseNumber, commitment, received, publishBy }: PublicationPromise): boolean {
  return (
    /^[0-9A-Za-z][0-9A-Za-z-]{0,31}$/.test(caseNumber) &&
    commitment.length === 32 &&
    isInstant(received, /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/) &&
    isInstant(publishBy, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  );
}

/** The text of a promise, to be signed with `signNote` under the sealer's key. Throws for an impossible one. */
export function promiseText(promise: PublicationPromise): string {
  if (!isPromise(promise)) throw new RangeError('not a promise');
  const { origin, commitment, caseNumber, received, publishBy } = promise;
  return [
    promiseKeyName(origin),
    toBase64(commitment),
    `case ${caseNumber}`,
    `received ${received}`,
    `publish-by ${publishBy}`,
    '',
  ].join('\n');
}

/** Reads a promise's text in exactly the form of {@link promiseText}; anything else is undefined. */
export function parsePromiseText(text: string): PublicationPromise | undefined {
  const [name = '', encoded = '', caseLine = '', receivedLine = '', publishLine = ''] = text.split('\n');
  const commitment = fromBase64(encoded);
  if (!name.endsWith('/promise') || commitment === undefined) return undefined;
  const promise: PublicationPromise = {
    origin: name.slice(0, -'/promise'.length),
    commitment,
    caseNumber: caseLine.slice('case '.length),
    received: receivedLine.slice('received '.length),
    publishBy: publishLine.slice('publish-by '.length),
  };
  return promise.origin !== '' && isPromise(promise) && promiseText(promise) === text ? promise : undefined;
}
