/** What the witnesses say they have seen, asked of them directly: a log that shows them another tree is caught here. */
import { createHash } from 'node:crypto';
import { MAX_NOTE_BYTES, type NotePrimitives, toBase64 } from '@lianshu/tlog';
import type { Alert } from './alert.ts';
import { type LogSource, LogSourceError } from './log-source.ts';
import { openEvidence } from './signed-evidence.ts';
import type { OpenedCheckpoint, Trust } from './trusted-log.ts';
import type { WatchedLog } from './watched-log.ts';

/** A witness to ask and the checkpoint it answered with; undefined when it gave none that holds. */
export type WitnessView = Readonly<{ name: string; opened: OpenedCheckpoint }>;

/** Asks every witness of the policy that has a URL for its newest checkpoint of this log. Silence is no finding. */
export async function askWitnesses(
  primitives: NotePrimitives,
  trust: Trust,
  origin: string,
  sourceOf: (url: string) => LogSource,
): Promise<readonly WitnessView[]> {
  const path = `${createHash('sha256').update(origin).digest('hex')}/checkpoint`;
  const asked = (trust.policy?.witnesses ?? []).map(
    async ({ name, url }): Promise<WitnessView | undefined> => {
      if (url === undefined || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
        return undefined;
      try {
        const bytes = await sourceOf(url).read(path, MAX_NOTE_BYTES);
        const opened = openEvidence(primitives, bytes, trust, name);
        return opened.ok && opened.checkpoint.origin === origin ? { name, opened } : undefined;
      } catch (error) {
        if (error instanceof LogSourceError) return undefined;
        throw error;
      }
    },
  );
  return (await Promise.all(asked)).filter((view) => view !== undefined);
}

/**
 * Compares the witnesses' newest checkpoints with the believed tree. One that any of the log's own keys signed and that is
 * not of this tree proves a fork, whoever shows it. `keep` stores evidence and returns its name.
 */
export function watchWitnesses(
  log: WatchedLog,
  views: readonly WitnessView[],
  keep: (opened: OpenedCheckpoint) => string,
  { nowMs, slackMs }: Readonly<{ nowMs: number; slackMs: number }>,
): readonly Alert[] {
  const own = log.opened;
  if (own === undefined) return [];
  const found: Alert[] = [];
  for (const { name, opened } of views) {
    const { size, root } = opened.checkpoint;
    const detail = `${name}: ${size} / ${own.checkpoint.size}`;
    if (size > own.checkpoint.size) {
      // Witnesses are asked before a checkpoint becomes public: for a moment they are rightly ahead.
      const times = opened.witnesses.flatMap(({ time }) => (time === undefined ? [] : [Date.parse(time)]));
      if (nowMs <= Math.max(0, ...times) + slackMs) continue;
      const evidence = { witness: name, size, published: own.checkpoint.size };
      found.push({
        id: `witness-ahead ${name}`,
        code: 'witness-ahead',
        part: 'witnesses',
        detail,
        grade: size - own.checkpoint.size,
        evidence,
      });
    } else if (log.hadRoot(size, toBase64(root)) === false) {
      const evidence = { witness: name, files: [keep(own), keep(opened)] };
      found.push({
        id: `witness-fork ${name} ${size}`,
        code: 'witness-fork',
        part: 'witnesses',
        detail,
        evidence,
      });
    }
  }
  return found;
}
