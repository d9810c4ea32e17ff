/** 亂數: the only place that draws randomness; everything else is given a {@link Random}. */
import { randomBytes } from 'node:crypto';

/** A source of unpredictable bytes. Tests pass a reproducible one. */
export type Random = Readonly<{
  /** Exactly `n` fresh bytes, cryptographically strong in production. */
  bytes(n: number): Uint8Array<ArrayBuffer>;
}>;

/** The operating system's generator. */
export const systemRandom: Random = {
  bytes: (n) => new Uint8Array(randomBytes(n)),
};
