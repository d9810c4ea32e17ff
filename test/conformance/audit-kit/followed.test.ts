import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { JsonValue } from '@lianshu/statement';
import { formatPolicy, formatVerifierKey, type Policy, SIGNATURE_TYPE, signNote } from '@lianshu/tlog';
import { cosigner, ed25519Signer, nodeNotePrimitives } from '@lianshu/tlog/node';
import { checkReceipt, followLog, type Verdict } from '@lianshu/verify';
import { afterAll, describe, expect, it } from 'vitest';
import { directoryLog } from '../../../packages/verify/src/node-log-source.ts';
import { judge } from '../../../packages/verify/src/receipt-judgement.ts';
import {
  promiseKey,
  SAMPLE_ORIGIN,
  SampleLog,
  sampleKey,
  samplePromise,
  sampleSignature,
} from '../../../packages/verify/src/sample-log.ts';
import { sampleAct } from '../../../packages/verify/src/sample-record.ts';
import { numbersFrom } from './mutate.ts';
import { longCourse, mutateCourse, mutateFiles } from './mutate-record.ts';
import { havePython, runPython } from './python.ts';
import { quantum } from './specimens.ts';

const folder = mkdtempSync(join(tmpdir(), 'lianshu-followed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const signers = [sampleKey, quantum];
const NEW = 'new.lianshu.invalid/log';
const newKey = ed25519Signer(NEW, generateKeyPairSync('ed25519').privateKey);

/** The first entry under a new name. */
const link = (origin: string, size: number, to = NEW): JsonValue => {
  const former = { checkpoint: '', origin, root: '', size };
  const body = { event: 'in-use', former, origin: to, purpose: 'log' };
  return sampleAct('key-event', '2026-11-22T08:00:00', body);
};

/** A log that signs under the new name from here on. */
function renamed(list: readonly JsonValue[]): SampleLog {
  const log = new SampleLog(list);
  const text = log.checkpoint(list.length).split('\n\n')[0] ?? '';
  const checkpoint = signNote(`${text.replace(SAMPLE_ORIGIN, NEW)}\n`, [newKey]);
  log.files.set('checkpoint', new TextEncoder().encode(checkpoint));
  return log;
}

const NOW_MS = Date.parse('2026-11-22T00:00:00Z');

const PROGRAM = `
import json, sys
from lianshu_audit import follow, receipt
from lianshu_audit.logfiles import DirectoryLog
from lianshu_audit.judgement import judge
from lianshu_audit.notes import parse_keys
from lianshu_audit.policy import parse_policy
from lianshu_audit.trust import Trust
asked = json.load(sys.stdin)
policy = parse_policy(asked["policy"].encode()) if "policy" in asked else None
trust = Trust(parse_keys("\\n".join(asked["keys"]))[0], policy)
follow.clock.time = lambda: asked["now"]
for one in asked["questions"]:
    verdict = receipt.check(one["file"].encode(), trust)
    verdict = follow.follow(DirectoryLog(one["log"]), trust, verdict, lambda *_: None)
    if policy and "receipt" in verdict:
        verdict["witnesses"] = {"quorum": True}
    print(json.dumps({**verdict, "exits": [judge(verdict, strict).outcome.exit for strict in (False, True)]}))
`;

const keys = [...signers, promiseKey, newKey].map(({ key }) => key);

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

type Head = { quorum: boolean; ageSeconds?: number; isOld?: boolean; tooOld?: boolean };

/** What a verdict says of the head that decided: each implementation has its own name for "too old". */
function headOf(verdict: object): readonly unknown[] {
  const { log } = verdict as { log?: { witnesses?: Head } };
  const head = log?.witnesses;
  return [head?.quorum, head?.ageSeconds, head?.isOld ?? head?.tooOld];
}

/** Asks both what became of each file in each log. */
async function compare(logs: readonly string[], policy?: Policy) {
  const questions = logs.flatMap((log) => FILES.map((file) => ({ log, file })));
  const input = {
    keys: keys.map(formatVerifierKey),
    now: NOW_MS / 1000,
    questions,
    ...(policy && { policy: formatPolicy(policy) }),
  };
  const asked = runPython(['-c', PROGRAM], JSON.stringify(input));
  const found: unknown[] = [];
  const trust = policy === undefined ? { keys } : { keys, policy };
  const ours: (Verdict & { exits: readonly number[] })[] = [];
  for (const { log, file } of questions) {
    const primitives = nodeNotePrimitives;
    const context = {
      primitives,
      source: directoryLog(log),
      trust,
      nowMs: NOW_MS,
      progress: () => {},
    };
    const verdict = await followLog(context, checkReceipt(primitives, file, trust));
    // The receipts' own checkpoints are asked elsewhere: here it is the head that counts.
    const own = policy && { required: true, quorum: true, lines: [] };
    ours.push({ ...verdict, exits: [false, true].map((strict) => judge(verdict, own, strict).exit) });
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
      JSON.stringify(['code', 'at', 'ground', 'reason', 'standing', 'exits'].map((name) => verdict?.[name]));
    if (facts(one) !== facts(other)) found.push({ ...question, one, other });
  }
  const heads = [ours, theirs].map((verdicts) => verdicts.map(headOf));
  return {
    found,
    codes: new Set(ours.map(({ code }) => code)),
    exits: ours.map(({ exits }) => exits),
    heads,
  };
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

  it('say the same of who witnessed the head that decided, when, and whether that is enough', async () => {
    const privateKeys = [0, 1, 2].map(() => generateKeyPairSync('ed25519').privateKey);
    const now = NOW_MS / 1000;
    const at = (...times: readonly number[]) =>
      times.flatMap((time, i) => {
        const key = privateKeys[i];
        if (time < 0 || key === undefined) return [];
        return [cosigner(`w${i}.invalid`, SIGNATURE_TYPE.ed25519Cosignature, key, () => time)];
      });
    const witnesses = at(1, 1, 1).map(({ key }, i) => ({ name: `w${i}`, key }));
    const groups = [{ name: 'two', threshold: 2, members: ['w0', 'w1', 'w2'] }];
    const policy: Policy = { logs: [], witnesses, groups, quorum: 'two' };
    const seen = [
      [],
      [now],
      [now, now - 60],
      [-1, now - 3_600, now],
      [now + 9_999_999, now - 3_601, 1],
      [0, 0, 0],
      [now, 0],
    ];
    const logs = seen.map((times, i) =>
      write(`seen-${i}`, new SampleLog(course, [...signers, ...at(...times)]).files),
    );
    const { found, exits, heads } = await compare(logs, policy);
    expect(found).toEqual([]);
    expect(JSON.stringify(heads[1])).toBe(JSON.stringify(heads[0]));
    // The second file is counted: per log, the exit code without and with witnesses required.
    const counted = logs.map((_, i) => exits[i * FILES.length + 1]?.join());
    expect(counted).toEqual(['0,3', '0,3', '0,0', '0,0', '0,9', '0,9', '0,9']);
    const none = await compare(logs.slice(0, 2), { ...policy, quorum: 'none' });
    expect([none.found, none.exits[1]]).toEqual([[], [0, 0]]);
  });

  it('follow alike a log that goes on under another name', async () => {
    const before = course.slice(0, 10);
    const after = course.slice(10);
    const logs = [
      renamed([...before, link(SAMPLE_ORIGIN, 10), ...after]),
      renamed([...before, ...after]),
      renamed([...before, link(SAMPLE_ORIGIN, 9), ...after]),
      renamed([...before, link(SAMPLE_ORIGIN, 10.5), ...after]),
      renamed([...before.slice(0, 4), link(SAMPLE_ORIGIN, 4), ...before.slice(4), ...after]),
      renamed([...before, link(SAMPLE_ORIGIN, 10, 'b.invalid'), link('b.invalid', 11), ...after]),
      renamed([...before, link('other.invalid', 10), ...after]),
      renamed([...before, link(SAMPLE_ORIGIN, 10), ...after, link(NEW, 12 + after.length, 'c.invalid')]),
      renamed(before),
    ].map((log, i) => write(`renamed-${i}`, log.files));
    const { found, codes } = await compare(logs);
    expect(found).toEqual([]);
    expect([...codes].sort()).toEqual([
      'counted',
      'excluded',
      'log-contradicts-receipt',
      'log-other-origin',
      'promise-kept',
      'promise-undecided',
      'refused',
    ]);
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
