/** The record says under which witness policy it stands: whoever loosened it later could not hide that. */
import { z } from 'zod';
import { type Db, inTransaction } from '../platform/db/index.ts';
import { type Clock, taipeiTimestamp } from '../platform/time.ts';
import { keyEventBodies } from './cosigning-store.ts';
import { readEntry } from './prepare-entry.ts';
import type { PublicRecord } from './public-record.ts';
import type { WitnessPolicy } from './witnessing-policy.ts';

/** `purpose` of the key events that name a witness policy; `sha256` is that of the file `/log/policy`. */
const WITNESS_POLICY_PURPOSE = 'witness-policy';

const policyEvent = z.looseObject({
  event: z.enum(['in-use', 'destroyed']),
  purpose: z.literal(WITNESS_POLICY_PURPOSE),
  sha256: z.string(),
});

/** The digest of the policy that the record names as in use; undefined for none. */
async function recordedPolicy(db: Db): Promise<string | undefined> {
  for (const body of await keyEventBodies(db)) {
    const entry = readEntry(body);
    const event = policyEvent.safeParse('body' in entry ? entry.body : undefined);
    if (event.success) return event.data.event === 'in-use' ? event.data.sha256 : undefined;
  }
  return undefined;
}

/**
 * Enters a `key-event` when another policy is in use than the record names: `in-use` with the new digest, or
 * `destroyed` with the old one where there is none any more. To be called by the one sequencer, before it publishes.
 */
export async function recordWitnessPolicy(
  { db, clock, record }: Readonly<{ db: Db; clock: Clock; record: PublicRecord }>,
  policy: WitnessPolicy | undefined,
): Promise<void> {
  const recorded = await recordedPolicy(db);
  if (recorded === policy?.digest) return;
  await inTransaction(db, (tx) =>
    record.append(tx, {
      at: taipeiTimestamp(clock.nowMs()),
      basis: '平台規則：外部見證',
      body: {
        event: policy === undefined ? 'destroyed' : 'in-use',
        purpose: WITNESS_POLICY_PURPOSE,
        sha256: policy?.digest ?? recorded ?? '',
      },
      capacity: 'operator',
      kind: 'key-event',
      v: 1,
    }),
  );
}
