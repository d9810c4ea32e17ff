/** The PKCS#11 driver against a software token: SoftHSM2 through OpenSC, as a hardware one would be used. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkpointText, openCheckpoint, signNote } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moduleEnvironment } from '../../../src/platform/config.ts';
import { KeyFault } from '../../../src/platform/key-file.ts';
import { openKeyStore } from '../../../src/platform/key-store.ts';
import { createFileKeys } from '../../../src/platform/key-store-file.ts';
import { pkcs11KeyStore } from '../../../src/platform/key-store-pkcs11.ts';
import { logSigners } from '../../../src/record/index.ts';

const MODULE = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/softhsm/libsofthsm.so'].find(existsSync);
const isInstalled = ['softhsm2-util', 'pkcs11-tool'].every(
  (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined,
);
const canRun = MODULE !== undefined && isInstalled;
if (!canRun) {
  const what =
    'SoftHSM2 or OpenSC is not installed: the PKCS#11 driver is NOT tested (apt-get install softhsm2 opensc)';
  if (process.env['CI']) throw new Error(what);
  console.warn(`SKIPPED: ${what}`);
}

const PIN = '918273';
const ORIGIN = 'test.lianshu.invalid/log';

describe.skipIf(!canRun)('keys in a PKCS#11 token', () => {
  const module = MODULE ?? '';
  let folder: string;
  let environment: Readonly<Record<string, string>>;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lianshu-hsm-'));
    mkdirSync(join(folder, 'tokens'));
    const conf = join(folder, 'softhsm2.conf');
    writeFileSync(conf, `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\n`);
    environment = { ...moduleEnvironment(), SOFTHSM2_CONF: conf };
    const run = (program: string, ...args: string[]) =>
      execFileSync(program, args, { env: environment, stdio: 'pipe' });
    for (const token of ['lianshu', 'empty'])
      run(
        'softhsm2-util',
        '--init-token',
        '--free',
        '--label',
        token,
        '--so-pin',
        '5647382910',
        '--pin',
        PIN,
      );
    const open = ['--module', module, '--token-label', 'lianshu', '--login', '--pin', PIN];
    run(
      'pkcs11-tool',
      ...open,
      '--keypairgen',
      '--key-type',
      'EC:edwards25519',
      '--label',
      'log',
      '--usage-sign',
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const store = (overrides: Partial<Parameters<typeof pkcs11KeyStore>[0]> = {}) =>
    pkcs11KeyStore({ module, token: 'lianshu', pin: PIN, environment, ...overrides });

  it('signs what the public key it gives verifies', () => {
    const [key] = store().keys('log');
    if (key === undefined) throw new Error('no key');
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.publicKey]);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    for (const length of [1, 200, 1_024]) {
      const message = new Uint8Array(length).fill(7);
      expect(verify(null, message, publicKey, key.sign(message)), `${length} bytes`).toBe(true);
    }
  });

  it('signs checkpoints, with ML-DSA-44 from a file beside it', () => {
    createFileKeys(join(folder, 'keys'), 'log');
    const pinFile = join(folder, 'pin');
    writeFileSync(pinFile, `${PIN}\n`, { mode: 0o600 });
    const opened = openKeyStore(
      { kind: 'pkcs11', module, token: 'lianshu', files: join(folder, 'keys') },
      { pinFile, environment },
    );
    const signers = logSigners(opened, ORIGIN, { nowMs: () => 1_780_000_000_000 });
    const note = signNote(
      checkpointText({ origin: ORIGIN, size: 1, root: sha256(new Uint8Array()) }),
      signers,
    );
    const keys = signers.map(({ key }) => key);
    const checked = openCheckpoint(nodeNotePrimitives, note, { logKeys: keys });
    expect(checked.ok && checked.verified.map(({ key }) => key.type)).toEqual([1, 6]);
    expect(opened.name).not.toContain(PIN);
  });

  const codeOf = (act: () => unknown): string | undefined => {
    try {
      act();
      return undefined;
    } catch (error) {
      expect(String(error)).not.toContain(PIN);
      return error instanceof KeyFault ? error.code : String(error);
    }
  };

  it('names what is wrong', () => {
    const [own] = store().keys('log');
    for (const length of [0, 1_025])
      expect(codeOf(() => own?.sign(new Uint8Array(length)))).toBe('key-store-failed');
    const [key] = store({ pin: '000000' }).keys('log');
    expect(codeOf(() => key?.sign(new Uint8Array(3)))).toBe('key-store-refused');
    expect(codeOf(() => store({ token: 'empty' }).keys('log'))).toBe('key-missing');
    expect(codeOf(() => store({ token: 'nobodys' }).keys('log'))).toBe('key-store-failed');
    expect(codeOf(() => store({ module: '/nowhere.so' }).keys('log'))).toBe('key-store-failed');
    expect(codeOf(() => store({ program: 'pkcs11-tool-that-is-not-there' }).keys('log'))).toBe(
      'key-store-failed',
    );
  });

  it('never puts the PIN where other users could read it', () => {
    const spy = join(folder, 'spy');
    writeFileSync(spy, '#!/bin/sh\necho "$@" >> "$(dirname "$0")/arguments"\nexit 1\n', { mode: 0o755 });
    codeOf(() => store({ program: spy }).keys('log'));
    const [key] = store().keys('log');
    expect(key).toBeDefined();
    expect(execFileSync('cat', [join(folder, 'arguments')]).toString()).not.toContain(PIN);
  });
});
