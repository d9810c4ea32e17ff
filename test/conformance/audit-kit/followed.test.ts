import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatVerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { checkReceipt, followLog } from '@lianshu/verify';
import { afterAll, describe, expect, it } from 'vitest';
import { directoryLog } from '../../../packages/verify/src/node-log-source.ts';
import {
  promiseKey,
  SampleLog,
  sampleKey,
  samplePromise,
  sampleSignature,
} from '../../../packages/verify/src/sample-log.ts';
import { numbersFrom } from './mutate.ts';
import { longCourse, mutateCourse, mutateFiles } from './mutate-record.ts';
import { havePython, runPython } from './python.ts';
import { quantum } from './specimens.ts';

const folder = mkdtempSync(join(tmpdir(), 'lianshu-followed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const signers = [sampleKey, quantum];
const keys = [...signers, promiseKey].map(({ key }) => key);
const NOW_MS = Date.parse('2026-11-22T00:00:00Z');

const PROGRAM = `
import json, sys
from lianshu_audit import follow, receipt
from lianshu_audit.logfiles import DirectoryLog
from lianshu_audit.notes import parse_keys
from lianshu_audit.trust import Trust
asked = json.load(sys.stdin)
trust = Trust(parse_keys("\\n".join(asked["keys"]))[0])
follow.clock.time = lambda: asked["now"]
for one in asked["questions"]:
    verdict = receipt.check(one["file"].encode(), trust)
    print(json.dumps(follow.follow(DirectoryLog(one["log"]), trust, verdict, lambda *_: None)))
`;

/** Two signatures, three held ones and one that is not there; and promises of each. */
const course = longCourse(2);
const honest = new SampleLog(course, signers);
const signed = (n: number, kind: 'joint-signature' | 'held') => sampleSignature(n, kind);
const FILES: readonly string[] = [
  honest.receipt(2, signed(1, 'joint-signature').extra, 9, signers),
  honest.receipt(4, signed(3, 'joint-signature').extra, course.length, signers),
  honest.receipt(3, signed(2, 'held').extra, 6, signers),
  honest.receipt(5, signed(4, 'held').extra, 9, signers),
  ...[1, 77].map((n) => samplePromise(signed(n, 'joint-signature'))),
  ...[2, 4, 5].map((n) => samplePromise(signed(n, 'held'))),
];

function write(name: string, files: ReadonlyMap<string, Uint8Array>): string {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), bytes);
  }
  return join(folder, name);
}

/** Asks both what became of each file in each log. */
async function compare(logs: readonly string[]) {
  const questions = logs.flatMap((log) => FILES.map((file) => ({ log, file })));
  const input = { keys: keys.map(formatVerifierKey), now: NOW_MS / 1000, questions };
  const asked = runPython(['-c', PROGRAM], JSON.stringify(input));
  const found: unknown[] = [];
  const ours: { code: string; at?: number }[] = [];
  for (const { log, file } of questions) {
    const primitives = nodeNotePrimitives;
    const context = {
      primitives,
      source: directoryLog(log),
      trust: { keys },
      nowMs: NOW_MS,
      progress: () => {},
    };
    ours.push(await followLog(context, checkReceipt(primitives, file, { keys })));
  }
  const theirs = (await asked)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const [i, question] of questions.entries()) {
    const [one, other] = [ours[i], theirs[i]];
    // Where a log is at fault the two say where in their own words; the verdict must be one.
    const facts = (verdict: Record<string, unknown> | undefined) =>
      JSON.stringify(['code', 'at', 'ground', 'reason', 'standing'].map((name) => verdict?.[name]));
    if (facts(one) !== facts(other)) found.push({ ...question, one, other });
  }
  return { found, codes: new Set(ours.map(({ code }) => code)) };
}

describe.skipIf(!havePython())('two implementations of following a file in its log', () => {
  it('say the same in an honest log', async () => {
    const { found, codes } = await compare([write('honest', honest.files)]);
    expect(found).toEqual([]);
    expect([...codes].sort()).toEqual([
      'counted',
      'excluded',
      'promise-kept',
      'promise-undecided',
      'refused',
    ]);
  });

  it('say the same in 60 logs of other courses', async () => {
    const draw = numbersFrom(7);
    const logs = Array.from({ length: 60 }, (_, i) => {
      const other = new SampleLog(mutateCourse(course, draw), signers);
      return write(`course-${i}`, other.files);
    });
    const unsettled = write('unsettled', new SampleLog(course.slice(0, 10), signers).files);
    const { found, codes } = await compare([...logs, unsettled]);
    expect(found).toEqual([]);
    for (const code of [
      'counted',
      'excluded',
      'held',
      'log-behind',
      'log-contradicts-receipt',
      'promise-undecided',
    ]) {
      expect(codes, code).toContain(code);
    }
  });

  it('say the same in 60 logs with one file changed, and before a byte-order mark', async () => {
    const draw = numbersFrom(8);
    const logs = Array.from({ length: 60 }, (_, i) => write(`file-${i}`, mutateFiles(honest.files, draw)));
    const note = honest.files.get('checkpoint') ?? new Uint8Array();
    const marked = new Map([...honest.files, ['checkpoint', Buffer.concat([Buffer.from('\ufeff'), note])]]);
    const { found, codes } = await compare([...logs, write('marked', marked)]);
    expect(found).toEqual([]);
    for (const code of ['log-bad-checkpoint', 'log-files-wrong', 'log-unreachable'])
      expect(codes).toContain(code);
  });
});
