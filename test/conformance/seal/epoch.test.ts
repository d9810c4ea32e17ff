import { createHmac } from 'node:crypto';
import { Decrypter } from 'age-encryption';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CaseKey, generateCaseKey } from '../../../packages/seal/src/case-key.ts';
import { advance, MAX_EPOCH_MS, MAX_RECORDS, recordKey } from '../../../packages/seal/src/chain.ts';
import { openEpoch } from '../../../packages/seal/src/epoch-reader.ts';
import { EpochSealer } from '../../../packages/seal/src/epoch-sealer.ts';
import { pad, unpad } from '../../../packages/seal/src/padding.ts';
import {
  associatedData,
  decryptRecord,
  encryptRecord,
  type RecordBinding,
} from '../../../packages/seal/src/record-cipher.ts';
import { SealError, type SealErrorCode } from '../../../packages/seal/src/seal-error.ts';
import { areRecipients } from '../../../packages/seal/src/wrapped-key.ts';

const NOW = Date.UTC(2026, 10, 21, 4);
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

/** A deterministic stand-in for a random source: never use outside tests. */
function counterBytes(seed: string) {
  let calls = 0;
  return (length: number) => {
    calls += 1;
    return createHmac('sha512', seed).update(String(calls)).digest().subarray(0, length);
  };
}

function begin(recipients: readonly string[], seed = 'seed') {
  const start = { caseNumber: '9901', part: 'evidence', recipients, nowMs: NOW } as const;
  return EpochSealer.begin({ ...start, randomBytes: counterBytes(seed) });
}

function codeOf(action: () => unknown): SealErrorCode | 'none' {
  try {
    action();
    return 'none';
  } catch (error) {
    if (error instanceof SealError) return error.code;
    throw error;
  }
}

describe('epoch chain 封存鏈', () => {
  let key: CaseKey;
  let other: CaseKey;
  beforeAll(async () => {
    [key, other] = await Promise.all([generateCaseKey('x25519'), generateCaseKey('x25519')]);
  });

  it('opens in order and by place, with gaps', async () => {
    const sealer = await begin([key.recipient]);
    const commitments = Array.from({ length: 20 }, (_, i) => new Uint8Array(32).fill(i));
    const sealed = commitments.map((l, i) => sealer.seal(l, pad('evidence', JSON.stringify({ i }))));
    const reader = await openEpoch([other.identity, key.identity], sealer.wrapped);
    expect(reader).toMatchObject({ epochId: sealer.epochId, caseNumber: '9901', part: 'evidence' });
    for (const i of [0, 1, 2, 19, 7, 7, 3, 18]) {
      const record = sealed[i];
      if (record === undefined) throw new Error('no record');
      const plaintext = reader.open(record.place, commitments[i] ?? new Uint8Array(), record.ciphertext);
      expect(JSON.parse(unpad(plaintext))).toEqual({ i });
    }
  });

  it('refuses another key, a wrong place, another commitment, case, epoch and part', async () => {
    const sealer = await begin([key.recipient]);
    const foreign = await begin([key.recipient], 'another');
    const commitment = new Uint8Array(32).fill(1);
    const { ciphertext } = sealer.seal(commitment, pad('evidence', '{}'));
    const reader = await openEpoch([key.identity], sealer.wrapped);
    const foreignReader = await openEpoch([key.identity], foreign.wrapped);
    expect(unpad(reader.open(0, commitment, ciphertext))).toBe('{}');
    for (const place of [1, -1, 0.5, MAX_RECORDS, Number.NaN])
      expect(codeOf(() => reader.open(place, commitment, ciphertext))).toBe('record-unreadable');
    expect(codeOf(() => reader.open(0, new Uint8Array(32), ciphertext))).toBe('record-unreadable');
    expect(codeOf(() => foreignReader.open(0, commitment, ciphertext))).toBe('record-unreadable');
    await expect(openEpoch([other.identity], sealer.wrapped)).rejects.toMatchObject({ code: 'no-identity' });
    await expect(openEpoch(['AGE-SECRET-KEY-1NO'], sealer.wrapped)).rejects.toMatchObject({
      code: 'identity-malformed',
    });
  });

  it('ends after 4,096 records or an hour', async () => {
    const sealer = await begin([key.recipient]);
    expect(sealer.isOpen(NOW + MAX_EPOCH_MS - 1)).toBe(true);
    expect(sealer.isOpen(NOW + MAX_EPOCH_MS)).toBe(false);
    const roster = new Uint8Array(32);
    for (let i = 0; i < MAX_RECORDS; i += 1) sealer.seal(roster, roster);
    expect(sealer.isOpen(NOW)).toBe(false);
    expect(codeOf(() => sealer.seal(roster, roster))).toBe('epoch-ended');
    const ended = await begin([key.recipient]);
    ended.end();
    expect(codeOf(() => ended.seal(roster, roster))).toBe('epoch-ended');
  });

  it('is an age file whose text a person can read', async () => {
    const sealer = await begin([key.recipient, other.recipient]);
    const decrypter = new Decrypter();
    decrypter.addIdentity(other.identity);
    expect(Buffer.from(sealer.wrapped).toString('latin1')).toMatch(/^age-encryption\.org\/v1\n/);
    expect(await decrypter.decrypt(sealer.wrapped, 'text')).toMatch(
      /^LIANSHU-EPOCH\/1\ncase 9901\npart evidence\nepoch [\w-]{22}\nkey [0-9a-f]{64}\n$/,
    );
  });

  it('wraps to hybrid post-quantum recipients, never mixed with classical ones', async () => {
    const hybrid = await generateCaseKey('hybrid');
    const sealer = await begin([hybrid.recipient]);
    expect((await openEpoch([hybrid.identity], sealer.wrapped)).epochId).toBe(sealer.epochId);
    expect(areRecipients([hybrid.recipient])).toBe(true);
    expect(areRecipients([hybrid.recipient, key.recipient])).toBe(false);
    expect(areRecipients([])).toBe(false);
    expect(areRecipients(['age1nothing'])).toBe(false);
  });
});

describe('forward secrecy', () => {
  it('the state after record i opens no record up to i', () => {
    fc.assert(
      fc.property(bytes(32), fc.integer({ min: 0, max: 12 }), (c0, i) => {
        const state = Uint8Array.from(c0);
        const sealed: { binding: RecordBinding; ciphertext: Uint8Array }[] = [];
        for (let place = 0; place <= i; place += 1) {
          const binding = { ...BINDING, place };
          sealed.push({ binding, ciphertext: encryptRecord(recordKey(state), binding, PLAINTEXT) });
          advance(state);
        }
        // The seized state, and everything that can be derived from it going forward.
        const reachable: Uint8Array[] = [];
        for (let step = 0; step < 20; step += 1) {
          reachable.push(Uint8Array.from(state), recordKey(state));
          advance(state);
        }
        for (const { binding, ciphertext } of sealed)
          for (const candidate of reachable)
            expect(codeOf(() => decryptRecord(candidate, binding, ciphertext))).toBe('record-unreadable');
      }),
      { numRuns: 25 },
    );
  });

  it('overwrites the key in its own memory', () => {
    const state = new Uint8Array(32).fill(7);
    const view = new Uint8Array(state.buffer);
    advance(state);
    expect(Buffer.from(view).toString('hex')).toBe(
      createHmac('sha256', new Uint8Array(32).fill(7)).update('next').digest('hex'),
    );
  });
});

describe('binding of a record', () => {
  const other = { caseNumber: '9902', part: 'roster', epochId: 'B'.repeat(22), place: 4 } as const;

  it('every member of the associated data counts', () => {
    const key = new Uint8Array(32).fill(9);
    const ciphertext = encryptRecord(key, BINDING, PLAINTEXT);
    expect(decryptRecord(key, BINDING, ciphertext)).toEqual(Buffer.from(PLAINTEXT));
    for (const [name, value] of Object.entries({ ...other, recordCommitment: new Uint8Array(32) }))
      expect(
        codeOf(() => decryptRecord(key, { ...BINDING, [name]: value }, ciphertext)),
        name,
      ).toBe('record-unreadable');
  });

  it('any change of any byte of the ciphertext is refused', () => {
    const key = new Uint8Array(32).fill(9);
    const ciphertext = encryptRecord(key, BINDING, PLAINTEXT);
    fc.assert(
      fc.property(fc.nat(ciphertext.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const mutant = Uint8Array.from(ciphertext);
        mutant[at] = (mutant[at] ?? 0) ^ mask;
        expect(codeOf(() => decryptRecord(key, BINDING, mutant))).toBe('record-unreadable');
      }),
    );
    for (let length = 0; length < ciphertext.length; length += 1)
      expect(codeOf(() => decryptRecord(key, BINDING, ciphertext.subarray(0, length)))).toBe(
        'record-unreadable',
      );
  });

  it('is written as canonical JSON', () => {
    const commitment = Buffer.from(BINDING.recordCommitment).toString('base64url');
    expect(Buffer.from(associatedData(BINDING)).toString()).toBe(
      `{"case":"9901","commitment":"${commitment}","epoch":"AAAAAAAAAAAAAAAAAAAAAA","format":"LIANSHU-SEAL/1","part":"evidence","place":3}`,
    );
  });
});

const PLAINTEXT = new TextEncoder().encode('{"id":"not a person"}');
const BINDING: RecordBinding = {
  caseNumber: '9901',
  part: 'evidence',
  epochId: 'A'.repeat(22),
  place: 3,
  recordCommitment: new Uint8Array(32).fill(5),
};
