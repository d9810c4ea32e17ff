import { type Batcher, createBatcher } from '../platform/db/index.ts';
import type { SealerClient } from '../sealer/index.ts';

const REPORT = { maxRows: 500, idleMs: 200, lanes: 1 };

/**
 * Tells the sealer which envelopes were stored, after their COMMIT and beside the answer: nobody waits for it. A report that
 * does not arrive is not sent again: its signers are of unknown county, and nobody is counted twice.
 */
export function storedReports(sealer: Pick<SealerClient, 'noteStored'>): {
  add(recordCommitment: Uint8Array): void;
  close(): Promise<void>;
} {
  const batcher: Batcher<Uint8Array, undefined> = createBatcher({
    ...REPORT,
    flush: async (commitments) => {
      await sealer.noteStored(commitments).catch(() => undefined);
      return commitments.map(() => undefined);
    },
  });
  return {
    add: (recordCommitment) => void batcher.submit(recordCommitment),
    close: () => batcher.close(),
  };
}
