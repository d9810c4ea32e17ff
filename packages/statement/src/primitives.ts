/** A value, or a promise of it: Web Crypto answers later, `node:crypto` at once. */
export type Awaitable<T> = T | Promise<T>;

/**
 * The only cryptography this package needs, passed in so that browser and server run the same code.
 * `hkdfSha256` is RFC 5869 with an empty salt. Bindings: `@lianshu/statement/web` and `…/node`.
 */
export interface Primitives {
  sha256(data: Uint8Array): Awaitable<Uint8Array>;
  hmacSha256(key: Uint8Array, data: Uint8Array): Awaitable<Uint8Array>;
  hkdfSha256(secret: Uint8Array, info: Uint8Array, length: number): Awaitable<Uint8Array>;
}

/** Primitives that answer at once; what is computed with them is returned at once too. */
export interface SyncPrimitives extends Primitives {
  sha256(data: Uint8Array): Uint8Array;
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
  hkdfSha256(secret: Uint8Array, info: Uint8Array, length: number): Uint8Array;
}

/** Bytes at once from synchronous primitives, else bytes to be awaited. */
export type Bytes<P extends Primitives> = P extends SyncPrimitives ? Uint8Array : Awaitable<Uint8Array>;

/** Continues with all values once they are there; without a promise among them, at once. */
export function afterAll<U>(
  values: readonly Awaitable<Uint8Array>[],
  next: (values: readonly Uint8Array[]) => Awaitable<U>,
): Awaitable<U> {
  return values.some((value) => value instanceof Promise)
    ? Promise.all(values).then(next)
    : next(values as readonly Uint8Array[]);
}
