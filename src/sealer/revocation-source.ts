import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where complete revocation lists come from: DER, one or several. Throws when it has nothing to give now. */
export interface RevocationSource {
  /** For the log: a URL or a path of ours. */
  readonly name: string;
  read(): Promise<readonly Uint8Array[]>;
}

/** Largest list taken: three times the largest known (MOICA G2, 20 MB). */
export const MAX_LIST_BYTES = 67_108_864;

const FETCH_MS = 60_000;

/** Every `*.crl` of a directory that an operator or another program fills. */
export function directorySource(path: string): RevocationSource {
  return {
    name: path,
    async read() {
      const names = (await readdir(path)).filter((name) => name.endsWith('.crl')).sort();
      return Promise.all(names.map((name) => readBounded(join(path, name))));
    },
  };
}

/** One list over HTTP (lists are signed, so plain HTTP is usual); no redirects, bounded in size and time. */
export function httpSource(url: string, fetchFrom: typeof fetch): RevocationSource {
  return {
    name: url,
    async read() {
      const response = await fetchFrom(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MS) });
      return [await readBody(response, MAX_LIST_BYTES)];
    },
  };
}

/** The body of a 200 answer, read no further than `maxBytes`. Throws for anything else. */
export async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  if (response.status !== 200 || response.body === null) throw new Error('answer-unavailable');
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > maxBytes) throw new Error('answer-too-large');
    chunks.push(chunk);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

/** A file no larger than a list may be. */
export async function readBounded(path: string): Promise<Uint8Array> {
  if ((await stat(path)).size > MAX_LIST_BYTES) throw new Error('list-too-large');
  return Uint8Array.from(await readFile(path));
}
