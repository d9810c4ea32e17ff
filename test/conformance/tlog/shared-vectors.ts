import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = new URL('../../../../shared/data/vectors/', import.meta.url).pathname;

/** Where the third-party vectors lie; they are not part of this repository. */
const vectorPath = (path: string): string => join(FOLDER, path);

/** Whether the vectors are there. On CI their absence is a failure; elsewhere it is said loudly. */
export function haveVectors(folder: string): boolean {
  if (existsSync(vectorPath(folder))) return true;
  if (process.env['CI'] !== undefined) throw new Error(`test vectors missing: ${folder}`);
  console.warn(`SKIPPED: the test vectors in ${folder} are not on this machine`);
  return false;
}

/** All files below a folder of the vectors, as paths below it. */
export function vectorFiles(folder: string): readonly string[] {
  return readdirSync(vectorPath(folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort();
}

export const vectorText = (path: string): string => readFileSync(vectorPath(path), 'utf8');
export const vectorBytes = (path: string): Uint8Array => new Uint8Array(readFileSync(vectorPath(path)));
