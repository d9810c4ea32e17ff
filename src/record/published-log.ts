/**
 * What of the log is public now. Whoever is not just being answered for the first time learns of the record at
 * the pace of publication: a proof against each round's checkpoint would tell the second in which others sign.
 */
import { join } from 'node:path';
import {
  leafHash,
  ProofBuilder,
  parseCheckpointText,
  tilePath,
  tilesForInclusion,
  verifyInclusion,
} from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { Db } from '../platform/db/index.ts';
import { taipeiTimestamp } from '../platform/time.ts';
import { base64 } from './bytes.ts';
import { firstCosignedOver } from './cosigning-store.ts';
import type { Act } from './entry.ts';
import { loggedAmong } from './entry-store.ts';
import type { Inclusion } from './inclusion.ts';
import { readOrUndefined } from './public-files.ts';
import type { CommitmentState } from './public-record.ts';
import { RecordFault } from './record-fault.ts';
import { cosignersOf, readWitnessing, type WitnessCount, witnessCountOf } from './witnessing.ts';

interface PublishedHead {
  readonly size: number;
  readonly root: Uint8Array;
  readonly checkpoint: string;
}

async function readPublishedHead(
  directory: string,
  file: 'checkpoint' | 'witnessed-checkpoint' = 'checkpoint',
): Promise<PublishedHead | undefined> {
  const bytes = await readOrUndefined(join(directory, file));
  if (bytes === undefined) return undefined;
  const checkpoint = new TextDecoder().decode(bytes);
  const head = parseCheckpointText(checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1));
  if (head === undefined) throw new RecordFault('file-differs', 'the public checkpoint cannot be read');
  return { size: head.size, root: head.root, checkpoint };
}

/** The size of the published tree; 0 before the first publication. */
export async function readPublishedSize(directory: string): Promise<number> {
  return (await readPublishedHead(directory))?.size ?? 0;
}

/** An inclusion in a published checkpoint, and who has witnessed that; `witnessed` is absent without a policy. */
export type PublishedProof = Inclusion & Readonly<{ witnessed?: WitnessCount }>;

/**
 * The inclusion of a commitment in the *published* checkpoint, from the published tiles; undefined if not yet. As
 * long as that one lacks a quorum, in the newest witnessed checkpoint that holds the commitment: what was witnessed
 * once stays so.
 */
export async function readPublishedProof(
  db: Db,
  directory: string,
  commitment: Uint8Array,
): Promise<PublishedProof | undefined> {
  const newest = await readPublishedHead(directory);
  if (newest === undefined || newest.size === 0) return undefined;
  const [found] = await loggedAmong(db, [commitment], newest.size);
  if (found === undefined) return undefined;
  const index = Number(found.seq);
  const witnessing = await readWitnessing(directory);
  if (witnessing === undefined) return proveIn(directory, newest, index, found.body);
  const base64Root = base64(newest.root);
  const witnessed = witnessCountOf(witnessing, { size: newest.size, root: base64Root });
  const earlier = await readPublishedHead(directory, 'witnessed-checkpoint');
  if (witnessed?.isWitnessed || earlier === undefined || earlier.size <= index)
    return {
      ...(await proveIn(directory, newest, index, found.body)),
      ...(witnessed === undefined ? {} : { witnessed }),
    };
  const names = cosignersOf(earlier.checkpoint, witnessing);
  return {
    ...(await proveIn(directory, earlier, index, found.body)),
    witnessed: { names, of: witnessed?.of ?? names.length, isWitnessed: true },
  };
}

/** Proves an entry in a published tree and verifies the proof before anybody gets it. */
async function proveIn(
  directory: string,
  { size, root, checkpoint }: PublishedHead,
  index: number,
  body: Uint8Array,
): Promise<Inclusion> {
  const tiles = new Map<string, Uint8Array>();
  for (const ref of tilesForInclusion(index, size)) {
    const bytes = await readOrUndefined(join(directory, tilePath(ref)));
    if (bytes === undefined) throw new RecordFault('file-differs', `${tilePath(ref)} is not published`);
    tiles.set(`${ref.level}/${ref.index}`, bytes);
  }
  const builder = new ProofBuilder(sha256, (ref) => {
    const bytes = tiles.get(`${ref.level}/${ref.index}`);
    if (bytes === undefined) throw new RecordFault('file-differs', `${tilePath(ref)} was not asked for`);
    return bytes;
  });
  const path = builder.inclusion(index, size);
  if (!verifyInclusion(sha256, { index, size, leaf: leafHash(sha256, body), proof: path, root }))
    throw new RecordFault('proof-invalid', `entry ${index} does not lie in the published tree`);
  return { index, size, path, checkpoint, entry: body };
}

/** The publication that bound an entry: the first cosigned checkpoint that holds it, and who said so when. */
export type CosignedFirst = Readonly<{
  size: number;
  /** Witness names with the times they state, Asia/Taipei, earliest first. */
  by: readonly Readonly<{ name: string; time: string }>[];
}>;

/** By when an entry was in the log, on the word of witnesses; undefined as long as none has cosigned over it. */
export async function readCosignedFirst(
  db: Db,
  directory: string,
  index: number,
): Promise<CosignedFirst | undefined> {
  const first = await firstCosignedOver(db, index, await readPublishedSize(directory));
  if (first === undefined) return undefined;
  const by = first.cosignatures.map(({ witness, atMs }) => ({
    name: witness.slice(0, witness.lastIndexOf('+')),
    time: taipeiTimestamp(atMs),
  }));
  return { size: first.size, by };
}

/** What may be said of a commitment to anybody; the entry itself, with its tag, is in the published log. */
export type PublishedState =
  | Readonly<{ state: 'pending'; case: string }>
  | Readonly<{ state: 'included'; index: number; case: string; act: Act }>
  | Readonly<{ state: 'held'; index: number; case: string; act: Act }>
  | Readonly<{ state: 'counted-after-hold'; index: number; settledAt: number; case: string; act: Act }>
  | Readonly<{
      state: 'refused-after-hold';
      index: number;
      settledAt: number;
      case: string;
      act: Act;
      code: string;
    }>
  | Readonly<{ state: 'voided'; index: number; voidedAt: number; case: string; act: Act; ground: string }>;

/** What the published tree of `size` entries says of a commitment; anything newer is not known yet. */
export function asPublished(state: CommitmentState, size: number): PublishedState {
  if (state.state === 'pending' || state.index >= size) return { state: 'pending', case: state.case };
  const { index, case: caseNumber } = state;
  const act = state.state === 'included' ? state.kind : state.act;
  const common = { index, case: caseNumber, act };
  switch (state.state) {
    case 'included':
    case 'held':
      return { ...common, state: state.state };
    case 'counted-after-hold':
      return state.settledAt < size
        ? { ...common, state: state.state, settledAt: state.settledAt }
        : { ...common, state: 'held' };
    case 'refused-after-hold':
      return state.settledAt < size
        ? { ...common, state: state.state, settledAt: state.settledAt, code: state.code }
        : { ...common, state: 'held' };
    case 'voided':
      return state.voidedAt < size
        ? { ...common, state: state.state, voidedAt: state.voidedAt, ground: state.ground }
        : { ...common, state: 'included' };
    default:
      return state satisfies never;
  }
}
