import { randomBytes } from 'node:crypto';
import {
  type EnvelopeInput,
  type PinnedAnchor,
  type RevocationList,
  readRevocationList,
  TrustStore,
} from '@lianshu/pki';
import {
  barePkcs1,
  buildCms,
  buildRevocationList,
  createAuthority,
  envelopeInput,
  issueCard,
  p256Key,
  rsaKey,
  TEST_NOW_MS,
  type TestCard,
} from '@lianshu/pki/testing';

/** Everything a worker needs to judge envelopes; all of it crosses `postMessage`. */
export interface PkiWorld {
  readonly pins: readonly PinnedAnchor[];
  readonly certificates: readonly Uint8Array[];
  readonly list: RevocationList;
  readonly attached: readonly EnvelopeInput[];
}

/** The same with the other forms, and the CPU time it took to read and verify the list. */
export interface BuiltWorld extends PkiWorld {
  readonly listBytes: number;
  readonly listMs: number;
  readonly detached: readonly EnvelopeInput[];
  readonly bare: readonly EnvelopeInput[];
  readonly p256: readonly EnvelopeInput[];
}

/** Entries of MOICA G2's complete list on 2026-03-16. */
const REVOKED = 412_000;
/** Distinct certificates; issuing one costs 5 ms of RSA-4096. */
const CARDS = 400;

/** RSA-4096 issuer and root, RSA-2048 cards with keys of their own for every eighth card, 412,000 revoked serial numbers of 16 octets. */
export function buildWorld(): BuiltWorld {
  const authority = createAuthority({ rsaBits: 4096, simulated: true });
  const { g3 } = authority;
  const keys = Array.from({ length: 8 }, () => rsaKey(2048));
  const ecKeys = Array.from({ length: 8 }, () => p256Key());
  const cardsOf = (pool: typeof keys, from: number): TestCard[] =>
    Array.from({ length: from === 0 ? CARDS : CARDS / 4 }, (_, i) =>
      issueCard(g3, pool[i % pool.length] ?? rsaKey(2048), BigInt(from + i + 1)),
    );
  const cards = cardsOf(keys, 0);
  const ecCards = cardsOf(ecKeys, 10_000);
  const trust = TrustStore.load(authority.pins, authority.certificates, {
    production: false,
    nowMs: TEST_NOW_MS,
  });
  const serials = randomBytes(REVOKED * 16);
  const revoked = Array.from({ length: REVOKED }, (_, i) => {
    const serial = serials.subarray(i * 16, i * 16 + 16);
    serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
    return { serial, reason: 4 };
  });
  const listDer = buildRevocationList(g3, revoked);
  const started = process.cpuUsage();
  const list = readRevocationList(listDer, trust);
  const used = process.cpuUsage(started);
  const listMs = (used.user + used.system) / 1000;
  return {
    pins: authority.pins,
    certificates: authority.certificates,
    list,
    listBytes: listDer.length,
    listMs,
    attached: cards.map((card) => envelopeInput(buildCms(card))),
    detached: cards.map((card) =>
      envelopeInput(buildCms(card, { detached: true }), { form: 'cms-detached' }),
    ),
    bare: cards.map((card) => barePkcs1(card)),
    p256: ecCards.map((card) => envelopeInput(buildCms(card))),
  };
}
