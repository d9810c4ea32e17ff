import { hash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeepEvidence } from './witness.ts';

/** Most pieces kept of each kind. Forks have their own, so that a flood of mere suspicions cannot crowd them out. */
const MOST = { fork: 100, unproven: 20 } as const;

/**
 * Keeps submitted checkpoints that a log signed and that do not follow from what it signed before, each with the
 * one we hold: `fork-<sha256>.txt` (same size, other root: the two together are proof) and `unproven-<sha256>.txt`
 * (a failing consistency proof: may be the client's mistake). One file a checkpoint, never overwritten, bounded.
 */
export function evidenceFolder(path: string): KeepEvidence {
  return async (kind, submitted, held) => {
    try {
      await mkdir(path, { recursive: true, mode: 0o700 });
      const kept = (await readdir(path)).filter((name) => name.startsWith(`${kind}-`));
      if (kept.length >= MOST[kind]) return false;
      const name = `${kind}-${hash('sha256', submitted)}.txt`;
      const text = `== submitted ==\n${submitted}\n== held ==\n${held}`;
      await writeFile(join(path, name), text, { flag: 'wx', mode: 0o600, flush: true });
      return true;
    } catch {
      // Kept already, or no room: the refusal itself does not depend on it.
      return false;
    }
  };
}
