import {
  canonicalJson,
  concatBytes,
  fromBase64Url,
  type JsonValue,
  parseCanonicalJson,
  toBase64Url,
  utf8,
} from '@lianshu/statement';
import type { Sha256 } from '@lianshu/tlog';
import type { Act } from './verdict.ts';

/** What a receipt carries to open its leaf (trust.md §1–2). Not authenticated until the leaf is found in the tree. */
export type ReceiptExtra = Readonly<{
  caseNumber: string;
  kind: Act | 'held';
  leafSecret: Uint8Array;
  evidence: Uint8Array;
  /** T, base64url; a held entry has none. */
  tag?: string;
  demo: boolean;
  /** The server made the receipt secret, because the signer used no script (trust.md §2). */
  serverMadeSecret: boolean;
}>;

/** Largest `extra` read; the real one has about 250 bytes. */
const MAX_EXTRA_BYTES = 1024;

const isText = (value: JsonValue | undefined): value is string => typeof value === 'string';

function isKind(value: JsonValue | undefined): value is ReceiptExtra['kind'] {
  return value === 'joint-signature' || value === 'proposal-signature' || value === 'held';
}

/**
 * Reads `{"E","case","demo"?,"kind","r","secretBy"?,"tag"?,"v":1}` in canonical JSON with no other member; a signature's kind
 * needs its tag, a held one must have none. Anything else is undefined.
 */
export function parseReceiptExtra(bytes: Uint8Array): ReceiptExtra | undefined {
  const parsed = bytes.length <= MAX_EXTRA_BYTES ? parseCanonicalJson(bytes) : undefined;
  if (!parsed?.ok || typeof parsed.value !== 'object' || parsed.value === null) return undefined;
  if (Array.isArray(parsed.value)) return undefined;
  const {
    E,
    case: caseNumber,
    demo,
    kind,
    r,
    secretBy,
    tag,
    v,
    ...others
  } = parsed.value as Record<string, JsonValue>;
  if (v !== 1 || Object.keys(others).length > 0 || !isKind(kind)) return undefined;
  if (!isText(caseNumber) || !/^[0-9A-Za-z][0-9A-Za-z-]{0,31}$/.test(caseNumber)) return undefined;
  if (!isText(E) || !isText(r) || (demo !== undefined && demo !== true)) return undefined;
  if (secretBy !== undefined && secretBy !== 'server') return undefined;
  const [evidence, leafSecret] = [fromBase64Url(E, 32), fromBase64Url(r, 32)];
  if (evidence === undefined || leafSecret === undefined || (kind === 'held') !== (tag === undefined)) {
    return undefined;
  }
  const base = {
    caseNumber,
    kind,
    leafSecret,
    evidence,
    demo: demo === true,
    serverMadeSecret: secretBy === 'server',
  };
  if (tag === undefined) return base;
  return isText(tag) && fromBase64Url(tag, 32) !== undefined ? { ...base, tag } : undefined;
}

/** `L = SHA-256("LIANSHU-LEAF/1" ‖ 00 ‖ H(case) ‖ r ‖ E)`, computed here apart from the signing side's code. */
export function recomputeCommitment(sha256: Sha256, extra: ReceiptExtra): string {
  const head = utf8('LIANSHU-LEAF/1\0');
  return toBase64Url(
    sha256(concatBytes(head, sha256(utf8(extra.caseNumber)), extra.leafSecret, extra.evidence)),
  );
}

/**
 * The entries this receipt can stand for, byte for byte. A held entry names its act, which the receipt does not:
 * both are candidates, and the tree decides.
 */
export function candidateEntries(
  extra: ReceiptExtra,
  commitment: string,
): readonly Readonly<{ act: Act; entry: Uint8Array }>[] {
  const { caseNumber, kind, tag } = extra;
  if (kind !== 'held') {
    const entry = { case: caseNumber, commitment, kind, v: 1, ...(tag === undefined ? {} : { tag }) };
    return [{ act: kind, entry: canonicalJson(entry) }];
  }
  const acts: readonly Act[] = ['joint-signature', 'proposal-signature'];
  return acts.map((act) => ({
    act,
    entry: canonicalJson({ act, case: caseNumber, commitment, kind, v: 1 }),
  }));
}
