import { closeSync, existsSync, fsyncSync, openSync, readSync, truncateSync, writeSync } from 'node:fs';
import { leafHash, type Sha256, TILE_WIDTH, TreeEdge } from '@lianshu/tlog';
import type { EntryPlace } from './grow-tree.ts';
import { LogRefusal } from './log-fault.ts';

const CHUNK_BYTES = 1 << 20;
const MOST_ENTRY_BYTES = 65_537;
/** An entry or an earlier root is found by reading through at most so many entries; a multiple of the tile's width. */
const MARK_EVERY = 16 * TILE_WIDTH;

/** Where in the file the first `count` entries end, and the right edge of their tree where it is known. */
type Mark = Readonly<{ count: number; at: number; edge?: TreeEdge }>;

/**
 * A monitor's own copy of all entries, one file in the form of a bundle without end: two bytes of length, then the
 * entry. Appended first and believed later: what lies beyond the size its owner remembers is forgotten at the next
 * {@link replay}, so a crash between the two leaves nothing wrong. {@link read} and {@link edgeAt} answer for what was
 * committed and ask nobody else.
 */
export class EntryCache {
  readonly path: string;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  /** Bytes and entries written or pending, believed or not. */
  #written = 0;
  #count = 0;
  /** Ascending; at each multiple of {@link MARK_EVERY}, and at the newest committed size. */
  #marks: Mark[] = [];

  constructor(path: string) {
    this.path = path;
  }

  append(entry: Uint8Array): void {
    if (this.#count % MARK_EVERY === 0)
      this.#mark({ count: this.#count, at: this.#written + this.#pendingBytes });
    this.#pending.push(Uint8Array.of(entry.length >> 8, entry.length & 255), entry.slice());
    this.#pendingBytes += entry.length + 2;
    this.#count += 1;
    if (this.#pendingBytes >= CHUNK_BYTES) this.#flush(false);
  }

  /** Everything appended so far is believed and on the disk; `edge` is the right edge of its tree. */
  commit(edge: TreeEdge): void {
    this.#flush(true);
    this.#marks = this.#marks.filter(({ count }) => count % MARK_EVERY === 0);
    this.#mark({ count: edge.size, at: this.#written, edge });
  }

  #mark(mark: Mark): void {
    const at = this.#marks.findLastIndex(({ count }) => count < mark.count) + 1;
    this.#marks.splice(at, this.#marks[at]?.count === mark.count ? 1 : 0, mark);
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
    this.#marks = [];
    this.#count = 0;
    this.#written = 0;
    const edge = this.#walk(sha256, size, (bytes, start) => {
      this.#written = start + bytes.length;
      const entry = this.#count;
      this.#count += 1;
      visit(bytes, { entry, file: this.path, bytes: [start, start + bytes.length] });
    });
    if (existsSync(this.path)) truncateSync(this.path, this.#written);
    return edge;
  }

  /** The entry at `index`. Throws {@link LogRefusal} when there is none. */
  read(index: number): Uint8Array {
    const from = this.#marks.findLast(({ count }) => count <= index) ?? START;
    let count = from.count;
    for (const { bytes } of this.#entries(from, index + 1)) {
      if (count === index) return bytes.slice();
      count += 1;
    }
    throw this.#tooShort(count, index + 1);
  }

  /** The right edge of the tree of the first `size` entries. Throws {@link LogRefusal} when there are fewer. */
  edgeAt(sha256: Sha256, size: number): TreeEdge {
    return this.#walk(sha256, size, () => {});
  }

  /** Hashes on from the nearest mark whose edge is known to `size` entries, and marks the edges it passes. */
  #walk(sha256: Sha256, size: number, visit: (bytes: Uint8Array, start: number) => void): TreeEdge {
    const from = this.#marks.findLast(({ count, edge }) => count <= size && edge !== undefined) ?? START;
    let edge = from.edge ?? TreeEdge.empty(sha256);
    let leaves: Uint8Array[] = [];
    for (const { bytes, start } of this.#entries(from, size)) {
      if (edge.size % MARK_EVERY === 0 && leaves.length === 0)
        this.#mark({ count: edge.size, at: start - 2, edge });
      visit(bytes, start);
      leaves.push(leafHash(sha256, bytes));
      if ((edge.size + leaves.length) % TILE_WIDTH > 0) continue;
      edge = edge.append(leaves).edge;
      leaves = [];
    }
    edge = edge.append(leaves).edge;
    if (edge.size !== size) throw this.#tooShort(edge.size, size);
    return edge;
  }

  /** The entries from a mark up to `size`, as many as there are. */
  *#entries({ count, at }: Mark, size: number): Generator<ReadEntry> {
    if (!existsSync(this.path)) return;
    const file = openSync(this.path, 'r');
    try {
      yield* entriesOf(file, at, size - count);
    } finally {
      closeSync(file);
    }
  }

  #tooShort(count: number, size: number): LogRefusal {
    const detail = `${count} of ${size}`;
    return new LogRefusal({ code: 'bundle-malformed', file: this.path, detail });
  }
}

const START: Mark = { count: 0, at: 0 };

/** An entry as a view that holds until the next one is taken, and where its bytes start. */
type ReadEntry = Readonly<{ bytes: Uint8Array; start: number }>;

/** So many entries of an open file from an offset on. */
function* entriesOf(file: number, from: number, most: number): Generator<ReadEntry> {
  let buffer = new Uint8Array();
  let base = from;
  let at = 0;
  let isAtEnd = false;
  for (let count = 0; count < most; count++) {
    if (!isAtEnd && buffer.length - at < MOST_ENTRY_BYTES) {
      const next = new Uint8Array(CHUNK_BYTES);
      next.set(buffer.subarray(at));
      const kept = buffer.length - at;
      const read = readSync(file, next, kept, CHUNK_BYTES - kept, base + buffer.length);
      isAtEnd = read === 0;
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
