import { parseCanonicalJson } from '@lianshu/statement';

/** A log that goes on under a new name: the entry says what it was called and how long it was (ADR 0026). */
export type CrossLink = Readonly<{ from: string; to: string; size: number }>;

/** Longer than every compact entry, shorter than any link: a whole log is passed over quickly. */
const SHORTEST = 180;

const latin = new TextDecoder('latin1');

/** The cross-link in an entry, or undefined for every other entry. Only shape is read: trust comes from the tree it lies in. */
function crossLinkIn(entry: Uint8Array): CrossLink | undefined {
  if (entry.length < SHORTEST) return undefined;
  const text = latin.decode(entry);
  if (!text.includes('"kind":"key-event"') || !text.includes('"former":{')) return undefined;
  const parsed = parseCanonicalJson(entry);
  return parsed.ok ? crossLinkOf(at(parsed.value, 'body')) : undefined;
}

/** The cross-link in the body of a `key-event`. */
function crossLinkOf(body: unknown): CrossLink | undefined {
  const [to, former] = [at(body, 'origin'), at(body, 'former')];
  const [from, size] = [at(former, 'origin'), at(former, 'size')];
  if (typeof from !== 'string' || typeof to !== 'string' || typeof size !== 'number') return undefined;
  return { from, to, size };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const name of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, name)) return undefined;
    inner = (inner as Readonly<Record<string, unknown>>)[name];
  }
  return inner;
}

/** Follows a name along the cross-links of a log, in the order of their entries. */
export class OriginChain {
  #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** What the log is called after the entries seen so far. */
  get origin(): string {
    return this.#origin;
  }

  /** Takes the entry at `index`: a link counts only where its predecessor ended. */
  take(index: number, entry: Uint8Array): void {
    this.follow(index, crossLinkIn(entry));
  }

  /** As {@link take}, of a link already read. */
  follow(index: number, link: CrossLink | undefined): void {
    if (link !== undefined && link.from === this.#origin && link.size === index) this.#origin = link.to;
  }
}

/** What a log called `origin` is called after these acts, given in order. */
export function originAfter(
  origin: string,
  acts: readonly Readonly<{ index: number; kind: string; body?: unknown }>[],
): string {
  const chain = new OriginChain(origin);
  for (const { index, kind, body } of acts) if (kind === 'key-event') chain.follow(index, crossLinkOf(body));
  return chain.origin;
}
