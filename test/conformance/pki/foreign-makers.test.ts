/**
 * Artefacts that other people's programs made, judged here. Our tests otherwise read what our own writer wrote,
 * and one hand can make the same mistake twice.
 */
import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { createPublicKey, webcrypto } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as der from '@lianshu/der';
import {
  buildOcspRequest,
  OID,
  RevocationIndex,
  readRevocationList,
  verifyEnvelope,
  verifyOcspResponse,
} from '@lianshu/pki';
import {
  barePkcs1,
  buildRevocationList,
  directoryAttribute,
  envelopeInput,
  issueCard,
  issueResponder,
  TEST_CONTENT,
} from '@lianshu/pki/testing';
import * as x509 from '@peculiar/x509';
import { afterAll, describe, expect, it } from 'vitest';
import { fixture } from '../../../packages/pki/src/testing/fixture.ts';
import { hasOpenssl } from './oracles.ts';

const f = fixture();
const { g3 } = f.authority;
const DAY = 86_400_000;
/** openssl stamps its own clock into what it makes, so everything here lives today. */
const now = Math.floor(Date.now() / 1000) * 1000;
const period = { notBeforeMs: now - DAY, notAfterMs: now + DAY };
const current = buildRevocationList(g3, [], { thisUpdateMs: now - 1000, nextUpdateMs: now + DAY });
const revocation = new RevocationIndex([readRevocationList(current, f.trust)]);

const folder = mkdtempSync(join(tmpdir(), 'lianshu-pki-made-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const pem = (bytes: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----\n`;

const present = await hasOpenssl();
if (!present) {
  if (process.env['CI']) throw new Error('openssl is missing');
  console.warn('SKIPPED: no openssl command, nothing made by it was judged');
}

describe.skipIf(!present)('made by openssl', () => {
  const cards = [
    ['RSA', issueCard(g3, f.key, 31n, { parts: period })],
    ['P-256', issueCard(g3, f.ecKey, 32n, { parts: period })],
  ] as const;

  const sign = (card: (typeof cards)[number][1], ...more: string[]): Uint8Array => {
    writeFileSync(at('text'), TEST_CONTENT);
    writeFileSync(at('cert.pem'), pem(card.certificate));
    writeFileSync(at('key.pem'), card.key.export({ format: 'pem', type: 'pkcs8' }));
    const files = ['-in', at('text'), '-signer', at('cert.pem'), '-inkey', at('key.pem'), '-out', at('cms')];
    execFileSync('openssl', [
      'cms',
      '-sign',
      '-binary',
      '-outform',
      'DER',
      '-md',
      'sha256',
      ...files,
      ...more,
    ]);
    return readFileSync(at('cms'));
  };

  it.each(cards)('cms -sign, %s, attached and detached', (_, card) => {
    const attached = envelopeInput(sign(card, '-nodetach'), { receivedAtMs: now });
    expect(verifyEnvelope(attached, f.trust, revocation)).toMatchObject({ outcome: 'passed' });
    const detached = envelopeInput(sign(card), { form: 'cms-detached', receivedAtMs: now });
    expect(verifyEnvelope(detached, f.trust, revocation)).toMatchObject({ outcome: 'passed' });
  });

  it('cms -sign with what the policy refuses', () => {
    const card = cards[0][1];
    const codeOf = (...more: string[]) => {
      const input = envelopeInput(sign(card, '-nodetach', ...more), { receivedAtMs: now });
      const verdict = verifyEnvelope(input, f.trust, revocation);
      return verdict.outcome === 'passed' ? 'passed' : verdict.code;
    };
    expect(codeOf('-noattr')).toBe('E_CMS_SHAPE');
    expect(codeOf('-nocerts')).toBe('E_SIGNER_CERT');
    expect(codeOf('-keyid')).toBe('E_CMS_SHAPE');
    expect(codeOf('-md', 'sha512')).toBe('E_CMS_DIGEST_ALG');
    expect(codeOf('-keyopt', 'rsa_padding_mode:pss')).toBe('E_CMS_SIG_ALG');
    expect(codeOf('-stream', '-indef')).toBe('E_CMS_SHAPE');
  });

  it('ocsp answers our question, and we believe it', () => {
    const card = cards[0][1];
    const responder = issueResponder(g3, f.ecKey, period);
    const request = buildOcspRequest(card.certificate, f.trust, new Uint8Array(32).fill(3));
    writeFileSync(at('ca.pem'), pem(g3.certificate));
    writeFileSync(at('responder.pem'), pem(responder.certificate));
    writeFileSync(at('responder.key'), responder.key.export({ format: 'pem', type: 'pkcs8' }));
    writeFileSync(at('request.der'), request.der);
    const serial = Buffer.from(card.serial).toString('hex').toUpperCase();
    const ask = (row: string) => {
      writeFileSync(at('index.txt'), row);
      const who = ['-CA', at('ca.pem'), '-rsigner', at('responder.pem'), '-rkey', at('responder.key')];
      const what = ['-index', at('index.txt'), '-reqin', at('request.der'), '-respout', at('response.der')];
      execFileSync('openssl', ['ocsp', ...who, ...what, '-ndays', '1'], { stdio: 'ignore' });
      return verifyOcspResponse(readFileSync(at('response.der')), request, f.trust, now);
    };
    const valid = `V\t491231235959Z\t\t${serial}\tunknown\t/CN=x\n`;
    const revoked = `R\t491231235959Z\t260101000000Z,keyCompromise\t${serial}\tunknown\t/CN=x\n`;
    const held = revoked.replace('keyCompromise', 'certificateHold');
    expect(ask(valid)).toMatchObject({ outcome: 'passed' });
    expect(ask(revoked)).toMatchObject({ outcome: 'failed', code: 'E_REVOKED' });
    expect(ask(held)).toMatchObject({ outcome: 'failed', code: 'E_SUSPENDED' });
    expect(ask('')).toMatchObject({ outcome: 'indeterminate', code: 'I_OCSP_UNKNOWN' });
  });
});

describe('made by @peculiar/x509', () => {
  const crypto = webcrypto as unknown as Crypto;
  x509.cryptoProvider.set(crypto);
  const signingAlgorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
  const bytes = (view: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(view);
  const issuerKey = () =>
    crypto.subtle.importKey(
      'pkcs8',
      bytes(g3.key.export({ format: 'der', type: 'pkcs8' })),
      signingAlgorithm,
      false,
      ['sign'],
    );
  const issuer = new x509.X509Certificate(bytes(g3.certificate));

  it('a citizen’s certificate', async () => {
    const spki = createPublicKey(f.key).export({ format: 'der', type: 'spki' });
    const directory = der.sequence(
      directoryAttribute(OID.subjectType, der.oid(OID.naturalPerson)),
      directoryAttribute(OID.idTail, der.utf8String('6789')),
    );
    const made = await x509.X509CertificateGenerator.create(
      {
        serialNumber: '5fffffffffffffffffffffffffffff01',
        issuer: issuer.subjectName,
        subject: 'C=TW, CN=測試志明, 2.5.4.5=0000000187654321',
        notBefore: new Date(now - DAY),
        notAfter: new Date(now + DAY),
        publicKey: await crypto.subtle.importKey('spki', bytes(spki), signingAlgorithm, true, ['verify']),
        signingAlgorithm,
        signingKey: await issuerKey(),
        extensions: [
          new x509.KeyUsagesExtension(
            x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation,
            true,
          ),
          new x509.BasicConstraintsExtension(false),
          new x509.AuthorityKeyIdentifierExtension(Buffer.from(g3.ski).toString('hex')),
          new x509.CertificatePolicyExtension([OID.moicaPolicy]),
          new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.2']),
          new x509.CRLDistributionPointsExtension(['http://crl.sim.moi.gov.tw/1.crl']),
          new x509.Extension(OID.subjectDirectoryAttributes, false, bytes(directory)),
        ],
      },
      crypto,
    );
    const card = { ...f.card, certificate: new Uint8Array(made.rawData) };
    const verdict = verifyEnvelope({ ...barePkcs1(card), receivedAtMs: now }, f.trust, revocation);
    expect(verdict).toMatchObject({
      outcome: 'passed',
      subjectSerialNumber: '0000000187654321',
      certificateSerial: '5fffffffffffffffffffffffffffff01',
    });
  });

  it('a revocation list', async () => {
    const made = await x509.X509CrlGenerator.create(
      {
        issuer: issuer.subjectName,
        thisUpdate: new Date(now - DAY),
        nextUpdate: new Date(now + DAY),
        entries: [
          {
            serialNumber: Buffer.from(f.card.serial).toString('hex'),
            revocationDate: new Date(now),
            reason: x509.X509CrlReason.certificateHold,
          },
          { serialNumber: '00e1', revocationDate: new Date(now), reason: x509.X509CrlReason.keyCompromise },
        ],
        extensions: [
          new x509.AuthorityKeyIdentifierExtension(Buffer.from(g3.ski).toString('hex')),
          new x509.Extension(OID.crlNumber, false, bytes(der.integer(7))),
        ],
        signingAlgorithm,
        signingKey: await issuerKey(),
      },
      crypto,
    );
    const list = readRevocationList(new Uint8Array(made.rawData), f.trust);
    expect([list.crlNumber, list.count]).toEqual(['7', 2]);
    const index = new RevocationIndex([list]);
    const status = (serial: Uint8Array) => index.judge(list.issuerSki, serial, now).status;
    expect([status(f.card.serial), status(Uint8Array.of(0xe1)), status(Uint8Array.of(1))]).toEqual([
      'suspended',
      'revoked',
      'good',
    ]);
  });
});
