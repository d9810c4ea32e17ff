import { parseCanonicalJson } from '@lianshu/statement';
import {
  bundlePath,
  decodeBundle,
  leafHash,
  openCheckpoint,
  parseVerifierKeys,
  TILE_WIDTH,
  TreeEdge,
  tileWidth,
  toBase64,
} from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import type { EvidenceRecord } from './evidence-record.ts';
import { SealError } from './seal-error.ts';

/** A signature that the log counts or counted, by the record commitment L (base64url). */
export interface LoggedSignature {
  /** `T` of its entry, base64url. */
  readonly tag: string;
  /** A `void` entry excluded it: the person may have signed again since. */
  readonly isVoided: boolean;
}

/** One case and act as the published log shows them. */
export interface LoggedCase {
  readonly origin: string;
  readonly size: number;
  /** Root of the tree, base64 as in a checkpoint: to be compared with what witnesses cosigned. */
  readonly root: string;
  readonly signatures: ReadonlyMap<string, LoggedSignature>;
  /** Held entries without an outcome: their evidence is still with the sealer. */
  readonly waiting: number;
}

/** Reads one file of a copy of the log, by its path there; undefined where it is missing. */
export type ReadLogFile = (path: string) => Promise<Uint8Array | undefined>;

/** Node before 24 knows no ML-DSA-44: then its signature is left unchecked instead of taken for a bad one. */
const primitives = () => {
  const { mlDsa44, ...classical } = nodeNotePrimitives;
  return Number(process.versions.node.split('.')[0]) >= 24 ? { ...classical, mlDsa44 } : classical;
};

async function entriesOf(read: ReadLogFile, index: number, width: number): Promise<readonly Uint8Array[]> {
  const partial = width === TILE_WIDTH ? undefined : await read(bundlePath({ index, width }));
  const full = partial === undefined ? await read(bundlePath({ index, width: TILE_WIDTH })) : undefined;
  const bundle =
    partial !== undefined ? decodeBundle(partial, width) : full && decodeBundle(full, TILE_WIDTH);
  if (bundle === undefined) throw new SealError('log-incomplete');
  return bundle.slice(0, width);
}

/**
 * Reads the entries of one case from a copy of the log (`lianshu-verify mirror`), and proves that they are the tree
 * which one of these keys signed. Throws `log-not-signed`, `log-incomplete` or `log-differs`.
 */
export async function readLoggedCase(
  read: ReadLogFile,
  keysText: string,
  { caseNumber, act }: Pick<EvidenceRecord, 'act' | 'caseNumber'>,
): Promise<LoggedCase> {
  const note = await read('checkpoint');
  if (note === undefined) throw new SealError('log-incomplete');
  const { keys } = parseVerifierKeys(sha256, keysText);
  const opened = openCheckpoint(primitives(), new TextDecoder().decode(note), { logKeys: keys });
  if (!opened.ok) throw new SealError('log-not-signed');
  const { origin, size, root } = opened.checkpoint;
  const fold = new CaseFold(caseNumber, act);
  let edge = TreeEdge.empty(sha256);
  for (let index = 0; edge.size < size; index += 1) {
    const entries = await entriesOf(read, index, tileWidth(0, index, size));
    for (const entry of entries) fold.take(entry);
    edge = edge.append(entries.map((entry) => leafHash(sha256, entry))).edge;
  }
  if (Buffer.compare(edge.root(), root) !== 0) throw new SealError('log-differs');
  return { origin, size, root: toBase64(root), signatures: fold.signatures, waiting: fold.waiting };
}

/** Counted = signature entries + settled as counted − void (trust.md §1), kept as the signatures themselves. */
class CaseFold {
  readonly signatures = new Map<string, LoggedSignature>();
  readonly #caseNumber: string;
  readonly #act: EvidenceRecord['act'];
  /** By index: the commitment of a signature, or of a held entry without outcome. */
  readonly #counting = new Map<number, string>();
  readonly #held = new Map<number, string>();
  #next = 0;

  constructor(caseNumber: string, act: EvidenceRecord['act']) {
    this.#caseNumber = caseNumber;
    this.#act = act;
  }

  get waiting(): number {
    return this.#held.size;
  }

  take(bytes: Uint8Array): void {
    const at = this.#next++;
    const parsed = parseCanonicalJson(bytes);
    // What is no entry counts for nothing; `lianshu-verify log` names it.
    if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return;
    const entry = parsed.value as Readonly<Record<string, unknown>>;
    const { kind, commitment, tag, index } = entry;
    if (entry['case'] !== this.#caseNumber || (entry['act'] ?? kind) !== this.#act) return;
    if (kind === this.#act) this.#count(at, commitment, tag);
    else if (kind === 'held' && typeof commitment === 'string') this.#held.set(at, commitment);
    else if (typeof index !== 'number') return;
    else if (kind === 'settled') {
      if (entry['outcome'] === 'counted') this.#count(at, this.#held.get(index), tag);
      this.#held.delete(index);
    } else if (kind === 'void') this.#void(this.#counting.get(index));
  }

  #count(at: number, commitment: unknown, tag: unknown): void {
    // The same commitment twice counts once, as with everybody who recounts.
    if (typeof commitment !== 'string' || typeof tag !== 'string' || this.signatures.has(commitment)) return;
    this.signatures.set(commitment, { tag, isVoided: false });
    this.#counting.set(at, commitment);
  }

  #void(commitment: string | undefined): void {
    const signature = commitment === undefined ? undefined : this.signatures.get(commitment);
    if (commitment === undefined || signature === undefined) return;
    this.signatures.set(commitment, { ...signature, isVoided: true });
  }
}
