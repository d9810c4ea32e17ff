import * as der from '@lianshu/der';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildOcspRequest, isAllowedAuthorityUrl, ocspUrlOf, verifyOcspResponse } from './index.ts';
import { fixture } from './testing/fixture.ts';
import {
  buildOcspResponse,
  issueResponder,
  keyIdentifier,
  type OcspBend,
  p256Key,
  TEST_NOW_MS,
  type TestResponder,
} from './testing/index.ts';

const f = fixture();
const { g2, g3 } = f.authority;
const DAY = 86_400_000;
const request = buildOcspRequest(f.card.certificate, f.trust, new Uint8Array(32).fill(7));
const responderKey = p256Key();
const responder = issueResponder(g3, responderKey);
const ask = (bend: OcspBend = {}, by: TestResponder = responder) =>
  verifyOcspResponse(buildOcspResponse(request, by, bend), request, f.trust, TEST_NOW_MS);
const unavailable = (detail: string) => ({
  outcome: 'indeterminate',
  check: 21,
  code: 'I_OCSP_UNAVAILABLE',
  detail,
});

describe('an answer that counts', () => {
  it.each<[string, OcspBend, TestResponder]>([
    ['delegated, by name', {}, responder],
    ['delegated, by key', { byKey: true }, responder],
    ['the issuer itself', { certificates: [] }, g3],
    ['with a next update', { nextUpdateMs: TEST_NOW_MS + 1000 }, responder],
  ])('%s', (_, bend, by) => {
    expect(ask(bend, by)).toMatchObject({
      outcome: 'passed',
      producedAtMs: TEST_NOW_MS,
      responderKeyHash: Buffer.from(keyIdentifier(by.key)).toString('hex'),
    });
  });

  it('revoked, suspended and unknown differ', () => {
    expect(ask({ status: 'revoked' })).toEqual({ outcome: 'failed', check: 21, code: 'E_REVOKED' });
    expect(ask({ status: 'suspended' })).toEqual({ outcome: 'failed', check: 21, code: 'E_SUSPENDED' });
    expect(ask({ status: 'unknown' })).toMatchObject({ outcome: 'indeterminate', code: 'I_OCSP_UNKNOWN' });
  });
});

describe('an answer that proves nothing', () => {
  const foreign = issueResponder(g2, responderKey);
  const wrongPurpose = issueResponder(g3, responderKey, { purpose: '1.3.6.1.5.5.7.3.1' });
  const forged = issueResponder(g3, responderKey, { signer: g2.key });
  const expired = issueResponder(g3, responderKey, { notAfterMs: TEST_NOW_MS - 1000 });
  const signer = 'not signed by an authorised responder';
  it.each<[string, string, OcspBend, TestResponder]>([
    ['no nonce', 'nonce not returned', { nonce: null }, responder],
    ['another nonce', 'nonce not returned', { nonce: new Uint8Array(32) }, responder],
    ['another certificate', 'about another certificate', { serial: Uint8Array.of(1) }, responder],
    ['a day and a second old', 'not of today', { thisUpdateMs: TEST_NOW_MS - DAY - 1000 }, responder],
    ['past its next update', 'not of today', { nextUpdateMs: TEST_NOW_MS - 1000 }, responder],
    ['from the future', 'not of today', { thisUpdateMs: TEST_NOW_MS + DAY }, responder],
    ['responder of the other generation', signer, {}, foreign],
    ['responder for another purpose', signer, {}, wrongPurpose],
    ['responder certified by nobody', signer, {}, forged],
    ['responder expired', signer, {}, expired],
    ['responder without certificate', signer, { certificates: [] }, responder],
    [
      'responder is a citizen',
      signer,
      { certificates: [f.ecCard.certificate], byKey: true },
      { ...responder, key: f.ecKey },
    ],
    ['signed by another key', signer, {}, { ...responder, key: f.key }],
    ['try later', 'I_OCSP_UNAVAILABLE: the service says tryLater', { responseStatus: 3 }, responder],
  ])('%s', (_, detail, bend, by) => {
    expect(ask(bend, by)).toEqual(unavailable(detail));
  });

  it('one bit turned anywhere, or any bytes at all: never passed, never refused, never thrown', () => {
    const valid = buildOcspResponse(request, responder, { status: 'revoked' });
    const mutant = fc.nat({ max: valid.length * 8 - 1 }).map((bit) => {
      const copy = Uint8Array.from(valid);
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return copy;
    });
    fc.assert(
      fc.property(fc.oneof(mutant, fc.uint8Array({ maxLength: 64 })), (bytes) => {
        expect(verifyOcspResponse(bytes, request, f.trust, TEST_NOW_MS).outcome).toBe('indeterminate');
      }),
      { numRuns: 400 },
    );
  });
});

describe('the question', () => {
  it('is read back by our own reader as RFC 6960 writes it', () => {
    const r = new der.DerReader(request.der);
    r.enter(der.TAG.sequence);
    r.enter(der.TAG.sequence);
    r.enter(der.TAG.sequence);
    r.enter(der.TAG.sequence);
    r.enter(der.TAG.sequence);
    const algorithm = r.enter(der.TAG.sequence);
    expect(r.oid()).toBe('1.3.14.3.2.26');
    r.null();
    r.leave(algorithm);
    expect(Buffer.from(r.octets())).toEqual(Buffer.from(request.certId.issuerNameHash));
    expect(Buffer.from(r.octets()).toString('hex')).toBe(g3.pin.ski);
    expect(Buffer.from(r.unsigned()).toString('hex')).toBe(Buffer.from(f.card.serial).toString('hex'));
  });

  it('needs a known issuer and a fresh nonce', () => {
    expect(() => buildOcspRequest(f.card.certificate, f.trust, new Uint8Array(8))).toThrow(RangeError);
    expect(() => buildOcspRequest(g3.certificate, f.trust, new Uint8Array(16))).toThrow('E_ISSUER_UNKNOWN');
  });
});

describe('where the question may go', () => {
  it.each([
    ['http://ocsp.moica.nat.gov.tw/OCSP', true],
    ['https://moica.moi.gov.tw/ocsp?x=1', true],
    ['http://moi.gov.tw/', false],
    ['http://evilmoi.gov.tw/', false],
    ['http://moica.nat.gov.tw.evil.example/', false],
    ['http://moica.nat.gov.tw@evil.example/', false],
    ['http://evil.example/#.nat.gov.tw', false],
    ['http://evil.example\\.nat.gov.tw/', false],
    ['http://a.nat.gov.tw:22/', false],
    ['http://a.nat.gov.tw./', false],
    ['http://127.0.0.1/.nat.gov.tw', false],
    ['http://a..nat.gov.tw/', false],
    ['ftp://a.nat.gov.tw/', false],
    ['http://a.nat.gov.tw/\r\nHost: x', false],
    ['HTTP://A.NAT.GOV.TW/', false],
    ['', false],
  ])('%j: %s', (url, allowed) => {
    expect(isAllowedAuthorityUrl(url)).toBe(allowed);
  });

  it('is read from the certificate', () => {
    expect(ocspUrlOf(f.card.certificate)).toBe('http://ocsp.sim.moi.gov.tw/OCSP');
    expect(ocspUrlOf(g3.certificate)).toBeUndefined();
    expect(ocspUrlOf(Uint8Array.of(1))).toBeUndefined();
  });
});
