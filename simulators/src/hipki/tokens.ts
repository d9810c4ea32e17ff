import type { SimulatedCard } from '../cards/card.ts';

/** What sits in a reader besides a citizen card. */
export type ForeignToken =
  /** A chip the library does not know, e.g. a health-insurance card: `unknown token`. */
  | { readonly kind: 'unknown' }
  /** A card of another government authority, answered with its GPKI code `0x83000101`–`104`. */
  | { readonly kind: 'wrong-type'; readonly card: SimulatedCard; readonly code: number };

/** What sits in a reader. */
export type Token = { readonly kind: 'citizen'; readonly card: SimulatedCard } | ForeignToken;

/** A reader and what sits in it. */
export type Reader = { readonly name: string; readonly token: Token | undefined };
