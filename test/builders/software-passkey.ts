/**
 * A passkey in software: makes the answers of `navigator.credentials` (W3C WebAuthn §5.1.3, §6.3.2, §6.3.3) with user
 * verification, and every wrong one a test asks for.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>;

/** The little CBOR (RFC 8949) that an attestation object and a COSE key need. */
function cbor(value: Cbor): Buffer {
  const head = (major: number, n: number): Buffer =>
    n < 24
      ? Buffer.of((major << 5) | n)
      : n < 256
        ? Buffer.of((major << 5) | 24, n)
        : Buffer.of((major << 5) | 25, n >> 8, n & 255);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([k, v]) => [cbor(k), cbor(v)])]);
}

const FLAG = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

export interface AskedOptions {
  readonly challenge: string;
  readonly rpId?: string;
  readonly rp?: Readonly<{ id: string }>;
}

/** What a test may have wrong on purpose. */
export interface Flaws {
  readonly challenge?: string;
  readonly origin?: string;
  readonly isUnverified?: boolean;
  readonly isForged?: boolean;
  readonly counter?: number;
}

export class SoftwarePasskey {
  readonly credentialId = b64(randomBytes(32));
  readonly #origin: string;
  readonly #keys: Readonly<{ privateKey: KeyObject; publicKey: KeyObject }>;
  readonly #isEdwards: boolean;
  #counter = 0;

  constructor(origin: string, algorithm: 'ES256' | 'EdDSA' = 'ES256') {
    this.#origin = origin;
    this.#isEdwards = algorithm === 'EdDSA';
    this.#keys = this.#isEdwards
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }

  get keySha256(): string {
    return sha256(Buffer.from(this.credentialId, 'base64url')).toString('hex');
  }

  get spki(): string {
    return b64(this.#keys.publicKey.export({ format: 'der', type: 'spki' }));
  }

  #cose(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const bytes = (text: string) => Buffer.from(text, 'base64url');
    return cbor(
      this.#isEdwards
        ? new Map<number, Cbor>([
            [1, 1],
            [3, -8],
            [-1, 6],
            [-2, bytes(x)],
          ])
        : new Map<number, Cbor>([
            [1, 2],
            [3, -7],
            [-1, 1],
            [-2, bytes(x)],
            [-3, bytes(y)],
          ]),
    );
  }

  #clientData(type: string, challenge: string, flaws: Flaws): Buffer {
    const said = { type, challenge: flaws.challenge ?? challenge, origin: flaws.origin ?? this.#origin };
    return Buffer.from(JSON.stringify({ ...said, crossOrigin: false }));
  }

  #authenticatorData(flags: number, flaws: Flaws, attested: Uint8Array = Buffer.alloc(0)): Buffer {
    this.#counter = flaws.counter ?? this.#counter + 1;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    const verified = flaws.isUnverified ? 0 : FLAG.verified;
    const bits = Buffer.of(FLAG.present | verified | flags);
    return Buffer.concat([sha256(new URL(this.#origin).hostname), bits, counter, attested]);
  }

  /** The answer to `create`, as JSON text. */
  register(options: AskedOptions, flaws: Flaws = {}): string {
    const id = Buffer.from(this.credentialId, 'base64url');
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, this.#cose()]);
    const authData = this.#authenticatorData(FLAG.attested, flaws, attested);
    const attestation = new Map<string, Cbor>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    return JSON.stringify({
      id: this.credentialId,
      rawId: this.credentialId,
      type: 'public-key',
      response: {
        clientDataJSON: b64(this.#clientData('webauthn.create', options.challenge, flaws)),
        attestationObject: b64(cbor(attestation)),
        transports: ['internal'],
      },
      clientExtensionResults: {},
    });
  }

  /** The answer to `get`, as JSON text. */
  assert(options: AskedOptions, flaws: Flaws = {}): string {
    const clientData = this.#clientData('webauthn.get', options.challenge, flaws);
    const authenticatorData = this.#authenticatorData(0, flaws);
    const signed = Buffer.concat([authenticatorData, sha256(clientData)]);
    const signature = sign(this.#isEdwards ? null : 'sha256', signed, this.#keys.privateKey);
    if (flaws.isForged) signature.writeUInt8(signature.readUInt8(9) ^ 1, 9);
    return JSON.stringify({
      id: this.credentialId,
      rawId: this.credentialId,
      type: 'public-key',
      response: {
        clientDataJSON: b64(clientData),
        authenticatorData: b64(authenticatorData),
        signature: b64(signature),
      },
      clientExtensionResults: {},
    });
  }
}
