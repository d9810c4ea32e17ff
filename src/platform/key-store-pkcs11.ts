import { spawnSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { KeyFault } from './key-file.ts';
import type { KeyStore, StoredKey } from './key-store.ts';

/** A token behind a PKCS#11 module. */
export type Pkcs11Options = Readonly<{
  /** The vendor's library, an absolute path. */
  module: string;
  /** The token's label. */
  token: string;
  pin: string;
  /** What the child process may see of our environment; a module may find its own configuration there. */
  environment: Readonly<Record<string, string>>;
  /** OpenSC's program; found on the path unless told. */
  program?: string;
}>;

const PIN_VARIABLE = 'LIANSHU_TOKEN_PIN';
const TIMEOUT_MS = 5_000;
const MAX_OUTPUT = 65_536;
/** The program signs longer input in parts, which EdDSA does not know. A checkpoint has at most 330 bytes. */
const MAX_MESSAGE = 1_024;

/**
 * Keys in a hardware or software token, through OpenSC's `pkcs11-tool` as a child process (ADR 0027): an Ed25519
 * key pair whose label is the purpose. The private key never leaves the token, and the PIN is in no argument. A
 * signature starts one process and holds up this one meanwhile: run the sequencer by itself.
 */
export function pkcs11KeyStore(options: Pkcs11Options): KeyStore {
  const { module, token } = options;
  const name = `pkcs11:module=${module};token=${token}`;
  // Without file names the program reads its input and writes its output; our pipes cannot be opened by name.
  const run = (args: readonly string[], input: Uint8Array): Buffer => {
    const child = spawnSync(
      options.program ?? 'pkcs11-tool',
      ['--module', module, '--token-label', token, ...args],
      {
        input,
        env: { ...options.environment, [PIN_VARIABLE]: options.pin },
        timeout: TIMEOUT_MS,
        maxBuffer: MAX_OUTPUT,
        killSignal: 'SIGKILL',
      },
    );
    if (child.error === undefined && child.status === 0) return child.stdout;
    throw new KeyFault(...faultOf(name, child));
  };
  const sign = (label: string, message: Uint8Array): Uint8Array => {
    if (message.length < 1 || message.length > MAX_MESSAGE)
      throw new KeyFault('key-store-failed', `${name} signs 1 to ${MAX_MESSAGE} bytes`);
    const login = ['--login', '--pin', `env:${PIN_VARIABLE}`];
    const signature = run([...login, '--sign', '--mechanism', 'EDDSA', '--label', label], message);
    if (signature.length !== 64) throw new KeyFault('key-store-failed', `${name} gave no Ed25519 signature`);
    return new Uint8Array(signature);
  };
  return {
    name,
    keys: (purpose): readonly StoredKey[] => {
      const read = ['--read-object', '--type', 'pubkey', '--label', purpose];
      const publicKey = rawEd25519(run(read, new Uint8Array()));
      if (publicKey === undefined)
        throw new KeyFault('key-malformed', `${name}: the object ${purpose} is no Ed25519 public key`);
      return [{ algorithm: 'ed25519', publicKey, sign: (message) => sign(purpose, message) }];
    },
  };
}

/** The raw key of a SubjectPublicKeyInfo; versions of the program write PEM or DER. */
function rawEd25519(bytes: Buffer): Uint8Array | undefined {
  try {
    const isPem = bytes.subarray(0, 5).toString('latin1') === '-----';
    const key = isPem ? createPublicKey(bytes) : createPublicKey({ key: bytes, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') return undefined;
    const spki = key.export({ format: 'der', type: 'spki' });
    return new Uint8Array(spki.subarray(spki.length - 32));
  } catch {
    return undefined;
  }
}

type Failure = Readonly<{ error?: Error | undefined; status: number | null; stderr: Buffer | null }>;

/** What went wrong, from the program's words; of them only PKCS#11 return values are repeated. */
function faultOf(name: string, { error, status, stderr }: Failure): ConstructorParameters<typeof KeyFault> {
  const code = error !== undefined && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT')
    return ['key-store-failed', 'pkcs11-tool is not installed (Debian: apt-get install opensc)'];
  if (code === 'ETIMEDOUT') return ['key-store-failed', `${name} did not answer in ${TIMEOUT_MS} ms`];
  const words = stderr?.toString('utf8') ?? '';
  if (/CKR_PIN_(INCORRECT|LEN_RANGE|INVALID)|CKR_PIN_LOCKED/.test(words))
    return ['key-store-refused', `${name}: wrong PIN. After a few more the token locks itself.`];
  if (/object not found/i.test(words)) return ['key-missing', `${name} holds no such key`];
  const value = /CKR_[A-Z_]+/.exec(words)?.[0] ?? (code || `exit ${status}`);
  return ['key-store-failed', `${name}: ${value}`];
}
