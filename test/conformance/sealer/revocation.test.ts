import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildRevocationList } from '@lianshu/pki/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directorySource, httpSource } from '../../../src/sealer/index.ts';
import { MAX_LIST_BYTES } from '../../../src/sealer/revocation-source.ts';
import {
  freshLists,
  sealRequestFor,
  startWorld,
  testAuthority,
  testCard,
} from '../../../src/sealer/testing/sealer-world.ts';

describe('revocation lists 憑證廢止清冊', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'crl-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are swapped whole, never back, and only when their issuer signed them', async () => {
    const world = await startWorld();
    const { g3, g2 } = testAuthority();
    const revoked = [{ serial: testCard().serial }];
    const suspended = [{ serial: testCard().serial, reason: 6 }];
    const outcomeAfter = async (list: Uint8Array) => {
      world.lists = [list];
      await world.client.reloadRevocation();
      const outcome = await world.client.seal(sealRequestFor());
      return outcome.outcome === 'refused' ? outcome.code : outcome.outcome;
    };
    const numbered = (number: bigint) => ({ number });
    expect(await outcomeAfter(buildRevocationList(g3, revoked, numbered(1n)))).toBe('sealed');
    expect(
      await outcomeAfter(buildRevocationList(g3, revoked, { ...numbered(2026112199n), signer: g2 })),
    ).toBe('sealed');
    expect(await outcomeAfter(Uint8Array.of(0x30, 0))).toBe('sealed');
    expect(await outcomeAfter(buildRevocationList(g3, revoked, numbered(2026112111n)))).toBe('E_REVOKED');
    expect(await outcomeAfter(buildRevocationList(g3, suspended, numbered(2026112112n)))).toBe('E_SUSPENDED');
    expect(await outcomeAfter(buildRevocationList(g3, [], numbered(2026112113n)))).toBe('sealed');
    expect(
      world.logged.filter(({ event }) => event === 'revocation-trouble').map(({ code }) => code),
    ).toEqual(['E_CRL_NUMBER', 'E_CRL_SIG', 'E_CRL_FORMAT']);
    await world.close();
  });

  it('hold signatures once they are stale', async () => {
    const world = await startWorld();
    world.nowMs += 2 * 86_400_000;
    const outcome = await world.client.seal(sealRequestFor({ receivedAtMs: world.nowMs }));
    expect(outcome).toMatchObject({ outcome: 'refused', code: 'E_SIGNING_TIME' });
    const bare = sealRequestFor({ receivedAtMs: world.nowMs, signingTimeMs: world.nowMs });
    expect(await world.client.seal(bare)).toMatchObject({ outcome: 'held', reason: 'I_CRL_STALE' });
    await world.close();
  });

  it('are archived once, and a restart without network begins from the archive', async () => {
    let isDown = false;
    const source = {
      name: 'network',
      read: async () => {
        if (isDown) throw new Error('down');
        return freshLists();
      },
    };
    const world = await startWorld({
      revocation: { sources: [source], reloadEveryMs: 3_600_000, archive: folder },
    });
    await world.client.reloadRevocation();
    expect(readdirSync(folder)).toHaveLength(2);
    isDown = true;
    await world.restart();
    expect((await world.client.seal(sealRequestFor())).outcome).toBe('sealed');
    expect(readdirSync(folder)).toHaveLength(2);
    await world.close();
  });

  it('come from a directory or over HTTP, bounded', async () => {
    const [list = new Uint8Array()] = freshLists();
    writeFileSync(join(folder, 'g2.crl'), list);
    writeFileSync(join(folder, 'note.txt'), 'not a list');
    expect((await directorySource(folder).read()).map((one) => Buffer.from(one))).toEqual([
      Buffer.from(list),
    ]);

    const answering = (response: () => Response) =>
      httpSource('http://crl.example/x', async () => response());
    expect((await answering(() => new Response(Buffer.from(list))).read())[0]).toEqual(Uint8Array.from(list));
    await expect(answering(() => new Response('', { status: 404 })).read()).rejects.toThrow('unavailable');
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(MAX_LIST_BYTES / 4)),
    });
    await expect(answering(() => new Response(endless)).read()).rejects.toThrow('too-large');
  });
});
