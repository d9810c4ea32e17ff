import { hash, type KeyObject } from 'node:crypto';
import { sameBytes } from './bytes.ts';
import { type Certificate, parseCertificate } from './certificate.ts';
import { CertificateCache } from './certificate-cache.ts';
import { PkiError } from './error.ts';
import { KEY_USAGE } from './extensions.ts';
import { isSimulatorName } from './name.ts';
import { importKey, isStrong, verifySha256 } from './public-key.ts';
import type { RevocationIndex } from './revocation-index.ts';

/** One authority that an operator decided to trust, after comparing its fingerprint with a second person. */
export interface PinnedAnchor {
  /** For people: `MOICA G3`. */
  readonly name: string;
  /** SHA-256 of the certificate's DER, hexadecimal. */
  readonly sha256: string;
  /** Subject key identifier, lower-case hexadecimal without colons. */
  readonly ski: string;
  readonly role: 'root' | 'issuer';
  /** True for the authorities of `simulators/`. A name with "SIM" counts as simulated whatever stands here. */
  readonly simulated: boolean;
  /**
   * Accept this issuer although its root is not among the certificates. Then the pin alone carries the trust and
   * nothing is chained. For a deployment that could not yet confirm the root's fingerprint; leave it out otherwise.
   */
  readonly trustedWithoutRoot?: boolean;
}

/** How a store is loaded. */
export interface TrustOptions {
  /** In production no simulated authority is accepted. */
  readonly production: boolean;
  readonly nowMs: number;
  /** Certificates remembered as rightly signed (see {@link CertificateCache}); 4,096 unless given, 0 for none. */
  readonly rememberedCertificates?: number;
}

/** A loaded authority. */
export interface Anchor {
  readonly pin: PinnedAnchor;
  readonly certificate: Certificate;
  readonly key: KeyObject;
  readonly simulated: boolean;
  /** The root it chains to; undefined for roots and for issuers trusted without one. */
  readonly root: Anchor | undefined;
}

/** Why an issuer may not be relied on today; found by {@link TrustStore.recheckChain}. */
export interface ChainProblem {
  readonly ski: string;
  readonly name: string;
  readonly problem: 'validity' | 'signature' | 'revoked' | 'authority-list-stale';
}

/**
 * The authorities of this deployment. Chosen by key identifier only: all MOICA generations share one name.
 * Immutable but for the state of each chain, which {@link TrustStore.recheckChain} renews; one per worker thread.
 */
export class TrustStore {
  readonly production: boolean;
  readonly anchors: readonly Anchor[];
  readonly cache: CertificateCache;
  readonly #bySki: ReadonlyMap<string, Anchor>;
  #broken: ReadonlySet<string> = new Set();

  private constructor(anchors: readonly Anchor[], options: TrustOptions) {
    this.production = options.production;
    this.anchors = anchors;
    this.#bySki = new Map(anchors.map((anchor) => [anchor.pin.ski, anchor]));
    this.cache = new CertificateCache(options.rememberedCertificates ?? 4096);
  }

  /**
   * Loads the certificates that are pinned, in any order. A pin without its certificate is simply not available.
   * A root's signature over itself is not tried: the pin says more than it could.
   *
   * Throws {@link PkiError}: `E_CERT_FORMAT` (unreadable), `E_ISSUER_UNKNOWN` (not pinned, or the pin names another
   * key), `E_SIM_IN_PROD`, `E_CERT_KEY_WEAK`, `E_CHAIN` (not a CA, outside its validity, no or wrong root).
   */
  static load(
    pins: readonly PinnedAnchor[],
    certificates: readonly Uint8Array[],
    options: TrustOptions,
  ): TrustStore {
    const anchors = certificates.map((der) => readAnchor(pins, new Uint8Array(der), options));
    const skis = new Set(anchors.map((anchor) => anchor.pin.ski));
    if (skis.size !== anchors.length)
      throw new PkiError('E_ISSUER_UNKNOWN', 'two anchors with one key identifier');
    const roots = anchors.filter((anchor) => anchor.pin.role === 'root');
    const chained = anchors.map((anchor) =>
      anchor.pin.role === 'root' ? anchor : { ...anchor, root: findRoot(anchor, roots) },
    );
    return new TrustStore(chained, options);
  }

  /** The authority that owns a key identifier, root or issuer. */
  anchor(ski: string): Anchor | undefined {
    return this.#bySki.get(ski);
  }

  /** An authority that may issue end-entity certificates (check 13). */
  issuer(ski: string): Anchor | undefined {
    const anchor = this.#bySki.get(ski);
    return anchor?.pin.role === 'issuer' ? anchor : undefined;
  }

  /** Check 19 for one instant: the chain's state as found last, and the validity of both certificates. */
  chainHolds(issuer: Anchor, atMs: number): boolean {
    if (this.#broken.has(issuer.pin.ski) || !isValidAt(issuer.certificate, atMs)) return false;
    return issuer.root === undefined || isValidAt(issuer.root.certificate, atMs);
  }

  /**
   * The daily run of check 19: signature and validity of every issuer, and the revocation list of its root where one is given.
   * A list that is missing or stale is reported but breaks no chain; everything else makes the issuer's certificates `E_CHAIN` until a later run finds it whole.
   */
  recheckChain(nowMs: number, authorityLists?: RevocationIndex): readonly ChainProblem[] {
    const problems = this.anchors.flatMap((anchor) =>
      anchor.pin.role === 'issuer' ? recheck(anchor, nowMs, authorityLists) : [],
    );
    this.#broken = new Set(
      problems.filter(({ problem }) => problem !== 'authority-list-stale').map(({ ski }) => ski),
    );
    return problems;
  }
}

/** Whether an instant lies in a certificate's validity, both ends included. */
export function isValidAt(certificate: Certificate, atMs: number): boolean {
  // The end is a whole second that belongs to the validity (RFC 5280 §4.1.2.5).
  return atMs >= certificate.notBeforeMs && atMs < certificate.notAfterMs + 1000;
}

function readAnchor(pins: readonly PinnedAnchor[], der: Uint8Array, options: TrustOptions): Anchor {
  const sha256 = hash('sha256', der, 'hex');
  const pin = pins.find((candidate) => candidate.sha256.toLowerCase() === sha256);
  if (pin === undefined)
    throw new PkiError('E_ISSUER_UNKNOWN', `no pin for a certificate of SHA-256 ${sha256}`);
  const certificate = parseCertificate(der);
  const simulated =
    pin.simulated || isSimulatorName(certificate.subject) || isSimulatorName(certificate.issuer);
  if (simulated && options.production) throw new PkiError('E_SIM_IN_PROD', pin.name);
  if (certificate.ski === undefined || certificate.ski !== pin.ski) {
    throw new PkiError('E_ISSUER_UNKNOWN', `${pin.name}: the pin names another key identifier`);
  }
  const key = isStrong(certificate.key) ? importKey(certificate.key) : undefined;
  if (key === undefined) throw new PkiError('E_CERT_KEY_WEAK', pin.name);
  const usage = certificate.keyUsage ?? 0;
  if (!certificate.isCa || (usage & KEY_USAGE.keyCertSign) === 0) {
    throw new PkiError('E_CHAIN', `${pin.name} may not sign certificates`);
  }
  if (certificate.unknownCritical.length > 0) throw new PkiError('E_CERT_CRIT_EXT', pin.name);
  if (!isValidAt(certificate, options.nowMs))
    throw new PkiError('E_CHAIN', `${pin.name} is outside its validity`);
  return { pin, certificate, key, simulated, root: undefined };
}

function findRoot(issuer: Anchor, roots: readonly Anchor[]): Anchor | undefined {
  const { aki } = issuer.certificate;
  const root = roots.find((candidate) => candidate.pin.ski === aki);
  if (root === undefined) {
    if (issuer.pin.trustedWithoutRoot === true) return undefined;
    throw new PkiError('E_CHAIN', `${issuer.pin.name}: its root is not loaded`);
  }
  if (!sameBytes(root.certificate.subject, issuer.certificate.issuer)) {
    throw new PkiError('E_CHAIN', `${issuer.pin.name}: its root has another name`);
  }
  // pathLen counts the authorities between a root and the end entity: here exactly one (RFC 5280 §4.2.1.9).
  if (root.certificate.pathLength === 0)
    throw new PkiError('E_CHAIN', `${root.pin.name} allows no issuer below it`);
  if (!isSignedBy(issuer.certificate, root))
    throw new PkiError('E_CHAIN', `${issuer.pin.name}: wrong signature`);
  return root;
}

/**
 * Whether an authority signed a certificate, with SHA-256 and the algorithm of its key. SHA-1 is refused.
 * Says nothing about names, dates or usages.
 */
export function isSignedBy(certificate: Certificate, authority: Anchor): boolean {
  const wanted = authority.certificate.key.kind === 'rsa' ? 'rsa-sha256' : 'ecdsa-sha256';
  return (
    certificate.algorithm === wanted && verifySha256(authority.key, certificate.tbs, certificate.signature)
  );
}

function recheck(issuer: Anchor, nowMs: number, lists: RevocationIndex | undefined): ChainProblem[] {
  const { root, certificate, pin } = issuer;
  const found = (problem: ChainProblem['problem']): ChainProblem[] => [
    { ski: pin.ski, name: pin.name, problem },
  ];
  if (!isValidAt(certificate, nowMs)) return found('validity');
  if (root === undefined) return [];
  if (!isValidAt(root.certificate, nowMs)) return found('validity');
  if (!isSignedBy(certificate, root)) return found('signature');
  if (lists === undefined) return [];
  const { status } = lists.judge(root.pin.ski, certificate.serial, nowMs);
  if (status === 'stale') return found('authority-list-stale');
  return status === 'good' ? [] : found('revoked');
}
