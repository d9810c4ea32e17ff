/** Which files the published log consists of, and how each is served: by our own server as by any store of copies. */
import { parseTilePath } from '@lianshu/tlog';

/** One published file: its path below the log's prefix. */
export type ServedFile = Readonly<{ path: string; type: string; isImmutable: boolean }>;

/** Type of texts, checkpoints above all. */
export const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json';
const TIME_STAMP = 'application/timestamp-reply';
const BINARY = 'application/octet-stream';

/** Which file a path names. Only paths in this grammar reach a file system or a store, so none can climb out. */
export function servedFile(path: string): ServedFile | undefined {
  if (/^(checkpoint|witnessed-checkpoint|key|policy)$/.test(path))
    return { path, type: TEXT, isImmutable: false };
  if (path === 'copies.json' || path === 'witnessing.json' || path === 'stamps/index.json')
    return { path, type: JSON_TYPE, isImmutable: false };
  if (/^counts\/([0-9]{4,6}|D[0-9]{5})\.json$/.test(path))
    return { path, type: JSON_TYPE, isImmutable: false };
  const [, stamp] = /^stamps\/(?:0|[1-9]\d{0,15})\.(checkpoint|tsr)$/.exec(path) ?? [];
  if (stamp !== undefined) return { path, type: stamp === 'tsr' ? TIME_STAMP : TEXT, isImmutable: true };
  const [, former, rest = ''] = /^(former\/[1-9]\d{0,2})\/(.+)$/.exec(path) ?? [];
  if (former !== undefined && rest === 'checkpoint') return { path, type: TEXT, isImmutable: false };
  // A former name has the same tree: its files are the log's own.
  if (former !== undefined) return parseTilePath(rest) === undefined ? undefined : servedFile(rest);
  return parseTilePath(path) === undefined ? undefined : { path, type: BINARY, isImmutable: true };
}

/**
 * How a file is served. Tiles and bundles may be kept for a year; checkpoint, key and counts for one beat of the
 * publication clock, at most 10 s.
 */
export function formOf(file: ServedFile, everyMs: number): Readonly<{ type: string; cacheControl: string }> {
  const beat = Math.max(1, Math.min(10, Math.floor(everyMs / 1_000)));
  const cacheControl = file.isImmutable
    ? 'public, max-age=31536000, immutable'
    : `public, max-age=${beat}, must-revalidate`;
  return { type: file.type, cacheControl };
}
