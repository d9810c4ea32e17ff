import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sealRequest } from '../../../src/sealer/sealer-contract.ts';
import {
  SECRET,
  type SealerWorld,
  SILENT,
  sealRequestFor,
  startWorld,
  TEST_CASE,
  TEST_ID,
} from '../../../src/sealer/testing/sealer-world.ts';

const ENDPOINTS = ['/seal', '/settle', '/case', '/forget-hold-key', '/reload-revocation', '/health', '/tag'];

describe('the sealer’s endpoints', () => {
  let world: SealerWorld;
  beforeAll(async () => {
    world = await startWorld({ maxInFlight: 2 });
  });
  afterAll(() => world.close());

  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${world.port}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json', ...headers },
      body,
    });

  it('give no tag for a bare number, whatever is asked', async () => {
    const valid = z.encode(sealRequest, sealRequestFor());
    const bare: readonly unknown[] = [
      { nationalId: TEST_ID },
      { nationalId: TEST_ID, caseNumber: TEST_CASE },
      { caseNumber: TEST_CASE, nationalId: TEST_ID, act: 'joint-signature' },
      { ...valid, signature: '' },
      { ...valid, signature: 'AAAA' },
      { ...valid, form: 'pkcs1', signature: 'AAAA' },
      { ...valid, form: 'none' },
      { holdKeyId: '2026-11-21-00000000', ciphertext: Buffer.from(TEST_ID).toString('base64url') },
      [TEST_ID],
      TEST_ID,
      null,
    ];
    const asked = world.identity.asked.length;
    for (const path of ENDPOINTS)
      for (const body of bare) {
        const text = await (await post(path, JSON.stringify(body))).text();
        expect(text, `${path} ${text}`).not.toMatch(/duplicateTag|publicTag|leafSecret|A123456789/);
        expect(JSON.parse(text)).not.toMatchObject({ outcome: 'sealed' });
      }
    expect(world.identity.asked).toHaveLength(asked);
  });

  it('answer nobody without the secret', async () => {
    for (const authorization of ['', 'Bearer ', `Bearer ${SECRET}x`, SECRET]) {
      const response = await post('/seal', '{}', { authorization });
      expect(response.status).toBe(401);
    }
  });

  it('answer malformed and oversized bodies with a code', async () => {
    const wrong = [
      '',
      '{',
      '[]',
      '"x"',
      '{"act":1}',
      JSON.stringify({ ...z.encode(sealRequest, sealRequestFor()), more: 1 }),
    ];
    for (const body of wrong) {
      const response = await post('/seal', body);
      expect(response.status, body.slice(0, 20)).toBe(400);
      expect(await response.json()).toEqual({ code: 'request-malformed' });
    }
    const large = await post('/seal', JSON.stringify({ x: 'x'.repeat(600_000) })).catch(() => undefined);
    expect(large === undefined || large.status === 400).toBe(true);
    expect((await post('/nothing', '{}')).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${world.port}/seal`)).status).toBe(401);
    expect((await world.client.health()).inFlight).toBe(1);
  });

  it('say 503 and Retry-After when too much is in work', async () => {
    const gate = Promise.withResolvers<void>();
    const busy = await startWorld({
      maxInFlight: 1,
      identity: { confirm: (requests) => gate.promise.then(() => requests.map(() => SILENT)) },
    });
    const first = busy.client.seal(sealRequestFor());
    await new Promise((resolve) => setTimeout(resolve, 50));
    const response = await fetch(`http://127.0.0.1:${busy.port}/health`, {
      headers: { authorization: `Bearer ${SECRET}` },
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    await expect(busy.client.health()).rejects.toMatchObject({ code: 'sealer-busy', retryable: true });
    gate.resolve();
    expect((await first).outcome).toBe('held');
    await busy.close();
  });

  it('leave nothing personal in the log or in the state directory', async () => {
    world.identity.answer = SILENT;
    await world.client.seal(sealRequestFor());
    await world.client.seal({ ...sealRequestFor(), recordCommitment: new Uint8Array(32) });
    expect(JSON.stringify(world.logged)).not.toMatch(/[A-Z][12]\d{8}/);
    for (const name of readdirSync(world.directory, { recursive: true, encoding: 'utf8' })) {
      const path = join(world.directory, name);
      if (!statSync(path).isFile()) continue;
      expect(readFileSync(path, 'latin1'), name).not.toMatch(/[A-Z][12]\d{8}/);
      expect(statSync(path).mode & 0o077, name).toBe(0);
    }
  });

  it('tell an unreachable sealer from a busy one', async () => {
    const gone = await startWorld();
    const { client } = gone;
    await gone.close();
    await expect(client.health()).rejects.toMatchObject({ code: 'sealer-unreachable', retryable: true });
  });
});
