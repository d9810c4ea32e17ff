import { createHash, randomInt } from 'node:crypto';
import { type Der, hex, SimulatorFault } from '../asn1.ts';
import type { CardCertificate, SimulatedCard } from '../cards/card.ts';
import type { Person } from '../people.ts';
import { hasSavedAuthority, readState, writeState } from './authority-file.ts';
import {
  type AuthorityState,
  type CertificationAuthority,
  type RegisterEntry,
  registerKey,
  type ServiceClient,
} from './authority-state.ts';
import { fingerprint } from './certificate.ts';
import { clientCertificate } from './client-certificate.ts';
import type { IssuerName } from './issuer-name.ts';
import { type KeyKind, type KeyPair, newKeyPair } from './key-pair.ts';
import type { CertificateStatus } from './ocsp.ts';
import {
  authorityCertificate,
  type CitizenProfile,
  citizenCertificate,
  MOICA_NAME,
  newSerial,
  ROOT_NAME,
  responderCertificate,
} from './profiles.ts';
import { type RevocationListOptions, RevocationLists } from './publication.ts';
import type { RevocationReason } from './revocation-list.ts';

/** A certificate to pin, in the form the verifier's configuration takes. */
export type PinnedAnchor = {
  readonly name: IssuerName;
  /** SHA-256 of the DER, lower-case hex. */
  readonly sha256: string;
  readonly ski: string;
  readonly role: 'root' | 'issuer';
  readonly simulated: true;
};

/** Choices for a new authority. */
export type AuthorityOptions = {
  readonly clock?: () => number;
  /** Where the authority's server will answer; written into every certificate. */
  readonly baseUrl?: string;
  /** RSA-2048 pairs to make ahead, so that cards issued later cost a signature only. */
  readonly spareKeys?: number;
};

/** Choices for a new card; the defaults give an ordinary valid one. */
export type CardOptions = {
  readonly label?: string;
  readonly issuer?: 'SIM-MOICA-G2' | 'SIM-MOICA-G3';
  readonly keyKind?: KeyKind;
  readonly validFromMs?: number;
  readonly validToMs?: number;
  /** False: the identity service answers 3 (not activated) until {@link SimulatedAuthority.activate}. */
  readonly activated?: boolean;
  readonly pin?: string;
  readonly subjectSerialNumber?: string;
  readonly profile?: CitizenProfile;
  /** Use the spare keys in turn, again and again, instead of new ones: for bent cards and populations. */
  readonly reuseKeys?: boolean;
};

/** Default address of the authority's server. */
export const AUTHORITY_BASE_URL = 'http://127.0.0.1:61171';

const DAY = 86_400_000;

/**
 * The simulated certification authority: SIM-GRCA-G3 → SIM-MOICA-G2 and SIM-MOICA-G3 with identical subject
 * names, citizen cards, complete and partitioned revocation lists, an OCSP responder, and the register the
 * identity service reads. Profiles: identity.md §4.
 *
 * A revocation is known to OCSP at once and to the lists only with {@link publishLists}, as in reality.
 */
export class SimulatedAuthority {
  readonly #state: AuthorityState;
  readonly #clock: () => number;
  readonly #lists: RevocationLists;
  /** Register keys of the signing certificates of each national ID. */
  readonly #byNationalId = new Map<string, string[]>();
  #reused = 0;

  private constructor(state: AuthorityState, clock: () => number) {
    this.#state = state;
    this.#clock = clock;
    this.#lists = new RevocationLists(state, clock);
    for (const entry of state.register.values()) this.#index(entry);
  }

  /** Makes new keys and certificates; seconds of work, for the two RSA-4096 keys. */
  static async create(options: AuthorityOptions = {}): Promise<SimulatedAuthority> {
    const baseUrl = options.baseUrl ?? AUTHORITY_BASE_URL;
    const [rootKeys, g3Keys, g2Keys, g2Responder, g3Responder, ...spareKeys] = await Promise.all([
      newKeyPair('rsa4096'),
      newKeyPair('rsa4096'),
      newKeyPair('rsa2048'),
      newKeyPair('rsa2048'),
      newKeyPair('rsa2048'),
      ...Array.from({ length: options.spareKeys ?? 0 }, () => newKeyPair('rsa2048')),
    ]);
    const root: CertificationAuthority = {
      name: 'SIM-GRCA-G3',
      keys: rootKeys,
      certificate: authorityCertificate('SIM-GRCA-G3', rootKeys, baseUrl, undefined),
      subject: ROOT_NAME,
    };
    const state: AuthorityState = {
      baseUrl,
      root,
      g2: issuer('SIM-MOICA-G2', g2Keys, g2Responder, baseUrl, root),
      g3: issuer('SIM-MOICA-G3', g3Keys, g3Responder, baseUrl, root),
      register: new Map(),
      revocations: new Map(),
      cards: [],
      clients: [],
      spareKeys,
      listNumbers: new Map(),
    };
    return new SimulatedAuthority(state, options.clock ?? Date.now);
  }

  /** Reads a saved authority; throws `SimulatorFault` if there is none of this version. */
  static async load(
    dir: string,
    options: { readonly clock?: () => number } = {},
  ): Promise<SimulatedAuthority> {
    return new SimulatedAuthority(await readState(dir), options.clock ?? Date.now);
  }

  /** Loads from `dir`, or creates, lets `prepare` issue what is wanted from the start, and saves there. */
  static async open(
    dir: string,
    options: AuthorityOptions = {},
    prepare: (authority: SimulatedAuthority) => Promise<void> = async () => {},
  ): Promise<SimulatedAuthority> {
    if (await hasSavedAuthority(dir)) return SimulatedAuthority.load(dir, options);
    const authority = await SimulatedAuthority.create(options);
    await prepare(authority);
    await authority.save(dir);
    return authority;
  }

  /** Writes keys, certificates, cards, register and revocations to `dir`, replacing what was there. */
  async save(dir: string): Promise<void> {
    await writeState(dir, this.#state);
  }

  /** The address written into this authority's certificates. */
  get baseUrl(): string {
    return this.#state.baseUrl;
  }

  /** The certificates a verifier pins: the root and both issuers. */
  anchors(): readonly PinnedAnchor[] {
    const { root, g2, g3 } = this.#state;
    return [root, g2, g3].map((ca) => ({
      name: ca.name,
      sha256: fingerprint(ca.certificate),
      ski: hex(ca.keys.ski),
      role: ca === root ? 'root' : 'issuer',
      simulated: true,
    }));
  }

  /** An authority's certificate, key identifier and name. */
  authority(name: IssuerName): CertificationAuthority {
    const { root, g2, g3 } = this.#state;
    return name === 'SIM-GRCA-G3' ? root : name === 'SIM-MOICA-G2' ? g2 : g3;
  }

  /** Issues a card with a signing and an encryption certificate and enters both in the register. */
  async issueCard(person: Person, options: CardOptions = {}): Promise<SimulatedCard> {
    const label = options.label ?? 'current';
    const issuerCa = this.authority(options.issuer ?? 'SIM-MOICA-G3');
    const nowMs = this.#clock();
    const validity = {
      notBeforeMs: options.validFromMs ?? nowMs - 365 * DAY,
      notAfterMs: options.validToMs ?? nowMs + 4 * 365 * DAY,
    };
    const subjectSerialNumber = options.subjectSerialNumber ?? `9999${digits(12)}`;
    const certify = async (use: 'signing' | 'encryption'): Promise<CardCertificate> => {
      const kind = use === 'signing' ? (options.keyKind ?? 'rsa2048') : 'rsa2048';
      const keys = await this.#keys(kind, options.reuseKeys ?? false);
      const serial = newSerial();
      const profile = options.profile ?? {};
      const plan = {
        issuer: issuerCa,
        base: this.baseUrl,
        person,
        subjectSerialNumber,
        use,
        keys,
        serial,
        profile,
      };
      let certificate: Der | undefined;
      this.#enter({
        serialHex: hex(serial),
        issuer: issuerCa.name,
        use,
        nationalId: person.nationalId,
        subjectSerialNumber,
        activated: options.activated ?? true,
        ...validity,
      });
      return {
        // Made when first looked at: the authority's 4096-bit key takes milliseconds, and a crowd only signs.
        get certificate() {
          certificate ??= citizenCertificate({ ...plan, ...validity });
          return certificate;
        },
        serialHex: hex(serial),
        keys,
        ...validity,
      };
    };
    const card: SimulatedCard = {
      label,
      person,
      issuer: issuerCa.name,
      subjectSerialNumber,
      cardNumber: `SM${digits(14)}`,
      pin: options.pin ?? pinOf(person, label),
      signing: await certify('signing'),
      encryption: await certify('encryption'),
    };
    this.#state.cards.push(card);
    return card;
  }

  /** All cards issued, oldest first. */
  cards(): readonly SimulatedCard[] {
    return this.#state.cards;
  }

  /** The newest card of a person with that label. */
  cardOf(person: Person, label = 'current'): SimulatedCard | undefined {
    return this.#state.cards.findLast((card) => card.person.key === person.key && card.label === label);
  }

  /** Certificate and key with which a service signs its identity requests; the same one for the same label. */
  async serviceClient(label: string): Promise<ServiceClient> {
    const known = this.#state.clients.find((client) => client.label === label);
    if (known !== undefined) return known;
    const keys = await this.#keys('rsa2048', false);
    const client = {
      label,
      keys,
      certificate: clientCertificate(this.#state.g3, keys, label, this.#clock()),
    };
    this.#state.clients.push(client);
    return client;
  }

  /** Clients whose requests the identity service accepts. */
  serviceClients(): readonly ServiceClient[] {
    return this.#state.clients;
  }

  /** Revokes both certificates of a card. */
  revoke(card: SimulatedCard, reason: RevocationReason = 'keyCompromise'): void {
    for (const item of [card.signing, card.encryption]) {
      this.#state.revocations.set(registerKey(card.issuer, item.serialHex), { atMs: this.#clock(), reason });
    }
  }

  /** Suspends a card (停用): it stands on the lists as certificateHold and may return. */
  suspend(card: SimulatedCard): void {
    this.revoke(card, 'certificateHold');
  }

  /** Takes a suspension back (復用); a revocation cannot be taken back. */
  reinstate(card: SimulatedCard): void {
    for (const item of [card.signing, card.encryption]) {
      const key = registerKey(card.issuer, item.serialHex);
      if (this.#state.revocations.get(key)?.reason !== 'certificateHold') {
        throw new SimulatorFault('only a suspended card can be reinstated');
      }
      this.#state.revocations.delete(key);
    }
  }

  /** Marks a card activated (開卡) in the register. */
  activate(card: SimulatedCard): void {
    for (const item of [card.signing, card.encryption]) {
      const key = registerKey(card.issuer, item.serialHex);
      const entry = this.#state.register.get(key);
      if (entry !== undefined) this.#state.register.set(key, { ...entry, activated: true });
    }
  }

  /** Present status, as OCSP tells it. */
  status(issuerName: IssuerName, serialHex: string): CertificateStatus {
    const key = registerKey(issuerName, serialHex);
    const revoked = this.#state.revocations.get(key);
    if (revoked !== undefined) return { status: 'revoked', ...revoked };
    return { status: this.#state.register.has(key) ? 'good' : 'unknown' };
  }

  /** Signing certificates registered for a national ID, with their status; what the identity service reads. */
  registered(nationalId: string): readonly (RegisterEntry & { readonly status: CertificateStatus })[] {
    const keys = this.#byNationalId.get(nationalId) ?? [];
    return keys.flatMap((key) => {
      const entry = this.#state.register.get(key);
      return entry === undefined ? [] : [{ ...entry, status: this.status(entry.issuer, entry.serialHex) }];
    });
  }

  /** Publishes all lists anew with what was decided until now. */
  publishLists(options: RevocationListOptions = {}): void {
    this.#lists.publish(options);
  }

  /** DER of a published list: complete, or one partition. The first call publishes. */
  revocationList(issuerName: IssuerName, partition?: number): Uint8Array {
    return this.#lists.list(this.authority(issuerName), partition);
  }

  #enter(entry: RegisterEntry): void {
    this.#state.register.set(registerKey(entry.issuer, entry.serialHex), entry);
    this.#index(entry);
  }

  #index(entry: RegisterEntry): void {
    if (entry.use !== 'signing' || entry.nationalId === undefined) return;
    const keys = this.#byNationalId.get(entry.nationalId) ?? [];
    keys.push(registerKey(entry.issuer, entry.serialHex));
    this.#byNationalId.set(entry.nationalId, keys);
  }

  async #keys(kind: KeyKind, reuse: boolean): Promise<KeyPair> {
    const spare = this.#state.spareKeys;
    if (kind !== 'rsa2048') return newKeyPair(kind);
    if (reuse) {
      if (spare.length === 0) spare.push(await newKeyPair(kind));
      const keys = spare[this.#reused++ % spare.length];
      if (keys !== undefined) return keys;
    }
    return spare.shift() ?? newKeyPair(kind);
  }
}

function issuer(
  name: 'SIM-MOICA-G2' | 'SIM-MOICA-G3',
  keys: KeyPair,
  responder: KeyPair,
  baseUrl: string,
  root: CertificationAuthority,
): CertificationAuthority {
  const certificate = authorityCertificate(name, keys, baseUrl, root);
  const bare = { name, keys, certificate, subject: MOICA_NAME };
  return {
    ...bare,
    responder: {
      keys: responder,
      certificate: responderCertificate(bare, responder, true),
      withoutPurpose: responderCertificate(bare, responder, false),
    },
  };
}

function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}

function pinOf(person: Person, label: string): string {
  const bytes = createHash('sha256').update(`${person.key}/${label}`).digest();
  return String(bytes.readUInt32BE(0) % 1_000_000).padStart(6, '0');
}
