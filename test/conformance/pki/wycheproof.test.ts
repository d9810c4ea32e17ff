/**
 * Project Wycheproof through our own path: the key is read from SPKI by our reader and imported as envelopes import it;
 * then, where the message fits a statement, the whole of verifyEnvelope with a certificate issued to that key.
 * (One RSA group has the exponent 3: the mathematics must agree, the envelope must be refused.)
 */

import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { DerReader } from '@lianshu/der';
import { verifyEnvelope } from '@lianshu/pki';
import { envelopeInput, issueCard } from '@lianshu/pki/testing';
import { describe, expect, it } from 'vitest';
import { importKey, isStrong, readPublicKey, verifySha256 } from '../../../packages/pki/src/public-key.ts';
import { fixture } from '../../../packages/pki/src/testing/fixture.ts';

interface Vectors {
  readonly numberOfTests: number;
  readonly testGroups: readonly {
    readonly publicKeyDer?: string;
    readonly publicKeyAsn?: string;
    readonly publicKey?: { readonly uncompressed?: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly msg: string;
      readonly sig: string;
      readonly result: 'valid' | 'acceptable' | 'invalid';
    }[];
  }[];
}

const f = fixture();
const folder = new URL('../../../../shared/data/vectors/wycheproof/', import.meta.url);
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

describe.each([
  ['rsa_signature_2048_sha256_test.json', 259, 240],
  ['ecdsa_secp256r1_sha256_test.json', 484, 440],
] as const)('%s', (file, count, wholeAtLeast) => {
  const url = new URL(file, folder);
  const present = existsSync(url);
  if (!present) {
    if (process.env['CI']) throw new Error(`${file} is missing`);
    console.warn(`SKIPPED: ${file} is missing, Wycheproof was not run`);
  }

  it.skipIf(!present)('every verdict agrees', () => {
    const vectors: Vectors = JSON.parse(readFileSync(url, 'utf8'));
    let seen = 0;
    let whole = 0;
    const wrong: string[] = [];
    for (const [i, group] of vectors.testGroups.entries()) {
      const spki = bytes(group.publicKeyDer ?? group.publicKeyAsn ?? '');
      const parsed = readPublicKey(new DerReader(spki));
      const strong = isStrong(parsed);
      const key = importKey(parsed);
      if (key === undefined) throw new Error('key refused');
      expect(key.equals(createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }))).toBe(true);
      const card = issueCard(f.authority.g3, f.key, BigInt(5000 + i), { parts: { spki } });
      for (const { tcId, comment, msg, sig, result } of group.tests) {
        seen += 1;
        const ours = verifySha256(key, bytes(msg), bytes(sig));
        // "acceptable" (a DigestInfo without NULL) may go either way; OpenSSL and so we refuse or take it alike.
        if (result !== 'acceptable' && ours !== (result === 'valid')) wrong.push(`${tcId} ${comment}`);
        if (msg.length === 0 || msg.length > 2 * 768) continue;
        if (strong) whole += 1;
        const input = envelopeInput(bytes(sig), {
          form: 'pkcs1',
          content: bytes(msg),
          certificate: card.certificate,
        });
        const verdict = verifyEnvelope(input, f.trust, f.revocation);
        if ((verdict.outcome === 'passed') !== (ours && strong))
          wrong.push(`${tcId} envelope: ${verdict.outcome}`);
      }
    }
    expect(wrong).toEqual([]);
    expect([seen, vectors.numberOfTests]).toEqual([count, count]);
    expect(whole).toBeGreaterThan(wholeAtLeast);
  });
});
