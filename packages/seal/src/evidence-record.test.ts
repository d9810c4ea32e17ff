import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { evidenceFiles } from './evidence-files.ts';
import { decodeEvidence, type EvidenceRecord, encodeEvidence } from './evidence-record.ts';
import { SealError } from './seal-error.ts';

const LIST = { issuerSki: '47'.repeat(20), crlNumber: '2026112112', crlSha256: 'ab'.repeat(32) };
const OCSP = {
  issuerSki: '47'.repeat(20),
  response: new Uint8Array(1_550).fill(0x30),
  producedAt: '2026-11-21T04:00:00.000Z',
  thisUpdate: '2026-11-21T03:59:00.000Z',
  responderKeyHash: '5a'.repeat(20),
};
const RECORD: EvidenceRecord = {
  act: 'joint-signature',
  caseNumber: '9901',
  statement: '全國性公民投票案電子連署書\n',
  form: 'cms-attached',
  signature: Buffer.alloc(2_700, 0x30),
  certificate: Buffer.alloc(1_330, 0x31),
  nationalId: 'A123456789',
  receiptSecret: Buffer.alloc(32, 1),
  tagSecret: Buffer.alloc(32, 2),
  identityConfirmation: { service: 'ics', code: '0' },
  revocationProof: OCSP,
  policyVersion: 'LIANSHU-VP/1',
  warnings: [],
  receivedAt: '2026-11-21T04:00:00.000Z',
  confirmedAt: '2026-11-21T04:00:00.180Z',
};
const text = (record: EvidenceRecord) => Buffer.from(encodeEvidence(record)).toString();
const malformed = new SealError('record-malformed');

describe('the revocation proof of an evidence record 廢止查驗證據', () => {
  it('is an OCSP answer in version 2, enclosed and with its digest', () => {
    const opened = decodeEvidence(encodeEvidence(RECORD));
    expect(opened).toEqual({ ...RECORD, revocationProof: { ...OCSP, response: Buffer.from(OCSP.response) } });
    const json = JSON.parse(text(RECORD));
    expect(json.format).toBe('LIANSHU-EVIDENCE/2');
    expect(json.revocation).toEqual({
      issuer_ski: OCSP.issuerSki,
      kind: 'ocsp',
      produced_at: OCSP.producedAt,
      responder_key: OCSP.responderKeyHash,
      response: Buffer.from(OCSP.response).toString('base64url'),
      response_sha256: createHash('sha256').update(OCSP.response).digest('hex'),
      this_update: OCSP.thisUpdate,
    });
    expect(evidenceFiles(RECORD)['ocsp.der']).toEqual(OCSP.response);
  });

  it('is a list in version 1, byte for byte as before there was a version 2', () => {
    const byList = { ...RECORD, revocationProof: LIST };
    expect(text(byList)).toContain(
      `"revocation":{"crl_number":"2026112112","crl_sha256":"${LIST.crlSha256}","issuer_ski":"${LIST.issuerSki}"},`,
    );
    expect(createHash('sha256').update(encodeEvidence(byList)).digest('hex')).toBe(
      '284bca67551bfa28fc872ad4801c237ae588affb49777422cf00ea5333d16d8b',
    );
    expect(decodeEvidence(encodeEvidence(byList)).revocationProof).toEqual(LIST);
    expect(evidenceFiles(byList)).not.toHaveProperty('ocsp.der');
  });

  it('has one length with an OCSP answer, whatever the form', () => {
    const bare: EvidenceRecord = { ...RECORD, form: 'pkcs1', signature: Buffer.alloc(256) };
    expect(encodeEvidence(RECORD)).toHaveLength(16_384);
    expect(encodeEvidence(bare)).toHaveLength(16_384);
    expect(decodeEvidence(encodeEvidence(bare)).form).toBe('pkcs1');
    expect(encodeEvidence({ ...RECORD, signature: Buffer.alloc(65_536) })).toHaveLength(131_072);
  });

  it('is refused where version and proof differ, or an answer is not the one of its digest', () => {
    const encoded = text(RECORD);
    const wrong = [
      encoded.replace('EVIDENCE/2', 'EVIDENCE/1'),
      encoded.replace('EVIDENCE/2', 'EVIDENCE/3'),
      text({ ...RECORD, revocationProof: LIST }).replace('EVIDENCE/1', 'EVIDENCE/2'),
      encoded.replace('"kind":"ocsp"', '"kind":"list"'),
      encoded.replace('"kind":"ocsp",', ''),
      encoded.replace(/"response":"MDAw/, '"response":"MDAx'),
      encoded.replace(/"response_sha256":"../, '"response_sha256":"zz'),
    ];
    for (const each of wrong) {
      expect(each).not.toBe(encoded);
      expect(() => decodeEvidence(Buffer.from(each))).toThrow(malformed);
    }
  });
});
