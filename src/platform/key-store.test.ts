import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyFault } from './key-file.ts';
import { openKeyStore } from './key-store.ts';
import { createFileKeys } from './key-store-file.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lianshu-keys-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const store = () => openKeyStore({ kind: 'file', directory }, { pinFile: undefined, environment: {} });

const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof KeyFault ? error.code : String(error);
  }
};

describe('keys in files', () => {
  it('are made once, and sign', () => {
    createFileKeys(directory, 'log');
    const [first, second] = store().keys('log');
    expect([first?.algorithm, second?.algorithm]).toEqual(['ed25519', 'ml-dsa-44']);
    expect([first?.publicKey.length, second?.publicKey.length]).toEqual([32, 1312]);
    const message = new TextEncoder().encode('text');
    const spki = Buffer.concat([
      Buffer.from('302a300506032b6570032100', 'hex'),
      first?.publicKey ?? new Uint8Array(),
    ]);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    expect(verify(null, message, publicKey, first?.sign(message) ?? new Uint8Array())).toBe(true);
    const before = store().keys('log')[0]?.publicKey;
    expect(() => createFileKeys(directory, 'log')).toThrow();
    expect(store().keys('log')[0]?.publicKey).toEqual(before);
  });

  it('are refused by name when missing, exposed or of another kind', () => {
    expect(codeOf(() => store().keys('log'))).toBe('key-missing');
    createFileKeys(directory, 'log');
    const path = join(directory, 'log', 'log-ed25519.pem');
    chmodSync(path, 0o644);
    expect(codeOf(() => store().keys('log'))).toBe('key-exposed');
    chmodSync(path, 0o600);
    writeFileSync(path, 'no key');
    expect(codeOf(() => store().keys('log'))).toBe('key-malformed');
    writeFileSync(path, generateKeyPairSync('x25519').privateKey.export({ format: 'pem', type: 'pkcs8' }));
    expect(codeOf(() => store().keys('log'))).toBe('key-malformed');
  });

  it('are not looked for in a token without its PIN', () => {
    const open = () =>
      openKeyStore({ kind: 'pkcs11', module: '/m.so', token: 't' }, { pinFile: undefined, environment: {} });
    expect(codeOf(open)).toBe('key-missing');
  });
});
