/** Values of the base64url characters, by code. */
const SIX_BITS = new Uint8Array(128);
for (const [value, char] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
].entries()) {
  SIX_BITS[char.charCodeAt(0)] = value;
}

/**
 * 32-bit words kept of each commitment: 120 bits. No two hashes meet here, but an operator may log any text: whoever
 * must be sure that a commitment stands in the log compares the whole of it (`WatchedLog.find`).
 */
const WORDS = 4;

/** The first 120 bits of a commitment in base64url, as four words. */
export function fingerprintOf(commitment: string): Uint32Array {
  const words = new Uint32Array(WORDS);
  for (let word = 0; word < WORDS; word++) {
    let bits = 0;
    for (let i = word * 5; i < word * 5 + 5; i++)
      bits = (bits << 6) | (SIX_BITS[commitment.charCodeAt(i)] ?? 0);
    words[word] = bits;
  }
  return words;
}

/**
 * Where each commitment stands in the log: a hash table in typed arrays, about 40 bytes an entry, because a map of
 * ten million strings would not fit. Commitments are uniform, so their own bits choose the slot.
 */
export class CommitmentTable {
  #used = 0;
  #words = new Uint32Array(1024 * WORDS);
  /** Index of the entry plus one; 0 is an empty slot. */
  #places = new Uint32Array(1024);

  /** Remembers the entry, unless the commitment is known: then the index of the entry that had it first. */
  add(fingerprint: Uint32Array, index: number): number | undefined {
    if (this.#used * 2 > this.#places.length) this.#grow();
    const slot = this.#slotOf(fingerprint);
    const place = this.#places[slot] ?? 0;
    if (place !== 0) return place - 1;
    this.#places[slot] = index + 1;
    this.#words.set(fingerprint, slot * WORDS);
    this.#used += 1;
    return undefined;
  }

  /** Index of the entry that has this commitment. */
  find(fingerprint: Uint32Array): number | undefined {
    const place = this.#places[this.#slotOf(fingerprint)] ?? 0;
    return place === 0 ? undefined : place - 1;
  }

  /** The slot that holds the fingerprint, or the empty one where it belongs. */
  #slotOf(fingerprint: Uint32Array): number {
    const mask = this.#places.length - 1;
    let slot = ((fingerprint[0] ?? 0) ^ ((fingerprint[1] ?? 0) << 15)) & mask;
    while ((this.#places[slot] ?? 0) !== 0 && !this.#holds(slot, fingerprint)) slot = (slot + 1) & mask;
    return slot;
  }

  #holds(slot: number, fingerprint: Uint32Array): boolean {
    for (let i = 0; i < WORDS; i++) if (this.#words[slot * WORDS + i] !== fingerprint[i]) return false;
    return true;
  }

  #grow(): void {
    const [words, places] = [this.#words, this.#places];
    this.#words = new Uint32Array(words.length * 2);
    this.#places = new Uint32Array(places.length * 2);
    for (const [slot, place] of places.entries()) {
      if (place === 0) continue;
      const fingerprint = words.subarray(slot * WORDS, slot * WORDS + WORDS);
      const target = this.#slotOf(fingerprint);
      this.#places[target] = place;
      this.#words.set(fingerprint, target * WORDS);
    }
  }
}
