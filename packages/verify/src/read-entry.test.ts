import { canonicalJson, type JsonValue } from '@lianshu/statement';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntry, readEntryFast, readEntryStrictly } from './read-entry.ts';
import { sampleSignature, withByte } from './sample-log.ts';

const signature = sampleSignature(1, 'joint-signature').entry as Readonly<Record<string, JsonValue>>;
const held = sampleSignature(2, 'held').entry as Readonly<Record<string, JsonValue>>;
const settled = {
  act: 'joint-signature',
  case: '9901',
  index: 7,
  kind: 'settled',
  outcome: 'counted',
  tag: signature['tag'] ?? '',
  v: 1,
};
const refused = {
  act: 'joint-signature',
  case: '9901',
  code: 'E_ID',
  index: 7,
  kind: 'settled',
  outcome: 'refused',
  v: 1,
};
const voided = { act: 'joint-signature', case: '9901', ground: 'age', index: 7, kind: 'void', v: 1 };
const day = {
  at: '2026-11-22T00:00:05+08:00',
  basis: '每日標記',
  body: { date: '2026-11-21' },
  capacity: 'operator',
  kind: 'day',
  v: 1,
};
const proposed = sampleSignature(3, 'proposal-signature').entry as Readonly<Record<string, JsonValue>>;
const samples: readonly JsonValue[] = [signature, held, settled, proposed, refused, voided, day];

/** What the strict reading says, as a compact entry or nothing. */
const strictly = (bytes: Uint8Array) => {
  const read = readEntryStrictly(bytes);
  return !('code' in read) && read.type === 'compact' ? read.entry : undefined;
};

describe('the two ways to read an entry', () => {
  it('agree on every sample', () => {
    for (const sample of samples) {
      const bytes = canonicalJson(sample);
      expect(readEntry(bytes)).toEqual(readEntryStrictly(bytes));
      expect('code' in readEntry(bytes)).toBe(false);
    }
    expect(
      [signature, held, settled].every((entry) => readEntryFast(canonicalJson(entry)) !== undefined),
    ).toBe(true);
  });

  it('know one act under each number: no proposal of a case, no joint signature of a draft', () => {
    const act = 'proposal-signature';
    for (const wrong of [
      { ...signature, kind: act },
      { ...proposed, kind: 'joint-signature' },
      { ...held, act },
      { ...held, case: 'D00001' },
      { ...settled, act },
      { ...voided, case: 'D00001' },
    ])
      expect(readEntry(canonicalJson(wrong))).toEqual({ code: 'entry-shape', at: '/case' });
  });

  it('agree on every changed byte, in every place: the fast one accepts nothing that the strict one refuses', () => {
    for (const sample of samples.slice(0, 4)) {
      const bytes = canonicalJson(sample);
      for (let at = 0; at < bytes.length; at++) {
        for (const value of [0, 10, 32, 34, 45, 48, 49, 57, 65, 66, 92, 95, 97, 125, 128, 160, 195, 255]) {
          const bent = withByte(bytes, at, value);
          const fast = readEntryFast(bent);
          if (fast !== undefined) expect(strictly(bent)).toEqual(fast);
        }
      }
    }
  });

  it('agree on numbers, cases and commitments of every form', () => {
    const index = fc.oneof(
      fc.nat(),
      fc.integer(),
      fc.bigInt().map(String),
      fc.double().map(String),
      fc.constant('-0'),
    );
    const word = fc.oneof(
      fc.base64String(),
      fc.string(),
      fc.constantFrom('9901', '99015', '990156', '9901567', '٣٣٣٣'),
    );
    fc.assert(
      fc.property(fc.constantFrom('settled', 'signature', 'held'), index, word, word, (form, n, a, b) => {
        const line =
          form === 'settled'
            ? `{"act":"joint-signature","case":"${a}","index":${n},"kind":"settled","outcome":"counted","tag":"${signature['tag']}","v":1}`
            : form === 'held'
              ? `{"act":"joint-signature","case":"${a}","commitment":"${b}","kind":"held","v":1}`
              : `{"case":"${a}","commitment":"${b}","kind":"joint-signature","tag":"${signature['tag']}","v":1}`;
        const bytes = new TextEncoder().encode(line);
        const fast = readEntryFast(bytes);
        if (fast !== undefined) expect(strictly(bytes)).toEqual(fast);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what is no entry', () => {
  const code = (value: JsonValue) => {
    const read = readEntry(canonicalJson(value));
    return 'code' in read ? `${read.code} ${read.at}` : 'entry';
  };

  it.each<[string, JsonValue]>([
    ['entry-unknown-kind ballot', { ...day, kind: 'ballot' }],
    ['entry-unknown-kind /kind', { ...day, kind: '\u001b[2J' }],
    ['entry-unknown-kind /kind', { v: 1 }],
    ['entry-shape /', []],
    ['entry-shape /', 'text'],
    ['entry-shape /name', { ...signature, name: 'x' }],
    ['entry-shape /tag', { ...held, kind: 'joint-signature', act: undefined } as unknown as JsonValue],
    ['entry-shape /body/date', { ...day, body: { date: '2026-02-30' } }],
    ['entry-shape /body/note', { ...day, body: { date: '2026-02-28', note: '' } }],
    ['entry-shape /case', { ...day, case: '9901' }],
    ['entry-shape /at', { ...day, at: 'now' }],
    ['entry-shape /index', { ...voided, index: 2 ** 60 }],
    ['entry-shape /code', { ...refused, code: '' }],
    ['entry-shape /v', { ...voided, v: 2 }],
  ])('%s', (expected, value) => {
    const given = JSON.parse(JSON.stringify(value)) as JsonValue;
    expect(code(given)).toBe(expected);
  });

  it('other spellings, other encodings, other things', () => {
    const text = (content: string) => readEntry(new TextEncoder().encode(content));
    expect(text('')).toMatchObject({ code: 'entry-not-json' });
    expect(text('{"a":1}x')).toMatchObject({ code: 'entry-not-json' });
    expect(text('{"v":1, "kind":"day"}')).toMatchObject({ code: 'entry-not-canonical' });
    expect(readEntry(Uint8Array.of(0xff, 0xfe))).toMatchObject({ code: 'entry-not-json' });
    expect(text(`${'['.repeat(5000)}${']'.repeat(5000)}`)).toMatchObject({ code: 'entry-not-canonical' });
  });
});
