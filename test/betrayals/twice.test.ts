/** 同一份連署列入兩次: the operator, who has the database and the sealer's tag key, logs one real signature twice. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  EpochSealer,
  type EvidenceRecord,
  encodeEvidence,
  encodeRosterRecord,
  openEvidence,
} from '@lianshu/seal';
import {
  canonicalJson,
  deriveLeafSecret,
  duplicateTag,
  evidenceCommitment,
  NationalId,
  publicTag,
  recordCommitment,
  toBase64Url,
  utf8,
} from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportSealed } from '../../src/export-sealed.ts';
import { publishedIndex } from '../builders/published-log.ts';
import { betrayedHouse, CASE, type House } from './betrayed-house.ts';
import { auditOf } from './trustees.ts';

let house: House;
let victim: Awaited<ReturnType<House['signed']>>;
beforeAll(async () => {
  house = await betrayedHouse();
  victim = await house.signed(821);
  await house.signed(822);
});
afterAll(() => house?.close());

const idOf = (text: string): NationalId => {
  const id = NationalId.parse(text);
  if (!(id instanceof NationalId)) throw new Error('no national ID');
  return id;
};

/** What a dishonest intake has kept of one envelope; here out of the sealed evidence. */
async function envelopeOf(commitment: string): Promise<EvidenceRecord> {
  const file = join(mkdtempSync(join(house.platform.directory, 'stolen-')), 'evidence');
  await exportSealed(house.platform.database.url, ['evidence', CASE, '--out', file], () => undefined);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const found = await openEvidence(
    lines,
    [house.platform.keys.trustees.identity],
    Buffer.from(commitment, 'base64url'),
  );
  if (found === null) throw new Error('not in the export');
  return found;
}

/** Logs an envelope once more, under another secret and so another commitment and tag, with rows that fit. */
async function logAgain(envelope: EvidenceRecord, rosterId = envelope.nationalId): Promise<string> {
  const { keys, directory, clock, database } = house.platform;
  const receiptSecret = new Uint8Array(randomBytes(32));
  const tagSecret = new Uint8Array(randomBytes(32));
  const { statement, signature, certificate } = envelope;
  const evidence = evidenceCommitment(nodePrimitives, { statement: utf8(statement), signature, certificate });
  const leafSecret = deriveLeafSecret(nodePrimitives, receiptSecret);
  const commitment = recordCommitment(nodePrimitives, { caseNumber: CASE, leafSecret, evidence });
  const tagKey = new Uint8Array(readFileSync(join(directory, 'sealer', 'case-keys', `${CASE}.key`)));
  const tag = publicTag(
    nodePrimitives,
    tagSecret,
    duplicateTag(nodePrimitives, tagKey, 'joint-signature', idOf(envelope.nationalId)),
  );
  const seal = async (part: 'evidence' | 'roster', recipients: readonly string[], plaintext: Uint8Array) => {
    const epoch = await EpochSealer.begin({
      caseNumber: CASE,
      part,
      recipients,
      nowMs: clock.nowMs(),
      randomBytes,
    });
    await database.pool.query(
      'insert into epoch_key (epoch_id, initiative, part, wrapped) values ($1, $2, $3, $4)',
      [epoch.epochId, CASE, part, epoch.wrapped],
    );
    return { epoch: epoch.epochId, ...epoch.seal(commitment, plaintext) };
  };
  const e = await seal(
    'evidence',
    [keys.trustees.recipient],
    encodeEvidence({ ...envelope, receiptSecret, tagSecret }),
  );
  const r = await seal(
    'roster',
    [keys.ministry.recipient, keys.trustees.recipient],
    encodeRosterRecord(rosterId),
  );
  const entry = {
    case: CASE,
    commitment: toBase64Url(commitment),
    kind: 'joint-signature',
    tag: toBase64Url(tag),
    v: 1,
  };
  const { rows } = await database.pool.query<{ id: bigint }>(
    `insert into entry (kind, initiative, commitment, is_act, body) values ('joint-signature', $1, $2, false, $3) returning id`,
    [CASE, commitment, canonicalJson(entry)],
  );
  // Any other value passes for the tag: the unique index cannot know what it is a tag of.
  const invented = createHash('sha256').update(tag).digest();
  await database.pool.query(
    `insert into joint_signature (initiative, act, tag, tx, commitment, evidence_epoch, evidence_place, evidence,
       roster_epoch, roster_place, roster, received_at, entry_id)
     values ($1, 'joint-signature', $2, $3, $4, $5, $6, $7, $8, $9, $10, now(), $11)`,
    [
      CASE,
      invented,
      randomBytes(16).toString('base64url'),
      commitment,
      e.epoch,
      e.place,
      e.ciphertext,
      r.epoch,
      r.place,
      r.ciphertext,
      rows[0]?.id,
    ],
  );
  const text = toBase64Url(commitment);
  await publishedIndex(house.platform, text);
  return text;
}

describe('the operator logs one signature twice', () => {
  it('nothing public shows it; the trustees’ audit does', async () => {
    expect(await auditOf(house)).toMatchObject({ exit: 0, findings: {}, counted: 2, persons: 2 });
    const monitor = house.monitor('twice');
    await monitor.sees('nothing wrong');

    const copy = await logAgain(await envelopeOf(victim.commitment));
    // The commitments hide who signed: from outside the second entry is one more signature.
    await monitor.sees('nothing wrong');
    expect(await house.doctor('--deep')).toEqual({ exit: 0, codes: [] });

    const audit = await auditOf(house);
    expect(audit).toMatchObject({ exit: 4, counted: 3, persons: 2 });
    expect(audit.findings).toEqual({ 'person-twice': 1, 'evidence-twice': 1, 'statement-differs': 1 });
    // Totals leave the machine; which two entries are one person stays on it.
    expect(audit.text).not.toMatch(/[A-Z][12]\d{8}/);
    expect(audit.text).not.toContain(copy);
    expect(audit.kept).toContain(copy);
    expect(audit.kept).toContain(victim.commitment);
  });

  it('seals another number into the roster: found the same way', async () => {
    const envelope = await envelopeOf(victim.commitment);
    await logAgain(envelope, 'A123456789');
    expect((await auditOf(house)).findings).toMatchObject({ 'roster-other-person': 1, 'person-twice': 2 });
  });
});
