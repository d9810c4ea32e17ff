import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ActEntry, actKind, type CompactEntry } from './entry.ts';
import { seemsToNameAPerson } from './person-guard.ts';
import { entryPreparer, readEntry } from './prepare-entry.ts';
import { RecordFault } from './record-fault.ts';

const D = 'A'.repeat(43);
const signature: CompactEntry = { v: 1, kind: 'joint-signature', tag: D, commitment: D, case: '9901' };
const decision: ActEntry = {
  v: 1,
  kind: 'decision',
  case: '9901',
  at: '2026-03-02T12:00:00+08:00',
  capacity: 'commission',
  basis: '公民投票法 §12 I',
  body: { outcome: 'established' },
};
const prepare = entryPreparer([
  actKind('decision', {
    ofCase: true,
    body: z.strictObject({ outcome: z.string(), reasons: z.string().optional() }),
  }),
]);
const refusal = (entry: object): string => {
  try {
    prepare(entry as ActEntry);
    return 'accepted';
  } catch (error) {
    return error instanceof RecordFault ? error.message : `not a fault: ${error}`;
  }
};

describe('an entry', () => {
  it('of a signature is exactly the compact form of trust.md §1', () => {
    expect(Buffer.from(prepare(signature).body).toString()).toBe(
      `{"case":"9901","commitment":"${D}","kind":"joint-signature","tag":"${D}","v":1}`,
    );
  });

  it('takes at most 65,535 bytes', () => {
    const withReasons = (n: number) => ({ ...decision, body: { outcome: 'x', reasons: 'x'.repeat(n) } });
    const overhead = prepare(withReasons(0)).body.length;
    expect(prepare(withReasons(65_535 - overhead)).body.length).toBe(65_535);
    expect(refusal(withReasons(65_536 - overhead))).toMatch(/65536 bytes/);
  });

  it.each([
    ['a place or time in a signature', { ...signature, at: decision.at }],
    ['a commitment of another length', { ...signature, commitment: 'A'.repeat(42) }],
    ['a commitment with unused bits set', { ...signature, commitment: `${'A'.repeat(42)}B` }],
    [
      'a settlement without its outcome',
      { act: 'joint-signature', case: '9901', index: 1, kind: 'settled', v: 1 },
    ],
    [
      'a refusal with a tag',
      {
        act: 'joint-signature',
        case: '9901',
        index: 1,
        kind: 'settled',
        outcome: 'refused',
        code: 'E_X',
        tag: D,
        v: 1,
      },
    ],
    ['an act without its provision', { ...decision, basis: '' }],
    ['an act of no case that must have one', { ...decision, case: undefined }],
    ['a time without Taipei’s offset', { ...decision, at: '2026-03-02T04:00:00Z' }],
    ['a body its module does not know', { ...decision, body: { outcome: 'x', signer: 'y' } }],
    ['a kind nobody declared', { ...decision, kind: 'gossip' }],
    ['another version', { ...signature, v: 2 }],
  ])('is refused for %s', (_, entry) => {
    expect(refusal(entry)).not.toBe('accepted');
  });

  it('never repeats a refused value', () => {
    expect(refusal({ ...decision, body: { outcome: 'x', reasons: 'A123456789' } })).not.toContain(
      'A123456789',
    );
    expect(refusal({ ...decision, capacity: 'A123456789' })).not.toContain('A123456789');
  });

  it('comes back from its bytes', () => {
    expect(readEntry(prepare(decision).body)).toEqual(decision);
  });

  it('cannot have its kind declared twice', () => {
    for (const kind of ['day', 'void']) {
      expect(() => entryPreparer([actKind(kind, { ofCase: false, body: z.unknown() })])).toThrow(RangeError);
    }
  });
});

describe('the guard against persons', () => {
  it.each([
    'A123456789',
    '身分證A123456789號',
    'ａ１２３４５６７８９',
    'AB12345678',
    'a800000014',
    'x/A223456789.',
  ])('sees %s', (text) => {
    expect(seemsToNameAPerson({ body: [{ note: text }] })).toBe(true);
    expect(seemsToNameAPerson({ [text]: 1 })).toBe(true);
  });
  it.each([
    D,
    `A123456789${'A'.repeat(33)}`,
    '2026-03-02T12:00:00+08:00',
    'BA123456789',
    'A1234567890',
    'A323456789',
  ])('lets %s pass', (text) => expect(seemsToNameAPerson({ text })).toBe(false));
});
