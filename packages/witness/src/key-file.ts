import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  formatVerifierKey,
  fromBase64,
  type NoteSigner,
  parseVerifierKey,
  SIGNATURE_TYPE,
} from '@lianshu/tlog';
import { cosigner, sha256 } from '@lianshu/tlog/node';
import { WitnessFault } from './witness-fault.ts';

type CosignatureType = Parameters<typeof cosigner>[1];

/** A fresh key and its line in a key file: `<verifier key> <base64 of the PKCS #8 private key>`. */
function freshKey(name: string, type: CosignatureType): Readonly<{ signer: NoteSigner; line: string }> {
  const { privateKey } =
    type === SIGNATURE_TYPE.mlDsa44 ? generateKeyPairSync('ml-dsa-44') : generateKeyPairSync('ed25519');
  const signer = cosigner(name, type, privateKey, () => 0);
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  return { signer, line: `${formatVerifierKey(signer.key)} ${secret}\n` };
}

/**
 * Makes a key file (0600) with an Ed25519 cosigning key, and with `postQuantum` an ML-DSA-44 one of the same name.
 * Never replaces a file (`key-exists`). Throws `RangeError` for a name that cannot be one.
 */
export async function createKeyFile(
  path: string,
  name: string,
  postQuantum: boolean,
): Promise<readonly NoteSigner['key'][]> {
  const types: readonly CosignatureType[] = postQuantum
    ? [SIGNATURE_TYPE.ed25519Cosignature, SIGNATURE_TYPE.mlDsa44]
    : [SIGNATURE_TYPE.ed25519Cosignature];
  const fresh = types.map((type) => freshKey(name, type));
  const text = `# lianshu-witness: secret. Never copy it to a second machine.\n${fresh.map(({ line }) => line).join('')}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new WitnessFault(exists ? 'key-exists' : 'key-unreadable', path, { cause });
  }
  return fresh.map(({ signer }) => signer.key);
}

function privateKeyOf(encoded: string): KeyObject | undefined {
  const der = fromBase64(encoded);
  if (der === undefined) return undefined;
  try {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  } catch {
    return undefined;
  }
}

function signerOf(line: string, seconds: () => number): NoteSigner | undefined {
  const [vkey = '', encoded = '', ...rest] = line.split(' ');
  const key = parseVerifierKey(sha256, vkey);
  const privateKey = privateKeyOf(encoded);
  if (key === undefined || privateKey === undefined || rest.length > 0) return undefined;
  if (key.type === SIGNATURE_TYPE.ed25519) return undefined;
  try {
    const signer = cosigner(key.name, key.type, privateKey, seconds);
    return formatVerifierKey(signer.key) === vkey ? signer : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads a key file. Refuses one that others on the machine can read (`key-exposed`), and one in which a private
 * key does not belong to its verifier key (`key-malformed`).
 */
export async function readKeyFile(path: string, seconds: () => number): Promise<readonly NoteSigner[]> {
  let text: string;
  try {
    if (process.platform !== 'win32' && ((await stat(path)).mode & 0o007) !== 0) {
      throw new WitnessFault('key-exposed', path);
    }
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof WitnessFault) throw cause;
    throw new WitnessFault('key-unreadable', path, { cause });
  }
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const signers = lines.map((line) => signerOf(line, seconds));
  const held = signers.filter((signer) => signer !== undefined);
  if (held.length === 0 || held.length < signers.length) throw new WitnessFault('key-malformed', path);
  return held;
}
