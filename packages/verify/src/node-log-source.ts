import { constants, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogSource, LogSourceError } from './log-source.ts';

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

const notAFile = (path: string) => new LogSourceError('log-unreachable', `${path}: not a regular file`);

/** A copy of the log in a directory that contains `checkpoint`. */
export function directoryLog(folder: string): LogSource {
  const read = async (path: string, maxBytes: number): Promise<Uint8Array> => {
    try {
      const full = join(folder, path);
      // A device or pipe has no size to bound, and even to open one may wait for ever: so it is looked at first, and
      // opened without waiting in case it changed meanwhile. Links are followed: what they lead to is proved likewise.
      if (!(await stat(full)).isFile()) throw notAFile(path);
      await using file = await open(full, constants.O_RDONLY | constants.O_NONBLOCK);
      const found = await file.stat();
      if (!found.isFile()) throw notAFile(path);
      const { size } = found;
      if (size > maxBytes) throw new LogSourceError('log-answer-too-large', `${path}: ${size} bytes`);
      return new Uint8Array(await file.readFile());
    } catch (cause) {
      if (cause instanceof LogSourceError) throw cause;
      const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
      throw new LogSourceError(missing ? 'log-not-found' : 'log-unreachable', `${path}: ${reason(cause)}`);
    }
  };
  return { live: false, read };
}

async function boundedBody(response: Response, path: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new LogSourceError('log-answer-too-large', `${path}: over ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/**
 * A log served below `prefix` (http or https; the URL that has `checkpoint` under it). Redirects are refused: the
 * prefix says where the log is. Each file must be there whole within `timeoutMs`; bounds count decompressed bytes.
 */
export function httpLog(prefix: URL, timeoutMs: number): LogSource {
  const base = prefix.href.endsWith('/') ? prefix.href : `${prefix.href}/`;
  const read = async (path: string, maxBytes: number): Promise<Uint8Array> => {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(new URL(path, base), { redirect: 'error', signal });
      if (response.ok) return await boundedBody(response, path, maxBytes);
      await response.body?.cancel();
      const missing = response.status === 404 || response.status === 410;
      throw new LogSourceError(
        missing ? 'log-not-found' : 'log-unreachable',
        `${path}: HTTP ${response.status}`,
      );
    } catch (cause) {
      if (cause instanceof LogSourceError) throw cause;
      const why = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
      throw new LogSourceError('log-unreachable', `${new URL(path, base).href}: ${reason(why)}`);
    }
  };
  return { live: true, read };
}
