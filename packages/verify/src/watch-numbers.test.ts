/** Numbers that a site shows to a monitor, or takes its time to show. */
import { type JsonValue, utf8 } from '@lianshu/statement';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { LogSource } from './log-source.ts';
import type { RoundResult } from './monitor.ts';
import { codesOf, MonitorBench, sourceOf } from './sample-monitor.ts';
import {
  sampleApi,
  sampleCourse,
  sampleFiled,
  sampleOpened,
  samplePage,
  signatureEntry,
} from './sample-record.ts';

const bench = new MonitorBench();
beforeEach(() => bench.begin());
afterAll(() => bench.remove());

const STALL = { stallMs: 1e12 };
const withBody = (act: Readonly<Record<string, JsonValue>>, body: object): JsonValue => ({
  ...act,
  body: { ...(act['body'] as object), ...body },
});

describe('a number is compared however it is shown', () => {
  const look = async () => (await bench.open({ ...STALL, site: sourceOf(() => bench.site) }).round()).open;
  const show = (api: object | Uint8Array, page: string | Uint8Array): void => {
    const asBytes = (text: string | Uint8Array) => (typeof text === 'string' ? utf8(text) : text);
    bench.site.set('v1/initiatives/9901', api instanceof Uint8Array ? api : utf8(JSON.stringify(api)));
    bench.site.set('initiatives/9901', asBytes(page));
  };
  const press = { case: '9901', count: { origin: 'press', reported: 999_999 } };
  const lie = '<p class="count-number">999,999</p>';

  it('called a newspaper’s, or left without the marks', async () => {
    bench.serve(sampleCourse);
    show(press, lie);
    expect((await look()).map(({ code, detail }) => `${code} ${detail}`)).toEqual([
      'count-mismatch 9901 api: unmarked press 999999 ≠ 5',
      'count-mismatch 9901 page: unmarked 999,999 ≠ 5',
    ]);
  });

  it('with the true one in a comment', async () => {
    const log = bench.serve(sampleCourse);
    const truth = new TextDecoder().decode(samplePage(log, 13, '5'));
    show(sampleApi(log, 13, { electronic: 5, excluded: 0 }, [0, 1, 12]), `<!-- ${truth} -->${lie}`);
    expect(codesOf(await look())).toEqual(['count-mismatch']);
  });

  it('of a case that nobody has signed', async () => {
    const log = bench.serve([sampleFiled, sampleOpened], {
      signed: 0,
      counted: 0,
      held: 0,
      settledCounted: 0,
      settledRefused: 0,
    });
    bench.nowMs = Date.parse('2026-11-19T12:00:00+08:00');
    show({ case: '9901', count: { origin: 'none', threshold: 10 } }, '<p class="count-number">未確認</p>');
    expect(bench.files.has('counts/9901.json')).toBe(true);
    expect(await look()).toEqual([]);
    bench.files = new Map([...bench.files].filter(([path]) => !path.startsWith('counts/')));
    bench.nowMs = Date.parse('2026-11-19T12:00:00+08:00');
    show({ case: '9901', count: { origin: 'none', threshold: 10 } }, '<p class="count-number">未確認</p>');
    expect(await look()).toEqual([]);
    show(sampleApi(log, 2, { electronic: 50_000, excluded: 0 }, [0, 1]), samplePage(log, 2, '50,000'));
    expect(codesOf(await look())).toEqual(['count-mismatch', 'count-mismatch']);
    show({ case: '9901', count: { origin: 'none', electronic: 50_000 } }, lie);
    expect(codesOf(await look())).toEqual(['count-mismatch', 'count-mismatch']);
  });

  it('but of a case told from public reports, newspapers’ numbers are nobody’s lie', async () => {
    bench.serve([withBody(sampleFiled, { origin: 'public-reports' })]);
    bench.files = new Map([...bench.files].filter(([path]) => !path.startsWith('counts/')));
    bench.nowMs = Date.parse('2026-11-19T12:00:00+08:00');
    show(press, lie);
    expect(await look()).toEqual([]);
  });
});

describe('a site that takes its time', () => {
  const MANY = 21;
  const others = Array.from({ length: MANY }, (_, n) => ({
    ...(signatureEntry(900 + n) as object),
    case: String(5000 + n),
  }));
  const never: LogSource = { live: true, read: () => new Promise(() => {}) };

  it('does not hold up what the tree shows, and is told', async () => {
    bench.serve([...sampleCourse, ...others]);
    const told: RoundResult[] = [];
    const options = { ...STALL, site: never, numbersWithinMs: 50 };
    const { open } = await bench.open(options).round(async (changes) => {
      told.push(changes);
    });
    expect(told.map(({ raised }) => codesOf(raised)[0])).toEqual([
      'signature-before-opened',
      'count-unreadable',
    ]);
    expect(open.find(({ code }) => code === 'count-unreadable')?.detail).toMatch(/^22 of 22 cases unread/);
  });

  it('leaves alerts of unread cases open, and begins the next round with them', async () => {
    bench.serve([...sampleCourse, ...others], { counted: 6 });
    let isSlow = false;
    const asked: string[] = [];
    const source: LogSource = {
      live: true,
      read: (path) => {
        if (path.startsWith('counts/')) asked.push(path.slice(7, 11));
        return isSlow && path.startsWith('counts/')
          ? new Promise(() => {})
          : sourceOf(() => bench.files).read(path, 0);
      },
    };
    const monitor = bench.open({ ...STALL, source, numbersWithinMs: 5_000 });
    expect(codesOf((await monitor.round()).open)).toContain('count-mismatch');
    isSlow = true;
    const slow = bench.open({ ...STALL, source, numbersWithinMs: 50 });
    asked.length = 0;
    const { open, over } = await slow.round();
    expect(codesOf(open)).toContain('count-mismatch');
    expect(over).toEqual([]);
    const first = new Set(asked);
    expect(first.size).toBeLessThan(MANY);
    isSlow = false;
    asked.length = 0;
    const { over: later } = await slow.round();
    expect(new Set(asked).size).toBe(MANY + 1);
    expect(codesOf(later)).toContain('count-unreadable');
  });
});
