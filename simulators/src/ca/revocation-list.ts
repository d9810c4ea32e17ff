import { createHash } from 'node:crypto';
import {
  bitString,
  concat,
  type Der,
  enumerated,
  explicit,
  hexBytes,
  integer,
  lengthOctets,
  sequence,
  time,
} from '../asn1.ts';
import { OID } from '../oids.ts';
import { authorityKeyIdentifier, distributionPointName, extension } from './certificate.ts';
import { algorithmIdentifier, type KeyPair, signWith } from './key-pair.ts';

/** Reasons the simulators give (RFC 5280 §5.3.1). A suspended card 停用 is `certificateHold`. */
export const REVOCATION_REASON = {
  unspecified: 0,
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
} as const;

export type RevocationReason = keyof typeof REVOCATION_REASON;

/** One revoked certificate of an issuer. */
export type Revocation = {
  readonly serialHex: string;
  readonly atMs: number;
  readonly reason: RevocationReason;
};

/** What a list says, before it is signed. */
export type RevocationListPlan = {
  readonly issuer: Der;
  readonly signer: KeyPair;
  readonly thisUpdateMs: number;
  readonly nextUpdateMs: number;
  readonly number: number;
  readonly revocations: readonly Revocation[];
  /** Further entries of certificates that were never issued, to reach the size of the real list. */
  readonly padding: number;
  /** URL of the partition; absent for a complete list, which carries no issuing distribution point. */
  readonly partitionUrl?: string;
};

/** Entries of the real list of the second generation on 2026-03-16, rounded (identity.md §4.3). */
export const REAL_LIST_ENTRIES = 412_000;

/** Signs a version 2 revocation list with CRLNumber, SHA-256. */
export function signRevocationList(plan: RevocationListPlan): Der {
  const algorithm = algorithmIdentifier(plan.signer, 'sha256');
  const entries = concat(...plan.revocations.map(entry), paddingEntries(plan));
  const extensions = [
    authorityKeyIdentifier(plan.signer.ski),
    extension(OID.crlNumber, integer(plan.number)),
    ...(plan.partitionUrl === undefined
      ? []
      : [extension(OID.issuingDistributionPoint, sequence(distributionPointName(plan.partitionUrl)), true)]),
  ];
  const toBeSigned = sequence(
    integer(1),
    algorithm,
    plan.issuer,
    time(plan.thisUpdateMs),
    time(plan.nextUpdateMs),
    ...(entries.length === 0 ? [] : [concat(Uint8Array.of(0x30), lengthOctets(entries.length), entries)]),
    explicit(0, sequence(...extensions)),
  );
  return sequence(toBeSigned, algorithm, bitString(signWith(plan.signer, 'sha256', toBeSigned)));
}

/** `yyyymmddhh` in Asia/Taipei: the number the real lists carry. */
export function revocationListNumber(ms: number): number {
  return Number(new Date(ms + 8 * 3_600_000).toISOString().slice(0, 13).replace(/[-T]/g, ''));
}

function entry(revocation: Revocation): Der {
  return sequence(
    integer(hexBytes(revocation.serialHex)),
    time(revocation.atMs),
    sequence(extension(OID.reasonCode, enumerated(REVOCATION_REASON[revocation.reason]))),
  );
}

/**
 * Padding entries have one shape and differ only in the serial, so they are stamped into one buffer:
 * 412,000 of them in well under a second.
 */
function paddingEntries(plan: RevocationListPlan): Der {
  if (plan.padding === 0) return new Uint8Array();
  const model = entry({
    serialHex: `40${'00'.repeat(15)}`,
    atMs: plan.thisUpdateMs - 86_400_000,
    reason: 'superseded',
  });
  const out = new Uint8Array(model.length * plan.padding);
  const seed = createHash('sha256').update(plan.signer.ski).digest();
  for (let i = 0; i < plan.padding; i++) {
    const at = i * model.length;
    out.set(model, at);
    // Content of the serial starts after two headers of two octets; its first octet stays 0x40 (positive).
    out.set(seed.subarray(0, 11), at + 5);
    new DataView(out.buffer).setUint32(at + 16, Math.imul(i + 1, 0x9e3779b1) >>> 0);
  }
  return out;
}
