import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { base64, base64Bytes, SimulatorFault } from '../asn1.ts';
import type { CardCertificate, SimulatedCard } from '../cards/card.ts';
import type { Person } from '../people.ts';
import type {
  AuthorityState,
  CertificationAuthority,
  RegisterEntry,
  RevocationDecision,
} from './authority-state.ts';
import type { IssuerName } from './issuer-name.ts';
import { type KeyKind, type KeyPair, keyPairText, readKeyPair } from './key-pair.ts';

/** Raised whenever a profile changes, so that an old cache is made again and not silently used. */
const AUTHORITY_VERSION = 1;

const FILE = 'authority.json';

type KeyRecord = { kind: KeyKind; key: string; spki: string };
type AuthorityRecord = {
  name: IssuerName;
  keys: KeyRecord;
  certificate: string;
  subject: string;
  responder?: { keys: KeyRecord; certificate: string; withoutPurpose: string };
};
type CardCertificateRecord = Omit<CardCertificate, 'certificate' | 'keys'> & {
  certificate: string;
  keys: KeyRecord;
};
type CardRecord = Omit<SimulatedCard, 'signing' | 'encryption'> & {
  person: Person;
  signing: CardCertificateRecord;
  encryption: CardCertificateRecord;
};
type StateRecord = {
  version: number;
  baseUrl: string;
  root: AuthorityRecord;
  g2: AuthorityRecord;
  g3: AuthorityRecord;
  register: [string, RegisterEntry][];
  revocations: [string, RevocationDecision][];
  cards: CardRecord[];
  clients: { label: string; certificate: string; keys: KeyRecord }[];
  spareKeys: KeyRecord[];
  listNumbers: [IssuerName, number][];
};

/** True if `dir` holds a saved authority of the present version. */
export async function hasSavedAuthority(dir: string): Promise<boolean> {
  if (!existsSync(join(dir, FILE))) return false;
  const record = JSON.parse(await readFile(join(dir, FILE), 'utf8')) as { version?: unknown };
  return record.version === AUTHORITY_VERSION;
}

/** Writes the state to `dir`, owner-readable only, replacing the file in one rename. */
export async function writeState(dir: string, state: AuthorityState): Promise<void> {
  const record: StateRecord = {
    version: AUTHORITY_VERSION,
    baseUrl: state.baseUrl,
    root: authorityRecord(state.root),
    g2: authorityRecord(state.g2),
    g3: authorityRecord(state.g3),
    register: [...state.register],
    revocations: [...state.revocations],
    cards: state.cards.map((card) => ({
      ...card,
      signing: cardCertificateRecord(card.signing),
      encryption: cardCertificateRecord(card.encryption),
    })),
    clients: state.clients.map(({ label, certificate, keys }) => ({
      label,
      certificate: base64(certificate),
      keys: keyRecord(keys),
    })),
    spareKeys: state.spareKeys.map(keyRecord),
    listNumbers: [...state.listNumbers],
  };
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const temporary = join(dir, `${FILE}.${process.pid}`);
  await writeFile(temporary, JSON.stringify(record), { mode: 0o600 });
  await rename(temporary, join(dir, FILE));
}

/** Reads what {@link writeState} wrote; throws `SimulatorFault` when it is missing or of another version. */
export async function readState(dir: string): Promise<AuthorityState> {
  if (!(await hasSavedAuthority(dir))) throw new SimulatorFault(`no simulated authority in ${dir}`);
  const record = JSON.parse(await readFile(join(dir, FILE), 'utf8')) as StateRecord;
  return {
    baseUrl: record.baseUrl,
    root: authority(record.root),
    g2: authority(record.g2),
    g3: authority(record.g3),
    register: new Map(record.register),
    revocations: new Map(record.revocations),
    cards: record.cards.map((card) => ({
      ...card,
      signing: cardCertificate(card.signing),
      encryption: cardCertificate(card.encryption),
    })),
    clients: record.clients.map(({ label, certificate, keys }) => ({
      label,
      certificate: base64Bytes(certificate),
      keys: keyPairOf(keys),
    })),
    spareKeys: record.spareKeys.map(keyPairOf),
    listNumbers: new Map(record.listNumbers),
  };
}

const keyRecord = (keys: KeyPair): KeyRecord => ({
  kind: keys.kind,
  key: keyPairText(keys),
  spki: base64(keys.spki),
});

const keyPairOf = (record: KeyRecord): KeyPair =>
  readKeyPair(record.kind, record.key, base64Bytes(record.spki));

function authorityRecord(ca: CertificationAuthority): AuthorityRecord {
  return {
    name: ca.name,
    keys: keyRecord(ca.keys),
    certificate: base64(ca.certificate),
    subject: base64(ca.subject),
    ...(ca.responder === undefined
      ? {}
      : {
          responder: {
            keys: keyRecord(ca.responder.keys),
            certificate: base64(ca.responder.certificate),
            withoutPurpose: base64(ca.responder.withoutPurpose),
          },
        }),
  };
}

function authority(record: AuthorityRecord): CertificationAuthority {
  return {
    name: record.name,
    keys: keyPairOf(record.keys),
    certificate: base64Bytes(record.certificate),
    subject: base64Bytes(record.subject),
    ...(record.responder === undefined
      ? {}
      : {
          responder: {
            keys: keyPairOf(record.responder.keys),
            certificate: base64Bytes(record.responder.certificate),
            withoutPurpose: base64Bytes(record.responder.withoutPurpose),
          },
        }),
  };
}

const cardCertificateRecord = (item: CardCertificate): CardCertificateRecord => ({
  ...item,
  certificate: base64(item.certificate),
  keys: keyRecord(item.keys),
});

const cardCertificate = (record: CardCertificateRecord): CardCertificate => ({
  ...record,
  certificate: base64Bytes(record.certificate),
  keys: keyPairOf(record.keys),
});
