import { generateKeyPairSync } from 'node:crypto';
import {
  checkpointText,
  consistencyProof,
  formatAddCheckpoint,
  leafHash,
  type NoteSigner,
  signNote,
  TreeEdge,
} from '@lianshu/tlog';
import { ed25519Signer, sha256 } from '@lianshu/tlog/node';
import type { WatchedLog } from '@lianshu/witness';

type History = 'true' | 'other';

export type GrowingLog = Readonly<{
  signer: NoteSigner;
  watched: WatchedLog;
  /** The signed checkpoint of a size, in the log's history or in the other one that it could tell instead. */
  note(size: number, history?: History, signers?: readonly NoteSigner[]): string;
  /** An honest `add-checkpoint` body from one size to another, within one history. */
  body(from: number, to: number, history?: History): string;
}>;

/** A log that signs any of its states up to 255 entries, and a second history that parts from the first at `twist`. */
export function growingLog(origin: string, twist = 255): GrowingLog {
  const signer = ed25519Signer(origin, generateKeyPairSync('ed25519').privateKey);
  const edges = (marked: boolean): readonly TreeEdge[] => {
    const grown = [TreeEdge.empty(sha256)];
    for (let i = 0; i < 255; i++) {
      const entry = new TextEncoder().encode(`${marked && i >= twist ? 'other ' : ''}${i}`);
      grown.push((grown.at(-1) ?? TreeEdge.empty(sha256)).append([leafHash(sha256, entry)]).edge);
    }
    return grown;
  };
  const histories = { true: edges(false), other: edges(true) };
  const edgeAt = (size: number, history: History): TreeEdge => {
    const edge = histories[history][size];
    if (edge === undefined) throw new RangeError('beyond this log');
    return edge;
  };
  const note: GrowingLog['note'] = (size, history = 'true', signers = [signer]) =>
    signNote(checkpointText({ origin, size, root: edgeAt(size, history).root() }), signers);
  const body: GrowingLog['body'] = (from, to, history = 'true') => {
    // Fewer than 256 entries: the whole tree is one unfinished tile.
    const [tile] = edgeAt(to, history).partialTiles();
    const proof = consistencyProof(sha256, from, to, () => tile?.bytes ?? new Uint8Array());
    return formatAddCheckpoint({ oldSize: from, proof, checkpoint: note(to, history) });
  };
  return { signer, watched: { origin, keys: [signer.key] }, note, body };
}
