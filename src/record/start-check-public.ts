/** What is public, against the database: the checkpoint, how far files reach, and the files at the right edge. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bundlePath,
  type Checkpoint,
  encodeBundle,
  openCheckpoint,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { sameBytes } from './bytes.ts';
import { readOrUndefined } from './public-files.ts';
import type { ExpectedLog } from './start-check-database.ts';
import { type Finding, shown } from './start-check-finding.ts';
import { standingOf } from './start-check-journal.ts';
import { entriesBetween, type Snapshot } from './start-check-store.ts';
import type { StoredTree } from './start-check-tree.ts';

/** The rightmost file of a kind: it holds hashes (or entries) of `level` up to `end`. */
export type Reach = Readonly<{ level: number; end: number; path: string }>;

/** What the public folder says by itself, read before the database so that it cannot have run ahead meanwhile. */
export type PublicEvidence = Readonly<{
  directory: string;
  checkpoint: Uint8Array | undefined;
  reaches: readonly Reach[];
}>;

/** Reads the checkpoint and how far files reach; nothing else, whatever the size of the log. */
export async function readPublicEvidence(directory: string): Promise<PublicEvidence> {
  const checkpoint = await readOrUndefined(join(directory, 'checkpoint'));
  const reaches: Reach[] = [];
  for (const kind of [
    'entries',
    ...(await namesIn(join(directory, 'tile'))).filter((n) => /^\d+$/.test(n)),
  ]) {
    const found = await rightmost(join(directory, 'tile', kind), 0);
    const level = kind === 'entries' ? 0 : Number(kind);
    if (found !== undefined) reaches.push({ level, ...found });
  }
  return { directory, checkpoint, reaches };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}

/** The rightmost published file below a folder: full tiles are `NNN`, unfinished ones `NNN.p/W`, groups `xNNN/`. */
async function rightmost(
  folder: string,
  above: number,
): Promise<Readonly<{ end: number; path: string }> | undefined> {
  const indexes = new Map<number, string[]>();
  for (const name of await namesIn(folder)) {
    const [, digits] = /^x?(\d{3})(?:\.p)?$/.exec(name) ?? [];
    if (digits !== undefined) indexes.set(Number(digits), [...(indexes.get(Number(digits)) ?? []), name]);
  }
  // Groups `xNNN` count thousands of the next digits, so all names of one folder lie beside each other.
  const groups = [...indexes].filter(([, names]) => names.some((name) => name.startsWith('x')));
  for (const [index] of groups.sort(([a], [b]) => b - a)) {
    const found = await rightmost(join(folder, `x${String(index).padStart(3, '0')}`), above * 1000 + index);
    if (found !== undefined) return found;
  }
  for (const [digits, names] of [...indexes].sort(([a], [b]) => b - a)) {
    const name = String(digits).padStart(3, '0');
    const index = above * 1000 + digits;
    if (names.includes(name)) return { end: (index + 1) * TILE_WIDTH, path: join(folder, name) };
    const widths = (await namesIn(join(folder, `${name}.p`))).filter((w) => /^\d{1,3}$/.test(w)).map(Number);
    if (widths.length > 0) {
      const width = Math.max(...widths);
      return { end: index * TILE_WIDTH + width, path: join(folder, `${name}.p`, String(width)) };
    }
  }
  return undefined;
}

const refuse = (code: Finding['code'], rest: Omit<Finding, 'code' | 'severity'>): Finding => ({
  code,
  severity: 'refuse',
  ...rest,
});

/** The public folder against the tree of the database. */
export async function checkPublic(
  client: Snapshot,
  tree: StoredTree,
  evidence: PublicEvidence,
  expected: ExpectedLog,
): Promise<Readonly<{ findings: readonly Finding[]; checkpoint: Checkpoint | undefined }>> {
  const { directory } = evidence;
  const beyond = evidence.reaches
    .filter(({ level, end }) => end > Math.floor(tree.size / TILE_WIDTH ** level))
    .map(({ level, end, path }) =>
      refuse('public-files-ahead', {
        where: path,
        ours: { size: tree.size },
        theirs: { size: end * TILE_WIDTH ** level },
      }),
    );
  const opened = openPublic(evidence, expected);
  if (opened === undefined) {
    const none: Finding = {
      code: 'public-none',
      severity: tree.size === 0 ? 'ok' : 'warn',
      where: directory,
    };
    return { findings: [...beyond, none], checkpoint: undefined };
  }
  if ('code' in opened) return { findings: [...beyond, opened], checkpoint: undefined };
  const where = join(directory, 'checkpoint');
  const standing = await standingOf(tree, opened);
  if (standing.stands !== 'prefix') {
    const { stands, ours, theirs } = standing;
    const code = stands === 'ahead' ? 'public-ahead' : 'public-differs';
    return { findings: [refuse(code, { where, ours, theirs }), ...beyond], checkpoint: opened };
  }
  const files = await checkEdgeFiles(client, tree, directory, opened.size);
  const findings = [...beyond, ...files];
  if (findings.length > 0) return { findings, checkpoint: opened };
  return {
    findings: [{ code: 'public-ok', severity: 'ok', where, theirs: shown(opened) }],
    checkpoint: opened,
  };
}

function openPublic({ checkpoint, directory }: PublicEvidence, expected: ExpectedLog) {
  if (checkpoint === undefined) return undefined;
  const where = join(directory, 'checkpoint');
  const opened = openCheckpoint(nodeNotePrimitives, new TextDecoder().decode(checkpoint), {
    logKeys: expected.keys,
  });
  if (!opened.ok) return refuse('public-checkpoint-unreadable', { where, facts: { cause: opened.code } });
  const { origin } = opened.checkpoint;
  return origin === expected.origin
    ? opened.checkpoint
    : refuse('public-other-log', { where, facts: { found: origin } });
}

/** The last full and the unfinished tile of each level of the published tree, and the bundles under the lowest. */
async function checkEdgeFiles(
  client: Snapshot,
  tree: StoredTree,
  directory: string,
  size: number,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (let level = 0; Math.floor(size / TILE_WIDTH ** level) > 0; level++) {
    const last = Math.floor((Math.floor(size / TILE_WIDTH ** level) - 1) / TILE_WIDTH);
    for (let index = Math.max(0, last - 1); index <= last; index++)
      findings.push(
        ...(await checkFilesAt(client, tree, directory, {
          level,
          index,
          width: tileWidth(level, index, size),
        })),
      );
  }
  return findings;
}

/** One published tile, and where it is of leaf hashes its bundle, byte for byte against the database. */
export async function checkFilesAt(
  client: Snapshot,
  tree: StoredTree,
  directory: string,
  ref: Readonly<{ level: number; index: number; width: number }>,
): Promise<readonly Finding[]> {
  const { level, index, width } = ref;
  const findings = [await compareFile(directory, tilePath(ref), await tree.tile(level, index, width))];
  if (level === 0) {
    const first = index * TILE_WIDTH;
    const entries = await entriesBetween(client, first, first + width);
    const bundle = entries.length === width ? encodeBundle(entries.map(({ body }) => body)) : undefined;
    findings.push(await compareFile(directory, bundlePath({ index, width }), bundle));
  }
  return findings.flatMap((finding) => finding ?? []);
}

/** A file against what the database gives; what the database lacks is said by its own check. */
async function compareFile(
  directory: string,
  path: string,
  expected: Uint8Array | undefined,
): Promise<Finding | undefined> {
  const where = join(directory, path);
  const bytes = await readOrUndefined(where);
  if (bytes === undefined) return refuse('public-file-missing', { where });
  if (expected === undefined || sameBytes(bytes, expected)) return undefined;
  const at = bytes.findIndex((byte, i) => byte !== expected[i]);
  const facts = { bytes: bytes.length, expected: expected.length, differsAt: at < 0 ? bytes.length : at };
  return refuse('public-file-differs', { where, facts });
}
