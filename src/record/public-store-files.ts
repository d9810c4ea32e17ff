/** Which published files a copy consists of. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bundlePath, TILE_WIDTH, tilePath, tileWidth } from '@lianshu/tlog';
import { servedFile } from './public-file-form.ts';
import { readOrUndefined } from './public-files.ts';

/** The report below `/log/`: how far the copy is, without naming the place. */
export const COPIES_REPORT = 'copies.json';

/** A published file beside tiles and checkpoint; `bytes` are empty for one that never changes. */
export type OtherFile = Readonly<{ path: string; isImmutable: boolean; bytes: Uint8Array }>;

/** Published files beside tiles and checkpoint, with the bytes of those that change. */
export async function otherFiles(directory: string): Promise<readonly OtherFile[]> {
  const names = await readdir(directory, { recursive: false, withFileTypes: true }).catch(() => []);
  const paths: string[] = [];
  for (const entry of names) {
    if (['tile', 'checkpoint', COPIES_REPORT].includes(entry.name) || entry.name.startsWith('.')) continue;
    if (entry.isFile()) paths.push(entry.name);
    else if (entry.isDirectory()) {
      const inside = await readdir(join(directory, entry.name), { recursive: true });
      paths.push(...inside.map((name) => `${entry.name}/${name.replaceAll('\\', '/')}`));
    }
  }
  const files: OtherFile[] = [];
  for (const path of paths.sort()) {
    const served = servedFile(path);
    if (served === undefined) continue;
    const { isImmutable } = served;
    const bytes = isImmutable ? new Uint8Array() : await readOrUndefined(join(directory, path));
    if (bytes !== undefined) files.push({ path, isImmutable, bytes });
  }
  return files;
}

/** Every bundle and tile that a reader who has the tree of `from` lacks for the tree of `to`; bundles before their tile. */
export function pathsBetween(from: number, to: number): readonly string[] {
  const paths: string[] = [];
  for (let level = 0, below = 1; Math.floor(to / below) > 0; level++, below *= TILE_WIDTH) {
    const last = Math.floor((to - 1) / below / TILE_WIDTH);
    for (let index = Math.floor(from / below / TILE_WIDTH); index <= last; index++) {
      const width = tileWidth(level, index, to);
      if (width === 0) continue;
      if (level === 0) paths.push(bundlePath({ index, width }));
      paths.push(tilePath({ level, index, width }));
    }
  }
  return paths;
}
