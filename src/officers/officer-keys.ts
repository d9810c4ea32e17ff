/** A passkey comes into use: the one before it ends, and the record says so of both. */
import { toHex } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import type { NewPasskey } from '../passkeys/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Clock } from '../platform/time.ts';
import type { PublicRecord } from '../record/index.ts';
import { officerKeyEvent } from './key-events.ts';
import { endPasskey, insertPasskey, livePasskey, mandatesOf, setFailures } from './officer-store.ts';

/** The credential is known already: of this officer or of another. Thrown, so that nothing of the step is kept. */
export class PasskeyTaken extends Error {}

export type EnrolledKey = Omit<NewPasskey, 'challenge'>;

/**
 * Requires the officer's mandates to stand. `publicKey` is the SPKI form, for the record.
 * @throws PasskeyTaken
 */
export async function putKeyInUse(
  tx: Tx,
  { clock, record }: Readonly<{ clock: Clock; record: Pick<PublicRecord, 'append'> }>,
  officer: string,
  key: EnrolledKey,
  publicKey: string,
): Promise<void> {
  const nowMs = clock.nowMs();
  const capacities = (await mandatesOf(tx, officer)).map(({ capacity }) => capacity);
  const former = await livePasskey(tx, officer);
  if (former !== undefined) {
    await endPasskey(tx, former.credentialId, nowMs);
    for (const capacity of capacities)
      await record.append(tx, officerKeyEvent(clock, 'replaced', capacity, { sha256: former.keySha256 }));
  }
  const keySha256 = toHex(sha256(Buffer.from(key.credentialId, 'base64url')));
  if (!(await insertPasskey(tx, { ...key, keySha256, officer }, nowMs))) throw new PasskeyTaken();
  for (const capacity of capacities)
    await record.append(tx, officerKeyEvent(clock, 'in-use', capacity, { sha256: keySha256, publicKey }));
  await setFailures(tx, officer, 0);
}
