import { createHmac } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeEvidence, decodeRosterRecord, openEpoch } from '@lianshu/seal';
import { duplicateTag, NationalId, publicTag } from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import { openNote, parsePromiseText, parseVerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Sealed, SealOutcome } from '../../../src/sealer/sealer-types.ts';
import {
  CONFIRMED,
  type SealerWorld,
  sealRequestFor,
  startWorld,
  TEST_CASE,
  TEST_ID,
  testCard,
} from '../../../src/sealer/testing/sealer-world.ts';

const DAY = 86_400_000;

function expectSealed(outcome: SealOutcome): Sealed {
  if (outcome.outcome !== 'sealed') throw new Error(`not sealed: ${outcome.outcome}`);
  return outcome;
}

function caseKeyOf(world: SealerWorld): Uint8Array {
  return readFileSync(join(world.directory, 'case-keys', `${TEST_CASE}.key`));
}

function testId(): NationalId {
  const id = NationalId.parse(TEST_ID);
  if (!(id instanceof NationalId)) throw new Error('not a number');
  return id;
}

describe('sealer 封存程序', () => {
  let world: SealerWorld;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());
  afterEach(async () => {
    world.identity.answer = CONFIRMED;
    world.nowMs = Date.parse('2026-11-21T12:00:00+08:00');
  });

  it('seals a valid envelope so that only the case key opens it', async () => {
    const request = sealRequestFor();
    const sealed = expectSealed(await world.client.seal(request));
    expect(sealed.recordCommitment).toEqual(request.recordCommitment);
    expect(world.identity.asked.at(-1)).toEqual({
      subjectSerialNumber: '0000000112345678',
      nationalId: TEST_ID,
    });

    const [evidenceEpoch, rosterEpoch] = sealed.epochs;
    expect([evidenceEpoch?.part, rosterEpoch?.part]).toEqual(['evidence', 'roster']);
    const identities = [world.caseKey.identity];
    const evidenceReader = await openEpoch(identities, evidenceEpoch?.wrapped ?? new Uint8Array());
    const rosterReader = await openEpoch(identities, rosterEpoch?.wrapped ?? new Uint8Array());
    expect([evidenceReader.epochId, rosterReader.epochId]).toEqual([
      sealed.evidence.epochId,
      sealed.rosterRecord.epochId,
    ]);
    const { evidence, rosterRecord, recordCommitment } = sealed;
    const opened = decodeEvidence(evidenceReader.open(evidence.place, recordCommitment, evidence.ciphertext));
    expect(
      decodeRosterRecord(rosterReader.open(rosterRecord.place, recordCommitment, rosterRecord.ciphertext)),
    ).toBe(TEST_ID);
    expect(opened).toMatchObject({
      nationalId: TEST_ID,
      caseNumber: TEST_CASE,
      form: 'cms-attached',
      policyVersion: 'LIANSHU-VP/1',
      receivedAt: '2026-11-21T04:00:00.000Z',
      identityConfirmation: { service: 'test' },
      revocationProof: { crlNumber: '2026112110' },
    });
    expect(opened.statement).toContain('全國性公民投票案電子連署書');
    expect(Buffer.from(opened.signature).equals(request.signature)).toBe(true);
    expect(Buffer.from(opened.certificate).equals(testCard().certificate)).toBe(true);

    const tag = duplicateTag(nodePrimitives, caseKeyOf(world), 'joint-signature', testId());
    expect(sealed.duplicateTag).toEqual(tag);
    expect(sealed.publicTag).toEqual(publicTag(nodePrimitives, opened.tagSecret, tag));
  });

  it('gives one person one tag in one roll, and other tags in other rolls and cases', async () => {
    await world.client.openCase('9902');
    const tagOf = async (bend: Parameters<typeof sealRequestFor>[0]) =>
      Buffer.from(expectSealed(await world.client.seal(sealRequestFor(bend))).duplicateTag).toString('hex');
    const first = await tagOf({});
    expect(await tagOf({})).toBe(first);
    const others = [await tagOf({ act: 'proposal-signature' }), await tagOf({ caseNumber: '9902' })];
    expect(new Set([first, ...others]).size).toBe(3);
  });

  it('marks every proposer, and only with the draft’s key is the lead proposer’s mark told from the others', async () => {
    copyFileSync(
      join(world.directory, 'recipients', `${TEST_CASE}.json`),
      join(world.directory, 'recipients', 'drafts.json'),
    );
    for (const draft of ['D00001', 'D00002'])
      expect(await world.client.openCase(draft)).toMatchObject({ ready: true });
    const key = readFileSync(join(world.directory, 'person-key', 'person.key'));
    const personOf = (id: string) =>
      new Uint8Array(createHmac('sha256', key).update(`LIANSHU-PERSON/1\0${id}`).digest());
    const seal = async (bend: Parameters<typeof sealRequestFor>[0], leadPerson?: Uint8Array) => {
      const request = { ...sealRequestFor(bend), ...(leadPerson ? { leadPerson } : {}) };
      return expectSealed(await world.client.seal(request)).leadMark;
    };
    const draft = { act: 'proposal-signature', caseNumber: 'D00001' } as const;
    const person = personOf(TEST_ID);
    const mark = await world.client.leadMark({ draft: 'D00001', person });
    expect(await seal(draft, person)).toEqual(mark);
    const others = [
      await seal(draft, personOf('B123456780')),
      await seal(draft),
      await seal({ ...draft, caseNumber: 'D00002' }, person),
      await world.client.leadMark({ draft: 'D00001', person: personOf('B123456780') }),
    ];
    for (const other of others) expect(other).toHaveLength(32);
    expect(new Set([mark, ...others].map((one) => Buffer.from(one ?? []).toString('hex'))).size).toBe(5);
    expect(await seal({}, person)).toBeUndefined();
    await expect(world.client.leadMark({ draft: 'D00009', person })).rejects.toMatchObject({
      code: 'case-not-ready',
    });
  });

  it('takes a detached CMS too', async () => {
    expect((await world.client.seal(sealRequestFor({ form: 'cms-detached' }))).outcome).toBe('sealed');
  });

  it('promises under its own key, by the minute', async () => {
    const request = sealRequestFor();
    const sealed = expectSealed(await world.client.seal(request));
    const key = parseVerifierKey(sha256, (await world.client.health()).promiseKey);
    if (key === undefined) throw new Error('no key');
    expect(key.name).toBe('demo.lianshu.invalid/log/promise');
    const note = openNote(nodeNotePrimitives, sealed.promise, [key]);
    if (!note.ok) throw new Error(note.code);
    expect(parsePromiseText(note.text)).toEqual({
      origin: 'demo.lianshu.invalid/log',
      commitment: request.recordCommitment,
      caseNumber: TEST_CASE,
      received: '2026-11-21T04:00Z',
      publishBy: '2026-11-21T04:02:00Z',
    });
  });

  it('refuses with the code of the first check that fails', async () => {
    const valid = sealRequestFor();
    const flipped = Uint8Array.from(valid.signature);
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
    const cases = [
      [6, 'E_ID_FORMAT', { ...valid, nationalId: 'A123456788' }],
      [8, 'E_CONTENT_MISMATCH', { ...valid, nationalId: 'B123456780' }],
      [15, 'E_ID_TAIL', sealRequestFor({ nationalId: 'B123456780' })],
      [8, 'E_CONTENT_MISMATCH', { ...valid, statement: { ...valid.statement, mainText: '另一案' } }],
      [4, 'E_TBS_MISMATCH', { ...valid, statement: { ...valid.statement, mainText: 'a\nb' } }],
      [8, 'E_CONTENT_MISMATCH', sealRequestFor({ signedAct: 'proposal-signature' })],
      [17, 'E_SIG_INVALID', { ...valid, signature: flipped }],
      [7, 'E_CMS_SHAPE', { ...valid, signature: Uint8Array.of(1, 2, 3) }],
      [4, 'commitment-mismatch', { ...valid, recordCommitment: new Uint8Array(32) }],
      [8, 'E_CONTENT_MISMATCH', { ...valid, receiptSecret: new Uint8Array(32) }],
    ] as const;
    for (const [check, code, request] of cases)
      expect(await world.client.seal(request), code).toEqual({ outcome: 'refused', check, code });
  });

  it('refuses whom the identity service refuses', async () => {
    world.identity.answer = { outcome: 'refused', code: 'E_ID_NOT_BOUND' };
    expect(await world.client.seal(sealRequestFor())).toEqual({
      outcome: 'refused',
      check: 22,
      code: 'E_ID_NOT_BOUND',
    });
  });

  it('does not believe a time of receipt far from its own clock', async () => {
    for (const receivedAtMs of [world.nowMs - DAY, world.nowMs + DAY])
      await expect(world.client.seal(sealRequestFor({ receivedAtMs }))).rejects.toMatchObject({
        code: 'request-malformed',
      });
  });

  it('seals nothing for a case that was never opened', async () => {
    await expect(world.client.seal(sealRequestFor({ caseNumber: '9903' }))).rejects.toMatchObject({
      code: 'case-not-ready',
      retryable: false,
    });
    expect(await world.client.openCase('9903')).toMatchObject({ ready: false, evidenceRecipients: 0 });
    await expect(world.client.openCase('../x')).rejects.toMatchObject({ code: 'request-malformed' });
  });
});
