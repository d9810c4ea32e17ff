import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CountyDays } from './county-days.ts';
import { StateDirectory } from './state-directory.ts';

const at = (text: string) => Date.parse(`2026-11-${text}+08:00`);
let directory: string;
let state: StateDirectory;
let nowMs: number;
const trouble: string[] = [];

const days = () =>
  new CountyDays({
    state,
    nowMs: () => nowMs,
    randomBytes,
    onTrouble: (code, day) => trouble.push(`${code} ${day}`),
  });
const sign = (to: CountyDays, county: string, receivedAtMs = nowMs) =>
  to.count(receivedAtMs, '9901', 'joint-signature', county);
const files = () => readdirSync(join(directory, 'county-days')).sort();

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'county-days-'));
  rmSync(directory, { recursive: true });
  state = StateDirectory.open(directory);
  nowMs = at('20T12:00:00');
  trouble.length = 0;
});
afterEach(() => {
  state.close();
  rmSync(directory, { recursive: true, force: true });
});

it('hands over nothing of a day before it is over, and then whole and sorted', async () => {
  const counted = days();
  sign(counted, '65000');
  sign(counted, '63000');
  sign(counted, '65000');
  counted.count(nowMs, 'D00001', 'proposal-signature', 'unknown');
  expect(await counted.finished()).toEqual([]);
  nowMs = at('21T00:14:59');
  expect(await counted.finished()).toEqual([]);
  expect(await counted.forget('2026-11-20')).toEqual({ outcome: 'current' });
  nowMs = at('21T00:15:00');
  const rows = [
    { caseNumber: '9901', act: 'joint-signature', county: '63000', counted: 1 },
    { caseNumber: '9901', act: 'joint-signature', county: '65000', counted: 2 },
    { caseNumber: 'D00001', act: 'proposal-signature', county: 'unknown', counted: 1 },
  ];
  expect(await counted.finished()).toEqual([{ day: '2026-11-20', rows }]);
  expect(await counted.finished()).toEqual([{ day: '2026-11-20', rows }]);
});

it('counts what was received before midnight into that day until it closes, later into the next', async () => {
  const counted = days();
  const received = at('20T23:59:59');
  nowMs = at('21T00:00:02');
  sign(counted, '63000', received);
  nowMs = at('21T00:20:00');
  sign(counted, '64000', received);
  sign(counted, '65000');
  expect((await counted.finished()).map(({ day, rows }) => [day, rows.map(({ county }) => county)])).toEqual([
    ['2026-11-20', ['63000']],
  ]);
  nowMs = at('22T00:15:00');
  expect((await counted.finished()).map(({ day, rows }) => [day, rows.map(({ county }) => county)])).toEqual([
    ['2026-11-20', ['63000']],
    ['2026-11-21', ['64000', '65000']],
  ]);
});

it('opens no day again when the clock goes back', async () => {
  const counted = days();
  nowMs = at('21T00:15:00');
  await counted.finished();
  nowMs = at('20T12:00:00');
  sign(counted, '63000');
  expect(await counted.finished()).toEqual([]);
  nowMs = at('22T01:00:00');
  expect((await counted.finished()).map(({ day }) => day)).toEqual(['2026-11-21']);
});

it('gives the same totals after a restart, and destroys them once they are forgotten', async () => {
  const first = days();
  sign(first, '63000');
  await first.settled();
  const second = days();
  sign(second, '63000');
  await second.close();
  sign(second, '63000');
  const third = days();
  nowMs = at('21T01:00:00');
  const [day] = await third.finished();
  expect(day?.rows).toEqual([{ caseNumber: '9901', act: 'joint-signature', county: '63000', counted: 2 }]);
  expect(files()).toEqual(['2026-11-20.key', '2026-11-20.totals']);
  expect(await third.forget('2026-11-20')).toEqual({ outcome: 'forgotten' });
  expect(await third.forget('2026-11-20')).toEqual({ outcome: 'absent' });
  expect([files(), await third.finished(), await days().finished()]).toEqual([[], [], []]);
});

it('writes nothing in clear and keeps the length of a file', async () => {
  const counted = days();
  sign(counted, '09007');
  await counted.settled();
  const one = readFileSync(join(directory, 'county-days', '2026-11-20.totals'));
  for (const county of ['63000', '64000', '65000']) for (let i = 0; i < 40; i++) sign(counted, county);
  await counted.settled();
  const many = readFileSync(join(directory, 'county-days', '2026-11-20.totals'));
  expect([one.includes('09007'), one.includes('9901'), one.length]).toEqual([false, false, many.length]);
});

it('says what it could not read or write, and goes on', async () => {
  const counted = days();
  sign(counted, '63000');
  await counted.settled();
  writeFileSync(join(directory, 'county-days', '2026-11-20.totals'), 'torn', { mode: 0o600 });
  const again = days();
  expect(trouble).toEqual(['county-day-unreadable 2026-11-20']);
  rmSync(join(directory, 'county-days'), { recursive: true });
  writeFileSync(join(directory, 'county-days'), 'in the way', { mode: 0o600 });
  sign(again, '63000');
  await again.settled();
  expect(trouble.at(-1)).toBe('county-day-not-written 2026-11-20');
  rmSync(join(directory, 'county-days'));
  await again.close();
  nowMs = at('21T01:00:00');
  expect((await days().finished())[0]?.rows[0]?.counted).toBe(1);
});
