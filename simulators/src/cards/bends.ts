import type { CardOptions, SimulatedAuthority } from '../ca/authority.ts';
import { newKeyPair } from '../ca/key-pair.ts';
import { OID } from '../oids.ts';
import type { Person } from '../people.ts';
import type { SimulatedCard } from './card.ts';
import type { SignedDataBend } from './cms.ts';
import { type SignedStatement, type SignOptions, signStatement } from './sign-statement.ts';

/** What a bent envelope is to be made for: everything a valid one would need. */
export type BendRequest = {
  readonly authority: SimulatedAuthority;
  /** The person whose number was typed. */
  readonly person: Person;
  readonly statement: Uint8Array;
  readonly nonce: string;
  readonly nowMs: number;
};

/** One way to be wrong, and in nothing else. */
export type Bend = {
  /** Number of the check of LIANSHU-VP/1 (identity.md §10) that must decide. */
  readonly check: number;
  readonly about: string;
  /** The code of this bend warns only: the envelope must be accepted. */
  readonly warning?: true;
  /** The verifier must read the revocation lists anew before it can know. */
  readonly needsNewLists?: true;
  make(request: BendRequest): Promise<SignedStatement>;
};

/** Codes that an envelope can provoke by itself: checks 7 to 18, and 20. Check 19 needs bent anchors. */
export type BendCode =
  | 'E_CMS_SHAPE'
  | 'E_CMS_TRAILING'
  | 'E_CMS_DIGEST_ALG'
  | 'E_CMS_SIG_ALG'
  | 'E_CMS_SIGNERS'
  | 'E_CONTENT_MISMATCH'
  | 'E_DIGEST_MISMATCH'
  | 'E_CTYPE'
  | 'E_ATTR_NONCE'
  | 'W_CLOCK'
  | 'E_SIGNING_TIME'
  | 'E_SIGNER_CERT'
  | 'E_CERT_FORMAT'
  | 'E_CERT_CRIT_EXT'
  | 'E_CERT_KEY_WEAK'
  | 'E_CERT_KEYUSAGE'
  | 'E_ISSUER_UNKNOWN'
  | 'E_CERT_POLICY'
  | 'E_SUBJECT_TYPE'
  | 'E_ID_TAIL'
  | 'E_CERT_NOT_YET'
  | 'E_CERT_EXPIRED'
  | 'E_SIG_INVALID'
  | 'E_CERT_SIG'
  | 'E_REVOKED'
  | 'E_SUSPENDED';

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * One bend per code, so that a test can iterate over the table and meet each refusal exactly once.
 *
 * @example
 * for (const [code, bend] of Object.entries(bends)) {
 *   const envelope = await bend.make({ authority, person, statement, nonce, nowMs });
 *   expect(await post(envelope)).toMatchObject({ check: code });
 * }
 */
export const bends: Readonly<Record<BendCode, Bend>> = {
  E_CMS_SHAPE: inEnvelope(7, 'BER with an indefinite length', 'indefinite-length'),
  E_CMS_TRAILING: inEnvelope(7, 'one zero octet after the envelope', 'trailing-byte'),
  E_CMS_DIGEST_ALG: inSigning(7, 'SHA-1 throughout, as an old component', () => ({ digest: 'sha1' })),
  E_CMS_SIG_ALG: inEnvelope(7, 'signatureAlgorithm says sha1WithRSAEncryption', 'signature-algorithm'),
  E_CMS_SIGNERS: inEnvelope(7, 'the same SignerInfo twice', 'two-signers'),
  E_CONTENT_MISMATCH: {
    check: 8,
    about: 'another text was signed, as when a "+" was not escaped',
    make: async (request) => {
      const other = Uint8Array.from(request.statement);
      other[other.length - 2] = (other.at(-2) ?? 0) ^ 1;
      return signStatement(await goodCard(request), other, honest(request));
    },
  },
  E_DIGEST_MISMATCH: inEnvelope(8, 'messageDigest of other bytes, correctly signed', 'wrong-digest'),
  E_CTYPE: inEnvelope(8, 'contentType attribute says envelopedData', 'wrong-content-type'),
  E_ATTR_NONCE: inSigning(9, 'nonce attribute of another transaction', () => ({
    nonce: 'BBBBBBBBBBBBBBBBBBBBBB',
  })),
  W_CLOCK: {
    ...inSigning(9, 'PC clock eleven minutes slow: a warning', ({ nowMs }) => ({
      nowMs: nowMs - 11 * MINUTE,
    })),
    warning: true,
  },
  E_SIGNING_TIME: inSigning(9, 'PC clock twenty-five hours slow', ({ nowMs }) => ({
    nowMs: nowMs - DAY - 60 * MINUTE,
  })),
  E_SIGNER_CERT: inEnvelope(10, 'SignerInfo names another serial number', 'other-sid'),
  E_CERT_FORMAT: inCard(11, 'inner and outer signature algorithm differ', () => ({
    profile: { innerAlgorithm: 'sha384' },
  })),
  E_CERT_CRIT_EXT: inCard(11, 'an unknown critical extension', () => ({
    profile: { unknownCritical: true },
  })),
  E_CERT_KEY_WEAK: inCard(11, 'RSA-1024 key', () => ({ keyKind: 'rsa1024' })),
  E_CERT_KEYUSAGE: inSigning(12, 'signed with the encryption pair', () => ({ withEncryptionKey: true })),
  E_ISSUER_UNKNOWN: {
    check: 13,
    about: 'issued under the right name by a key nobody pinned',
    make: async (request) => {
      const strayIssuer = await newKeyPair('rsa2048');
      return sign(request, await bentCard(request, { profile: { strayIssuer } }));
    },
  },
  E_CERT_POLICY: inCard(14, 'assurance level 1', () => ({ profile: { policy: OID.assuranceLevel1 } })),
  E_SUBJECT_TYPE: inCard(14, 'subject type is an organisation', () => ({
    profile: { subjectType: OID.organizationSubject },
  })),
  E_ID_TAIL: inCard(15, 'last four characters of another number', ({ person }) => ({
    profile: { idTail: otherTail(person.nationalId.slice(-4)) },
  })),
  E_CERT_NOT_YET: inCard(16, 'valid from tomorrow', ({ nowMs }) => ({
    validFromMs: nowMs + DAY,
    validToMs: nowMs + 365 * DAY,
  })),
  E_CERT_EXPIRED: inCard(16, 'expired yesterday', ({ nowMs }) => ({
    issuer: 'SIM-MOICA-G2',
    validFromMs: nowMs - 5 * 365 * DAY,
    validToMs: nowMs - DAY,
  })),
  E_SIG_INVALID: inEnvelope(17, 'one bit of the signature flipped', 'bad-signature'),
  E_CERT_SIG: inCard(18, "one bit of the issuer's signature flipped", () => ({
    profile: { brokenSignature: true },
  })),
  E_REVOKED: withStatus('key compromise, on the list', (authority, card) => authority.revoke(card)),
  E_SUSPENDED: withStatus('suspended 停用: certificateHold', (authority, card) => authority.suspend(card)),
};

function inEnvelope(check: number, about: string, bend: SignedDataBend): Bend {
  return inSigning(check, about, () => ({ bend }));
}

function inSigning(
  check: number,
  about: string,
  change: (request: BendRequest) => Partial<SignOptions>,
): Bend {
  return {
    check,
    about,
    make: async (request) =>
      signStatement(await goodCard(request), request.statement, { ...honest(request), ...change(request) }),
  };
}

function inCard(check: number, about: string, change: (request: BendRequest) => CardOptions): Bend {
  return { check, about, make: async (request) => sign(request, await bentCard(request, change(request))) };
}

function withStatus(
  about: string,
  change: (authority: SimulatedAuthority, card: SimulatedCard) => void,
): Bend {
  return {
    check: 20,
    about,
    needsNewLists: true,
    make: async (request) => {
      const card = await bentCard(request, {});
      change(request.authority, card);
      request.authority.publishLists();
      return sign(request, card);
    },
  };
}

async function goodCard({ authority, person }: BendRequest): Promise<SimulatedCard> {
  return authority.cardOf(person) ?? (await authority.issueCard(person, { reuseKeys: true }));
}

function bentCard({ authority, person }: BendRequest, options: CardOptions): Promise<SimulatedCard> {
  return authority.issueCard(person, { label: 'bent', reuseKeys: true, ...options });
}

function honest({ nonce, nowMs }: BendRequest): SignOptions {
  return { form: 'cms-attached', nonce, nowMs };
}

function sign(request: BendRequest, card: SimulatedCard): SignedStatement {
  return signStatement(card, request.statement, honest(request));
}

function otherTail(tail: string): string {
  return tail === '0000' ? '1111' : '0000';
}
