import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTimeStampCertificates, timeStampRequest, verifyTimeStamp } from '@lianshu/pki';
import { SimulatedTimeStampAuthority } from '@lianshu/simulators';
import { afterAll, expect, it } from 'vitest';
import { describeWithOpenssl, openssl, pem } from '../simulators/openssl.ts';

const folder = mkdtempSync(join(tmpdir(), 'lianshu-tsa-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const data = Buffer.from('demo.lianshu.invalid/log\n7\nroot\n');
const NOW = Date.parse('2026-11-21T04:00:00Z');
writeFileSync(at('data'), data);

async function answered(kind: 'rsa2048' | 'p256') {
  const authority = await SimulatedTimeStampAuthority.make(kind);
  const certificate = pem('CERTIFICATE', authority.signer.certificate);
  writeFileSync(at('tsa.pem'), certificate);
  writeFileSync(at('root.pem'), pem('CERTIFICATE', authority.root.certificate));
  return { authority, certificates: readTimeStampCertificates(Buffer.from(certificate)) };
}

describeWithOpenssl('openssl and our verification', () => {
  it.each(['p256', 'rsa2048'] as const)('accept the simulated authority’s answers (%s)', async (kind) => {
    const { authority, certificates } = await answered(kind);
    const nonce = Uint8Array.from([0x41, ...randomBytes(7)]);
    const request = timeStampRequest({ digest: sha256(data), nonce });
    writeFileSync(at('request.tsq'), request);
    const shown = await openssl('ts', '-query', '-in', at('request.tsq'), '-text');
    expect(shown.text).toContain('Hash Algorithm: sha256');
    expect(shown.text).toContain('Certificate required: yes');
    const response = await authority.answer(request, NOW);
    writeFileSync(at('answer.tsr'), response);
    const chain = ['-CAfile', at('root.pem'), '-untrusted', at('tsa.pem')];
    const byData = await openssl('ts', '-verify', '-in', at('answer.tsr'), '-data', at('data'), ...chain);
    expect(byData.text).toContain('Verification: OK');
    const byQuery = ['-queryfile', at('request.tsq')];
    const asked = await openssl('ts', '-verify', '-in', at('answer.tsr'), ...byQuery, ...chain);
    expect(asked.text).toContain('Verification: OK');
    const verdict = verifyTimeStamp(response, { digest: sha256(data), nonce, certificates });
    expect(verdict).toMatchObject({ ok: true, stamp: { genTimeMs: NOW, accuracyMs: 1000 } });
  });

  it('refuse alike what is bent', async () => {
    const { authority, certificates } = await answered('p256');
    const nonce = Uint8Array.from([0x41, ...randomBytes(7)]);
    const request = timeStampRequest({ digest: sha256(data), nonce });
    writeFileSync(at('request.tsq'), request);
    const expected = {
      'wrong-nonce': 'time-stamp-nonce',
      'no-nonce': 'time-stamp-nonce',
      'other-digest': 'time-stamp-other-digest',
      refused: 'time-stamp-refused',
      garbage: 'time-stamp-malformed',
      'bad-signature': 'time-stamp-signature',
      'wrong-usage': 'time-stamp-signer-unknown',
      stranger: 'time-stamp-signer-unknown',
    } as const;
    for (const [fault, code] of Object.entries(expected)) {
      const response = await authority.answer(request, NOW, fault as keyof typeof expected);
      writeFileSync(at('bent.tsr'), response);
      const chain = ['-CAfile', at('root.pem')];
      const query = ['-queryfile', at('request.tsq')];
      const theirs = await openssl('ts', '-verify', '-in', at('bent.tsr'), ...query, ...chain);
      expect(theirs.text, fault).not.toContain('Verification: OK');
      const ours = verifyTimeStamp(response, { digest: sha256(data), nonce, certificates });
      expect(ours.ok ? 'ok' : ours.code, fault).toBe(code);
    }
  });

  it('agree on answers that openssl itself made, with four digests of the signer', async () => {
    const { authority } = await answered('rsa2048');
    const key = authority.signer.keys.privateKey.export({ format: 'pem', type: 'pkcs8' });
    writeFileSync(at('tsa.key'), key);
    writeFileSync(at('serial'), '01\n');
    const certificates = readTimeStampCertificates(readFileSync(at('tsa.pem')));
    for (const digest of ['sha256', 'sha384', 'sha512']) {
      const lines = {
        serial: at('serial'),
        signer_cert: at('tsa.pem'),
        certs: at('root.pem'),
        signer_key: at('tsa.key'),
        signer_digest: digest,
        default_policy: '1.2.3.4.1',
        digests: 'sha256',
        accuracy: 'secs:1, millisecs:500, microsecs:100',
        clock_precision_digits: '3',
        ordering: 'yes',
        tsa_name: 'yes',
        ess_cert_id_chain: 'yes',
        ess_cert_id_alg: digest === 'sha512' ? 'sha256' : 'sha1',
      };
      const config = [
        '[tsa]',
        'default_tsa = one',
        '[one]',
        ...Object.entries(lines).map((e) => e.join(' = ')),
      ];
      writeFileSync(at('tsa.cnf'), `${config.join('\n')}\n`);
      const query = ['-data', at('data'), '-sha256', '-cert', '-out', at('own.tsq')];
      expect((await openssl('ts', '-query', ...query)).ok).toBe(true);
      const reply = ['-config', at('tsa.cnf'), '-queryfile', at('own.tsq'), '-out', at('own.tsr')];
      const made = await openssl('ts', '-reply', ...reply);
      expect(made.ok, made.text).toBe(true);
      const verdict = verifyTimeStamp(readFileSync(at('own.tsr')), { digest: sha256(data), certificates });
      expect(verdict, digest).toMatchObject({ ok: true, stamp: { policy: '1.2.3.4.1', accuracyMs: 1501 } });
    }
  });
});

it('accepts no change of one bit but in what is not signed', async () => {
  const { authority, certificates } = await answered('p256');
  const nonce = Uint8Array.from([0x41, ...randomBytes(7)]);
  const response = await authority.answer(timeStampRequest({ digest: sha256(data), nonce }), NOW);
  const digest = sha256(data);
  // Status 0 and 1 both grant; enclosed certificates are not looked at; the list of digest algorithms decides nothing (RFC 5652 §5.1).
  const bytes = Buffer.from(response);
  const end = bytes.indexOf(authority.root.certificate) + authority.root.certificate.length;
  const certificate = bytes.indexOf(authority.signer.certificate);
  const digests = bytes.indexOf(Buffer.from('310f300d06096086480165030402010500', 'hex'));
  const allowed = [
    [8, 9],
    [certificate, end],
    [digests + 2, digests + 17],
  ] as const;
  const wrong: string[] = [];
  let accepted = 0;
  for (let i = 0; i < response.length; i++) {
    const changed = new Uint8Array(response);
    changed[i] = (changed[i] ?? 0) ^ (1 << (i % 8));
    if (!verifyTimeStamp(changed, { digest, nonce, certificates }).ok) continue;
    accepted++;
    if (!allowed.some(([from, to]) => i >= from && i < to))
      wrong.push(`${i}: ${bytes.toString('hex', i - 4, i + 5)}`);
  }
  expect(wrong).toEqual([]);
  expect(accepted).toBeGreaterThan(0);
});
