import { canonicalJson, type JsonValue, utf8 } from '@lianshu/statement';
import { describe, expect, it } from 'vitest';
import { ACT_SHAPES, COMPACT_SHAPES } from '../../../packages/verify/src/entry-kinds.ts';
import { readEntry } from '../../../packages/verify/src/read-entry.ts';
import { sampleAct } from '../../../packages/verify/src/sample-record.ts';
import { kindSpecimens } from './kind-specimens.ts';
import { numbersFrom } from './mutate.ts';
import { havePython, runPython } from './python.ts';

const PROGRAM = `
import json, sys
from lianshu_audit.entries import read_entry
for line in sys.stdin.buffer:
    print(read_entry(line[:-1])[1] or "good")
`;

/** What both say of each entry; asserts nothing. */
async function askBoth(entries: readonly JsonValue[]) {
  const lines = entries.map(canonicalJson);
  const printed = await runPython(
    ['-c', PROGRAM],
    Buffer.concat(lines.flatMap((line) => [line, utf8('\n')])),
  );
  const theirs = printed.toString().trim().split('\n');
  const ours = lines.map((line) => {
    const read = readEntry(line);
    return 'code' in read ? read.code : 'good';
  });
  const differing = entries.flatMap((entry, i) =>
    ours[i] === theirs[i] ? [] : [{ entry: JSON.stringify(entry), ours: ours[i], theirs: theirs[i] }],
  );
  return { ours, theirs, differing };
}

const KINDS: readonly string[] = [...COMPACT_SHAPES.keys(), ...ACT_SHAPES.keys()];

const VALUES: readonly JsonValue[] = [
  ...[null, true, false, 0, 1, -1, 1.5, 2 ** 53 - 1, 2 ** 53, 1e300, '', 'x', '1', [], {}],
  ...['9901', '99', '2026-11-20', '2026-02-30', '2028-02-29', '2100-02-29', '2026-11-20 ', 'a\n'],
  ...['0f'.repeat(32), '0F'.repeat(32), 'A'.repeat(22), 'A'.repeat(43), '案'.repeat(39), '😀'.repeat(21)],
  ...['案'.repeat(8_000), '😀'.repeat(4_001), 'https://example.org:99999', 'https://example.org:443/a b'],
  ...['http://example.org', 'https://', 'https:example.org', 'HTTPS://EXAMPLE.ORG', ' https://中選會.tw/案'],
  ...['ftp://example.org', 'https://a b', 'https://[::1]/', 'https://u@h/', 'https:///x', 'https://?x'],
  ...['held', 'notified', 'result', 'received', 'accepted', 'other', 'matter', 'signers', 'both', '≈'],
  ...[
    'log',
    'a/b',
    '/a',
    'a//b',
    '２０２６-11-20',
    [1],
    ['9901'],
    { a: 1 },
    [null],
    { 'zh-Hant-TW': 'x', en: 'y' },
  ],
];

/** One change at a random place in a document: a value, a name, one more or one fewer. */
function mutate(value: JsonValue, draw: ReturnType<typeof numbersFrom>, depth = 0): JsonValue {
  const one = (): JsonValue => VALUES[draw(VALUES.length)] ?? null;
  if (typeof value !== 'object' || value === null || (depth > 1 && draw(6) === 0)) return one();
  if (Array.isArray(value)) {
    const [at, list] = [draw(value.length + 1), [...value]];
    const inner = list[at];
    if (inner === undefined || draw(5) === 0) list.splice(at, 0, list[0] ?? one());
    else if (draw(4) === 0) list.splice(at, 1);
    else list[at] = mutate(inner, draw, depth + 1);
    return list;
  }
  const names = Object.keys(value);
  const name = names[draw(names.length)];
  if (name === undefined || draw(12) === 0) return { ...value, [draw(2) === 0 ? 'x' : 'case']: one() };
  const { [name]: had = null, ...rest } = value as Readonly<Record<string, JsonValue>>;
  if (name === 'kind' && depth === 0) return { ...rest, kind: KINDS[draw(KINDS.length)] ?? 'x' };
  if (draw(8) === 0) return rest;
  if (draw(16) === 0) return { ...rest, [`${name}2`]: had };
  return { ...rest, [name]: mutate(had, draw, depth + 1) };
}

describe.skipIf(!havePython())('the kinds of entry in two implementations', () => {
  it('are the same kinds, and each honest form of each is one', async () => {
    const { ours, differing } = await askBoth(kindSpecimens);
    expect(differing).toEqual([]);
    expect(new Set(ours)).toEqual(new Set(['good']));
    const shown = new Set(kindSpecimens.map((entry) => (entry as { kind: string }).kind));
    expect([...shown].sort()).toEqual([...KINDS].sort());
    const program =
      'from lianshu_audit.kinds import *; print(*sorted([*CASE_ACTS, *PLATFORM_ACTS, *EITHER_ACTS]))';
    const known = (await runPython(['-c', program], '')).toString().trim().split(' ');
    expect(known).toEqual([...ACT_SHAPES.keys()].sort());
  });

  it('are alike in what is not one: 12,000 entries, each changed in one place or two', async () => {
    const draw = numbersFrom(1017);
    const entries = Array.from({ length: 12_000 }, (_, i) => {
      const once = mutate(kindSpecimens[i % kindSpecimens.length] ?? null, draw);
      return draw(4) === 0 ? mutate(once, draw) : once;
    });
    const { ours, differing } = await askBoth(entries);
    expect(differing.slice(0, 5)).toEqual([]);
    expect(differing).toHaveLength(0);
    const links = await askBoth(
      VALUES.map((href) => {
        const source = { label: 'l', href };
        return sampleAct(
          'statistics',
          '2026-11-21T09:00:00',
          { series: [{ on: '2026-11-20', value: 1, source }] },
          '9901',
        );
      }),
    );
    expect(links.differing).toEqual([]);
    expect(new Set(links.ours)).toEqual(new Set(['good', 'entry-shape']));
    const count = (code: string) => ours.filter((said) => said === code).length;
    expect(count('entry-shape')).toBeGreaterThan(5_000);
    expect(count('good')).toBeGreaterThan(400);
    const unknown = await askBoth(
      ['hearings', 'roster-sealed', 'opened-evidence', 'established', ''].map((kind) => {
        return { ...(kindSpecimens[0] as Readonly<Record<string, JsonValue>>), kind };
      }),
    );
    expect(unknown.differing).toEqual([]);
    expect(new Set(unknown.ours)).toEqual(new Set(['entry-unknown-kind']));
  });
});
