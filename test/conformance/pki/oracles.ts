import { execFile } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EnvelopeInput } from '@lianshu/pki';
import type { TestAuthority } from '@lianshu/pki/testing';
import * as pkijs from 'pkijs';

const run = promisify(execFile);

/** Other people's verifiers, asked about our test world. Each answers only: mathematics and chain good, or not. */
export interface Oracles {
  opensslCms(input: EnvelopeInput): Promise<boolean>;
  opensslVerify(certificate: Uint8Array, atMs: number, list?: Uint8Array): Promise<boolean>;
  opensslDigest(input: EnvelopeInput, spkiPem: string): Promise<boolean>;
  pkijsCms(input: EnvelopeInput): Promise<boolean>;
  close(): void;
}

function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** True when an `openssl` command is there; the tests say loudly when it is not. */
export async function hasOpenssl(): Promise<boolean> {
  return run('openssl', ['version']).then(
    () => true,
    () => false,
  );
}

/** Sets up both oracles with the authority's three certificates as trusted. */
export function createOracles(authority: TestAuthority): Oracles {
  const folder = mkdtempSync(join(tmpdir(), 'lianshu-pki-'));
  const anchors = join(folder, 'anchors.pem');
  writeFileSync(anchors, authority.certificates.map((der) => pem('CERTIFICATE', der)).join(''));
  let files = 0;
  const file = (bytes: Uint8Array | string): string => {
    files += 1;
    const path = join(folder, `${files}`);
    writeFileSync(path, bytes);
    return path;
  };
  const succeeds = (args: readonly string[]): Promise<boolean> =>
    run('openssl', [...args]).then(
      () => true,
      () => false,
    );
  const at = (ms: number): string => String(Math.floor(ms / 1000));
  const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });
  pkijs.setEngine('node', engine);
  const trusted = authority.certificates.map((der) => pkijs.Certificate.fromBER(Uint8Array.from(der)));

  return {
    opensslCms: (input) => {
      const detached = input.form === 'cms-detached' ? ['-content', file(input.content)] : [];
      const args = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', file(input.signature)];
      const more = [
        '-CAfile',
        anchors,
        '-purpose',
        'any',
        '-attime',
        at(input.receivedAtMs),
        '-out',
        file(''),
      ];
      return succeeds([...args, ...detached, ...more]);
    },
    opensslVerify: (certificate, atMs, list) => {
      const revocation = list === undefined ? [] : ['-crl_check', '-CRLfile', file(pem('X509 CRL', list))];
      const leaf = file(pem('CERTIFICATE', certificate));
      return succeeds(['verify', '-CAfile', anchors, '-attime', at(atMs), ...revocation, leaf]);
    },
    opensslDigest: (input, spkiPem) => {
      const args = ['dgst', '-sha256', '-verify', file(spkiPem), '-signature', file(input.signature)];
      return succeeds([...args, file(input.content)]);
    },
    pkijsCms: async (input) => {
      try {
        const info = pkijs.ContentInfo.fromBER(Uint8Array.from(input.signature));
        const signed = new pkijs.SignedData({ schema: info.content });
        const detached = input.form === 'cms-detached' ? { data: Uint8Array.from(input.content).buffer } : {};
        return await signed.verify(
          {
            signer: 0,
            trustedCerts: trusted,
            checkChain: true,
            checkDate: new Date(input.receivedAtMs),
            ...detached,
          },
          engine,
        );
      } catch {
        return false;
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
