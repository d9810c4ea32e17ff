import {
  cast,
  citizen,
  PRE_CHECK_FAULTS,
  type PreCheckFault,
  type RegistryServer,
  startRegistry,
} from '@lianshu/simulators';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/platform/random.ts';
import { COUNTIES, preCheckHttp, readRegistryKeys } from '../../../src/registry/index.ts';

/** Both sides of the pre-check against each other: what may be used is used, anything else is no answer at all. */

const ON = '2026-11-20';
let server: RegistryServer;
const seen: string[] = [];

beforeAll(async () => {
  server = await startRegistry({ port: 0 });
});
afterAll(() => server.close());
afterEach(() => {
  server.preCheck.state.fault = 'none';
  server.state.fault = 'none';
});

const port = (waitMs = 5_000) =>
  preCheckHttp({
    url: server.url,
    keys: readRegistryKeys(server.verifierKey, false),
    fetchFrom: (address, init) => {
      if (init?.body) seen.push(Buffer.from(init.body as Uint8Array).toString('utf8'));
      return fetch(address, init);
    },
    waitMs,
    randomBytes: (length) => systemRandom.bytes(length),
  });
const questions = (people: readonly { nationalId: string }[]) =>
  people.map(({ nationalId }) => ({ nationalId, on: ON }));
const never = new AbortController().signal;
const some = [cast.meiling, cast.ziqing, citizen(1), citizen(2)];

it('gives each person county and forecast, in the order of the questions', async () => {
  const asked = await port().ask(questions(some), never);
  if (!asked.ok) throw new Error(asked.fault);
  const homes = some.map(({ nationalId }) => server.register.find(nationalId)?.township.slice(0, 5));
  expect(asked.answers.map((answer) => answer?.county)).toEqual(homes);
  expect(asked.answers.map((answer) => answer?.forecast)).toEqual([
    'eligible',
    'AGE',
    'eligible',
    'eligible',
  ]);
  for (const home of homes) expect(COUNTIES).toHaveProperty(home ?? '');
});

it('says of a number without household registration that there is no county', async () => {
  const asked = await port().ask([{ nationalId: 'A123456789', on: ON }], never);
  expect(asked).toEqual({ ok: true, answers: [{ forecast: 'NOT_NATIONAL' }] });
});

it('names no case and sends no number in clear, and rows of one batch cannot be told apart by their order', async () => {
  seen.length = 0;
  await port().ask(questions(some), never);
  const [body = ''] = seen;
  const rows = (JSON.parse(body) as { rows: { row: string }[] }).rows.map(({ row }) => row);
  expect(rows).toEqual([...rows].sort());
  expect(Object.keys(JSON.parse(body)).sort()).toEqual(['key', 'rows', 'v']);
  for (const { nationalId } of some) expect(body).not.toContain(nationalId);
});

describe('a bent answer', () => {
  const faults: Readonly<Record<Exclude<PreCheckFault, 'none' | 'partial'>, string>> = {
    silent: 'unreachable',
    'http-503': 'unreachable',
    refused: 'unreadable',
    garbage: 'malformed',
    'foreign-row': 'foreign-row',
    'row-twice': 'foreign-row',
    'wrong-signature': 'proof-wrong',
    unsigned: 'proof-wrong',
    'changed-after-signing': 'proof-wrong',
    'other-request': 'other-batch',
    'unknown-county': 'malformed',
    'unknown-forecast': 'reason-unknown',
  };
  it.each(Object.entries(faults))('%s: %s', async (fault, code) => {
    server.preCheck.state.fault = fault as PreCheckFault;
    const asked = await port(fault === 'silent' ? 300 : 5_000).ask(questions(some), never);
    expect(asked).toEqual({ ok: false, fault: code });
  });

  it('partial: the others are answered', async () => {
    server.preCheck.state.fault = 'partial';
    const asked = await port().ask(questions(some), never);
    if (!asked.ok) throw new Error(asked.fault);
    expect(asked.answers.filter((answer) => answer === undefined)).toHaveLength(1);
  });

  it('covers every bend of the simulator', () => {
    expect(Object.keys(faults).sort()).toEqual(
      PRE_CHECK_FAULTS.filter((fault) => fault !== 'none' && fault !== 'partial').sort(),
    );
  });
});

it('asks for the registry’s key anew when it was changed', async () => {
  const lasting = port();
  expect((await lasting.ask(questions(some), never)).ok).toBe(true);
  server.preCheck.changeKey();
  expect(await lasting.ask(questions(some), never)).toEqual({ ok: false, fault: 'unreadable' });
  expect((await lasting.ask(questions(some), never)).ok).toBe(true);
});

it('gives up when it is told to, and when the registry is gone', async () => {
  const lasting = port();
  expect(await lasting.ask(questions(some), AbortSignal.abort())).toEqual({
    ok: false,
    fault: 'unreachable',
  });
  await server.goDown();
  expect(await lasting.ask(questions(some), never)).toEqual({ ok: false, fault: 'unreachable' });
  await server.comeBack();
  expect((await lasting.ask(questions(some), never)).ok).toBe(true);
});
