/**
 * Remembers which certificates carry a good signature of their issuer: fingerprint → key identifier of that issuer.
 * Least recently used goes first. Only positive findings on whole certificates enter, so a hit saves time and cannot change a verdict;
 * dates and revocation are judged each time.
 */
export class CertificateCache {
  readonly #limit: number;
  readonly #entries = new Map<string, string>();

  /** `limit` 0 turns it off. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** True when the certificate of this fingerprint was found signed by this issuer. */
  has(fingerprint: string, issuerSki: string): boolean {
    if (this.#entries.get(fingerprint) !== issuerSki) return false;
    this.#entries.delete(fingerprint);
    this.#entries.set(fingerprint, issuerSki);
    return true;
  }

  /** Records a signature found good. */
  add(fingerprint: string, issuerSki: string): void {
    if (this.#limit === 0) return;
    this.#entries.set(fingerprint, issuerSki);
    if (this.#entries.size <= this.#limit) return;
    const oldest = this.#entries.keys().next();
    if (!oldest.done) this.#entries.delete(oldest.value);
  }

  /** Number of certificates remembered. */
  get size(): number {
    return this.#entries.size;
  }
}
