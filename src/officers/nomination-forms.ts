/** What officers sign when they make another one: exact bytes, and what they are parsed back into. */
import {
  canonicalJson,
  concatBytes,
  type JsonValue,
  parseCanonicalJson,
  toBase64Url,
  utf8,
} from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { z } from 'zod';

const LABEL = /^\S.{0,38}\S$/u;
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const base64Url = z
  .string()
  .max(12_000)
  .regex(/^[A-Za-z0-9_-]+$/);
const id = z.string().regex(/^[A-Za-z0-9_-]{16}$/);

const nomination = z.strictObject({
  label: z.string().regex(LABEL),
  capacity: z.literal('commission'),
  fromOn: day,
  untilOn: day.optional(),
  /** The label exists; its mandate and passkey give way. */
  replace: z.literal(true).optional(),
});
const proposal = z.strictObject({ nomination, nonce: base64Url, v: z.literal(2) });

/** One row of the table: a nomination with its proposer's assertion, that its link was shown, or a key that came by it. */
const row = z.union([
  z.strictObject({
    proposal: z.string().max(2_000),
    signed: z.strictObject({
      credential: base64Url,
      clientData: base64Url,
      authenticatorData: base64Url,
      signature: base64Url,
    }),
    v: z.literal(2),
  }),
  z.strictObject({ link: z.strictObject({ nomination: id }), v: z.literal(2) }),
  z.strictObject({
    key: z.strictObject({
      nomination: id,
      credential: base64Url,
      cose: base64Url,
      counter: z.int().nonnegative(),
      transports: z.array(z.string().max(20)).max(8),
    }),
    v: z.literal(2),
  }),
]);

/** What is proposed and signed by both. */
export type NominationBody = z.infer<typeof nomination>;
export type NominationRow = z.infer<typeof row>;
/** A key that came by the link, before it is anybody's. */
export type WaitingKey = Extract<NominationRow, { key: unknown }>['key'];

export const isLabel = (text: string): boolean => LABEL.test(text);

function canonical<T>(schema: z.ZodType<T>, text: string): T | undefined {
  const parsed = parseCanonicalJson(utf8(text));
  return parsed.ok ? schema.safeParse(parsed.value).data : undefined;
}

/** The text that proposer and approver sign. */
export const proposalText = (body: NominationBody, nonce: string): string =>
  new TextDecoder().decode(canonicalJson({ nomination: body as JsonValue, nonce, v: 2 }));

/** What a proposal says; undefined for anything that is not exactly one. */
export const readProposal = (text: string): NominationBody | undefined =>
  canonical(proposal, text)?.nomination;

export const rowText = (of: NominationRow): string => new TextDecoder().decode(canonicalJson(of));

/** What a row holds; undefined for rows of before both had to sign. */
export const readRow = (text: string): NominationRow | undefined => canonical(row, text);

const DOMAINS = { nomination: 'LIANSHU-NOMINATION/2', key: 'LIANSHU-OFFICER-KEY/1' } as const;

/** SHA-256(domain ‖ 00 ‖ digest): a signature over an act, a nomination or a key fits neither of the others. */
export const challengeFor = (step: keyof typeof DOMAINS, digest: Uint8Array): string =>
  toBase64Url(sha256(concatBytes(utf8(DOMAINS[step]), Uint8Array.of(0), digest)));

/** A link of a nomination names it; the digest kept of the link covers the name. */
export const nominationInLink = (token: string): string | undefined =>
  /^([A-Za-z0-9_-]{16})\./.exec(token)?.[1];
