import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Orderable, orderRound } from './round-order.ts';

const bytes = (n: number) => Uint8Array.of(n >> 8, n & 255);
const entry = fc.record({
  kind: fc.constantFrom('joint-signature', 'held', 'settled', 'void', 'opened', 'closed', 'version', 'day'),
  caseNumber: fc.constantFrom('9901', '9902'),
  n: fc.nat(9_999),
});
const round = fc.array(entry, { maxLength: 40 }).map((entries) =>
  entries.map(({ kind, caseNumber, n }, id): Orderable & { id: number } => ({
    id,
    kind,
    caseNumber: kind === 'day' ? null : caseNumber,
    commitment: kind === 'joint-signature' || kind === 'held' ? bytes(n) : null,
    about: kind === 'settled' || kind === 'void' ? n : null,
  })),
);
const isSignature = (e: Orderable): boolean => e.commitment !== null;

describe('orderRound', () => {
  it('loses and adds nothing', () => {
    fc.assert(
      fc.property(round, (entries) => {
        const ids = orderRound(entries).map(({ id }) => id);
        expect(ids.toSorted((a, b) => a - b)).toEqual(entries.map(({ id }) => id));
      }),
    );
  });

  it('puts a case’s opening before, and its closing after, all signatures of the round', () => {
    fc.assert(
      fc.property(round, (entries) => {
        const ordered = orderRound(entries);
        const first = ordered.findIndex(isSignature);
        const last = ordered.findLastIndex(isSignature);
        for (const [i, { kind, caseNumber, id }] of ordered.entries()) {
          if (kind === 'opened' && first >= 0) expect(i).toBeLessThan(first);
          const reopened = entries.some(
            (e) => e.kind === 'opened' && e.caseNumber === caseNumber && e.id > id,
          );
          if (kind === 'closed' && !reopened) expect(i).toBeGreaterThan(last);
        }
      }),
    );
  });

  it('sorts signatures and held ones by commitment, so that who came first cannot be read', () => {
    fc.assert(
      fc.property(round, (entries) => {
        const signatures = orderRound(entries).filter(isSignature);
        const hex = signatures.map(({ commitment }) => Buffer.from(commitment ?? []).toString('hex'));
        expect(hex).toEqual(hex.toSorted());
        const reversed = orderRound(entries.toReversed()).filter(isSignature);
        expect(reversed.map(({ commitment }) => commitment)).toEqual(
          signatures.map(({ commitment }) => commitment),
        );
      }),
    );
  });

  it('keeps the acts of a case in the order of entering', () => {
    fc.assert(
      fc.property(round, (entries) => {
        for (const number of ['9901', '9902']) {
          const acts = orderRound(entries).filter(
            (e) => e.caseNumber === number && !isSignature(e) && e.kind !== 'settled',
          );
          const ids = acts.map(({ id }) => id);
          expect(ids).toEqual(ids.toSorted((a, b) => a - b));
        }
      }),
    );
  });
});
