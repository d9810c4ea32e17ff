import { concatBytes, equalBytes, utf8 } from '@lianshu/statement';
import {
  bundlePath,
  type Checkpoint,
  leafHash,
  MAX_NOTE_BYTES,
  type NotePrimitives,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from '@lianshu/tlog';
import { OriginChain } from './cross-link.ts';
import { type LogFault, LogRefusal } from './log-fault.ts';
import { type BundledEntry, readBundle } from './log-files.ts';
import { type LogSource, LogSourceError } from './log-source.ts';
import { MirrorFolder } from './mirror-folder.ts';
import { AuthenticTiles } from './mirror-tiles.ts';
import { directoryLog } from './node-log-source.ts';
import type { Progress } from './scan-log.ts';
import { type OpenedCheckpoint, openTrusted, type Trust } from './trusted-log.ts';

/** What keeping a copy needs. */
export type MirrorContext = Readonly<{
  primitives: NotePrimitives;
  source: LogSource;
  trust: Trust;
  /** Where the copy is; made when it is not there. */
  folder: string;
  progress: Progress;
  signal?: AbortSignal;
}>;

/** What one look at the log brought. `evidence` is the folder in which both sides of a contradiction were kept. */
export type MirrorResult =
  | Readonly<{ ok: true; from: number; opened: OpenedCheckpoint }>
  | Readonly<{ ok: false; fault: LogFault; evidence?: string }>;

const AHEAD = 8;

/** Thrown for a contradiction between what the log signed before and what it signs now. */
class Contradiction extends Error {
  readonly fault: LogFault;
  readonly files: Readonly<Record<string, Uint8Array>>;

  constructor(fault: LogFault, files: Readonly<Record<string, Uint8Array>> = {}) {
    super(fault.code);
    this.fault = fault;
    this.files = files;
  }
}

/**
 * Brings a full copy to the log's newest checkpoint. Every bundle and tile is proved against the signed tree before
 * it gets its final name, so an interrupted copy goes on where it stopped and holds no byte that was not proved.
 * A log that forked or went back is refused and both signed checkpoints are kept. Never throws for what the log
 * does; a disk that fails is thrown.
 */
export async function mirrorOnce(context: MirrorContext): Promise<MirrorResult> {
  const folder = new MirrorFolder(context.folder);
  let ours: OpenedCheckpoint | undefined;
  let theirs: OpenedCheckpoint | undefined;
  try {
    ours = await openOwn(context, folder);
    theirs = await openTheirs(context);
    await advance(context, folder, ours, theirs);
    return { ok: true, from: ours?.checkpoint.size ?? 0, opened: theirs };
  } catch (error) {
    if (error instanceof Contradiction && ours !== undefined && theirs !== undefined) {
      const sizes = `${ours.checkpoint.size}-${theirs.checkpoint.size}`;
      const notes = { 'ours.checkpoint': utf8(ours.note), 'theirs.checkpoint': utf8(theirs.note) };
      const digest = context.primitives.sha256(concatBytes(utf8(ours.note), utf8(theirs.note)));
      const name = `${error.fault.code}-${sizes}-${Buffer.from(digest.subarray(0, 4)).toString('hex')}`;
      return {
        ok: false,
        fault: error.fault,
        evidence: await folder.keepEvidence(name, { ...notes, ...error.files }),
      };
    }
    return { ok: false, fault: faultOf(error) };
  }
}

function faultOf(error: unknown): LogFault {
  if (error instanceof LogRefusal || error instanceof Contradiction) return error.fault;
  if (error instanceof LogSourceError) return { code: error.code, detail: error.message };
  throw error;
}

/** The checkpoint up to which the copy is complete; undefined for a new copy. */
async function openOwn(
  { primitives, trust }: MirrorContext,
  folder: MirrorFolder,
): Promise<OpenedCheckpoint | undefined> {
  const bytes = await folder.read('checkpoint');
  if (bytes === undefined) return undefined;
  const opened = openTrusted(primitives, bytes, trust, `${folder.path}/checkpoint`);
  if (!opened.ok) throw new LogRefusal(opened.fault);
  return opened;
}

async function openTheirs({ primitives, trust, source }: MirrorContext): Promise<OpenedCheckpoint> {
  const opened = openTrusted(
    primitives,
    await source.read('checkpoint', MAX_NOTE_BYTES),
    trust,
    'checkpoint',
  );
  if (!opened.ok) throw new LogRefusal(opened.fault);
  if (opened.quorum?.reached === false)
    throw new LogRefusal({
      code: 'quorum-missing',
      file: 'checkpoint',
      detail: opened.quorum.missing.join(', '),
    });
  return opened;
}

async function advance(
  context: MirrorContext,
  folder: MirrorFolder,
  ours: OpenedCheckpoint | undefined,
  theirs: OpenedCheckpoint,
): Promise<void> {
  const [from, to] = [ours?.checkpoint, theirs.checkpoint];
  const { sha256 } = context.primitives;
  if (from !== undefined && from.size > to.size) {
    throw new Contradiction({ code: 'log-rolled-back', detail: `${from.size} → ${to.size}` });
  }
  const chain = new OriginChain(from?.origin ?? to.origin);
  if (from === undefined || from.size < to.size) {
    const tiles = await AuthenticTiles.open(sha256, context.source, to);
    if (from !== undefined) await demandPrefix(sha256, folder, tiles, from);
    await copyTree(context, folder, tiles, { from: from?.size ?? 0, chain });
  } else if (!equalBytes(from.root, to.root)) {
    throw new Contradiction({ code: 'log-forked', detail: `${from.size} / ${to.size}` });
  }
  if (chain.origin !== to.origin)
    throw new Contradiction({ code: 'log-other-origin', detail: `${chain.origin} → ${to.origin}` });
  if (theirs.note !== ours?.note) await folder.replace('checkpoint', utf8(theirs.note));
}

/** The tree we hold must be the beginning of theirs: its right edge must lie in theirs at the same place. */
async function demandPrefix(
  sha256: NotePrimitives['sha256'],
  folder: MirrorFolder,
  tiles: AuthenticTiles,
  from: Checkpoint,
): Promise<void> {
  const own = await AuthenticTiles.open(sha256, directoryLog(folder.path), from);
  for (const { level, index, bytes } of own.edge.partialTiles()) {
    const later = await tiles.tile(level, index);
    if (equalBytes(bytes, later.subarray(0, bytes.length))) continue;
    const detail = `${from.size} / ${tiles.edge.size}: tile ${level}/${index}`;
    throw new Contradiction({ code: 'log-forked', detail }, { 'ours.tile': bytes, 'theirs.tile': later });
  }
}

type Span = Readonly<{ from: number; chain: OriginChain }>;

/** Copies every bundle and tile that the tree has beyond `from`. */
async function copyTree(
  context: MirrorContext,
  folder: MirrorFolder,
  tiles: AuthenticTiles,
  { from, chain }: Span,
): Promise<void> {
  const { size } = tiles.edge;
  const bundles = Math.ceil(size / TILE_WIDTH);
  for (let next = Math.floor(from / TILE_WIDTH); next < bundles; next += AHEAD) {
    context.signal?.throwIfAborted();
    const indexes = Array.from({ length: Math.min(AHEAD, bundles - next) }, (_, i) => next + i);
    const copied = await allOf(indexes.map((index) => copyBundle(context, folder, tiles, index)));
    for (const [i, entries] of copied.entries())
      for (const [j, { bytes }] of entries.entries()) chain.take((next + i) * TILE_WIDTH + j, bytes);
    const done = Math.min(size, (next + indexes.length) * TILE_WIDTH);
    context.progress(done - from, size - from);
  }
  for (let level = 1; TILE_WIDTH ** level <= size; level++) {
    const step = TILE_WIDTH ** (level + 1);
    for (let index = Math.floor(from / step); index * step < size; index++) {
      const width = tileWidth(level, index, size);
      if (width > 0) await keepTile(folder, { level, index, width }, await tiles.tile(level, index));
    }
  }
}

/** As `Promise.all`, but ends only when all have: none goes on writing after the copy was given up. */
async function allOf<T>(running: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(running);
  return Promise.all(running);
}

async function keepTile(
  folder: MirrorFolder,
  ref: Parameters<typeof tilePath>[0],
  bytes: Uint8Array,
): Promise<void> {
  const path = tilePath(ref);
  await folder.keep(path, bytes);
  if (ref.width === TILE_WIDTH) await folder.dropPartials(path);
}

/** Copies a bundle and the tile of its leaf hashes; a full bundle that an interrupted copy left is not asked for again. */
async function copyBundle(
  { primitives, source }: MirrorContext,
  folder: MirrorFolder,
  tiles: AuthenticTiles,
  index: number,
): Promise<readonly BundledEntry[]> {
  const width = tileWidth(0, index, tiles.edge.size);
  const path = bundlePath({ index, width });
  const hashes = await tiles.tile(0, index);
  const isHere = (await folder.read(path)) !== undefined;
  const bundle = await readBundle(isHere ? directoryLog(folder.path) : source, index, width);
  for (const [i, { bytes, at }] of bundle.entries.entries()) {
    if (equalBytes(leafHash(primitives.sha256, bytes), hashes.subarray(i * 32, i * 32 + 32))) continue;
    throw new LogRefusal({
      code: 'entry-differs',
      file: isHere ? `${folder.path}/${path}` : bundle.path,
      bytes: [at, at + bytes.length],
      entry: index * TILE_WIDTH + i,
      also: { file: tilePath({ level: 0, index, width }), bytes: [i * 32, i * 32 + 32] },
    });
  }
  await keepTile(folder, { level: 0, index, width }, hashes);
  if (!isHere) await folder.keep(path, encode(bundle.entries));
  if (width === TILE_WIDTH) await folder.dropPartials(path);
  return bundle.entries;
}

const encode = (entries: readonly BundledEntry[]): Uint8Array =>
  concatBytes(
    ...entries.flatMap(({ bytes }) => [Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes]),
  );
