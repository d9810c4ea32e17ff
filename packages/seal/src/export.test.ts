import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CaseKey, formatIdentityFile, generateCaseKey, parseIdentityFile } from './case-key.ts';
import { EpochSealer } from './epoch-sealer.ts';
import {
  decodeEvidence,
  decodeRosterRecord,
  type EvidenceRecord,
  encodeEvidence,
  encodeRosterRecord,
} from './evidence-record.ts';
import { type ExportedRecord, formatExport, parseExport } from './export-file.ts';
import { EXIT, runOpen } from './open-command.ts';
import { openEvidence } from './open-export.ts';
import type { Part } from './record-cipher.ts';
import { SealError } from './seal-error.ts';

const RECORD: EvidenceRecord = {
  act: 'joint-signature',
  caseNumber: '9901',
  statement: '全國性公民投票案電子連署書\n規格：LIANSHU-TBS/1\n',
  form: 'cms-attached',
  signature: new Uint8Array(2_700).fill(0x30),
  certificate: new Uint8Array(1_330).fill(0x31),
  nationalId: 'A123456789',
  receiptSecret: new Uint8Array(32).fill(1),
  tagSecret: new Uint8Array(32).fill(2),
  identityConfirmation: { service: 'ics', code: '0', nonce: 'abcdefghijklmno' },
  revocationProof: { issuerSki: '47'.repeat(20), crlNumber: '2026112112', crlSha256: 'ab'.repeat(32) },
  policyVersion: 'LIANSHU-VP/1',
  warnings: ['W_CLOCK'],
  receivedAt: '2026-11-21T04:00:00.000Z',
  confirmedAt: '2026-11-21T04:00:00.180Z',
};

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

async function sealAll(part: Part, recipient: string, plaintexts: readonly Uint8Array[]) {
  const epoch = await EpochSealer.begin({
    caseNumber: '9901',
    part,
    recipients: [recipient],
    nowMs: 0,
    randomBytes,
  });
  const records: ExportedRecord[] = plaintexts.map((plaintext) => {
    const recordCommitment = randomBytes(32);
    return { recordCommitment, epochId: epoch.epochId, ...epoch.seal(recordCommitment, plaintext) };
  });
  const header = { caseNumber: '9901', act: 'joint-signature', part } as const;
  const text = (await collect(formatExport(header, [epoch], records))).join('');
  return { lines: text.split('\n').slice(0, -1), records };
}

async function refusal(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return 'none';
  } catch (error) {
    if (error instanceof SealError) return error.code;
    throw error;
  }
}

describe('evidence and roster records', () => {
  it('come back as they were, padded to one size each', () => {
    const encoded = encodeEvidence(RECORD);
    expect(encoded).toHaveLength(8_192);
    expect(decodeEvidence(encoded)).toEqual({
      ...RECORD,
      signature: Buffer.from(RECORD.signature),
      certificate: Buffer.from(RECORD.certificate),
      receiptSecret: Buffer.from(RECORD.receiptSecret),
      tagSecret: Buffer.from(RECORD.tagSecret),
    });
    expect(encodeEvidence({ ...RECORD, form: 'pkcs1', signature: new Uint8Array(256) })).toHaveLength(8_192);
    expect(encodeEvidence({ ...RECORD, signature: new Uint8Array(65_536) })).toHaveLength(131_072);
    expect(encodeRosterRecord('A123456789')).toHaveLength(32);
    expect(Buffer.from(encodeRosterRecord('A123456789')).toString()).toBe('{"id":"A123456789"}             ');
    expect(decodeRosterRecord(encodeRosterRecord('A123456789'))).toBe('A123456789');
  });

  it('refuse any other document with a code and no quotation', () => {
    const encoded = Buffer.from(encodeEvidence(RECORD)).toString();
    const wrong = [
      '',
      '{',
      '[]',
      'null',
      encoded.replace('"LIANSHU-EVIDENCE/1"', '"LIANSHU-EVIDENCE/2"'),
      encoded.replace('"joint-signature"', '"vote"'),
      encoded.replace('{"act"', '{"extra":"x","act"'),
      encoded.replace('{"act"', '{ "act"'),
      encoded.replace('"result":"passed"', '"result":"failed"'),
    ];
    for (const text of wrong)
      expect(() => decodeEvidence(Buffer.from(text))).toThrow(new SealError('record-malformed'));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => decodeEvidence(Buffer.from(text))).toThrow(SealError);
        expect(() => decodeRosterRecord(Buffer.from(text))).toThrow(SealError);
      }),
    );
    expect(() => decodeRosterRecord(Buffer.from([0xff]))).toThrow(SealError);
  });
});

describe('export file LIANSHU-EXPORT/1', () => {
  let key: CaseKey;
  beforeAll(async () => {
    key = await generateCaseKey('x25519');
  });

  it('says so when it is truncated, reordered or damaged', async () => {
    const { lines } = await sealAll('roster', key.recipient, [encodeRosterRecord('A123456789')]);
    const [header = '', epoch = '', record = '', end = ''] = lines;
    const outcomes: readonly (readonly [string, readonly string[]])[] = [
      ['none', lines],
      ['export-truncated', []],
      ['export-truncated', [header, epoch, record]],
      ['export-truncated', [header, epoch, end]],
      ['export-malformed', [epoch, record, end]],
      ['export-malformed', [...lines, record]],
      ['export-malformed', [header, record, epoch, end]],
      ['export-malformed', [header, epoch, record.slice(1), end]],
      ['export-malformed', [header.replace('/1', '/2'), epoch, record, end]],
      ['export-malformed', [header.replace('roster', 'other'), epoch, record, end]],
    ];
    for (const [code, file] of outcomes) expect(await refusal(collect(parseExport(file))), code).toBe(code);
  });

  it('refuses a record presented under another commitment, place or part', async () => {
    const { lines, records } = await sealAll('evidence', key.recipient, [encodeEvidence(RECORD)]);
    const commitment = records[0]?.recordCommitment ?? new Uint8Array();
    const wanted = Buffer.from(commitment).toString('base64url');
    const moved = lines.map((line) => line.replace('"place":0', '"place":1'));
    const swapped = lines.map((line) => line.replace(wanted, 'A'.repeat(43)));
    expect(await openEvidence(lines, [key.identity], commitment)).toMatchObject({ caseNumber: '9901' });
    expect(await refusal(openEvidence(moved, [key.identity], commitment))).toBe('record-unreadable');
    expect(await refusal(openEvidence(swapped, [key.identity], new Uint8Array(32)))).toBe(
      'record-unreadable',
    );
    const relabelled = lines.map((line) => line.replace('"part":"evidence"', '"part":"roster"'));
    expect(await refusal(openEvidence(relabelled, [key.identity], commitment))).toBe('export-malformed');
    const otherAct = lines.map((line) => line.replace('"act":"joint', '"act":"proposal'));
    expect(await refusal(openEvidence(otherAct, [key.identity], commitment))).not.toBe('none');
    const otherCase = lines.map((line) => line.replace('"case":"9901"', '"case":"9902"'));
    expect(await refusal(openEvidence(otherCase, [key.identity], commitment))).toBe('epoch-malformed');
  });
});

describe('lianshu-open', () => {
  let key: CaseKey;
  beforeAll(async () => {
    key = await generateCaseKey('x25519');
  });

  function machine(files: Record<string, string>) {
    const written: Record<string, string | Uint8Array> = {};
    const said = { out: '', err: '' };
    const io = {
      readText: async (path: string) => files[path] ?? absent(),
      readBytes: async (path: string) => Buffer.from(files[path] ?? absent()),
      readLines: async function* (path: string) {
        yield* (files[path] ?? absent()).split('\n').filter((line) => line !== '');
      },
      write: async (path: string, content: string | Uint8Array) => {
        written[path] = content;
      },
      print: (text: string) => {
        said.out += text;
      },
      complain: (text: string) => {
        said.err += text;
      },
    };
    return { io, written, said };
  }

  function absent(): never {
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  }

  it('writes the files of one signature, and only for the commitment asked for', async () => {
    const { lines, records } = await sealAll('evidence', key.recipient, [
      encodeEvidence(RECORD),
      encodeEvidence({ ...RECORD, nationalId: 'B123456780' }),
    ]);
    const files = { 'e.export': lines.join('\n'), key: formatIdentityFile(key) };
    const commitment = Buffer.from(records[0]?.recordCommitment ?? []).toString('base64url');
    const argv = ['evidence', 'e.export', '--identity', 'key', '--commitment'];

    const opened = machine(files);
    expect(await runOpen([...argv, commitment, '--out', 'd'], opened.io)).toBe(EXIT.opened);
    expect(Object.keys(opened.written).sort()).toEqual([
      'd/certificate.pem',
      'd/evidence.json',
      'd/signature.p7s',
      'd/statement.txt',
    ]);
    expect(opened.written['d/statement.txt']).toBe(RECORD.statement);
    expect(opened.said.out).toContain('openssl cms -verify');

    const missing = machine(files);
    expect(await runOpen([...argv, 'A'.repeat(43), '--json'], missing.io)).toBe(EXIT.notOpened);
    expect(JSON.parse(missing.said.out)).toEqual({ outcome: 'not-in-this-export' });

    // One in 64 begins with a hyphen.
    const hyphened = machine(files);
    expect(await runOpen([...argv, `-${'A'.repeat(42)}`, '--json'], hyphened.io)).toBe(EXIT.notOpened);
    expect(JSON.parse(hyphened.said.out)).toEqual({ outcome: 'not-in-this-export' });

    const wrongKey = machine({ ...files, key: formatIdentityFile(await generateCaseKey('x25519')) });
    expect(await runOpen([...argv, commitment, '--json'], wrongKey.io)).toBe(EXIT.notOpened);
    expect(JSON.parse(wrongKey.said.out)).toEqual({ outcome: 'not-opened', code: 'no-identity' });
  });

  it('prints a roster sorted, so that its order tells nothing', async () => {
    const ids = ['C123456786', 'A123456789', 'B123456780'];
    const { lines } = await sealAll('roster', key.recipient, ids.map(encodeRosterRecord));
    const { io, said } = machine({ 'r.export': lines.join('\n'), key: formatIdentityFile(key) });
    expect(await runOpen(['roster', 'r.export', '--identity', 'key'], io)).toBe(EXIT.opened);
    expect(said.out).toBe(`${ids.toSorted().join('\n')}\n`);
  });

  it('explains wrong usage and makes keys', async () => {
    for (const argv of [[], ['evidence'], ['evidence', 'x', '--identity', 'y'], ['--no'], ['case-key']])
      expect(await runOpen(argv, machine({ y: formatIdentityFile(key) }).io), argv.join(' ')).toBe(
        EXIT.usage,
      );
    const absentFile = machine({});
    expect(await runOpen(['roster', 'x', '--identity', 'y'], absentFile.io)).toBe(EXIT.fault);
    expect(absentFile.said.err).toContain('does not exist');
    const help = machine({});
    expect(await runOpen(['--help'], help.io)).toBe(EXIT.opened);
    expect(help.said.out).toContain('Exit codes');
    const maker = machine({});
    expect(await runOpen(['case-key', '--out', 'k'], maker.io)).toBe(EXIT.opened);
    expect(maker.said.out).toMatch(/^age1pq1/);
    expect(parseIdentityFile(String(maker.written['k']))[0]).toMatch(/^AGE-SECRET-KEY-PQ-1/);
    expect(() => parseIdentityFile('ssh-rsa')).toThrow(new SealError('identity-malformed'));
  });
});
