import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { JsonValue } from '@lianshu/statement';
import { formatVerifierKey } from '@lianshu/tlog';
import { runCli } from '@lianshu/verify/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SampleLog, sampleKey } from '../../../packages/verify/src/sample-log.ts';
import { sampleCounts } from '../../../packages/verify/src/sample-record.ts';
import { numbersFrom } from './mutate.ts';
import { longCourse, mutateCourse, mutateFiles } from './mutate-record.ts';
import { havePython, runPython } from './python.ts';
import { quantum } from './specimens.ts';

const signers = [sampleKey, quantum];
const keys = signers.map(({ key }) => formatVerifierKey(key));
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianshu-logs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Files = ReadonlyMap<string, Uint8Array>;
type Answer = Readonly<{ exit: number; acts?: Record<string, unknown>; anomalies?: unknown[] }>;

/** A log of these entries as published, with a counts file that claims what the honest course counts. */
function published(course: readonly JsonValue[], counts: Readonly<Record<string, number>>): Files {
  const log = new SampleLog(course, signers);
  return new Map([...log.files, ['counts/9901.json', sampleCounts(log, course.length, counts)]]);
}

function write(name: string, files: Files): string {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), bytes);
  }
  return join(folder, name);
}

async function firstAnswer(argv: readonly string[]): Promise<Answer> {
  let printed = '';
  const trusted = keys.flatMap((key) => ['--key', key]);
  const exit = await runCli([...argv, ...trusted, '--json'], {
    env: {},
    folder,
    programFolder: folder,
    nowMs: () => 1_795_000_000_000,
    out: (text: string) => {
      printed += text;
    },
    err: () => {},
    isTerminal: false,
  } as Parameters<typeof runCli>[1]);
  return { ...(JSON.parse(printed) as Answer), exit };
}

const PROGRAM = `
import json, sys
from lianshu_audit.logfiles import DirectoryLog
from lianshu_audit.notes import parse_keys
from lianshu_audit.outcome import OUTCOMES
from lianshu_audit.trust import Trust
from lianshu_audit.whole_log import consistency, recount
asked = json.load(sys.stdin)
trust = Trust(parse_keys("\\n".join(asked["keys"]))[0], None)
quiet = lambda *_: None
for one in asked["logs"]:
    log = DirectoryLog(one["log"])
    if "old" in one:
        old, new = (open(one[name], "rb").read() for name in ("old", "new"))
        verdict = consistency(old, new, log, trust, quiet)
    else:
        verdict = recount("9901", log, trust, quiet)
    print(json.dumps({**verdict, "exit": OUTCOMES[verdict["code"]].exit}))
`;

async function secondAnswers(logs: readonly unknown[]): Promise<readonly (Answer & { code: string })[]> {
  const out = await runPython(['-c', PROGRAM], JSON.stringify({ keys, logs }));
  return out
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Asks both to recount each log; gives the answers that differ in exit code, a number or an anomaly. */
async function compare(logs: readonly Files[], name: string) {
  const paths = logs.map((files, i) => write(`${name}-${i}`, files));
  const asked = secondAnswers(paths.map((log) => ({ log })));
  const first: Answer[] = [];
  for (const log of paths) first.push(await firstAnswer(['count', '9901', '--log', log]));
  const second = await asked;
  const compared = ({ exit, acts, anomalies }: Answer) => ({ exit, acts, anomalies });
  const differing = paths.flatMap((log, i) => {
    const [ours, theirs] = [first[i], second[i]];
    if (ours === undefined || theirs === undefined) throw new Error('an answer is missing');
    const same = JSON.stringify(sorted(compared(ours))) === JSON.stringify(sorted(compared(theirs)));
    return same ? [] : [{ log, ours: first[i], theirs: second[i] }];
  });
  const exits = new Set(first.map(({ exit }) => exit));
  return { differing, exits, codes: new Set(second.map(({ code }) => code)), first };
}

/** The same value with members in order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

/** What the honest course counts with `more` signatures of the first day. */
const countsWith = (more: number) => ({
  signed: 3 + more,
  held: 0,
  settledCounted: 2,
  settledRefused: 1,
  voided: 2,
  counted: 3 + more,
});

describe.skipIf(!havePython())('two implementations of the recount', () => {
  it('give the same numbers for honest logs, on both sides of a bundle’s end', async () => {
    const sizes = [0, 1, 238, 239, 240, 241, 242, 600];
    const { differing, exits, first } = await compare(
      sizes.map((more) => published(longCourse(more), countsWith(more))),
      'honest',
    );
    expect(differing).toEqual([]);
    expect([...exits]).toEqual([0]);
    const act = first[7]?.acts?.['joint-signature'] as Record<string, unknown>;
    expect(act).toMatchObject({ counted: 603, voided: 2, channels: { electronic: 605, paper: 16 } });
  });

  it('judge alike 200 courses that no honest house writes', async () => {
    const draw = numbersFrom(9901);
    const logs = Array.from({ length: 200 }, () => {
      let course = mutateCourse(longCourse(draw(4)), draw);
      if (draw(3) === 0) course = mutateCourse(course, draw);
      return published(course, countsWith(0));
    });
    const { differing, exits, codes } = await compare(logs, 'course');
    expect(differing).toEqual([]);
    expect([...exits].sort((a, b) => a - b)).toEqual([0, 4, 10]);
    for (const code of ['numbers-differ', 'entry-shape', 'entry-unknown-kind']) expect(codes).toContain(code);
  });

  it('judge alike 200 logs with one file changed', async () => {
    const draw = numbersFrom(42);
    const honest = [published(longCourse(0), countsWith(0)), published(longCourse(300), countsWith(300))];
    const logs = Array.from({ length: 200 }, () => mutateFiles(honest[draw(2)] ?? new Map(), draw));
    const { differing, exits } = await compare(logs, 'file');
    expect(differing).toEqual([]);
    for (const exit of [3, 4, 7]) expect(exits).toContain(exit);
  });

  it('agree whether a log only grew from a saved checkpoint', async () => {
    const log = new SampleLog(longCourse(300), signers);
    const other = new SampleLog(longCourse(299), signers);
    const path = write('grown', log.files);
    const cases = [1, 2, 5, 255, 256, 257, 300, 318].flatMap((size) => [
      { note: log.checkpoint(size, signers), size },
      { note: other.checkpoint(Math.min(size, 316), signers), size },
    ]);
    const asked = cases.map(({ note }, i) => {
      writeFileSync(join(folder, `old-${i}`), note);
      return { log: path, old: join(folder, `old-${i}`), new: join(path, 'checkpoint') };
    });
    const second = await secondAnswers(asked);
    const first: Answer[] = [];
    for (const { old } of asked) first.push(await firstAnswer(['log', '--log', path, '--from', old]));
    const exitOf = (answer: Answer) => (answer.exit === 10 ? 0 : answer.exit);
    expect(second.map(({ exit }) => exit)).toEqual(first.map(exitOf));
    expect(new Set(second.map(({ code }) => code))).toEqual(new Set(['consistent', 'log-forked']));
  });
});

describe.skipIf(!havePython())('the audit kit', () => {
  it('holds its own known answers', async () => {
    const kit = new URL('../../../audit-kit/', import.meta.url).pathname;
    const { exit, checks } = JSON.parse((await runPython([kit, 'selftest', '--json'], '')).toString());
    expect(exit).toBe(0);
    expect(Object.values(checks)).toEqual([true, true, true, true, true]);
  });
});
