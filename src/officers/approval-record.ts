/**
 * 核可: what two officers sign, and the entry that lets anybody check it. Written a second time, apart from this, in
 * `packages/verify`.
 */
import { canonicalJson, concatBytes, type JsonValue, toBase64Url, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { z } from 'zod';
import type { Why } from '../initiatives/index.ts';
import { type ActKind, actKind } from '../record/index.ts';

/** An act exactly as it is to be entered; time and article are added at entry. */
export interface ActionAct {
  readonly kind: string;
  readonly capacity: string;
  readonly body: JsonValue;
  readonly replaces?: number;
  /** Why the entry it replaces was wrong. */
  readonly why?: Why;
}

/** What is put before two officers. The nonce makes two equal acts two actions, so that no assertion fits both. */
export interface ActionDocument {
  /** Empty for an act of no case. */
  readonly case: string;
  readonly act: ActionAct;
  /** 16 random bytes, base64url. */
  readonly nonce: string;
}

/** The bytes whose SHA-256 is signed: canonical JSON (RFC 8785). */
export const actionBytes = ({ case: caseNumber, act, nonce }: ActionDocument): Uint8Array =>
  canonicalJson({
    act: {
      body: act.body,
      capacity: act.capacity,
      kind: act.kind,
      ...(act.replaces === undefined ? {} : { replaces: act.replaces }),
      ...(act.why === undefined ? {} : { why: { ...act.why } }),
    },
    case: caseNumber,
    nonce,
    v: 1,
  });

/** The challenge an authenticator signs for this action: SHA-256("LIANSHU-APPROVAL/1" ‖ 00 ‖ digest), base64url. */
export const approvalChallenge = (digest: Uint8Array): string =>
  toBase64Url(sha256(concatBytes(utf8('LIANSHU-APPROVAL/1'), Uint8Array.of(0), digest)));

const hexDigest = z.string().regex(/^[0-9a-f]{64}$/);
const base64Url = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/);

/** The act `approval`: follows the act it covers, of the same case. `key` is the SHA-256 of a credential id. */
export const APPROVAL_KIND: ActKind = actKind('approval', {
  ofCase: 'either',
  body: z.strictObject({
    action: hexDigest,
    nonce: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
    approvals: z
      .array(
        z.strictObject({
          key: hexDigest,
          clientDataJSON: base64Url(4_000),
          authenticatorData: base64Url(2_000),
          signature: base64Url(400),
        }),
      )
      .length(2),
  }),
});
