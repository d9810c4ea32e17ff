/** Whatever bytes come, the answer is a verdict or a coded refusal: never a TypeError, a RangeError or an OpenSSL exception. */
import * as der from '@lianshu/der';
import { DerError } from '@lianshu/der';
import {
  ocspUrlOf,
  PkiError,
  parseCertificate,
  parseSignedData,
  readRevocationList,
  verifyEnvelope,
} from '@lianshu/pki';
import { barePkcs1, buildCms, buildRevocationList, envelopeInput, TEST_NOW_MS } from '@lianshu/pki/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspect, refusalText } from '../../../packages/pki/src/inspect.ts';
import { parseOcspResponse } from '../../../packages/pki/src/ocsp-response.ts';
import { fixture } from '../../../packages/pki/src/testing/fixture.ts';

const f = fixture();

/** Random DER trees: well-formed bytes reach further into a parser than noise does. */
const tree = fc.letrec<{ node: Uint8Array }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    fc.uint8Array({ maxLength: 8 }).map((content) => der.octetString(content)),
    fc
      .constantFrom(...['1.2.840.113549.1.7.2', '1.2.840.113549.1.1.1', '2.16.840.1.101.3.4.2.1'])
      .map(der.oid),
    fc.bigInt({ min: -9n, max: 2n ** 70n }).map((value) => der.integer(value)),
    fc
      .tuple(fc.nat({ max: 3 }), fc.array(tie('node'), { maxLength: 3 }))
      .map(([n, kids]) => der.context(n, ...kids)),
    fc.array(tie('node'), { maxLength: 5 }).map((kids) => der.sequence(...kids)),
    fc.array(tie('node'), { maxLength: 3 }).map((kids) => der.setOf(...kids)),
  ),
})).node;

/** Several random edits of a valid artefact: bytes overwritten, cut out, or doubled. */
function damaged(valid: Uint8Array): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat({ max: valid.length - 1 }),
    kind: fc.constantFrom('set', 'cut', 'double'),
    span: fc.integer({ min: 1, max: 40 }),
    octet: fc.integer({ min: 0, max: 255 }),
  });
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    let bytes = Buffer.from(valid);
    for (const { at, kind, span, octet } of edits) {
      if (kind === 'set') bytes[at % Math.max(1, bytes.length)] = octet;
      else if (kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + span)]);
      else bytes = Buffer.concat([bytes.subarray(0, at + span), bytes.subarray(at)]);
    }
    return new Uint8Array(bytes);
  });
}

const attached = buildCms(f.card);
/** The one byte in which an accepted envelope may differ (see mutants-cms.test.ts). */
function withVersion1(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (copy[25] === 3) copy[25] = 1;
  return copy;
}

const bare = barePkcs1(f.ecCard);
const list = buildRevocationList(f.authority.g2, [{ serial: Uint8Array.of(3), reason: 6 }]);
const hostile = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  tree,
  damaged(attached),
  damaged(f.card.certificate),
  damaged(f.authority.root.certificate),
  damaged(list),
);

const parsers = {
  parseCertificate,
  parseSignedData,
  parseOcspResponse,
  readRevocationList: (bytes: Uint8Array) => readRevocationList(bytes, f.trust),
  ocspUrlOf,
} as const;

describe('hostile bytes', () => {
  it.each(Object.entries(parsers))('%s gives a value or a PkiError', (_, parse) => {
    fc.assert(
      fc.property(hostile, (bytes) => {
        try {
          parse(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(PkiError);
          expect(error).not.toBeInstanceOf(DerError);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('pki inspect gives facts or a sentence', () => {
    const options = { nowMs: TEST_NOW_MS, showPersonal: true, pins: f.authority.pins };
    fc.assert(
      fc.property(hostile, (bytes) => {
        try {
          const { facts } = inspect(bytes, options);
          expect(facts.length).toBeGreaterThan(0);
        } catch (error) {
          expect(refusalText(error)).toMatch(/^E_/);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('verifyEnvelope always gives a verdict, and never a good one', () => {
    const form = fc.constantFrom('cms-attached', 'cms-detached', 'pkcs1');
    fc.assert(
      fc.property(hostile, fc.option(hostile, { nil: undefined }), form, (signature, certificate, which) => {
        const input = envelopeInput(signature, {
          form: which,
          ...(certificate === undefined ? {} : { certificate }),
        });
        const verdict = verifyEnvelope(input, f.trust, f.revocation);
        if (Buffer.compare(withVersion1(signature), attached) !== 0) expect(verdict.outcome).toBe('failed');
      }),
      { numRuns: 3000 },
    );
  });

  it('a damaged certificate beside a good signature is refused with a code of checks 7 to 18', () => {
    fc.assert(
      fc.property(damaged(f.ecCard.certificate), (certificate) => {
        const verdict = verifyEnvelope({ ...bare, certificate }, f.trust, f.revocation);
        if (Buffer.compare(certificate, f.ecCard.certificate) === 0) return;
        expect(verdict).toMatchObject({ outcome: 'failed', code: expect.stringMatching(/^E_/) });
      }),
      { numRuns: 1500 },
    );
  });
});
