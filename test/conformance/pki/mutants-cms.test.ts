/**
 * The mutation gate: of all envelopes one bit away from a valid one, exactly the written allow-list is accepted.
 *
 * Allow-list: SignedData.version 1 → 3. The number is outside every signature and RFC 5652 §5.1 derives it from the rest
 * of the structure; libraries disagree about it, so both are taken and it decides nothing. Every other bit is
 * either signed, or part of the one encoding the reader knows.
 */

import { type EnvelopeInput, verifyEnvelope } from '@lianshu/pki';
import { buildCms, envelopeInput } from '@lianshu/pki/testing';
import { describe, expect, it } from 'vitest';
import { fixture } from '../../../packages/pki/src/testing/fixture.ts';

import { acceptedMutants } from './each-bit.ts';

const f = fixture();

/** Offset of SignedData.version: after ContentInfo, its OID, `[0]` and SignedData, all with two length octets. */
const VERSION_AT = 4 + 11 + 4 + 4 + 2;

describe('single-bit mutants', () => {
  const forms: readonly [string, EnvelopeInput, readonly string[]][] = [
    ['RSA attached', envelopeInput(buildCms(f.card)), [`${VERSION_AT}:1>3`]],
    [
      'RSA detached',
      envelopeInput(buildCms(f.card, { detached: true }), { form: 'cms-detached' }),
      [`${VERSION_AT}:1>3`],
    ],
    ['P-256 attached', envelopeInput(buildCms(f.ecCard)), [`${VERSION_AT}:1>3`]],
  ];

  it.each(forms)('%s: signature', (_, input, allowed) => {
    expect(verifyEnvelope(input, f.trust, f.revocation).outcome).toBe('passed');
    expect(acceptedMutants(f, input, 'signature')).toEqual(allowed);
  });

  it.each(forms)('%s: statement', (_, input) => {
    expect(acceptedMutants(f, input, 'content')).toEqual([]);
  });
});

describe('other small damage', () => {
  const valid = buildCms(f.card);
  const outcomeOf = (signature: Uint8Array) =>
    verifyEnvelope(envelopeInput(signature), f.trust, f.revocation).outcome;

  it('every shorter prefix is refused', () => {
    for (let length = 0; length < valid.length; length += 1) {
      expect(outcomeOf(valid.subarray(0, length))).toBe('failed');
    }
  });

  it('every byte left out or doubled is refused', () => {
    for (let at = 0; at < valid.length; at += 1) {
      const head = valid.subarray(0, at);
      expect(outcomeOf(Buffer.concat([head, valid.subarray(at + 1)]))).toBe('failed');
      expect(outcomeOf(Buffer.concat([head, valid.subarray(at, at + 1), valid.subarray(at)]))).toBe('failed');
    }
  });
});
