/**
 * What the law costs a page: where 10,000 cases stand and what is due, and a redline of two 2,000-character texts:
 * `node bench/law.ts`, some seconds. Figures of one core; they are printed, and asserted nowhere.
 *
 * Needs: 10,000 cases' stage and deadlines < 1 s; redline < 20 ms.
 */
import { redline } from '../src/initiatives/redline.ts';
import { allowedActs, courseOf, type LegalEvent, monthsAfter, rulePack } from '../src/law/index.ts';
import { addLegalDays, monotonicMs } from '../src/platform/time.ts';

const CASES = 10_000;
const TODAY = '2027-06-30';
const PACK = rulePack('tw.referendum.national@2025-12-03');

const row = (...cells: readonly (string | number)[]): void =>
  console.log(
    cells.map((cell, i) => String(cell)[i === 0 ? 'padEnd' : 'padStart'](i === 0 ? 46 : 12)).join(''),
  );

/** Median of `runs` timings, in milliseconds, after one that warms up; the slowest beside it. */
function timed(runs: number, work: () => unknown): Readonly<{ median: number; slowest: number }> {
  work();
  const times = Array.from({ length: runs }, () => {
    const began = monotonicMs();
    work();
    return monotonicMs() - began;
  }).sort((a, b) => a - b);
  return { median: times[Math.floor(runs / 2)] ?? Number.NaN, slowest: times.at(-1) ?? Number.NaN };
}

/** A whole life, from filing to the announced vote; case `i` is filed `i` days later and cut off after some acts. */
function lifeOf(i: number): readonly LegalEvent[] {
  const filed = addLegalDays('2026-01-05', (i % 360) + 1);
  const after = (days: number): string => addLegalDays(filed, days);
  const collected = after(150);
  const end = monthsAfter(collected, 6).lastDay;
  const later = (days: number): string => addLegalDays(end, days);
  const life: readonly LegalEvent[] = [
    { kind: 'filed', on: filed },
    { kind: 'accepted', on: after(3) },
    { kind: 'hearing-notified', on: after(10) },
    { kind: 'hearing-held', on: after(30) },
    { kind: 'correction-ordered', on: after(45), grounds: ['wording'] },
    { kind: 'corrected', on: after(60) },
    { kind: 'found-conforming', on: after(100) },
    { kind: 'opinion-requested', on: after(101), agency: '教育部' },
    { kind: 'proposers-sent', on: after(102) },
    { kind: 'proposers-checked', on: after(112), valid: 2_100, required: 1_955 },
    { kind: 'opinion-received', on: after(140), agency: '教育部' },
    { kind: 'notified-to-collect', on: after(145) },
    { kind: 'collected', on: collected, mode: 'both' },
    { kind: 'url-obtained', on: after(151) },
    { kind: 'roster-filed', on: end },
    { kind: 'raw-counted', on: later(1), count: 320_000, required: 293_228, isBound: true },
    { kind: 'signers-sent', on: later(2) },
    { kind: 'signers-checked', on: later(40), valid: 300_000, required: 293_228 },
    { kind: 'established', on: later(45), number: 22 },
  ];
  return life.slice(0, 1 + (i % life.length));
}

/** A text of `length` characters in sentences, the same for the same seed. */
function textOf(length: number, seed: number): string {
  const words = [
    '學校',
    '午餐',
    '應於',
    '校內',
    '廚房',
    '現場',
    '烹調',
    '營養',
    '家長',
    '經費',
    '中央',
    '地方',
    '補助',
    '食材',
    '安全',
    '查核',
  ];
  let state = seed;
  let text = '';
  while (Array.from(text).length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += words[state % words.length] ?? '';
    if (state % 7 === 0) text += '，';
    if (state % 23 === 0) text += '。\n';
  }
  return text.slice(0, length);
}

/** The text with every n-th word written otherwise. */
const revised = (text: string, every: number): string => {
  let n = 0;
  return text.replace(/營養|經費|補助|家長|食材/g, (word) => (++n % every === 0 ? '標準' : word));
};

const lives = Array.from({ length: CASES }, (_, i) => lifeOf(i));
const courses = lives.map((events) => courseOf(PACK, events, TODAY));
const tally = (list: readonly string[]) => new Set(list).size;
console.log(
  `${CASES} cases, ${lives.reduce((sum, events) => sum + events.length, 0)} events, ` +
    `${tally(courses.map(({ stage }) => stage))} different stages, ` +
    `${courses.reduce((sum, { duties }) => sum + duties.length, 0)} duties, ` +
    `${courses.reduce((sum, { refused }) => sum + refused.length, 0)} events refused\n`,
);
row('milliseconds', 'median', 'slowest', 'at most');
const told = (what: string, { median, slowest }: ReturnType<typeof timed>, most: number): void =>
  row(what, median.toFixed(1), slowest.toFixed(1), most);
told(
  'stage and deadlines of 10,000 cases',
  timed(5, () => lives.map((events) => courseOf(PACK, events, TODAY))),
  1_000,
);
told(
  '… and what may be done in each today',
  timed(5, () => lives.map((events) => allowedActs(courseOf(PACK, events, TODAY)))),
  1_000,
);

const text = textOf(2_000, 7);
for (const [what, later] of [
  [
    'redline, 2,000 characters, one sentence added',
    `${text.slice(0, 900)}新增一句。${text.slice(900)}`.slice(0, 2_000),
  ],
  ['redline, 2,000 characters, a fifth revised', revised(text, 1)],
  ['redline, 2,000 characters, another text', textOf(2_000, 99)],
] as const)
  told(
    what,
    timed(40, () => redline(text, later)),
    20,
  );
