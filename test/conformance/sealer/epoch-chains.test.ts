import { randomBytes } from 'node:crypto';
import { encodeRosterRecord, generateCaseKey, MAX_EPOCH_MS, MAX_RECORDS, openEpoch } from '@lianshu/seal';
import { describe, expect, it } from 'vitest';
import { EpochChains, type Roll, type SealedRecords } from '../../../src/sealer/epoch-chains.ts';

const PLAIN = { evidence: new Uint8Array(16), roster: encodeRosterRecord('A123456789') };

async function roll(caseNumber: string, act: Roll['act'] = 'joint-signature') {
  const { identity, recipient } = await generateCaseKey('x25519');
  const recipients = { evidence: [recipient], roster: [recipient] };
  return { identity, roll: { caseNumber, act, keys: { key: new Uint8Array(32), recipients } } };
}

const places = (all: readonly SealedRecords[]) =>
  all.map(({ evidence }) => `${evidence.epochId} ${evidence.place}`);

describe('epoch chains', () => {
  it('give every record a place of its own, also across the end of an epoch under load', async () => {
    const { identity, roll: one } = await roll('9901');
    const chains = new EpochChains(() => 0, randomBytes);
    const commitment = randomBytes(32);
    const count = MAX_RECORDS + 500;
    const all = await Promise.all(Array.from({ length: count }, () => chains.seal(one, commitment, PLAIN)));
    expect(new Set(places(all)).size).toBe(count);
    const epochs = new Map(all.flatMap(({ epochs: both }) => both.map((epoch) => [epoch.epochId, epoch])));
    expect(epochs.size).toBe(4);
    const last = all.at(-1);
    const wrapped = epochs.get(last?.rosterRecord.epochId ?? '')?.wrapped ?? new Uint8Array();
    const reader = await openEpoch([identity], wrapped);
    const record = last?.rosterRecord;
    expect(reader.open(record?.place ?? -1, commitment, record?.ciphertext ?? new Uint8Array())).toEqual(
      Buffer.from(PLAIN.roster),
    );
  });

  it('are kept apart by case, act and part, and end after an hour', async () => {
    let nowMs = 0;
    const chains = new EpochChains(() => nowMs, randomBytes);
    const { roll: first } = await roll('9901');
    const others = [(await roll('9902')).roll, { ...first, act: 'proposal-signature' } as const];
    const seal = (one: Roll) => chains.seal(one, new Uint8Array(32), PLAIN);
    const before = await seal(first);
    const rest = await Promise.all(others.map(seal));
    nowMs = MAX_EPOCH_MS;
    const after = await seal(first);
    const epochIds = [before, ...rest, after].flatMap((one) => one.epochs.map(({ epochId }) => epochId));
    expect(new Set(epochIds).size).toBe(8);
    expect(after.evidence.place).toBe(0);
  });

  it('begin anew when an operator changes the recipients, and only then', async () => {
    const before = (await roll('9901')).roll;
    const after = (await roll('9901')).roll;
    const chains = new EpochChains(() => 0, randomBytes);
    const seal = async (one: Roll) => (await chains.seal(one, new Uint8Array(32), PLAIN)).evidence;
    const first = await seal(before);
    const again = await seal({
      ...before,
      keys: { ...before.keys, recipients: { ...before.keys.recipients } },
    });
    expect([again.epochId, again.place]).toEqual([first.epochId, 1]);
    expect(await seal(after)).toMatchObject({ place: 0 });
  });

  it('try again after recipients could not be used', async () => {
    const { roll: good } = await roll('9901');
    const bad = { ...good, keys: { ...good.keys, recipients: { evidence: ['age1x'], roster: ['age1x'] } } };
    const chains = new EpochChains(() => 0, randomBytes);
    await expect(chains.seal(bad, new Uint8Array(32), PLAIN)).rejects.toMatchObject({
      code: 'recipient-malformed',
    });
    expect((await chains.seal(good, new Uint8Array(32), PLAIN)).evidence.place).toBe(0);
    await chains.end();
  });
});
