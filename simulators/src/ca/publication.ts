import { type Der, hex } from '../asn1.ts';
import type { AuthorityState, CertificationAuthority } from './authority-state.ts';
import type { IssuerName } from './issuer-name.ts';
import { PARTITIONS, partitionOf, urls } from './profiles.ts';
import { type Revocation, revocationListNumber, signRevocationList } from './revocation-list.ts';

/** Choices for one publication; the defaults are those of an honest hour. */
export type RevocationListOptions = {
  /** thisUpdate, in place of now: three days ago gives a stale list. */
  readonly thisUpdateMs?: number;
  /** CRLNumber, in place of the next one: a smaller one is a step back. */
  readonly number?: number;
  /** Entries of never-issued certificates to add to the complete lists of both issuers. */
  readonly padding?: number;
  /** Flips a bit of every signature. */
  readonly brokenSignature?: boolean;
};

/** Period after which a list is to be fetched anew; that of the real lists is 未確認. */
const NEXT_UPDATE_MS = 24 * 3_600_000;

type Publication = {
  readonly options: RevocationListOptions;
  readonly thisUpdateMs: number;
  readonly numbers: ReadonlyMap<IssuerName, number>;
  readonly revocations: ReadonlyMap<IssuerName, readonly Revocation[]>;
  /** Signed lists of this publication, made when first asked for. */
  readonly signed: Map<string, Der>;
};

/**
 * Published revocation lists. A publication freezes what had been decided; later decisions wait for the next.
 * Numbers are `yyyymmddhh`, and one more than the last when an hour sees several.
 */
export class RevocationLists {
  readonly #state: AuthorityState;
  readonly #clock: () => number;
  #current: Publication | undefined;

  constructor(state: AuthorityState, clock: () => number) {
    this.#state = state;
    this.#clock = clock;
  }

  publish(options: RevocationListOptions): void {
    const thisUpdateMs = options.thisUpdateMs ?? this.#clock();
    const numbers = new Map<IssuerName, number>();
    for (const { name } of this.#authorities()) {
      const last = this.#state.listNumbers.get(name) ?? 0;
      const number = options.number ?? Math.max(revocationListNumber(thisUpdateMs), last + 1);
      numbers.set(name, number);
      this.#state.listNumbers.set(name, Math.max(last, number));
    }
    const revocations = new Map<IssuerName, Revocation[]>();
    for (const [key, decision] of this.#state.revocations) {
      const [issuer, serialHex] = key.split('/') as [IssuerName, string];
      const list = revocations.get(issuer) ?? [];
      list.push({ serialHex, ...decision });
      revocations.set(issuer, list);
    }
    this.#current = { options, thisUpdateMs, numbers, revocations, signed: new Map() };
  }

  /** A list of the current publication; an honest one that ran out is followed by the next, as in reality. */
  list(ca: CertificationAuthority, partition?: number): Der {
    const found = this.#publication();
    const key = `${ca.name}/${partition ?? 'complete'}`;
    const known = found.signed.get(key);
    if (known !== undefined) return known;
    const der = this.#sign(found, ca, partition);
    found.signed.set(key, der);
    return der;
  }

  #publication(): Publication {
    const scripted = this.#current?.options.thisUpdateMs !== undefined;
    const due =
      this.#current === undefined || this.#clock() - this.#current.thisUpdateMs > NEXT_UPDATE_MS / 2;
    if (due && !scripted) this.publish(this.#current?.options ?? {});
    if (this.#current === undefined) this.publish({});
    return this.#current as Publication;
  }

  #sign(found: Publication, ca: CertificationAuthority, partition: number | undefined): Der {
    const all = found.revocations.get(ca.name) ?? [];
    const url =
      partition === undefined ? undefined : urls.partition(this.#state.baseUrl, hex(ca.keys.ski), partition);
    const der = signRevocationList({
      issuer: ca.subject,
      signer: ca.keys,
      thisUpdateMs: found.thisUpdateMs,
      nextUpdateMs: found.thisUpdateMs + NEXT_UPDATE_MS,
      number: found.numbers.get(ca.name) ?? 0,
      revocations:
        partition === undefined ? all : all.filter((item) => partitionOf(item.serialHex) === partition),
      padding: partition === undefined && ca !== this.#state.root ? (found.options.padding ?? 0) : 0,
      ...(url === undefined ? {} : { partitionUrl: url }),
    });
    if (found.options.brokenSignature === true) {
      const last = der.length - 1;
      der[last] = (der[last] ?? 0) ^ 1;
    }
    return der;
  }

  #authorities(): readonly CertificationAuthority[] {
    return [this.#state.root, this.#state.g2, this.#state.g3];
  }
}

/** Partition numbers, for servers and tests. */
export const partitions: readonly number[] = Array.from({ length: PARTITIONS }, (_, n) => n);
