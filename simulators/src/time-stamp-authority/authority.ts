import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { base64Bytes, type Der, octetString, oid, sequence } from '../asn1.ts';
import {
  authorityConstraints,
  authorityKeyIdentifier,
  extension,
  KEY_USAGE,
  keyUsage,
  name,
  signCertificate,
  subjectKeyIdentifier,
} from '../ca/certificate.ts';
import { type KeyKind, type KeyPair, keyPairText, newKeyPair, readKeyPair } from '../ca/key-pair.ts';
import { newSerial } from '../ca/profiles.ts';
import { OID } from '../oids.ts';
import { grant, readQuery, refuse, type TimeStampSigner } from './token.ts';

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
/** The policy named in stamps: an arc reserved for examples (RFC 9371 has none better). */
export const SIMULATED_TIME_STAMP_POLICY = '1.3.6.1.4.1.32473.1.1';

/** Ways in which an authority can be wrong or away. */
export const TIME_STAMP_FAULTS = [
  'none',
  'wrong-nonce',
  'no-nonce',
  'other-digest',
  'refused',
  'garbage',
  'trailing-byte',
  'huge',
  'silent',
  'http-503',
  'bad-signature',
  'wrong-usage',
  'usage-not-critical',
  'stranger',
  'yesterday',
] as const;
export type TimeStampFault = (typeof TIME_STAMP_FAULTS)[number];

const ROOT_NAME = name([OID.country, 'TW'], [OID.organization, 'SIM 時戳'], [OID.commonName, 'SIM TSA Root']);
const DAY_MS = 86_400_000;

/** What a signer's certificate says about its use. */
type Usage = 'time-stamping' | 'wrong' | 'not-critical';

function signerOf(
  root: Readonly<{ keys: KeyPair; certificate: Der }>,
  keys: KeyPair,
  usage: Usage,
): TimeStampSigner {
  const purpose = sequence(oid(usage === 'wrong' ? OID.clientAuth : TIME_STAMPING));
  const serial = newSerial();
  const certificate = signCertificate(
    {
      serial,
      issuer: ROOT_NAME,
      subject: name([OID.country, 'TW'], [OID.organization, 'SIM 時戳'], [OID.commonName, 'SIM TSA 1']),
      notBeforeMs: Date.parse('2024-01-01T00:00:00Z'),
      notAfterMs: Date.parse('2044-01-01T00:00:00Z'),
      spki: keys.spki,
      extensions: [
        authorityKeyIdentifier(root.keys.ski),
        subjectKeyIdentifier(keys.ski),
        keyUsage(KEY_USAGE.digitalSignature),
        extension(OID.extendedKeyUsage, purpose, usage !== 'not-critical'),
      ],
    },
    root.keys,
  );
  return { keys, certificate, issuer: ROOT_NAME, serial, authorities: [root.certificate] };
}

function rootOf(keys: KeyPair): Der {
  return signCertificate(
    {
      serial: newSerial(),
      issuer: ROOT_NAME,
      subject: ROOT_NAME,
      notBeforeMs: Date.parse('2024-01-01T00:00:00Z'),
      notAfterMs: Date.parse('2049-01-01T00:00:00Z'),
      spki: keys.spki,
      extensions: [
        subjectKeyIdentifier(keys.ski),
        keyUsage(KEY_USAGE.keyCertSign, KEY_USAGE.crlSign),
        authorityConstraints(0),
      ],
    },
    keys,
  );
}

/** A time-stamp authority as RFC 3161 describes it, with a root of its own. */
export class SimulatedTimeStampAuthority {
  readonly root: Readonly<{ keys: KeyPair; certificate: Der }>;
  readonly signer: TimeStampSigner;

  private constructor(root: Readonly<{ keys: KeyPair; certificate: Der }>, signer: TimeStampSigner) {
    this.root = root;
    this.signer = signer;
  }

  /** A new authority with keys of this kind. */
  static async make(kind: KeyKind = 'p256'): Promise<SimulatedTimeStampAuthority> {
    const keys = await newKeyPair(kind);
    const root = { keys, certificate: rootOf(keys) };
    return new SimulatedTimeStampAuthority(root, signerOf(root, await newKeyPair(kind), 'time-stamping'));
  }

  /** The authority kept in `folder`, made at the first call: a pinned certificate stays good after a restart. */
  static async open(folder: string): Promise<SimulatedTimeStampAuthority> {
    const path = join(folder, 'authority.json');
    if (existsSync(path)) {
      const kept = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
      const bytes = (field: string) => base64Bytes(kept[field] ?? '');
      const keysOf = (part: string) => readKeyPair('p256', kept[`${part}Key`] ?? '', bytes(`${part}Spki`));
      const root = { keys: keysOf('root'), certificate: bytes('rootCertificate') };
      return new SimulatedTimeStampAuthority(root, {
        keys: keysOf('signer'),
        certificate: bytes('signerCertificate'),
        issuer: ROOT_NAME,
        serial: bytes('serial'),
        authorities: [root.certificate],
      });
    }
    const made = await SimulatedTimeStampAuthority.make();
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    const kept = {
      rootKey: keyPairText(made.root.keys),
      rootSpki: text(made.root.keys.spki),
      rootCertificate: text(made.root.certificate),
      signerKey: keyPairText(made.signer.keys),
      signerSpki: text(made.signer.keys.spki),
      signerCertificate: text(made.signer.certificate),
      serial: text(made.signer.serial),
    };
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, JSON.stringify(kept), { mode: 0o600 });
    return made;
  }

  /** The answer to a request's body. A body that is no request is refused as RFC 3161 says, not with an HTTP error. */
  async answer(body: Uint8Array, nowMs: number, fault: TimeStampFault = 'none'): Promise<Uint8Array> {
    if (fault === 'refused') return refuse('the clock is being repaired');
    if (fault === 'garbage') return randomBytes(700);
    if (fault === 'huge') return new Uint8Array(3_000_000);
    let query: ReturnType<typeof readQuery>;
    try {
      query = readQuery(body);
    } catch {
      return refuse('no time-stamp request');
    }
    const { nonce, ...withoutNonce } = query;
    const bent = {
      'wrong-nonce': { ...query, nonce: Uint8Array.of(0x02, 0x01, 0x07) },
      'no-nonce': withoutNonce,
      'other-digest': {
        ...query,
        imprint: sequence(sequence(oid(OID.sha256)), octetString(randomBytes(32))),
      },
    }[fault as string];
    const stamp = {
      policy: SIMULATED_TIME_STAMP_POLICY,
      serial: newSerial(),
      atMs: fault === 'yesterday' ? nowMs - DAY_MS : nowMs,
    };
    const answer = grant(bent ?? query, stamp, await this.#signer(fault), fault === 'bad-signature');
    return fault === 'trailing-byte' ? Buffer.concat([answer, Uint8Array.of(0)]) : answer;
  }

  /** The certificate of a signer that is not fit for time-stamps. */
  async certificateWith(fault: 'wrong-usage' | 'usage-not-critical'): Promise<Der> {
    return (await this.#signer(fault)).certificate;
  }

  async #signer(fault: TimeStampFault): Promise<TimeStampSigner> {
    if (fault === 'wrong-usage') return signerOf(this.root, this.signer.keys, 'wrong');
    if (fault === 'usage-not-critical') return signerOf(this.root, this.signer.keys, 'not-critical');
    if (fault !== 'stranger') return this.signer;
    return (await SimulatedTimeStampAuthority.make('p256')).signer;
  }
}
