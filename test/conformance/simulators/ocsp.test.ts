import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AuthorityServer,
  cast,
  type SimulatedAuthority,
  type SimulatedCard,
  sharedAuthority,
  startAuthorityServer,
} from '@lianshu/simulators';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeWithOpenssl, openssl, pem } from './openssl.ts';

let authority: SimulatedAuthority;
let server: AuthorityServer;
let dir: string;

beforeAll(async () => {
  authority = await sharedAuthority();
  server = await startAuthorityServer(authority, { port: 0 });
  dir = mkdtempSync(join(tmpdir(), 'lianshu-ocsp-'));
  writeFileSync(join(dir, 'root.pem'), pem('CERTIFICATE', authority.authority('SIM-GRCA-G3').certificate));
  writeFileSync(join(dir, 'G2.pem'), pem('CERTIFICATE', authority.authority('SIM-MOICA-G2').certificate));
  writeFileSync(join(dir, 'G3.pem'), pem('CERTIFICATE', authority.authority('SIM-MOICA-G3').certificate));
});

afterEach(() => {
  server.faults.ocsp = 'none';
});

afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

/** Asks through the openssl client, which sends a nonce and a SHA-1 CertID; both streams together. */
async function ask(
  card: SimulatedCard,
  issuer: 'G2' | 'G3' = 'G3',
  ...more: readonly string[]
): Promise<string> {
  writeFileSync(join(dir, 'card.pem'), pem('CERTIFICATE', card.signing.certificate));
  const files = ['-issuer', join(dir, `${issuer}.pem`), ...more, '-cert', join(dir, 'card.pem')];
  const trust = ['-CAfile', join(dir, 'root.pem'), '-verify_other', join(dir, `${issuer}.pem`)];
  return (await openssl('ocsp', ...files, '-url', `${server.url}/ocsp`, ...trust, '-nonce')).text;
}

async function newCard(label: string): Promise<SimulatedCard> {
  return authority.issueCard(cast.chenghan, { label, reuseKeys: true });
}

describeWithOpenssl('模擬 OCSP responder against the openssl client', () => {
  it('knows good, revoked, suspended and unknown, at once and without a list', async () => {
    const card = await newCard('ocsp');
    expect(await ask(card)).toMatch(/Response verify OK[\s\S]*: good|: good[\s\S]*Response verify OK/);
    authority.suspend(card);
    expect(await ask(card)).toMatch(/: revoked[\s\S]*certificateHold/);
    authority.reinstate(card);
    authority.revoke(card, 'keyCompromise');
    expect(await ask(card)).toMatch(/: revoked[\s\S]*keyCompromise/);
    expect(await ask(card, 'G2')).toContain(': unknown');
  });

  it('echoes the nonce', async () => {
    expect(await ask(await newCard('nonce'))).not.toMatch(/no nonce|Nonce Verify error/i);
  });

  it.each([
    ['http-503', /Error querying OCSP responder/],
    ['try-later', /trylater/],
    ['internal-error', /internalerror/],
    ['unknown-status', /: unknown/],
    ['wrong-nonce', /Nonce Verify error/],
    ['no-nonce', /no nonce in response/],
    ['other-serial', /No Status found/],
    ['bad-signature', /Response Verify Failure/],
    ['responder-without-purpose', /Response Verify Failure/],
  ] as const)('fault %s is seen by the client', async (fault, seen) => {
    const card = await newCard(fault);
    server.faults.ocsp = fault;
    expect(await ask(card)).toMatch(seen);
  });

  it('fault stale: an answer three days old', async () => {
    const card = await newCard('stale');
    server.faults.ocsp = 'stale';
    expect(await ask(card)).toMatch(/WARNING: Status times invalid|status expired/i);
  });

  it('answers unauthorized to another digest than SHA-1 and malformed to noise', async () => {
    expect(await ask(await newCard('sha256'), 'G3', '-sha256')).toMatch(/unauthorized/);
    const noise = await fetch(`${server.url}/ocsp`, {
      method: 'POST',
      body: Uint8Array.of(0x30, 0x03, 0x01),
    });
    expect(Buffer.from(await noise.arrayBuffer()).toString('hex')).toBe('30030a0101');
    expect((await fetch(`${server.url}/ocsp`)).status).toBe(405);
  });
});
