/** A log of one's own for tests: keys, a clock moved by hand, folders, a sequencer with its faults. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NoteSigner, SIGNATURE_TYPE } from '@lianshu/tlog';
import { cosigner, ed25519Signer } from '@lianshu/tlog/node';
import { z } from 'zod';
import { inTransaction } from '../../src/platform/db/index.ts';
import { taipeiTimestamp } from '../../src/platform/time.ts';
import {
  type ActEntry,
  actKind,
  type CompactEntry,
  Publication,
  type PublicRecord,
  publicRecord,
  type RecordEntry,
  type RecordFault,
  Sequencer,
} from '../../src/record/index.ts';
import type { PublicationOptions } from '../../src/record/publication.ts';
import type { SequencerOptions } from '../../src/record/sequencer.ts';
import type { WorkerDatabase } from '../worker-database.ts';

export const ORIGIN = 'test.lianshu.invalid/log';
export const START_MS = Date.parse('2026-03-02T04:00:00Z');

/** Ed25519 and ML-DSA-44 keys of a log, made once per file. */
export function logSigners(): readonly NoteSigner[] {
  return [
    ed25519Signer(ORIGIN, generateKeyPairSync('ed25519').privateKey),
    cosigner(ORIGIN, SIGNATURE_TYPE.mlDsa44, generateKeyPairSync('ml-dsa-44').privateKey, () => 0),
  ];
}

const anyBody = z.looseObject({});
const KINDS = ['initiative-filed', 'version', 'opened', 'closed', 'decision'].map((kind) =>
  actKind(kind, { ofCase: true, body: anyBody }),
);

/** 32 bytes that depend on the text only, base64url. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A signature entry; the same name gives the same commitment. */
export const signatureEntry = (name: string, caseNumber = '9901'): CompactEntry => ({
  case: caseNumber,
  commitment: digestOf(`L ${name}`),
  kind: 'joint-signature',
  tag: digestOf(`T ${name}`),
  v: 1,
});

export const heldEntry = (name: string, caseNumber = '9901'): CompactEntry => ({
  act: 'joint-signature',
  case: caseNumber,
  commitment: digestOf(`L ${name}`),
  kind: 'held',
  v: 1,
});

export const actEntry = (kind: string, caseNumber = '9901', body: ActEntry['body'] = {}): ActEntry => ({
  at: taipeiTimestamp(START_MS),
  basis: '公民投票法 §12',
  body,
  capacity: 'commission',
  case: caseNumber,
  kind,
  v: 1,
});

export const commitmentOf = (name: string): Uint8Array =>
  new Uint8Array(Buffer.from(digestOf(`L ${name}`), 'base64url'));

/** One log with its folders; `dispose` removes them. */
export type TestLog = Readonly<{
  record: PublicRecord;
  clock: { nowMs(): number; ms: number };
  directory: string;
  signers: readonly NoteSigner[];
  faults: RecordFault[];
  append(...entries: RecordEntry[]): Promise<void>;
  /** A sequencer that is open but has no loop: rounds happen by `drain`. */
  sequencer(options?: Partial<SequencerOptions>): Promise<Sequencer>;
  publication(sequencer: Pick<Sequencer, 'released'>, options?: Partial<PublicationOptions>): Publication;
  dispose(): Promise<void>;
}>;

export function testLog(database: WorkerDatabase, signers: readonly NoteSigner[]): TestLog {
  const folder = mkdtempSync(join(tmpdir(), 'lianshu-log-'));
  const directory = join(folder, 'public');
  const record = publicRecord(KINDS);
  const clock = { ms: START_MS, nowMs: () => clock.ms };
  const faults: RecordFault[] = [];
  const opened: Sequencer[] = [];
  return {
    record,
    clock,
    directory,
    signers,
    faults,
    append: (...entries) =>
      inTransaction(database.db, async (tx) => {
        await record.appendMany(tx, entries);
      }),
    sequencer: async (options = {}) => {
      const sequencer = new Sequencer({
        connection: { connectionString: database.url },
        origin: ORIGIN,
        signers,
        journalFile: join(folder, 'journal'),
        publicDirectory: directory,
        clock,
        onFault: (fault) => faults.push(fault),
        ...options,
      });
      opened.push(sequencer);
      await sequencer.open();
      return sequencer;
    },
    publication: (sequencer, options = {}) =>
      new Publication({
        db: database.db,
        clock,
        directory,
        keys: signers.map(({ key }) => key),
        releasedSize: () => sequencer.released?.size ?? -1,
        everyMs: 1_000,
        onFault: (fault) => faults.push(fault),
        ...options,
      }),
    dispose: async () => {
      for (const sequencer of opened) await sequencer.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
