/** The checker itself: a clean history passes, and each planted violation is found under its own name. */
import { describe, expect, test } from 'vitest';
import { checkHistory, type ViolationCode } from './check-history.ts';
import type { History } from './history.ts';
import { rootsOf } from './log-replay.ts';

type Draft = { -readonly [K in keyof History]: History[K] };
const entry = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const signature = (name: string, tag = `T${name}`) =>
  entry({ case: '1', commitment: name, kind: 'joint-signature', tag, v: 1 });
const held = (name: string) =>
  entry({ act: 'joint-signature', case: '1', commitment: name, kind: 'held', v: 1 });
const settled = (index: number, outcome = 'counted', tag = 'Tc2') =>
  entry({ act: 'joint-signature', case: '1', index, kind: 'settled', outcome, tag, v: 1 });
const envelope = (commitment: string, person: number) => ({
  commitment,
  person,
  caseNumber: '1',
  tags: [`T${commitment}`, `T${commitment}2`],
});

/** One act, two signatures, one held and settled; `a` was told its index, `b` and `c` were promised. */
function clean(): Draft {
  const entries = [
    entry({ kind: 'opened', case: '1' }),
    signature('a'),
    held('c'),
    signature('b'),
    settled(2),
  ];
  return dressed({
    envelopes: [envelope('a', 1), envelope('b', 2), envelope('c', 3), envelope('d', 4)],
    answers: [
      { commitment: 'a', atMs: 5, told: { kind: 'included', index: 1 } },
      { commitment: 'b', atMs: 6, told: { kind: 'promised', publishByMs: 30, isHeld: false } },
      { commitment: 'c', atMs: 6, told: { kind: 'promised', publishByMs: 30, isHeld: true } },
      { commitment: 'd', atMs: 7, told: { kind: 'refused', code: 'E_ALREADY_SIGNED' } },
    ],
    entries,
  });
}

/** With checkpoints and counts as an honest house would show them for these entries. */
function dressed(of: Pick<History, 'envelopes' | 'answers'> & { entries: readonly Uint8Array[] }): Draft {
  const rootAt = rootsOf(of.entries);
  const root = (size: number) => rootAt(size) ?? '';
  const size = of.entries.length;
  return {
    envelopes: of.envelopes,
    answers: of.answers,
    checkpoints: [
      { size: 2, root: root(2), atMs: 10, from: 'public' },
      { size: 3, root: root(3), atMs: 11, from: 'receipt' },
      { size, root: root(size), atMs: 20, from: 'public' },
    ],
    counts: [
      { caseNumber: '1', size: 3, root: root(3), numbers: { counted: 1, held: 1, signed: 1 }, where: 'file' },
    ],
    final: { entries: of.entries, size, root: root(size) },
    actKinds: ['opened'],
  };
}

const codes = (history: History): ViolationCode[] => [
  ...new Set(checkHistory(history).violations.map(({ code }) => code)),
];
const changed = (change: (draft: Draft) => Partial<Draft>): Draft => {
  const draft = clean();
  return { ...draft, ...change(draft) };
};
/** The same history over other entries, everything shown being honest about them. */
const relogged = (change: (entries: readonly Uint8Array[]) => readonly Uint8Array[]): Draft => {
  const draft = clean();
  return { ...dressed({ ...draft, entries: change(draft.final.entries) }), counts: [] };
};

test('a clean history has nothing to find', () => {
  expect(checkHistory(clean())).toEqual({ violations: [], latePromises: [] });
});

describe('finds what was planted', () => {
  test('an acknowledged signature that is gone', () => {
    expect(codes(relogged((all) => all.filter((_, i) => i !== 3)))).toContain('acknowledged-lost');
  });
  test('a commitment logged twice', () => {
    expect(codes(relogged((all) => [...all, signature('a')]))).toEqual([
      'logged-twice',
      'person-counted-twice',
    ]);
  });
  test('another index than the receipt said', () => {
    const answers = [{ commitment: 'a', atMs: 5, told: { kind: 'included', index: 3 } }] as const;
    expect(codes(changed(() => ({ answers })))).toEqual(['logged-elsewhere']);
  });
  test('a signature nobody sent, and an act of a kind nobody caused', () => {
    expect(codes(relogged((all) => [...all, signature('x')]))).toEqual(['nobody-sent']);
    expect(codes(relogged((all) => [...all, entry({ kind: 'void', case: '1', index: 1 })]))).toEqual([
      'nobody-sent',
    ]);
    expect(codes(relogged((all) => [...all, new Uint8Array([0xff, 0x00])]))).toEqual(['nobody-sent']);
  });
  test('a tag that was not sealed, at once or when settled', () => {
    expect(codes(relogged((all) => all.with(1, signature('a', 'forged'))))).toEqual(['entry-differs']);
    expect(codes(relogged((all) => all.with(4, settled(2, 'counted', 'forged'))))).toEqual(['entry-differs']);
  });
  test('one person by two envelopes, also when one was held', () => {
    const twice = (a: string, b: string) =>
      changed(({ envelopes }) => ({
        envelopes: envelopes.map((one) => (one.commitment === b ? { ...one, person: 1 } : one)),
        answers: [{ commitment: a, atMs: 1, told: { kind: 'included', index: 1 } }],
      }));
    expect(codes(twice('a', 'b'))).toEqual(['person-counted-twice']);
    expect(codes(twice('a', 'c'))).toEqual(['person-counted-twice']);
  });
  test('a refusal for good of something that counts', () => {
    const answers = [{ commitment: 'b', atMs: 9, told: { kind: 'refused', code: 'E_TX_USED' } }] as const;
    expect(codes(changed((draft) => ({ answers: [...draft.answers, ...answers] })))).toEqual([
      'refused-and-counted',
    ]);
  });
  test('a settlement of nothing, and a second one', () => {
    expect(codes(relogged((all) => all.with(4, settled(1))))).toContain('settled-wrongly');
    expect(codes(relogged((all) => [...all, settled(2, 'refused')]))).toEqual(['settled-wrongly']);
  });
  test('a held signature that nothing settles', () => {
    expect(codes(relogged((all) => all.filter((_, i) => i !== 4)))).toEqual(['never-settled']);
  });
  test('a checkpoint of another history, and two of one size', () => {
    const other = { size: 2, root: 'ab'.repeat(32), atMs: 15, from: 'receipt' } as const;
    expect(codes(changed(({ checkpoints }) => ({ checkpoints: [other, ...checkpoints] })))).toEqual([
      'forked',
    ]);
    expect(codes(changed(({ checkpoints }) => ({ checkpoints: [...checkpoints, other] })))).toEqual([
      'forked',
    ]);
    const ahead = { ...other, size: 9 };
    expect(codes(changed(({ checkpoints }) => ({ checkpoints: [...checkpoints, ahead] })))).toEqual([
      'forked',
    ]);
  });
  test('a public checkpoint older than one seen before', () => {
    expect(codes(changed(({ checkpoints }) => ({ checkpoints: checkpoints.toReversed() })))).toEqual([
      'went-back',
    ]);
  });
  test('a witnessed checkpoint older than one seen before, each kind judged by itself', () => {
    const withOlder = (from: 'witnessed' | 'receipt') =>
      changed(({ checkpoints }) => ({
        checkpoints: [...checkpoints, ...checkpoints.toReversed().map((one) => ({ ...one, from }) as const)],
      }));
    expect(codes(withOlder('witnessed'))).toEqual(['went-back']);
    expect(codes(withOlder('receipt'))).toEqual([]);
  });
  test('numbers that are not the fold, or of no checkpoint', () => {
    const count = (of: object) =>
      changed(({ counts }) => ({ counts: counts.map((one) => ({ ...one, ...of })) }));
    expect(codes(count({ numbers: { counted: 2 } }))).toEqual(['count-differs']);
    expect(codes(count({ numbers: { held: 0 } }))).toEqual(['count-differs']);
    expect(codes(count({ root: 'cd'.repeat(32) }))).toEqual(['count-of-no-checkpoint']);
  });
  test('final files that do not give the final root', () => {
    expect(codes(changed(({ final }) => ({ final: { ...final, root: 'ef'.repeat(32) } })))).toContain(
      'final-torn',
    );
    expect(codes(changed(({ final }) => ({ final: { ...final, size: 4 } })))).toContain('final-torn');
  });
});

test('lists a promise that was kept late, and one that was never seen kept', () => {
  const late = changed(({ checkpoints }) => ({
    checkpoints: checkpoints.map((one) => (one.size === 5 ? { ...one, atMs: 31 } : one)),
  }));
  expect(checkHistory(late)).toEqual({ violations: [], latePromises: ['b', 'c'] });
});
