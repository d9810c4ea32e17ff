import { canonicalJson, parseCanonicalJson, toBase64Url } from '@lianshu/statement';
import { formatTlogProof } from '@lianshu/tlog';
import type { Act, Inclusion } from '../record/index.ts';

/** What only the signer and, for the length of one request, the server know of a record commitment. */
export interface ReceiptOpening {
  readonly caseNumber: string;
  readonly kind: Act | 'held';
  /** `L` */
  readonly commitment: Uint8Array;
  /** `r` */
  readonly leafSecret: Uint8Array;
  /** `E` */
  readonly evidence: Uint8Array;
  /** Without script the server made the receipt secret, and the receipt says so. */
  readonly isSecretOurs: boolean;
}

/**
 * 收執: a `tlog-proof` file (c2sp.org/tlog-proof) that anyone verifies offline. Its `extra` opens the leaf:
 * `{E, case, kind, r, secretBy?, tag?, v}`; it holds neither the receipt secret nor salt, statement or certificate, so it
 * does not prove to a buyer or a bully who signed. (trust.md §2; ADR 0012)
 */
export function receiptFile(opening: ReceiptOpening, inclusion: Inclusion, isDemo: boolean): string {
  const tag = tagOf(inclusion);
  const extra = canonicalJson({
    E: toBase64Url(opening.evidence),
    case: opening.caseNumber,
    kind: opening.kind,
    r: toBase64Url(opening.leafSecret),
    v: 1,
    ...(isDemo ? { demo: true } : {}),
    ...(opening.isSecretOurs ? { secretBy: 'server' } : {}),
    ...(tag === undefined ? {} : { tag }),
  });
  const { index, path, checkpoint } = inclusion;
  return formatTlogProof({ extra, index, hashes: path, checkpoint });
}

/** `T` of a signature's entry, base64url; a `held` entry has none. */
export function tagOf(inclusion: Pick<Inclusion, 'entry'>): string | undefined {
  const parsed = parseCanonicalJson(inclusion.entry);
  const entry = parsed.ok ? parsed.value : undefined;
  const tag = typeof entry === 'object' && entry !== null && 'tag' in entry ? entry['tag'] : undefined;
  return typeof tag === 'string' ? tag : undefined;
}
