import { hash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evidence } from './witness.ts';

/** Most pieces kept of each kind. Forks have their own, so that a flood of mere suspicions cannot crowd them out. */
const MOST = { fork: 100, unproven: 20 } as const;

/** Origin, size and root: the same checkpoint in other words, or with other signatures, is no further evidence. */
const nameOf = (kind: keyof typeof MOST, submitted: string): string =>
  `${kind}-${hash('sha256', submitted.split('\n', 3).join('\n'))}.txt`;

/**
 * Keeps submitted checkpoints that a log signed and that do not follow from what it signed before, each with the
 * one we hold: `fork-<sha256>.txt` (same size, other root: the two together are proof) and `unproven-<sha256>.txt`
 * (a failing consistency proof: may be the client's mistake, and anybody can make it). One file for each origin, size
 * and root, never overwritten, bounded. An `unproven` one goes when the log proves the checkpoint after all.
 */
export function evidenceFolder(path: string): Evidence {
  /** What is there, as far as this process has seen it: repetitions cost no look at the disk. */
  const seen = new Set<string>();
  return {
    async keep(kind, submitted, held) {
      const name = nameOf(kind, submitted);
      if (seen.has(name)) return false;
      try {
        await mkdir(path, { recursive: true, mode: 0o700 });
        const kept = (await readdir(path)).filter((each) => each.startsWith(`${kind}-`));
        for (const each of kept) seen.add(each);
        if (seen.has(name) || kept.length >= MOST[kind]) return false;
        const text = `== submitted ==\n${submitted}\n== held ==\n${held}`;
        await writeFile(join(path, name), text, { flag: 'wx', mode: 0o600, flush: true });
        seen.add(name);
        return true;
      } catch {
        // No room: the refusal itself does not depend on it.
        return false;
      }
    },
    async settle(submitted) {
      const name = nameOf('unproven', submitted);
      seen.delete(name);
      await rm(join(path, name), { force: true }).catch(() => undefined);
    },
  };
}
