import { request } from 'node:http';
import { MAX_ADD_CHECKPOINT_BYTES } from '@lianshu/tlog';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freshWitness } from './fresh-witness.ts';
import { growingLog } from './growing-log.ts';

const log = growingLog('log.invalid/hostile');

async function started() {
  const witness = await freshWitness([log.watched]);
  onTestFinished(witness.close);
  const send = async (body: Uint8Array | string) => {
    const answer = await fetch(`${witness.url}/add-checkpoint`, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  expect(await send(log.body(0, 5))).toBe(200);
  return { witness, send };
}

describe('hostile bodies', () => {
  it('any single octet of a good request changed is refused by name, and the good one still passes', async () => {
    const { witness, send } = await started();
    const good = new TextEncoder().encode(log.body(5, 12));
    const seen = new Set<number>();
    for (let at = 0; at < good.length; at++) {
      for (const flip of [1, 0x20, 0x80]) {
        const bad = good.slice();
        bad[at] = (bad[at] ?? 0) ^ flip;
        const status = await send(bad);
        expect([400, 403, 404, 409, 422], `octet ${at} ^ ${flip}`).toContain(status);
        seen.add(status);
      }
    }
    expect([...seen].sort()).toEqual([400, 403, 404, 409, 422]);
    expect(witness.events.filter(({ kind }) => kind === 'cosigned').length).toBe(1);
    expect(await send(good)).toBe(200);
  });

  it('is cut at any octet', async () => {
    const { send } = await started();
    const good = new TextEncoder().encode(log.body(5, 12));
    for (let length = 0; length < good.length; length++) {
      expect([400, 403], `cut at ${length}`).toContain(await send(good.subarray(0, length)));
    }
  });

  it('random octets, and random lines in the right places, are refused', async () => {
    const { witness, send } = await started();
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('', 'old 5', 'old 0', '12', log.watched.origin, ...log.body(5, 12).split('\n')),
    );
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }),
      fc.array(line, { maxLength: 80 }).map((lines) => new TextEncoder().encode(`${lines.join('\n')}\n`)),
    );
    await fc.assert(
      fc.asyncProperty(body, async (bytes) => {
        expect([400, 403, 404, 409, 422]).toContain(await send(bytes));
      }),
      { numRuns: 300 },
    );
    expect(witness.events.filter(({ kind }) => kind === 'cosigned').length).toBe(1);
  });

  it('is refused before it is read when it says that it is too long', async () => {
    const { witness, send } = await started();
    const status = await new Promise<number | undefined>((done, fail) => {
      const length = MAX_ADD_CHECKPOINT_BYTES + 1;
      const sent = request(`${witness.url}/add-checkpoint`, {
        method: 'POST',
        headers: { 'content-length': length },
      });
      sent.on('response', (response) => {
        done(response.statusCode);
        sent.destroy();
      });
      sent.on('error', fail);
      sent.flushHeaders();
    });
    expect(status).toBe(413);
    expect(await send(log.body(5, 12))).toBe(200);
  });

  it('is given up when it grows without end', async () => {
    const { witness, send } = await started();
    const outcome = await new Promise<number | string | undefined>((done) => {
      const sent = request(`${witness.url}/add-checkpoint`, { method: 'POST' });
      const chunk = Buffer.alloc(65_536, 'a');
      const push = (): void => {
        if (!sent.destroyed) sent.write(chunk, () => setImmediate(push));
      };
      sent.on('response', (response) => {
        done(response.statusCode);
        sent.destroy();
      });
      // The witness may hang up before this side has read the answer.
      sent.on('error', () => done('closed'));
      push();
    });
    expect([413, 'closed']).toContain(outcome);
    expect(await send(log.body(5, 12))).toBe(200);
  });
});
