import { pad, type RevocationProof, unpad } from '@lianshu/seal';
import { z } from 'zod';
import type { HoldReason } from '../credentials/index.ts';
import { bytes, sealRequest } from './sealer-contract.ts';
import { SealerFault, type SealRequest } from './sealer-types.ts';
import type { VerifiedSigner } from './verify-request.ts';

/** A held signature as the sealer keeps it for itself. */
export interface HeldRecord {
  readonly request: SealRequest;
  readonly reason: HoldReason;
  /**
   * Present when the envelope had passed checks 4–20, or 21 for 20, at receipt and only the identity was missing. Then the
   * proof of that moment stays: a card revoked between receipt and settling was good when it signed.
   */
  readonly verified?: { readonly signer: VerifiedSigner; readonly revocation: RevocationProof };
}

const verified = z.strictObject({
  signer: z.strictObject({
    statement: z.string(),
    certificate: bytes(65_536, 1),
    subjectSerialNumber: z.string(),
    warnings: z.array(z.string()).readonly(),
    evidenceCommitment: bytes(32, 32),
    leafSecret: bytes(32, 32),
  }),
  revocation: z.union([
    z.strictObject({ issuerSki: z.string(), crlNumber: z.string(), crlSha256: z.string() }),
    z.strictObject({
      issuerSki: z.string(),
      response: bytes(65_536, 1),
      producedAt: z.string(),
      thisUpdate: z.string(),
      responderKeyHash: z.string(),
    }),
  ]),
});

const heldRecord = z.strictObject({
  format: z.literal('LIANSHU-HELD/1'),
  reason: z.enum(['I_ICS_UNAVAILABLE', 'I_CRL_STALE', 'I_OCSP_UNAVAILABLE', 'I_OCSP_UNKNOWN', 'E_CHAIN']),
  request: sealRequest,
  verified: verified.exactOptional(),
});

/** Padded like an evidence record, so that a held row's length tells nothing either. */
export function encodeHeld(record: HeldRecord): Uint8Array {
  return pad('evidence', JSON.stringify(z.encode(heldRecord, { format: 'LIANSHU-HELD/1', ...record })));
}

/** Reads what {@link encodeHeld} wrote; the bytes were authenticated by the hold key. */
export function decodeHeld(plaintext: Uint8Array): HeldRecord {
  const parsed = heldRecord.safeDecode(JSON.parse(unpad(plaintext)));
  if (!parsed.success) throw new SealerFault('hold-record-unreadable');
  const { format: _, ...record } = parsed.data;
  return record;
}
