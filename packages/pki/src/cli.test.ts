import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as der from '@lianshu/der';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from './cli.ts';
import { buildOcspRequest, OID } from './index.ts';
import { fixture } from './testing/fixture.ts';
import {
  attribute,
  buildCms,
  buildOcspResponse,
  buildRevocationList,
  extension,
  issueCard,
  name,
  TEST_NOW_MS,
  usualAttributes,
} from './testing/index.ts';

const f = fixture();
const folder = mkdtempSync(join(tmpdir(), 'lianshu-pki-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function file(content: Uint8Array | string): string {
  files += 1;
  const path = join(folder, String(files));
  writeFileSync(path, content);
  return path;
}

function run(...argv: string[]) {
  let out = '';
  let err = '';
  const io = {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
  };
  return { exit: main(argv, io, TEST_NOW_MS), out, err };
}

const pins = file(JSON.stringify(f.authority.pins));
const inspectDer = (bytes: Uint8Array, ...more: string[]) =>
  run('inspect', file(bytes), '--pins', pins, ...more);

describe('pki inspect', () => {
  it('a citizen’s certificate: who issued it, what it is for, the ID masked', () => {
    const { exit, out } = inspectDer(f.card.certificate);
    expect(exit).toBe(1);
    expect(out).toContain('natural person');
    expect(out).toMatch(/ID, last four +••••\n/);
    expect(out).not.toContain('6789');
    expect(out).toMatch(/Names as issuer +Test issuer G3\n/);
    expect(out).toContain('! It comes from a simulator.');
    expect(inspectDer(f.card.certificate, '--show-personal').out).toMatch(/ID, last four +6789\n/);
  });

  it('JSON says the same', () => {
    const [found] = JSON.parse(inspectDer(f.card.certificate, '--json').out);
    expect(found).toMatchObject({
      kind: 'certificate',
      aki: f.authority.g3.pin.ski,
      keyUsage: ['digitalSignature'],
      [OID.idTail]: '••••',
      issuerPin: ['Test issuer G3'],
    });
  });

  it('an authority is recognised by its fingerprint, an impostor by its key identifier', () => {
    expect(inspectDer(f.authority.g3.certificate).out).toMatch(/Is +Test issuer G3\n/);
    const damaged = Uint8Array.from(f.authority.g3.certificate);
    damaged[damaged.length - 1] = (damaged[damaged.length - 1] ?? 0) ^ 1;
    expect(inspectDer(damaged).out).toContain(
      '! It carries the key identifier of Test issuer G3, but its fingerprint differs.',
    );
  });

  it('a signed statement: text, attributes, and whether the signature holds', () => {
    const { out } = inspectDer(buildCms(f.card));
    expect(out).toMatch(/Signed text +全國性公民投票案電子連署書\n/);
    expect(out).toMatch(/Signature holds +yes/);
    expect(out).toContain('Enclosed: Certificate');
    const forged = buildCms({ ...f.card, key: f.authority.g2.key });
    expect(inspectDer(forged).out).toContain('! The signature does not hold');
    const swapped = buildCms(f.card, { digestOf: new Uint8Array(3) });
    expect(inspectDer(swapped).out).toContain('! The digest does not match the text');
  });

  it('the card number is masked, and nothing signed can move the cursor', () => {
    const cardNumber = attribute(OID.cardNumber, der.printableString('TP0123456789'));
    const content = new TextEncoder().encode('無害\u001b[2J\u202e的字\n');
    const cms = buildCms(f.card, { content, attributes: [...usualAttributes({ content }), cardNumber] });
    const { out } = inspectDer(cms);
    expect(out).not.toContain('TP0123456789');
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('\u202e');
    expect(out).toContain('\\u{1b}[2J\\u{202e}');
    expect(inspectDer(cms, '--show-personal').out).toContain('TP0123456789');
  });

  it('a revocation list and an OCSP answer', () => {
    const entries = [{ serial: Uint8Array.of(1), reason: 6 }, { serial: Uint8Array.of(2) }];
    const list = inspectDer(buildRevocationList(f.authority.g3, entries));
    expect(list.out).toMatch(/Entries +2\n/);
    expect(list.out).toContain('certificateHold (suspended): 1');
    const ended = inspectDer(buildRevocationList(f.authority.g3, [], { nextUpdateMs: TEST_NOW_MS - 1000 }));
    expect(ended.out).toContain('! It has ended');
    const delta = { extensions: [extension(OID.deltaCrl, der.integer(1), true)] };
    expect(inspectDer(buildRevocationList(f.authority.g3, [], delta)).out).toContain('! It is partial');
    const request = buildOcspRequest(f.card.certificate, f.trust, new Uint8Array(16));
    const answer = inspectDer(buildOcspResponse(request, { ...f.authority.g3 }, { status: 'suspended' }));
    expect(answer.out).toContain(': revoked, certificateHold (suspended), since');
  });

  it('PEM, several blocks, and broken ones', () => {
    const pem = (bytes: Uint8Array) =>
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----\n`;
    const both = run(
      'inspect',
      file(`text before\n${pem(f.authority.g2.certificate)}${pem(f.card.certificate)}`),
    );
    expect(both.out.match(/^Certificate/gm)).toHaveLength(2);
    expect(
      run('inspect', file('-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n')),
    ).toMatchObject({
      exit: 3,
      out: expect.stringContaining('E_PEM'),
    });
  });

  it('every byte string ends in one of the four exit codes', () => {
    const spoiled = issueCard(f.authority.g3, f.key, 3n, { parts: { subject: name(['2.5.4.3', 'x']) } });
    expect(inspectDer(spoiled.certificate).exit).toBe(1);
    expect(inspectDer(new Uint8Array(0)).exit).toBe(3);
    expect(inspectDer(der.sequence(der.integer(1))).exit).toBe(3);
    expect(inspectDer(f.card.certificate.subarray(0, 400))).toMatchObject({
      exit: 3,
      out: expect.stringMatching(/cannot be read: E_DER_TRUNCATED at byte/),
    });
  });

  it('says how it is used', () => {
    expect(run('--help')).toMatchObject({ exit: 0, out: expect.stringContaining('Exit codes') });
    expect(run()).toMatchObject({ exit: 2, err: expect.stringContaining('pki --help') });
    expect(run('inspect', join(folder, 'missing')).exit).toBe(2);
    expect(run('inspect', pins, '--nonsense').exit).toBe(2);
    expect(run('inspect', pins, '--pins', file('{}')).exit).toBe(2);
  });
});

describe('the command itself', () => {
  const bin = fileURLToPath(new URL('../bin/pki.mjs', import.meta.url));

  it('runs, also from standard input', () => {
    const input = buildRevocationList(f.authority.g3, []);
    const { status, stdout } = spawnSync(process.execPath, [bin, 'inspect', '-', '--json'], {
      input,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([{ kind: 'revocation-list', number: '2026112110' }]);
  });

  it('tells an old Node so', () => {
    const pretend =
      "Object.defineProperty(process.versions, 'node', { value: '20.1.0' }); import(process.argv[1])";
    const { status, stderr } = spawnSync(process.execPath, ['-e', pretend, bin], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, 'pki needs Node 24 or newer; this is Node 20.1.0.\n']);
  });
});

describe('the real MOICA G3', () => {
  const path = fileURLToPath(new URL('../../../../shared/data/ca/moica-g3.cer', import.meta.url));
  if (!existsSync(path)) {
    if (process.env['CI']) throw new Error(`${path} is missing`);
    console.warn('SKIPPED: shared/data/ca/moica-g3.cer is missing, it was not inspected');
  }

  it.skipIf(!existsSync(path))('is recognised and gives no cause for warning', () => {
    const { exit, out } = run('inspect', path);
    expect([exit, out]).toEqual([0, expect.stringMatching(/Is +MOICA G3 \(published\)/)]);
    expect(out).toContain('O=行政院, OU=內政部憑證管理中心');
  });
});
