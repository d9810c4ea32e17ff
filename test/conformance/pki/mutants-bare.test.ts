/** The mutation gate for bare signatures, their certificates and revocation lists: no single-bit mutant is accepted. */
import { type EnvelopeInput, PkiError, readRevocationList, verifyEnvelope } from '@lianshu/pki';
import { barePkcs1, buildRevocationList } from '@lianshu/pki/testing';
import { describe, expect, it } from 'vitest';
import { fixture } from '../../../packages/pki/src/testing/fixture.ts';
import { acceptedMutants, eachBit } from './each-bit.ts';

const f = fixture();

describe('single-bit mutants', () => {
  const forms: readonly [string, EnvelopeInput][] = [
    ['RSA bare', barePkcs1(f.card)],
    ['P-256 bare', barePkcs1(f.ecCard)],
  ];

  it.each(forms)('%s: signature', (_, input) => {
    expect(verifyEnvelope(input, f.trust, f.revocation).outcome).toBe('passed');
    expect(acceptedMutants(f, input, 'signature')).toEqual([]);
  });

  it.each(forms)('%s: certificate beside it', (_, input) => {
    expect(acceptedMutants(f, input, 'certificate')).toEqual([]);
  });

  it.each(forms)('%s: statement', (_, input) => {
    expect(acceptedMutants(f, input, 'content')).toEqual([]);
  });
});

describe('revocation lists', () => {
  it('no single-bit mutant is read', () => {
    const entries = [{ serial: Uint8Array.of(1) }, { serial: Uint8Array.of(0x7f, 2), reason: 6 }];
    const codes = new Set<string>();
    eachBit(buildRevocationList(f.authority.g3, entries), (mutant) => {
      try {
        readRevocationList(mutant, f.trust);
        codes.add('read');
      } catch (error) {
        if (!(error instanceof PkiError)) throw error;
        codes.add(error.code);
      }
    });
    expect(codes).toContain('E_CRL_SIG');
    expect(codes).not.toContain('read');
  });
});
