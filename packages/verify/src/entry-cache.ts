import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { leafHash, type Sha256, TILE_WIDTH, TreeEdge } from '@lianshu/tlog';
import type { EntryPlace } from './grow-tree.ts';
import { LogRefusal } from './log-fault.ts';

const CHUNK_BYTES = 1 << 20;
const MOST_ENTRY_BYTES = 65_537;

/**
 * A monitor's own copy of all entries, one file in the form of a bundle without end: two bytes of length, then the
 * entry. Appended first and believed later: what lies beyond the size its owner remembers is forgotten at the next
 * {@link replay}, so a crash between the two leaves nothing wrong.
 */
export class EntryCache {
  readonly path: string;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  /** Bytes written, believed or not. */
  #written = 0;

  constructor(path: string) {
    this.path = path;
  }

  append(entry: Uint8Array): void {
    this.#pending.push(Uint8Array.of(entry.length >> 8, entry.length & 255), entry.slice());
    this.#pendingBytes += entry.length + 2;
    if (this.#pendingBytes >= CHUNK_BYTES) this.#flush(false);
  }

  /** Everything appended so far is believed and on the disk. */
  commit(): void {
    this.#flush(true);
  }

  #flush(durable: boolean): void {
    const file = openSync(this.path, existsSync(this.path) ? 'r+' : 'w');
    try {
      if (this.#pending.length > 0) {
        const bytes = Buffer.concat(this.#pending);
        writeSync(file, bytes, 0, bytes.length, this.#written);
        this.#written += bytes.length;
      }
      if (durable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  /**
   * Gives the first `size` entries to `visit`, forgets what follows, and returns the right edge of their tree. Throws
   * {@link LogRefusal} when there are fewer.
   */
  replay(sha256: Sha256, size: number, visit: (bytes: Uint8Array, place: EntryPlace) => void): TreeEdge {
    this.#pending = [];
    this.#pendingBytes = 0;
    let edge = TreeEdge.empty(sha256);
    let leaves: Uint8Array[] = [];
    let at = 0;
    if (existsSync(this.path)) {
      const file = openSync(this.path, 'r+');
      try {
        for (const { bytes, start } of entriesOf(file, size)) {
          visit(bytes, {
            entry: edge.size + leaves.length,
            file: this.path,
            bytes: [start, start + bytes.length],
          });
          at = start + bytes.length;
          if (leaves.push(leafHash(sha256, bytes)) === TILE_WIDTH) {
            edge = edge.append(leaves).edge;
            leaves = [];
          }
        }
        ftruncateSync(file, at);
      } finally {
        closeSync(file);
      }
    }
    edge = edge.append(leaves).edge;
    this.#written = at;
    if (edge.size !== size) {
      throw new LogRefusal({
        code: 'bundle-malformed',
        file: this.path,
        bytes: [at, at],
        detail: `${edge.size} of ${size}`,
      });
    }
    return edge;
  }
}

/** The first `size` entries of an open file, as views that hold until the next one is taken. */
function* entriesOf(file: number, size: number): Generator<Readonly<{ bytes: Uint8Array; start: number }>> {
  let buffer = new Uint8Array();
  let base = 0;
  let at = 0;
  for (let count = 0; count < size; count++) {
    if (buffer.length - at < MOST_ENTRY_BYTES) {
      const next = new Uint8Array(CHUNK_BYTES);
      next.set(buffer.subarray(at));
      const kept = buffer.length - at;
      const read = readSync(file, next, kept, CHUNK_BYTES - kept, base + buffer.length);
      base += at;
      at = 0;
      buffer = next.subarray(0, kept + read);
    }
    const [high, low] = [buffer[at], buffer[at + 1]];
    if (high === undefined || low === undefined) return;
    const end = at + 2 + high * 256 + low;
    if (end > buffer.length) return;
    yield { bytes: buffer.subarray(at + 2, end), start: base + at + 2 };
    at = end;
  }
}
