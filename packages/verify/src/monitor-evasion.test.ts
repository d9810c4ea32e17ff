/** Ordinary acts and small omissions by which an operator would rid himself of the monitor; each must be told. */
import type { JsonValue } from '@lianshu/statement';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { codesOf, MonitorBench } from './sample-monitor.ts';
import { sampleCourse, sampleFiled, sampleOpened, signatureEntry } from './sample-record.ts';

const bench = new MonitorBench();
beforeEach(() => bench.begin());
afterAll(() => bench.remove());

const NOON = Date.parse('2026-11-21T12:00:00+08:00');
const STALL = { stallMs: 1e12 };
const withBody = (act: Readonly<Record<string, JsonValue>>, body: object): JsonValue => ({
  ...act,
  body: { ...(act['body'] as object), ...body },
});

describe('duties are not switched off by an act', () => {
  it('a case filed again as one told from public reports still owes its closing', async () => {
    const unclosed = sampleCourse.slice(0, 12);
    bench.nowMs = NOON;
    bench.serve(unclosed);
    expect(codesOf((await bench.open(STALL).round()).open)).toEqual(['closed-overdue']);
    bench.serve([...unclosed, withBody(sampleFiled, { origin: 'public-reports' })]);
    const { open, raised } = await bench.open(STALL).round();
    expect(codesOf(raised)).toContain('filed-again');
    expect(codesOf(open)).toContain('closed-overdue');
  });

  it('a case opened again after its closing, for longer and with less to reach', async () => {
    bench.nowMs = NOON;
    const again = {
      ...(withBody(sampleOpened, { lastDay: '2027-11-20', threshold: 3 }) as object),
      at: '2026-11-21T11:00:00+08:00',
    };
    bench.serve([...sampleCourse, again, signatureEntry(801)], { signed: 5, counted: 6 });
    expect(codesOf((await bench.open(STALL).round()).open)).toEqual([
      'opened-again',
      'signature-after-closed',
    ]);
  });
});
