import * as der from '@lianshu/der';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OID, PkiError, RevocationIndex, readRevocationList } from './index.ts';
import { fixture } from './testing/fixture.ts';
import { buildRevocationList, extension, TEST_NOW_MS } from './testing/index.ts';

const f = fixture();
const { g2, g3, root } = f.authority;

function codeOf(act: () => unknown): string {
  try {
    act();
    return 'read';
  } catch (error) {
    if (error instanceof PkiError) return error.code;
    throw error;
  }
}
const read = (bytes: Uint8Array) => readRevocationList(bytes, f.trust);

describe('reading a list', () => {
  const scope = (...fields: Uint8Array[]) => ({
    extensions: [extension(OID.issuingDistributionPoint, der.sequence(...fields), true)],
  });
  const url = der.contextValue(6, new TextEncoder().encode('http://crl.sim.moi.gov.tw/1.crl'));
  const flipped = (bytes: Uint8Array) => {
    const copy = Uint8Array.from(bytes);
    copy[copy.length - 1] = (copy[copy.length - 1] ?? 0) ^ 1;
    return copy;
  };
  it.each<[string, string, () => Uint8Array]>([
    ['an empty list', 'read', () => buildRevocationList(g3, [])],
    [
      'user certificates only',
      'read',
      () => buildRevocationList(g3, [], scope(der.contextValue(1, Uint8Array.of(255)))),
    ],
    [
      'a partition',
      'E_CRL_SCOPE',
      () => buildRevocationList(g3, [], scope(der.context(0, der.context(0, url)))),
    ],
    [
      'authorities only',
      'E_CRL_SCOPE',
      () => buildRevocationList(g3, [], scope(der.contextValue(2, Uint8Array.of(255)))),
    ],
    [
      'an indirect list',
      'E_CRL_SCOPE',
      () => buildRevocationList(g3, [], scope(der.contextValue(4, Uint8Array.of(255)))),
    ],
    [
      'a delta list',
      'E_CRL_SCOPE',
      () => buildRevocationList(g3, [], { extensions: [extension(OID.deltaCrl, der.integer(1), true)] }),
    ],
    ['G2 signed, G3 named', 'E_CRL_SIG', () => buildRevocationList(g3, [], { signer: g2 })],
    [
      'an unknown authority',
      'E_ISSUER_UNKNOWN',
      () => buildRevocationList(g3, [], { aki: new Uint8Array(20) }),
    ],
    ['another name', 'E_ISSUER_UNKNOWN', () => buildRevocationList(g3, [], { issuer: root.name })],
    [
      'next update before this update',
      'E_CRL_FORMAT',
      () => buildRevocationList(g3, [], { nextUpdateMs: 0 }),
    ],
    [
      'a serial number of 21 octets',
      'E_CRL_FORMAT',
      () => buildRevocationList(g3, [{ serial: new Uint8Array(21).fill(1) }]),
    ],
    [
      'an unused reason',
      'E_CRL_FORMAT',
      () => buildRevocationList(g3, [{ serial: Uint8Array.of(1), reason: 7 }]),
    ],
    [
      'a removal, as in a delta list',
      'E_CRL_SCOPE',
      () => buildRevocationList(g3, [{ serial: Uint8Array.of(1), reason: 8 }]),
    ],
    [
      'a delta list that hides it',
      'E_CRL_SCOPE',
      () => buildRevocationList(g3, [], { extensions: [extension(OID.deltaCrl, der.integer(1))] }),
    ],
    [
      'of a root, authorities only',
      'read',
      () => buildRevocationList(root, [], scope(der.contextValue(2, Uint8Array.of(255)))),
    ],
    [
      'of a root, users only',
      'E_CRL_SCOPE',
      () => buildRevocationList(root, [], scope(der.contextValue(1, Uint8Array.of(255)))),
    ],
    ['one bit of the signature', 'E_CRL_SIG', () => flipped(buildRevocationList(g3, []))],
    ['a byte after it', 'E_CRL_FORMAT', () => der.concat([buildRevocationList(g3, []), Uint8Array.of(0)])],
    ['a certificate', 'E_CRL_FORMAT', () => f.card.certificate],
  ])('%s: %s', (_, expected, bytes) => {
    expect(codeOf(() => read(bytes()))).toBe(expected);
  });

  it('the number never falls', () => {
    const first = read(buildRevocationList(g3, [], { number: 100n }));
    const after = (number: bigint, serial = 1) => {
      const bytes = buildRevocationList(g3, [{ serial: Uint8Array.of(serial) }], { number });
      return codeOf(() => readRevocationList(bytes, f.trust, first));
    };
    expect(after(101n)).toBe('read');
    expect(after(99n)).toBe('E_CRL_NUMBER');
    expect(after(100n)).toBe('E_CRL_NUMBER');
    const again = buildRevocationList(g3, [], { number: 100n });
    expect(readRevocationList(again, f.trust, first).sha256).toBe(first.sha256);
    const otherGeneration = read(buildRevocationList(g2, [], { number: 500n }));
    expect(codeOf(() => readRevocationList(again, f.trust, otherGeneration))).toBe('read');
  });

  it('crosses a worker boundary without copying the serial numbers', () => {
    const list = read(buildRevocationList(g3, [{ serial: Uint8Array.of(9) }]));
    const cloned = structuredClone(list);
    expect(cloned).toEqual(list);
    expect(new RevocationIndex([cloned]).judge(list.issuerSki, Uint8Array.of(9), TEST_NOW_MS).status).toBe(
      'revoked',
    );
  });
});

describe('looking up', () => {
  const serial = fc
    .uint8Array({ minLength: 1, maxLength: 20 })
    .map((bytes) => Uint8Array.from([Math.max(1, bytes[0] ?? 1), ...bytes.subarray(1)]));
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

  it('finds exactly what is listed, whatever the length of the numbers', () => {
    fc.assert(
      fc.property(
        fc.array(serial, { maxLength: 60 }),
        fc.array(serial, { maxLength: 20 }),
        (inside, outside) => {
          const list = read(
            buildRevocationList(
              g2,
              inside.map((each) => ({ serial: each })),
            ),
          );
          const index = new RevocationIndex([list]);
          const listed = new Set(inside.map(hex));
          expect(list.count).toBe(listed.size);
          for (const each of [...inside, ...outside]) {
            const { status } = index.judge(list.issuerSki, each, TEST_NOW_MS);
            expect(status).toBe(listed.has(hex(each)) ? 'revoked' : 'good');
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps numbers apart that end or begin alike', () => {
    const list = read(buildRevocationList(g2, [{ serial: Uint8Array.of(1, 0, 2) }]));
    const index = new RevocationIndex([list]);
    const status = (...octets: number[]) =>
      index.judge(list.issuerSki, Uint8Array.from(octets), TEST_NOW_MS).status;
    expect([status(1, 0, 2), status(1, 0), status(0x01, 0, 2, 0), status(2), status(1, 0, 3)]).toEqual([
      'revoked',
      'good',
      'good',
      'good',
      'good',
    ]);
  });

  it('a revocation outweighs a suspension of the same number; the newer list counts', () => {
    const own = Uint8Array.of(5);
    const both = [
      { serial: own, reason: 6 },
      { serial: own, reason: 1 },
    ];
    const twice = read(buildRevocationList(g2, both));
    expect(twice.count).toBe(1);
    const newer = read(buildRevocationList(g2, [], { number: 2026112111n }));
    expect(new RevocationIndex([twice]).judge(twice.issuerSki, own, TEST_NOW_MS).status).toBe('revoked');
    expect(new RevocationIndex([newer, twice]).judge(twice.issuerSki, own, TEST_NOW_MS).status).toBe('good');
  });
});
