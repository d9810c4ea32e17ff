import { readFile } from 'node:fs/promises';
import { parsePolicy, parseVerifierKey, type VerifierKey } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { WatchedLog } from './witness.ts';

/** The logs to watch could not be read; the message is for the operator. */
export class LogListFault extends Error {}

type Entry = Readonly<{ origin: string; key: VerifierKey }>;

/** `VKEY`, or `ORIGIN VKEY` for a log whose key does not bear the name of its origin (which may hold spaces). */
function entryOf(text: string): Entry | undefined {
  const cut = text.lastIndexOf(' ');
  const key = parseVerifierKey(sha256, text.slice(cut + 1));
  if (key === undefined) return undefined;
  const origin = cut < 0 ? key.name : text.slice(0, cut).trim();
  return origin === '' ? undefined : { origin, key };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new LogListFault(`neither a verifier key nor a readable file: ${JSON.stringify(path)}`);
  }
}

/** One entry a line; empty lines and `#` comments are left out. */
async function entriesOfFile(path: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const [i, raw] of (await textOf(path)).split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const entry = entryOf(line);
    if (entry === undefined) throw new LogListFault(`${path}, line ${i + 1}: not a verifier key`);
    entries.push(entry);
  }
  return entries;
}

/** The `log` lines of a policy (c2sp.org/tlog-policy); its witnesses and quorum are no concern of a witness. */
async function entriesOfPolicy(path: string): Promise<readonly Entry[]> {
  const parsed = parsePolicy(sha256, await textOf(path));
  if (!parsed.ok) {
    const [fault] = parsed.faults;
    throw new LogListFault(`${path}, line ${fault?.line}: ${fault?.code}`);
  }
  return parsed.policy.logs.map(({ key }) => ({ origin: key.name, key }));
}

/**
 * The logs named on a command line: `logs` are verifier keys, `ORIGIN VKEY` pairs or files of such lines; the keys
 * of one origin come together. Throws {@link LogListFault}.
 */
export async function readWatchedLogs(
  logs: readonly string[],
  policies: readonly string[],
): Promise<readonly WatchedLog[]> {
  const entries: Entry[] = [];
  for (const log of logs) {
    const entry = entryOf(log);
    entries.push(...(entry === undefined ? await entriesOfFile(log) : [entry]));
  }
  for (const policy of policies) entries.push(...(await entriesOfPolicy(policy)));
  const byOrigin = Map.groupBy(entries, ({ origin }) => origin);
  return [...byOrigin].map(([origin, group]) => ({ origin, keys: group.map(({ key }) => key) }));
}
