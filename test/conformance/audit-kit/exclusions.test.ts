import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type JsonValue, toHex, utf8 } from '@lianshu/statement';
import { formatVerifierKey, signNote } from '@lianshu/tlog';
import { ed25519Signer, sha256 } from '@lianshu/tlog/node';
import { runCli } from '@lianshu/verify/node';
import { afterAll, describe, expect, it } from 'vitest';
import { proofText, signedName } from '../../../packages/verify/src/act-proof.ts';
import { SampleLog, sampleKey, sampleSignature } from '../../../packages/verify/src/sample-log.ts';
import {
  sampleAct,
  sampleCourse,
  sampleDay,
  sampleFiled,
  voidEntry,
} from '../../../packages/verify/src/sample-record.ts';
import { numbersFrom } from './mutate.ts';
import { havePython, runPython } from './python.ts';

/** What is wrong with the registry's results and the exclusions that name them, in two implementations. */

const registry = ed25519Signer(
  'registry.lianshu.invalid/registry',
  generateKeyPairSync('ed25519').privateKey,
);
const stranger = ed25519Signer('other.lianshu.invalid/registry', generateKeyPairSync('ed25519').privateKey);
const keys = [sampleKey, registry].map(({ key }) => formatVerifierKey(key));
const folder = mkdtempSync(join(tmpdir(), 'lianshu-exclusions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Members = Readonly<Record<string, JsonValue>>;

const GROUNDS = ['not-qualified', 'duplicate', 'forged'];

/** A result as signed by somebody or nobody. */
function result(body: Members, caseNumber: string, signer: typeof registry | undefined, replaces?: number) {
  const bare: Members = {
    ...sampleAct('check-result', '2026-11-21T00:05:00', body, caseNumber),
    ...(replaces === undefined ? {} : { replaces }),
  };
  const { v: _, ...act } = bare;
  const folded = { ...act, index: 0 } as never;
  const proof = signer && signNote(proofText(sha256, folded), [signer]);
  const entry = proof === undefined ? bare : { ...bare, body: { ...body, proof } };
  return { entry: entry as JsonValue, name: signedName(sha256, folded) };
}

/** A house that excludes as it likes: results proven and not, exclusions that name the right one, another or none. */
function course(draw: (below: number) => number): readonly JsonValue[] {
  const one = <T>(items: readonly T[]): T => items[draw(items.length)] as T;
  const out: JsonValue[] = [...sampleCourse];
  const proposers = Array.from({ length: 3 }, (_, i) => {
    const { entry } = sampleSignature(50 + i, 'proposal-signature');
    return out.push({ ...(entry as Members), case: 'D00001' }) - 1;
  });
  const proposal = { draft: 'D00001', electronic: 3, paper: 0 };
  const filed = { ...(sampleFiled['body'] as Members), ...(draw(4) > 0 ? { proposal } : {}) };
  out.push({ ...sampleFiled, case: '9902', body: filed });
  const counted = [2, 3, 4, 8, 10];
  const names: string[] = [];
  for (let n = 1 + draw(2); n > 0; n--) {
    const of = one(['signers', 'proposers']);
    const about = of === 'signers' ? counted : proposers;
    const [ground, act] = [one(GROUNDS), of === 'signers' ? 'joint-signature' : 'proposal-signature'];
    const deleted = about.slice(0, draw(3));
    const excluded: Members = deleted.length > 0 ? { [ground]: deleted.length } : {};
    const lines = deleted.map((index) => `${index} ${ground}\n`).join('');
    const voids = draw(5) === 0 ? 'ab'.repeat(32) : toHex(sha256(utf8(lines)));
    const received = draw(5) === 0 ? 1 : about.length;
    const electronic = { received, valid: about.length - deleted.length, excluded, voids };
    const totals = { of, on: '2026-11-21', received: 9, valid: 9 - deleted.length, required: 5, excluded };
    const body =
      draw(4) === 0 ? totals : { ...totals, electronic, batch: toHex(sha256(utf8(`${draw(1e6)}`))) };
    const caseNumber = of === 'signers' ? one(['9901', '9901', '9902']) : one(['9902', '9902', '9901']);
    const signed = result(body, caseNumber, one([registry, registry, registry, stranger, undefined]));
    names.push(signed.name);
    out.push(signed.entry);
    if (draw(6) === 0) out.push(signed.entry);
    if (draw(6) === 0) out.push(result(body, caseNumber, registry, out.length - 1).entry);
    for (const index of [...deleted, ...(draw(4) === 0 ? [one(about)] : [])]) {
      if (draw(8) === 0) continue;
      const named = draw(6) === 0 ? {} : { result: one([signed.name, signed.name, signed.name, ...names]) };
      const where = of === 'signers' ? '9901' : 'D00001';
      out.push(
        voidEntry(index, { act, case: where, ground: draw(8) === 0 ? one(GROUNDS) : ground, ...named }),
      );
    }
  }
  if (draw(2) === 0) out.push(sampleDay('2026-11-21'), sampleDay('2026-11-22'));
  return out;
}

function write(name: string, log: SampleLog): string {
  for (const [path, bytes] of log.files) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), bytes);
  }
  return join(folder, name);
}

type Answer = Readonly<{ exclusions?: readonly Readonly<{ code: string }>[] }>;

async function first(log: string, caseNumber: string): Promise<Answer> {
  let printed = '';
  const trusted = keys.flatMap((key) => ['--key', key]);
  await runCli(['count', caseNumber, '--log', log, ...trusted, '--json'], {
    env: {},
    folder,
    programFolder: folder,
    nowMs: () => Date.parse('2026-11-23T00:00:00Z'),
    out: (text: string) => {
      printed += text;
    },
    err: () => {},
    isTerminal: false,
  } as Parameters<typeof runCli>[1]);
  return JSON.parse(printed) as Answer;
}

const PROGRAM = `
import json, sys
from lianshu_audit.logfiles import DirectoryLog
from lianshu_audit.notes import parse_keys
from lianshu_audit.trust import Trust
from lianshu_audit.whole_log import recount
asked = json.load(sys.stdin)
trust = Trust(parse_keys("\\n".join(asked["keys"]))[0], None)
for log, case in asked["logs"]:
    print(json.dumps(recount(case, DirectoryLog(log), trust, lambda *_: None)))
`;

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
};

describe.skipIf(!havePython())('exclusions in two implementations', () => {
  it('are judged alike: 150 houses that exclude as they like', async () => {
    const draw = numbersFrom(1013);
    const logs = Array.from({ length: 150 }, (_, i) => write(`log-${i}`, new SampleLog(course(draw))));
    const asked = logs.flatMap((log) => ['9901', '9902', 'D00001'].map((of) => [log, of] as const));
    const python = runPython(['-c', PROGRAM], JSON.stringify({ keys, logs: asked }));
    const ours: Answer[] = [];
    for (const [log, of] of asked) ours.push(await first(log, of));
    const theirs = (await python)
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    const differing = asked.flatMap(([log, of], i) => {
      const [a, b] = [ours[i]?.exclusions, theirs[i]?.exclusions];
      expect(a).toBeDefined();
      return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)) ? [] : [{ log, of, a, b }];
    });
    expect(differing.slice(0, 2)).toEqual([]);
    const codes = new Set(ours.flatMap(({ exclusions = [] }) => exclusions.map(({ code }) => code)));
    expect([...codes].sort()).toEqual([
      'act-repeated',
      'act-without-proof',
      'result-not-of-all',
      'void-beyond-total',
      'void-missing',
      'void-not-as-signed',
      'void-without-total',
    ]);
    expect(ours.some(({ exclusions }) => exclusions?.length === 0)).toBe(true);
  });
});
