import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCaseKey } from '@lianshu/seal';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectSealer, runSealer, type SealerConfig } from '../../../src/sealer/index.ts';
import {
  SECRET,
  sealerConfig,
  sealRequestFor,
  stateDirectory,
  TEST_CASE,
  testAuthority,
} from '../../../src/sealer/testing/sealer-world.ts';

describe('the sealer refuses to start', () => {
  let directory: string;
  beforeEach(async () => {
    directory = stateDirectory(await generateCaseKey('x25519'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const code = async (bend: Partial<SealerConfig> = {}): Promise<unknown> => {
    try {
      await (await runSealer(sealerConfig(directory, bend))).close();
      return 'started';
    } catch (error) {
      return error instanceof Error && 'code' in error ? error.code : error;
    }
  };

  it('starts where nothing is wrong, twice in a row', async () => {
    expect(await code()).toBe('started');
    expect(await code()).toBe('started');
  });

  it('with simulated authorities in production', async () => {
    const { pins, certificates } = testAuthority();
    expect(await code({ trust: { pins, certificates, production: true } })).toBe('E_SIM_IN_PROD');
  });

  it('without a pinned issuer, or with a certificate that is not pinned', async () => {
    const { pins, certificates, root } = testAuthority();
    const trust = (some: typeof certificates) => ({ trust: { pins, certificates: some, production: false } });
    expect(await code(trust([]))).toBe('no-pinned-issuer');
    expect(await code(trust([root.certificate]))).toBe('no-pinned-issuer');
    expect(await code({ trust: { pins: [], certificates, production: false } })).toBe('E_ISSUER_UNKNOWN');
  });

  it('when its directory or any file in it is open to others, or is not a directory', async () => {
    chmodSync(directory, 0o750);
    expect(await code()).toBe('state-exposed');
    chmodSync(directory, 0o700);
    chmodSync(join(directory, 'recipients', `${TEST_CASE}.json`), 0o644);
    expect(await code()).toBe('state-exposed');
    chmodSync(join(directory, 'recipients', `${TEST_CASE}.json`), 0o600);
    writeFileSync(join(directory, 'plain'), '', { mode: 0o600 });
    expect(await code({ stateDirectory: join(directory, 'plain') })).not.toBe('started');
  });

  it.runIf(process.getuid?.() === 0)('when something in it belongs to another user', async () => {
    chownSync(join(directory, 'recipients'), 65_534, 65_534);
    expect(await code()).toBe('state-foreign-owner');
  });

  it('on a directory that another sealer uses', async () => {
    const first = await runSealer(sealerConfig(directory));
    expect(await code()).toBe('state-in-use');
    await first.close();
    expect(await code()).toBe('started');
  });

  it('on any address but the loopback interface, or with a short secret', async () => {
    const address = { host: '0.0.0.0', port: 0, secret: SECRET } as unknown as SealerConfig['listen'];
    expect(await code({ listen: address })).toBe('address-not-loopback');
    expect(await code({ listen: { host: '127.0.0.1', port: 0, secret: 'short' } })).toBe(
      'address-not-loopback',
    );
  });

  it('when the worker cannot load', async () => {
    expect(await code({ workerUrl: new URL('./no-such-worker.ts', import.meta.url) })).not.toBe('started');
    expect(await code()).toBe('started');
  });
});

describe.runIf(process.platform !== 'win32')('the sealer on a unix socket', () => {
  it('seals, clears a stale socket, and does not take a living one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sock-'));
    const directory = stateDirectory(await generateCaseKey('hybrid'));
    const socketPath = join(folder, 's');
    const listen = { socketPath, socketMode: 0o660 };
    writeFileSync(socketPath, '');
    const running = await runSealer(sealerConfig(directory, { listen }));
    expect(statSync(socketPath).mode & 0o777).toBe(0o660);
    const client = connectSealer({ socketPath });
    expect(await client.openCase(TEST_CASE)).toEqual({
      caseNumber: TEST_CASE,
      ready: true,
      evidenceRecipients: 1,
      rosterRecipients: 1,
    });
    const outcome = await client.seal(sealRequestFor());
    expect(outcome.outcome).toBe('sealed');
    client.close();
    await running.close();

    const squatter = createServer().listen(socketPath);
    await new Promise((resolve) => squatter.once('listening', resolve));
    await expect(runSealer(sealerConfig(directory, { listen }))).rejects.toMatchObject({
      code: 'address-in-use',
    });
    squatter.close();
    for (const path of [folder, directory]) rmSync(path, { recursive: true, force: true });
  });
});
