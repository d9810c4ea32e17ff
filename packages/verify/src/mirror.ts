import { equalBytes, utf8 } from '@lianshu/statement';
import { type Checkpoint, MAX_NOTE_BYTES, type NotePrimitives } from '@lianshu/tlog';
import { OriginChain } from './cross-link.ts';
import { type LogFault, LogRefusal } from './log-fault.ts';
import { type LogSource, LogSourceError } from './log-source.ts';
import { copyTree } from './mirror-copy.ts';
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

/**
 * What one look at the log brought. `evidence` is the folder in which both sides of a contradiction were
 * kept; with a contradiction and without it, there were {@link MOST_EVIDENCE} already.
 */
export type MirrorResult =
  | Readonly<{ ok: true; from: number; opened: OpenedCheckpoint }>
  | Readonly<{ ok: false; fault: LogFault; evidence?: string }>;

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
      const notes = { 'ours.checkpoint': utf8(ours.note), 'theirs.checkpoint': utf8(theirs.note) };
      const name = [error.fault.code, treeName(ours.checkpoint), treeName(theirs.checkpoint)].join('-');
      const evidence = await folder.keepEvidence(name, { ...notes, ...error.files });
      return { ok: false, fault: error.fault, ...(evidence === undefined ? {} : { evidence }) };
    }
    return { ok: false, fault: faultOf(error) };
  }
}

/** A tree by size and root: whoever signs or cosigns it anew, as each look may bring, it is the same evidence. */
const treeName = ({ size, root }: Checkpoint): string =>
  `${size}-${Buffer.from(root.subarray(0, 8)).toString('hex')}`;

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
