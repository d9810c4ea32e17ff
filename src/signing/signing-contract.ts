import { fromBase64Url } from '@lianshu/statement';
import { z } from 'zod';
import { MAXIMUM_SIGNATURE_BYTES } from '../credentials/index.ts';
import { SEND_TO } from './what-is-signed.ts';

/**
 * What comes in over the wire, parsed once into types that cannot be wrong. Lengths are bounded before
 * anything is decoded.
 */

const base64Url = (bytes: { readonly min: number; readonly max: number }) =>
  z
    .string()
    .min(Math.ceil((bytes.min * 4) / 3))
    .max(Math.ceil((bytes.max * 4) / 3))
    .transform((text, context) => {
      const decoded = fromBase64Url(text);
      if (decoded && decoded.length >= bytes.min && decoded.length <= bytes.max) return decoded;
      context.addIssue({ code: 'custom', message: 'not base64url of the required length' });
      return z.NEVER;
    });

/** What can be signed for: a case's number, and a draft's. Each has its own addresses. */
const CASE_NUMBER = z.string().regex(/^[1-9][0-9]{0,7}$/);
const DRAFT_NUMBER = z.string().regex(/^D[0-9]{5}$/);
const COMMITMENT = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const SIGNED_UNDER = [
  { path: '/initiatives/:case', sendTo: SEND_TO['joint-signature'], number: CASE_NUMBER },
  { path: '/drafts/:case', sendTo: SEND_TO['proposal-signature'], number: DRAFT_NUMBER },
] as const;
export const commitmentPath = z.object({ commitment: COMMITMENT });

/** GET /v1/receipts/:commitment: `form=ed25519` leaves out what no QR code holds and no browser checks. */
export const receiptForm = z.strictObject({ form: z.enum(['full', 'ed25519']).default('full') });

/** POST /v1/initiatives/:case/transactions, /v1/drafts/:draft/transactions */
export const transactionRequest = z.strictObject({
  /** 連署人承諾: base64url of 32 bytes, made by the client over the typed ID and its own salt. */
  signerCommitment: COMMITMENT.refine((text) => fromBase64Url(text, 32) !== undefined),
});

/** POST /v1/initiatives/:case/joint-signatures, /v1/drafts/:draft/proposal-signatures */
export const jointSignatureRequest = z.strictObject({
  nationalId: z.string().min(1).max(64),
  /** `s`, 32 bytes. */
  receiptSecret: base64Url({ min: 32, max: 32 }),
  token: z.string().min(1).max(1024),
  /** How it was signed; the card unless told. Only what the rule pack admits is accepted. */
  method: z.enum(['card', 'phone', 'wallet', 'twca']).default('card'),
  form: z.enum(['cms-attached', 'cms-detached', 'pkcs1']),
  signature: base64Url({ min: 64, max: MAXIMUM_SIGNATURE_BYTES }),
  /** The signer's certificate, DER. */
  certificate: base64Url({ min: 128, max: 16 * 1024 }),
  /** `L`, 32 bytes. */
  recordCommitment: base64Url({ min: 32, max: 32 }),
});

export type JointSignatureRequest = z.output<typeof jointSignatureRequest>;

/** What a statement is offered with; `expiresAt` is Asia/Taipei. */
export const transactionAnswer = z.object({
  statement: z.string(),
  transaction: z.string(),
  token: z.string(),
  expiresAt: z.string(),
});

/** A signature that was taken: with its receipt, or with the promise that stands for it. */
export const signedAnswer = z.object({
  commitment: COMMITMENT,
  promise: z.string(),
  held: z.boolean(),
  /** Why it is held. */
  reason: z.string().optional(),
  receipt: z.string().optional(),
  included: z.object({ index: z.int(), size: z.int() }).optional(),
});

const act = z.enum(['joint-signature', 'proposal-signature']);
const proof = z.object({
  index: z.int(),
  size: z.int(),
  /** Base64, from the leaf up. */
  hashes: z.array(z.string()),
  checkpoint: z.string(),
  tag: z.string().optional(),
  witnessed: z.object({ names: z.array(z.string()), of: z.int(), isWitnessed: z.boolean() }).optional(),
  cosignedFirst: z
    .object({ size: z.int(), by: z.array(z.object({ name: z.string(), time: z.string() })) })
    .optional(),
});
const ofEntry = { index: z.int(), case: z.string(), act, proof: proof.optional() };

/** GET /v1/receipts/:commitment */
export const receiptAnswer = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending'), case: z.string() }),
  z.object({ state: z.literal('included'), ...ofEntry }),
  z.object({ state: z.literal('held'), ...ofEntry }),
  z.object({ state: z.literal('counted-after-hold'), settledAt: z.int(), ...ofEntry }),
  z.object({ state: z.literal('refused-after-hold'), settledAt: z.int(), code: z.string(), ...ofEntry }),
  z.object({ state: z.literal('voided'), voidedAt: z.int(), ground: z.string(), ...ofEntry }),
]);
