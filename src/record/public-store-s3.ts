/** The published log in any S3-compatible store, through `s3mini` (ADR 0019): its only importer. */
import { S3mini } from 's3mini';
import { sameBytes } from './bytes.ts';
import { type PublicFileForm, type PublicStore, PublicStoreError } from './public-store.ts';

/** Where the bucket is and who we are there. */
export type S3StoreOptions = Readonly<{
  /** `https://host[:port]` of the store, without the bucket: requests are path-style. */
  endpoint: string;
  bucket: string;
  /** Below it lies what lies below `/log/` here; empty for the bucket itself. */
  prefix: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** How long one request may take; 10 s unless told. */
  timeoutMs?: number;
}>;

/** A full bundle of the longest entries is 16 MiB and a little. */
const MAX_OBJECT_BYTES = 17 * 1024 * 1024;
const TIMEOUT_MS = 10_000;

/**
 * A {@link PublicStore} in one bucket. An immutable object is looked for before it is written, and written with
 * `If-None-Match: *`: stores that do not know that header are safe too, since one sequencer alone publishes.
 */
export function s3Store(options: S3StoreOptions): PublicStore {
  const { endpoint, bucket, prefix, region } = options;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const client = new S3mini({
    accessKeyId: options.accessKeyId,
    secretAccessKey: options.secretAccessKey,
    endpoint: `${endpoint.replace(/\/+$/, '')}/${bucket}`,
    region,
    fetch: (input, init) => boundedFetch(input, init, timeoutMs),
  });
  const keyOf = (path: string): string => (prefix === '' ? path : `${prefix}/${path}`);
  const name = `s3://${bucket}${prefix === '' ? '' : `/${prefix}`} (${new URL(endpoint).host})`;

  const read = (path: string) =>
    told(`${name} ${path}`, async () => {
      const bytes = await client.getObjectArrayBuffer(keyOf(path));
      return bytes === null ? undefined : new Uint8Array(bytes);
    });
  const put = (path: string, bytes: Uint8Array, form: PublicFileForm, onlyNew: boolean) =>
    told(`${name} ${path}`, async () => {
      const headers = { 'cache-control': form.cacheControl, ...(onlyNew ? { 'if-none-match': '*' } : {}) };
      await client.putObject(keyOf(path), new Uint8Array(bytes), form.type, undefined, headers);
    });
  const isThere = async (path: string, bytes: Uint8Array): Promise<boolean> => {
    const there = await read(path);
    if (there === undefined) return false;
    if (sameBytes(there, bytes)) return true;
    throw new PublicStoreError('store-differs', `${name} holds ${path} with other bytes`);
  };
  return {
    name,
    read,
    async putImmutable(path, bytes, form) {
      if (await isThere(path, bytes)) return;
      try {
        await put(path, bytes, form, true);
      } catch (error) {
        if (!(error instanceof PublicStoreError && statusOf(error.cause) === 412)) throw error;
        if (!(await isThere(path, bytes))) throw error;
      }
    },
    putMutable: (path, bytes, form) => put(path, bytes, form, false),
  };
}

/** A fetch that ends in time, follows no redirect (the signature is for one host) and reads no more than an object can hold. */
async function boundedFetch(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  timeoutMs: number,
): Promise<Response> {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(input, { ...init, redirect: 'error', signal });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_OBJECT_BYTES) throw new RangeError('an answer of the store is too large');
    chunks.push(chunk);
  }
  const mayHaveBody = response.status !== 204 && response.status !== 304;
  return new Response(mayHaveBody ? Buffer.concat(chunks) : null, response);
}

const member = (error: unknown, key: string): unknown =>
  typeof error === 'object' && error !== null && key in error
    ? (error as Readonly<Record<string, unknown>>)[key]
    : undefined;

const statusOf = (error: unknown): unknown => member(error, 'status');

/** Turns what the client throws into a coded problem. What the store says beyond its own code is not repeated. */
async function told<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof PublicStoreError) throw cause;
    const [status, said] = [statusOf(cause), member(cause, 'serviceCode')];
    const word = typeof said === 'string' && /^[A-Za-z]{1,60}$/.test(said) ? ` ${said}` : '';
    if (status === 401 || status === 403)
      throw new PublicStoreError('store-refused', `${what}: HTTP ${status}${word}`, cause);
    if (status === 404) throw new PublicStoreError('store-no-bucket', `${what}: HTTP 404${word}`, cause);
    const why = typeof status === 'number' ? `HTTP ${status}${word}` : reasonOf(cause);
    throw new PublicStoreError('store-unreachable', `${what}: ${why}`, cause);
  }
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
  const code = member(inner, 'code');
  if (typeof code === 'string') return code;
  return inner instanceof Error ? inner.message || inner.name : 'no answer';
}
