/** 金鑰紀事: the record says which keys sign the log and promise for it, since when, and what the ceremonies wrote down. */
import { formatVerifierKey, type VerifierKey } from '@lianshu/tlog';
import { z } from 'zod';
import { type Db, inTransaction } from '../platform/db/index.ts';
import { type Clock, taipeiTimestamp } from '../platform/time.ts';
import { keyEventBodies } from './cosigning-store.ts';
import type { ActEntry } from './entry.ts';
import { readEntry } from './prepare-entry.ts';
import type { PublicRecord } from './public-record.ts';

type KeyRecordDeps = Readonly<{ db: Db; clock: Clock; record: PublicRecord }>;

const named = z.looseObject({ publicKey: z.string().optional(), keys: z.array(z.string()).optional() });

/** Every public key that the record names, in its text form. */
async function recordedKeys(db: Db): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const body of await keyEventBodies(db)) {
    const entry = readEntry(body);
    const event = named.safeParse('body' in entry ? entry.body : undefined);
    if (!event.success) continue;
    if (event.data.publicKey !== undefined) keys.add(event.data.publicKey);
    for (const key of event.data.keys ?? []) keys.add(key);
  }
  return keys;
}

const keyEvent = (clock: Clock, body: ActEntry['body'], basis: string): ActEntry => ({
  at: taipeiTimestamp(clock.nowMs()),
  basis,
  body,
  capacity: 'operator',
  kind: 'key-event',
  v: 1,
});

/**
 * Enters an `in-use` event for each key that the record does not name yet: those of the log, and the sealer's
 * promise key if it is known. To be called by the one sequencer. Safe to repeat; a key once named is not named again.
 */
export async function recordKeys(
  { db, clock, record }: KeyRecordDeps,
  logKeys: readonly VerifierKey[],
  promiseKey: string | undefined,
): Promise<void> {
  const known = await recordedKeys(db);
  const wanted = [
    ...logKeys.map((key) => ({ purpose: 'log', origin: key.name, publicKey: formatVerifierKey(key) })),
    ...(promiseKey === undefined ? [] : [{ purpose: 'promise', publicKey: promiseKey }]),
  ].filter(({ publicKey }) => !known.has(publicKey));
  if (wanted.length === 0) return;
  const entries = wanted.map((key) =>
    keyEvent(clock, { event: 'in-use', ...key }, '平台規則：公卷與承諾書的金鑰'),
  );
  await inTransaction(db, (tx) => record.appendMany(tx, entries));
}

/** Enters the digest of a ceremony's transcript; who was there stays in the transcript, which is not public. */
export async function recordCeremony(
  { db, clock, record }: KeyRecordDeps,
  ceremony: Readonly<{ purpose: string; transcriptSha256: string }>,
): Promise<void> {
  const { purpose, transcriptSha256 } = ceremony;
  const body = { event: 'created', purpose: `ceremony-${purpose}`, sha256: transcriptSha256 };
  await inTransaction(db, (tx) => record.append(tx, keyEvent(clock, body, '平台規則：金鑰儀式')));
}
