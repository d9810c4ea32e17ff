import { generateKeyPairSync } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { cosigner } from '@lianshu/tlog/node';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Witness } from '../../../packages/witness/src/witness.ts';
import type { WitnessEvent } from '../../../packages/witness/src/witness-event.ts';
import { WitnessFault, type WitnessFaultCode } from '../../../packages/witness/src/witness-fault.ts';
import type { WitnessState } from '../../../packages/witness/src/witness-state.ts';
import { freshWitness } from './fresh-witness.ts';
import { growingLog } from './growing-log.ts';

const log = growingLog('log.invalid/races', 60);
const bytes = (body: string) => new TextEncoder().encode(body);

/** A witness over a store that the test delays and breaks. Its clock goes on by a second with each state stored. */
function witnessOver(
  fault: () => WitnessFaultCode | undefined = () => undefined,
  until: () => Promise<void> = async () => undefined,
) {
  const saved: WitnessState[] = [{ keys: [], logs: new Map() }];
  let saving = 0;
  let later = 0;
  const store = {
    get state() {
      return saved.at(-1) ?? { keys: [], logs: new Map() };
    },
    async save(next: WitnessState) {
      saving += 1;
      expect(saving).toBe(1);
      await new Promise((done) => setImmediate(done));
      await until();
      saving -= 1;
      const code = fault();
      if (code !== undefined) throw new WitnessFault(code, 'state');
      saved.push(next);
    },
  };
  const events: WitnessEvent[] = [];
  const privateKey = generateKeyPairSync('ed25519').privateKey;
  const signers = [cosigner('w.invalid', 0x04, privateKey, () => 1_795_000_000 + saved.length + later)];
  const witness = new Witness({ store, signers, logs: [log.watched], onEvent: (one) => events.push(one) });
  const sizes = () => saved.map(({ logs }) => logs.get(log.watched.origin)?.head.size ?? 0);
  const moveClock = (seconds: number): void => {
    later += seconds;
  };
  return { witness, sizes, events, moveClock };
}

describe('requests at the same time', () => {
  it('never take a witness back: whatever was answered is stored, and only ever grew', async () => {
    const asked = fc.array(
      fc.tuple(fc.nat(100), fc.nat(100), fc.constantFrom<('true' | 'other')[]>('true', 'other')),
      { minLength: 2, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(asked, async (requests) => {
        const { witness, sizes } = witnessOver();
        const bodies = requests.map(([a, b, history]) => ({
          from: Math.min(a, b),
          to: Math.max(a, b),
          history,
        }));
        // From nothing, and from wherever the others may have brought it.
        const all = [{ from: 0, to: 30, history: 'true' as const }, ...bodies];
        const answers = await Promise.all(
          all.map(({ from, to, history }) => witness.addCheckpoint(bytes(log.body(from, to, history)))),
        );
        const stored = sizes();
        expect(stored).toEqual(stored.toSorted((a, b) => a - b));
        for (const [i, { status }] of answers.entries()) {
          expect([200, 409, 422]).toContain(status);
          if (status === 200) expect(stored).toContain(all[i]?.to);
        }
        // One history only: every size stored has a root that the last one continues.
        const final = stored.at(-1) ?? 0;
        const again = await Promise.all(
          (['true', 'other'] as const).map((history) =>
            witness.addCheckpoint(bytes(log.body(final, Math.max(final, 200), history))),
          ),
        );
        expect(again.filter(({ status }) => status === 200).length).toBe(1);
      }),
      { numRuns: 40 },
    );
  });

  it('are not answered before the state is stored', async () => {
    let release = (): void => {};
    const stored = new Promise<void>((done) => {
      release = done;
    });
    const { witness, sizes } = witnessOver(
      () => undefined,
      () => stored,
    );
    let answered = false;
    const answer = witness.addCheckpoint(bytes(log.body(0, 5))).finally(() => {
      answered = true;
    });
    for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
    expect([answered, sizes()]).toEqual([false, [0]]);
    release();
    expect([(await answer).status, sizes()]).toEqual([200, [0, 5]]);
  });

  it('of what is public take no turn from the log, however many they are', async () => {
    let gate = Promise.resolve();
    const { witness, sizes } = witnessOver(
      () => undefined,
      () => gate,
    );
    const send = (from: number, to: number) => witness.addCheckpoint(bytes(log.body(from, to)));
    for (const [from, to] of [
      [0, 5],
      [5, 9],
    ] as const)
      expect((await send(from, to)).status).toBe(200);
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    const growing = send(9, 20);
    const replayed = Array.from({ length: 50 }, () => [send(0, 5), send(5, 9), send(0, 9), send(9, 9)]);
    // All are answered while the log's own request is being stored.
    const answers = await Promise.all(replayed.flat());
    expect(new Set(answers.slice(0, 4).map(({ status, body }) => `${status} ${body}`))).toEqual(
      new Set(answers.map(({ status, body }) => `${status} ${body}`)),
    );
    expect(answers.slice(0, 4).map(({ status }) => status)).toEqual([409, 409, 409, 200]);
    const next = send(20, 30);
    resolve();
    expect([(await growing).status, (await next).status]).toEqual([200, 200]);
    expect(sizes()).toEqual([0, 5, 9, 20, 30]);
  });

  it('of the newest checkpoint are one write between them, at most every five seconds', async () => {
    const { witness, sizes, moveClock } = witnessOver();
    const send = () => witness.addCheckpoint(bytes(log.body(5, 5)));
    const first = await witness.addCheckpoint(bytes(log.body(0, 5)));
    expect(await send()).toEqual(first);
    moveClock(10);
    const renewed = await Promise.all(Array.from({ length: 100 }, send));
    expect(renewed.map(({ status, body }) => [status, body])).toEqual(
      Array(100).fill([200, renewed[0]?.body]),
    );
    expect(renewed[0]?.body).not.toBe(first.body);
    expect(sizes()).toEqual([0, 5, 5]);
  });

  it('wait in a bounded line', async () => {
    const { witness } = witnessOver();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => witness.addCheckpoint(bytes(log.body(0, 5)))),
    );
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(200), count(409), count(503)]).toEqual([1, 31, 68]);
    expect((await witness.addCheckpoint(bytes(log.body(5, 9)))).status).toBe(200);
  });
});

describe('a state that cannot be stored', () => {
  it('costs the request, and no more, while nothing reached the disk', async () => {
    let full = true;
    const { witness, events } = witnessOver(() => (full ? 'state-not-saved' : undefined));
    expect((await witness.addCheckpoint(bytes(log.body(0, 5)))).status).toBe(503);
    expect(witness.newest(log.watched.origin)).toBeUndefined();
    full = false;
    expect((await witness.addCheckpoint(bytes(log.body(0, 5)))).status).toBe(200);
    expect(events.map(({ kind }) => kind)).toEqual(['not-saved', 'refused', 'cosigned']);
  });

  it.each(['state-unknown', 'state-changed'] as const)('%s: it signs nothing more', async (code) => {
    let bad = true;
    const { witness } = witnessOver(() => (bad ? code : undefined));
    expect((await witness.addCheckpoint(bytes(log.body(0, 5)))).status).toBe(503);
    bad = false;
    expect((await witness.addCheckpoint(bytes(log.body(0, 5)))).status).toBe(503);
    expect(witness.halted).toBe(code);
  });

  it('on a file: no room is a refusal for now, a vanished state one for good', async () => {
    const running = await freshWitness([log.watched]);
    onTestFinished(running.close);
    const send = async (body: string) =>
      (await fetch(`${running.url}/add-checkpoint`, { method: 'POST', body })).status;
    await mkdir(`${running.stateFile}.new`);
    expect(await send(log.body(0, 5))).toBe(503);
    await rm(`${running.stateFile}.new`, { recursive: true });
    expect(await send(log.body(0, 5))).toBe(200);
    await rm(running.stateFile);
    expect(await send(log.body(5, 6))).toBe(503);
    expect(running.events.map(({ kind, code }) => (kind === 'halted' ? code : ''))).toContain(
      'state-missing',
    );
  });
});
