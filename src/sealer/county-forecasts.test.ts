import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PreCheck, PreCheckQuestion } from '../registry/index.ts';
import { CountyForecasts } from './county-forecasts.ts';

const receivedAtMs = Date.parse('2026-11-20T23:30:00+08:00');
const commitment = (i: number) => Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? i : 7));
const counted: string[] = [];
const changes: (string | undefined)[] = [];
const asked: PreCheckQuestion[] = [];

const forecasts = (ask: PreCheck['ask']) =>
  new CountyForecasts({
    registry: {
      ask: (questions, signal) => {
        asked.push(...questions);
        return ask(questions, signal);
      },
    },
    patience: { lingerMs: 1, deadlineMs: 60 },
    days: {
      count: (at, number, act, county) => counted.push(`${at === receivedAtMs} ${number} ${act} ${county}`),
    },
    onChange: (code) => changes.push(code),
  });
const begin = (to: CountyForecasts, i: number) =>
  to.begin({
    recordCommitment: commitment(i),
    caseNumber: '9901',
    act: 'joint-signature',
    nationalId: `A12345678${i}`,
    receivedAtMs,
  });
const everywhere: PreCheck['ask'] = async (questions) => ({
  ok: true,
  answers: questions.map(() => ({ county: '63000' as const, forecast: 'eligible' as const })),
});

beforeEach(() => {
  counted.length = changes.length = asked.length = 0;
});

describe('a person is counted once', () => {
  it('when stored and answered, whichever comes first', async () => {
    const counting = forecasts(everywhere);
    begin(counting, 1);
    counting.stored([commitment(1)]);
    expect(counted).toEqual([]);
    await vi.waitFor(() => expect(counted).toEqual(['true 9901 joint-signature 63000']));
    begin(counting, 2);
    await vi.waitFor(() => expect(counting.health()).toEqual({ asked: 2, answered: 2, counted: 1 }));
    expect(counted).toHaveLength(1);
    counting.stored([commitment(2), commitment(2)]);
    counting.stored([commitment(1), commitment(2), commitment(3)]);
    expect(counted).toHaveLength(2);
  });

  it('and not at all when intake stored nothing, however often the same envelope came', async () => {
    const counting = forecasts(everywhere);
    for (let i = 0; i < 3; i++) begin(counting, 1);
    await vi.waitFor(() => expect(counting.health().answered).toBe(1));
    expect([asked.length, counted]).toEqual([1, []]);
  });
});

it('asks for the legal day of receipt, with no case', async () => {
  const counting = forecasts(everywhere);
  begin(counting, 1);
  await vi.waitFor(() => expect(asked).toEqual([{ nationalId: 'A123456781', on: '2026-11-20' }]));
});

describe('no usable answer is an unknown county', () => {
  const silent: PreCheck['ask'] = (_, signal) =>
    new Promise((done) => {
      signal.addEventListener('abort', () => done({ ok: false, fault: 'unreachable' }));
    });
  const ways: readonly (readonly [string, PreCheck['ask']])[] = [
    ['silence', silent],
    ['a refusal', async () => ({ ok: false, fault: 'unreadable' })],
    ['a row left out', async (questions) => ({ ok: true, answers: questions.map(() => undefined) })],
    [
      'no household registration',
      async (questions) => ({ ok: true, answers: questions.map(() => ({ forecast: 'NOT_NATIONAL' })) }),
    ],
    ['too few answers', async () => ({ ok: true, answers: [] })],
    ['a fault of ours', () => Promise.reject(new Error('bug'))],
  ];
  it.each(ways)('%s', async (_, ask) => {
    const counting = forecasts(ask);
    begin(counting, 1);
    counting.stored([commitment(1)]);
    await vi.waitFor(() => expect(counted).toEqual(['true 9901 joint-signature unknown']));
  });

  it('and is said once, as is the return of the registry', async () => {
    let isDown = true;
    const counting = forecasts((questions, signal) => (isDown ? silent : everywhere)(questions, signal));
    for (const i of [1, 2]) {
      begin(counting, i);
      counting.stored([commitment(i)]);
      await vi.waitFor(() => expect(counted).toHaveLength(i));
    }
    isDown = false;
    begin(counting, 3);
    counting.stored([commitment(3)]);
    await vi.waitFor(() => expect(counted).toHaveLength(3));
    expect(changes).toEqual(['unreachable', undefined]);
  });
});
