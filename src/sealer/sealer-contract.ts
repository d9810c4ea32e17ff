import { z } from 'zod';
import type { CatalogueCode, HoldReason } from '../credentials/index.ts';
import type {
  AffidavitOutcome,
  AffidavitRequest,
  CaseState,
  CountyDay,
  ForgetOutcome,
  HeldReference,
  RevocationListState,
  SealerHealth,
  SealOutcome,
  SealRequest,
  SettleOutcome,
  SignInOutcome,
  SignInRequest,
} from './sealer-types.ts';

/** Largest request body: a settle call with the largest held ciphertext, in base64url. */
export const MAX_BODY_BYTES = 524_288;

// Requests are strict: an unknown field is a bug. Answers drop what they do not know, so that sealer and intake
// of neighbouring versions understand each other, and so that only listed fields leave the sealer.

/** A case number as it may stand in a file name and in every sealed format; drafts have letters and hyphens. */
export const CASE_NUMBER = /^[0-9A-Z](?:[0-9A-Z-]{0,30}[0-9A-Z])?$/;

/** Commitments of one report of what was stored. */
const MAX_STORED = 1_000;

const MAX_SIGNATURE = 65_536;
const MAX_CIPHERTEXT = 262_144 + 64;

/** Bytes on the wire: base64url without padding, one spelling only, bounded. */
export function bytes(maxBytes: number, minBytes = 0) {
  const text = z.string().max(Math.ceil((maxBytes * 4) / 3));
  return z.codec(
    text,
    z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    {
      decode: (encoded, context) => {
        const decoded = Buffer.from(encoded, 'base64url');
        if (
          decoded.toString('base64url') !== encoded ||
          decoded.length < minBytes ||
          decoded.length > maxBytes
        )
          context.issues.push({ code: 'custom', message: 'not base64url', input: '' });
        return Uint8Array.from(decoded);
      },
      encode: (decoded) => Buffer.from(decoded).toString('base64url'),
    },
  );
}

const hash = () => bytes(32, 32);
const caseNumber = z.string().regex(CASE_NUMBER);
const act = z.enum(['joint-signature', 'proposal-signature']);
const instant = z.int().nonnegative();
const code = z.custom<CatalogueCode>((value) => typeof value === 'string');
const holdReason = z.custom<HoldReason>((value) => typeof value === 'string');

/** `POST /seal` */
export const sealRequest = z.strictObject({
  act,
  statement: z.strictObject({
    caseNumber,
    mainText: z.string().max(768),
    textDigest: z.string().max(64),
    signedAt: z.string().max(32),
    transaction: z.string().max(32),
  }),
  nationalId: z.string().max(16),
  receiptSecret: hash(),
  form: z.enum(['cms-attached', 'cms-detached', 'pkcs1']),
  signature: bytes(MAX_SIGNATURE, 1),
  certificate: bytes(MAX_SIGNATURE, 1).exactOptional(),
  recordCommitment: hash(),
  receivedAtMs: instant,
  leadPerson: hash().exactOptional(),
});

const sealedRecord = z.object({
  epochId: z.string(),
  place: z.int().nonnegative(),
  ciphertext: bytes(MAX_CIPHERTEXT, 1),
});

const settledSeal = z.object({
  outcome: z.literal('sealed'),
  act,
  caseNumber,
  recordCommitment: hash(),
  evidenceCommitment: hash(),
  leafSecret: hash(),
  duplicateTag: hash(),
  publicTag: hash(),
  evidence: sealedRecord,
  rosterRecord: sealedRecord,
  epochs: z.array(
    z.object({ epochId: z.string(), part: z.enum(['evidence', 'roster']), wrapped: bytes(65_536, 1) }),
  ),
  warnings: z.array(z.string()).readonly(),
  leadMark: hash().exactOptional(),
});

const held = z.object({
  outcome: z.literal('held'),
  act,
  caseNumber,
  recordCommitment: hash(),
  evidenceCommitment: hash(),
  leafSecret: hash(),
  holdKeyId: z.string(),
  ciphertext: bytes(MAX_CIPHERTEXT, 1),
  reason: holdReason,
  promise: z.string(),
});

const refused = z.object({ outcome: z.literal('refused'), check: z.int(), code });

/** Answer of `POST /seal`. */
export const sealOutcome = z.discriminatedUnion('outcome', [
  settledSeal.extend({ promise: z.string() }),
  held,
  refused,
]);

/** `POST /sign-in` */
export const signInRequest = z.strictObject({
  statement: z.strictObject({
    site: z.string().max(128),
    signedAt: z.string().max(32),
    transaction: z.string().max(32),
  }),
  nationalId: z.string().max(16),
  form: z.enum(['cms-attached', 'cms-detached', 'pkcs1']),
  signature: bytes(MAX_SIGNATURE, 1),
  certificate: bytes(MAX_SIGNATURE, 1).exactOptional(),
  receivedAtMs: instant,
});

/** Answer of `POST /sign-in`: a pseudonym and the proof of a name, and nothing else of the person. */
export const signInOutcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('confirmed'), person: hash(), nameProof: hash().exactOptional() }),
  z.object({ outcome: z.literal('undecided'), reason: holdReason }),
  refused,
]);

/** `POST /lead-mark` */
export const leadMarkRequest = z.strictObject({ draft: caseNumber, person: hash() });

/** Answer of `POST /lead-mark`. */
export const leadMarkAnswer = z.object({ mark: hash() });

/** `POST /card-name` */
export const nameClaim = z.strictObject({ person: hash(), name: z.string().max(200), proof: hash() });

/** Answer of `POST /card-name`. */
export const nameAnswer = z.object({ isOnCard: z.boolean() });

/** `POST /affidavit` */
export const affidavitRequest = signInRequest.extend({
  statement: z.strictObject({
    caseNumber,
    textDigest: z.string().max(64),
    signedAt: z.string().max(32),
    transaction: z.string().max(32),
  }),
});

/** Answer of `POST /affidavit`. */
export const affidavitOutcome = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('sealed'),
    person: hash(),
    statement: bytes(768, 1),
    evidence: bytes(MAX_CIPHERTEXT, 1),
  }),
  z.object({ outcome: z.literal('undecided'), reason: holdReason }),
  refused,
]);

/** `POST /settle` */
export const heldReference = z.strictObject({
  holdKeyId: z.string().max(64),
  ciphertext: bytes(MAX_CIPHERTEXT, 1),
});

/** Answer of `POST /settle`. */
export const settleOutcome = z.discriminatedUnion('outcome', [
  settledSeal,
  z.object({ outcome: z.literal('still-held'), recordCommitment: hash(), reason: holdReason }),
  refused.extend({ recordCommitment: hash() }),
]);

/** `POST /case` */
export const caseRequest = z.strictObject({ caseNumber });

/** Answer of `POST /case`. */
export const caseState = z.object({
  caseNumber,
  ready: z.boolean(),
  evidenceRecipients: z.int(),
  rosterRecipients: z.int(),
});

/** `POST /forget-hold-key` */
export const forgetRequest = z.strictObject({ holdKeyId: z.string().max(64) });

/** Answer of `POST /forget-hold-key`. */
export const forgetOutcome = z.object({ outcome: z.enum(['forgotten', 'absent', 'current']) });

/** `POST /stored`; its answer says nothing. */
export const storedRequest = z.strictObject({ recordCommitments: z.array(hash()).max(MAX_STORED) });
export const nothing = z.object({});

/** Answer of `POST /county-days`. */
export const countyDays = z.object({
  days: z.array(
    z.object({
      day: z.iso.date(),
      rows: z.array(z.object({ caseNumber, act, county: z.string().max(16), counted: z.int().positive() })),
    }),
  ),
});

/** `POST /forget-county-day`; answered as `/forget-hold-key`. */
export const forgetDayRequest = z.strictObject({ day: z.iso.date() });

/** Answer of `POST /reload-revocation`. */
export const revocationState = z.array(
  z.object({ issuerSki: z.string(), crlNumber: z.string(), nextUpdateMs: instant }),
);

/** Answer of `GET /health`. */
export const health = z.object({
  ready: z.boolean(),
  promiseKey: z.string(),
  crl: revocationState,
  inFlight: z.int(),
  preCheck: z.object({ asked: z.int(), answered: z.int(), counted: z.int() }).exactOptional(),
});

/** Body of every fault: a code and nothing else. */
export const faultBody = z.object({ code: z.string() });

// The schemas and the hand-written types state the same shapes.
sealRequest satisfies z.ZodType<SealRequest>;
sealOutcome satisfies z.ZodType<SealOutcome>;
signInRequest satisfies z.ZodType<SignInRequest>;
signInOutcome satisfies z.ZodType<SignInOutcome>;
affidavitRequest satisfies z.ZodType<AffidavitRequest>;
affidavitOutcome satisfies z.ZodType<AffidavitOutcome>;
heldReference satisfies z.ZodType<HeldReference>;
settleOutcome satisfies z.ZodType<SettleOutcome>;
caseState satisfies z.ZodType<CaseState>;
forgetOutcome satisfies z.ZodType<ForgetOutcome>;
countyDays.shape.days satisfies z.ZodType<readonly CountyDay[]>;
revocationState satisfies z.ZodType<readonly RevocationListState[]>;
health satisfies z.ZodType<SealerHealth>;
