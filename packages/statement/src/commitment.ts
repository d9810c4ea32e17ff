import { concatBytes, utf8 } from './encoding.ts';
import type { NationalId } from './national-id.ts';
import { type Awaitable, afterAll, type Bytes, type Primitives } from './primitives.ts';

/** The act in a duplicate tag's input (trust.md §2): not the kind of the record's entry. */
export type TagAct = 'joint-signature' | 'proposal';

const ZERO = new Uint8Array(1);

/** `H(label, x…) = SHA-256(label ‖ 00 ‖ x…)`; every x has a fixed length, so no two inputs read alike. */
function labelled(
  primitives: Primitives,
  label: string,
  parts: readonly Awaitable<Uint8Array>[],
): Awaitable<Uint8Array> {
  return afterAll(parts, (bytes) => primitives.sha256(concatBytes(utf8(label), ZERO, ...bytes)));
}

/** Faults, not refusals: these lengths are the caller's to guarantee. */
function demand(name: string, bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new RangeError(`${name} has ${bytes.length} bytes, not ${length}`);
  return bytes;
}

/** `salt16 = HKDF(s, "id", 16)`: blinds the national ID in the statement's commitment line. */
export function deriveSalt<P extends Primitives>(primitives: P, receiptSecret: Uint8Array): Bytes<P> {
  return primitives.hkdfSha256(demand('s', receiptSecret, 32), utf8('id'), 16) as Bytes<P>;
}

/** `r = HKDF(s, "leaf", 32)`: blinds the record commitment; the receipt carries it. */
export function deriveLeafSecret<P extends Primitives>(primitives: P, receiptSecret: Uint8Array): Bytes<P> {
  return primitives.hkdfSha256(demand('s', receiptSecret, 32), utf8('leaf'), 32) as Bytes<P>;
}

/**
 * 連署人承諾, the statement's commitment line before base64url: `SHA-256("LIANSHU-ID/1" ‖ 00 ‖ national ID ‖
 * 00 ‖ salt16)` (identity.md §9). It fixes the person before the electronic signature exists; once the salt
 * is destroyed it says nothing.
 */
export function signerCommitment<P extends Primitives>(
  primitives: P,
  id: NationalId,
  salt16: Uint8Array,
): Bytes<P> {
  const parts = [utf8(id.reveal()), ZERO, demand('salt16', salt16, 16)];
  return labelled(primitives, 'LIANSHU-ID/1', parts) as Bytes<P>;
}

/**
 * `E = H("LIANSHU-EV/1", H(statement), H(signature), H(certificate))` (trust.md §2) over the statement's bytes,
 * the electronic signature or envelope as produced, and the signer's certificate in DER.
 */
export function evidenceCommitment<P extends Primitives>(
  primitives: P,
  evidence: Readonly<{ statement: Uint8Array; signature: Uint8Array; certificate: Uint8Array }>,
): Bytes<P> {
  const parts = [evidence.statement, evidence.signature, evidence.certificate];
  return labelled(
    primitives,
    'LIANSHU-EV/1',
    parts.map((part) => primitives.sha256(part)),
  ) as Bytes<P>;
}

/**
 * 公卷承諾 `L = H("LIANSHU-LEAF/1", H(case), r, E)` (trust.md §2): what the public record shows of one
 * signature. `caseNumber` is the text of the entry's `case`.
 */
export function recordCommitment<P extends Primitives>(
  primitives: P,
  opening: Readonly<{ caseNumber: string; leafSecret: Uint8Array; evidence: Uint8Array }>,
): Bytes<P> {
  return labelled(primitives, 'LIANSHU-LEAF/1', [
    primitives.sha256(utf8(opening.caseNumber)),
    demand('r', opening.leafSecret, 32),
    demand('E', opening.evidence, 32),
  ]) as Bytes<P>;
}

/**
 * 重複連署防制標籤 `t = HMAC(K_case, "LIANSHU-DUP/1" ‖ 00 ‖ act ‖ 00 ‖ ID)` (trust.md §2). Whoever has the key
 * and the tags can try every number: only the sealer calls this, after it confirmed the person.
 */
export function duplicateTag<P extends Primitives>(
  primitives: P,
  caseKey: Uint8Array,
  act: TagAct,
  id: NationalId,
): Bytes<P> {
  const message = concatBytes(utf8('LIANSHU-DUP/1'), ZERO, utf8(act), ZERO, utf8(id.reveal()));
  return primitives.hmacSha256(demand('K_case', caseKey, 32), message) as Bytes<P>;
}

/** `T = H("LIANSHU-TAG/1", r2, t)` with a random sealed `r2`: the tag's public, hiding form in the entry. */
export function publicTag<P extends Primitives>(primitives: P, r2: Uint8Array, tag: Uint8Array): Bytes<P> {
  return labelled(primitives, 'LIANSHU-TAG/1', [demand('r2', r2, 32), demand('t', tag, 32)]) as Bytes<P>;
}
