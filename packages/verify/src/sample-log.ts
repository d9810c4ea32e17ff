import { generateKeyPairSync } from 'node:crypto';
import {
  canonicalJson,
  concatBytes,
  evidenceCommitment,
  type JsonValue,
  recordCommitment,
  toBase64Url,
  utf8,
} from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import {
  bundlePath,
  checkpointText,
  encodeBundle,
  formatTlogProof,
  leafHash,
  type NoteSigner,
  ProofBuilder,
  promiseKeyName,
  promiseText,
  SIGNATURE_TYPE,
  signNote,
  TILE_WIDTH,
  TreeEdge,
  tilePath,
} from '@lianshu/tlog';
import { cosigner, ed25519Signer, sha256 } from '@lianshu/tlog/node';
import { type LogSource, LogSourceError } from './log-source.ts';

/** A builder for tests: a log in memory, written the way the service writes its own. Not part of the package. */
export const SAMPLE_ORIGIN = 'sample.lianshu.invalid/log';

export const sampleKey: NoteSigner = ed25519Signer(SAMPLE_ORIGIN, generateKeyPairSync('ed25519').privateKey);
export const promiseKey: NoteSigner = ed25519Signer(
  promiseKeyName(SAMPLE_ORIGIN),
  generateKeyPairSync('ed25519').privateKey,
);
const mlDsaPrivateKey = generateKeyPairSync('ml-dsa-44').privateKey;

/** The log's ML-DSA-44 key, stating the time of each signature. */
export const quantumKey = (seconds: number): NoteSigner =>
  cosigner(SAMPLE_ORIGIN, SIGNATURE_TYPE.mlDsa44, mlDsaPrivateKey, () => seconds);

/** One person's signature as the signing side computes it, from a number instead of randomness. */
export function sampleSignature(
  n: number,
  kind: 'joint-signature' | 'proposal-signature' | 'held',
  demo = false,
) {
  const bytes = (text: string) => sha256(utf8(`${text} ${n}`));
  const leafSecret = bytes('r');
  const parts = {
    statement: bytes('statement'),
    signature: bytes('signature'),
    certificate: bytes('certificate'),
  };
  const evidence = evidenceCommitment(nodePrimitives, parts);
  const caseNumber = kind === 'proposal-signature' ? 'D00001' : '9901';
  const commitmentBytes = recordCommitment(nodePrimitives, { caseNumber, leafSecret, evidence });
  const commitment = toBase64Url(commitmentBytes);
  const tag = toBase64Url(bytes('tag'));
  const entry: JsonValue =
    kind === 'held'
      ? { act: 'joint-signature', case: caseNumber, commitment, kind, v: 1 }
      : { case: caseNumber, commitment, kind, tag, v: 1 };
  const extra = canonicalJson({
    E: toBase64Url(evidence),
    case: caseNumber,
    kind,
    r: toBase64Url(leafSecret),
    v: 1,
    ...(kind === 'held' ? {} : { tag }),
    ...(demo ? { demo: true } : {}),
  });
  return { entry, extra, commitment, commitmentBytes, caseNumber, tag };
}

/** A log of these entries: its files by path as published, receipts from it, and a source that reads it. */
export class SampleLog {
  readonly files = new Map<string, Uint8Array>();
  readonly #entries: readonly Uint8Array[];

  constructor(entries: readonly JsonValue[], signers: readonly NoteSigner[] = [sampleKey]) {
    this.#entries = entries.map(canonicalJson);
    for (let start = 0; start < entries.length; start += TILE_WIDTH) {
      const some = this.#entries.slice(start, start + TILE_WIDTH);
      const path = bundlePath({ index: start / TILE_WIDTH, width: some.length });
      this.files.set(path, encodeBundle(some));
    }
    const { edge, tiles } = this.#tree(entries.length);
    for (const [path, bytes] of tiles) this.files.set(path, bytes);
    this.files.set('checkpoint', utf8(this.checkpoint(edge.size, signers)));
  }

  #tree(size: number) {
    const leaves = this.#entries.slice(0, size).map((entry) => leafHash(sha256, entry));
    const { edge, fullTiles } = TreeEdge.empty(sha256).append(leaves);
    const all = [...fullTiles, ...edge.partialTiles()];
    return { edge, tiles: new Map(all.map((tile) => [tilePath(tile), tile.bytes])) };
  }

  /** The signed checkpoint at an earlier or the present size. */
  checkpoint(size: number, signers: readonly NoteSigner[] = [sampleKey]): string {
    const root = this.#tree(size).edge.root();
    return signNote(checkpointText({ origin: SAMPLE_ORIGIN, size, root }), signers);
  }

  /** The receipt of entry `index`, as given when the log had `size` entries. */
  receipt(
    index: number,
    extra: Uint8Array,
    size: number,
    signers: readonly NoteSigner[] = [sampleKey],
  ): string {
    const { tiles } = this.#tree(size);
    const builder = new ProofBuilder(sha256, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array());
    const hashes = builder.inclusion(index, size);
    return formatTlogProof({ extra, index, hashes, checkpoint: this.checkpoint(size, signers) });
  }

  /** The log as a live source; `bend` may replace what is read. */
  source(
    bend: (path: string, bytes: Uint8Array) => Uint8Array = (_, bytes) => bytes,
    live = true,
  ): LogSource {
    const read = async (path: string): Promise<Uint8Array> => {
      const bytes = this.files.get(path);
      if (bytes === undefined) throw new LogSourceError('log-not-found', path);
      return bend(path, bytes);
    };
    return { live, read };
  }
}

/** A signed promise about a signature: received at noon, due two minutes later. */
export function samplePromise(
  signature: Readonly<{ caseNumber: string; commitmentBytes: Uint8Array }>,
): string {
  const text = promiseText({
    origin: SAMPLE_ORIGIN,
    commitment: signature.commitmentBytes,
    caseNumber: signature.caseNumber,
    received: '2026-11-21T04:00Z',
    publishBy: '2026-11-21T04:02:00Z',
  });
  return signNote(text, [promiseKey]);
}

/** `changed` with one byte of `bytes` replaced. */
export function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  return concatBytes(bytes.subarray(0, at), Uint8Array.of(value), bytes.subarray(at + 1));
}
