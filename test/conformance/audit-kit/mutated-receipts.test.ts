import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatPolicy, formatVerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { checkReceipt, type ReceiptVerdict } from '@lianshu/verify';
import { describe, expect, it } from 'vitest';
import type { Trust } from '../../../packages/verify/src/trust.ts';
import { MUTATIONS, numbersFrom } from './mutate.ts';
import { AUDIT_KIT, havePython, runPython } from './python.ts';
import { inRoles, issued, looseKeys, oddFiles, specimens, timed, timedFiles, trusted } from './specimens.ts';

const MUTANTS = 10_800;
const SEED = 20_261_121;

/** The Python verdicts on all files, from one process. */
async function pythonVerdicts(
  files: readonly Uint8Array[],
  { keys, policy }: Trust,
): Promise<readonly ReceiptVerdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lianshu-audit-'));
  try {
    const path = join(folder, 'keys.txt');
    writeFileSync(path, keys.map((key) => `${formatVerifierKey(key)}\n`).join(''));
    const rules = join(folder, 'policy.txt');
    if (policy !== undefined) writeFileSync(rules, formatPolicy(policy));
    const framed = files.flatMap((file) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(file.length);
      return [length, file];
    });
    const out = await runPython(
      [AUDIT_KIT, 'batch', '--keys', path, ...(policy === undefined ? [] : ['--policy', rules])],
      Buffer.concat(framed),
    );
    return out
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as ReceiptVerdict);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Disagreement = Readonly<{ at: string; file: string; first: unknown; second: unknown }>;

/** Asks both implementations about all files and gives where their verdicts, facts included, differ. */
async function compare(
  files: readonly Readonly<{ name: string; file: Uint8Array }>[],
  trust: Trust,
): Promise<Readonly<{ disagreements: readonly Disagreement[]; codes: ReadonlyMap<string, number> }>> {
  const asked = pythonVerdicts(
    files.map(({ file }) => file),
    trust,
  );
  const first = files.map(({ file }) => checkReceipt(nodeNotePrimitives, file, trust));
  const second = await asked;
  expect(second.length).toBe(files.length);
  const codes = new Map<string, number>();
  const disagreements: Disagreement[] = [];
  for (const [i, { name, file }] of files.entries()) {
    const [ours, theirs] = [first[i], second[i]];
    codes.set(String(ours?.code), (codes.get(String(ours?.code)) ?? 0) + 1);
    const same = (verdict: unknown) => JSON.stringify(verdict, Object.keys(flat(verdict)).sort());
    if (same(ours) !== same(theirs)) {
      const shown = Buffer.from(file).toString('base64').slice(0, 60_000);
      disagreements.push({ at: `${i} ${name}`, file: shown, first: ours, second: theirs });
    }
  }
  return { disagreements, codes };
}

/** All member names in a verdict, so that both are written in one order. */
function flat(value: unknown): Record<string, true> {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value);
  return Object.assign(
    Object.fromEntries(entries.map(([name]) => [name, true])),
    ...entries.map(([, member]) => flat(member)),
  );
}

const named = (name: string, files: readonly string[]) =>
  files.map((file) => ({ name, file: new Uint8Array(Buffer.from(file)) }));

/** Files changed in every way in turn. */
function mutantsOf(texts: readonly string[], count: number, draw: ReturnType<typeof numbersFrom>) {
  const good = texts.map((text) => Buffer.from(text));
  const names = Object.keys(MUTATIONS);
  return Array.from({ length: count }, (_, i) => {
    const name = names[i % names.length] ?? '';
    const mutate = MUTATIONS[name];
    let file = mutate?.(good[draw(good.length)] ?? Buffer.alloc(0), draw, good) ?? Buffer.alloc(0);
    // One in eight is mutated again, in another way.
    if (draw(8) === 0 && file.length < 50_000)
      file = MUTATIONS[names[draw(names.length)] ?? '']?.(file, draw, good) ?? file;
    return { name, file: new Uint8Array(file) };
  });
}

describe.skipIf(!havePython())('two implementations of the receipt check', () => {
  it('prove every good receipt and promise, and say the same about them', async () => {
    const { disagreements, codes } = await compare(named('good', specimens), { keys: trusted });
    expect(disagreements).toEqual([]);
    expect(Object.fromEntries(codes)).toEqual({ included: specimens.length - 3, promised: 3 });
  });

  it(`give the same verdict on each of ${MUTANTS} mutated files`, async () => {
    const draw = numbersFrom(SEED);
    const mutants = mutantsOf([...specimens, ...issued], MUTANTS, draw);
    const { disagreements, codes } = await compare(mutants, { keys: trusted });
    expect(disagreements).toEqual([]);
    // Every verdict that does not need another key list must have come up, or the mutations are too tame.
    expect([...codes.keys()].sort()).toEqual([
      'bad-signature',
      'extra-malformed',
      'file-too-large',
      'included',
      'line-ends-changed',
      'not-a-receipt',
      'not-included',
      'note-malformed',
      'other-log',
      'promised',
      'proof-malformed',
      'unknown-signer',
    ]);
    expect(codes.get('bad-signature') ?? 0).toBeGreaterThan(1_000);
    expect((codes.get('included') ?? 0) + (codes.get('promised') ?? 0)).toBeGreaterThan(100);
  });

  it('let nobody but the log speak for it: no witness of a policy, and no promise key', async () => {
    const good = await compare(named('good', specimens), inRoles);
    expect(good.disagreements).toEqual([]);
    expect(Object.fromEntries(good.codes)).toEqual({ included: specimens.length - 3, promised: 3 });
    const { disagreements, codes } = await compare(named('issued', issued), inRoles);
    expect(disagreements).toEqual([]);
    expect(Object.fromEntries(codes)).toEqual({ 'other-log': issued.length });
    const mixed = await compare(
      mutantsOf([...specimens.slice(3, 9), ...issued], 1_200, numbersFrom(SEED + 1)),
      inRoles,
    );
    expect(mixed.disagreements).toEqual([]);
    for (const code of ['included', 'other-log', 'bad-signature', 'unknown-signer'])
      expect(mixed.codes.has(code), code).toBe(true);
  });

  it('give the same verdict on odd texts under good signatures', async () => {
    const { disagreements, codes } = await compare(named('odd', oddFiles()), { keys: looseKeys });
    expect(disagreements).toEqual([]);
    for (const code of ['included', 'promised', 'checkpoint-malformed', 'other-log', 'not-included']) {
      expect(codes.has(code), code).toBe(true);
    }
  });

  it('take and refuse the same times of cosignatures', async () => {
    const files = named('timed', timedFiles());
    const { disagreements, codes } = await compare(files, { keys: [...trusted, timed] });
    expect(disagreements).toEqual([]);
    expect(Object.fromEntries(codes)).toEqual({ included: 3, 'bad-signature': 4 });
  });

  it('say alike what is missing: no key at all, or only others', async () => {
    const none = await compare(named('no keys', specimens), { keys: [] });
    expect([none.disagreements, [...none.codes.keys()]]).toEqual([[], ['no-trusted-key']]);
    const others = await compare(named('other keys', specimens), { keys: looseKeys });
    expect([others.disagreements, [...others.codes.keys()]]).toEqual([[], ['unknown-signer']]);
    const witnesses = trusted.filter(({ name }) => name.startsWith('witness-'));
    const only = await compare(named('only witnesses', specimens), { keys: witnesses });
    expect(only.disagreements).toEqual([]);
    expect([...only.codes.keys()].sort()).toEqual(['other-log', 'unknown-signer']);
  });
});
