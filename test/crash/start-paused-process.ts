/**
 * A sequencer with its publication as a process of its own, which stops itself (SIGSTOP) once at a step: reads its
 * settings from the file named in the first argument, says `ready`, and `paused` just before it stops.
 */
import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { SIGNATURE_TYPE } from '@lianshu/tlog';
import { cosigner, ed25519Signer } from '@lianshu/tlog/node';
import { openDatabase } from '../../src/platform/db/index.ts';
import { systemClock } from '../../src/platform/time.ts';
import { Publication, type PublicationStep } from '../../src/record/publication.ts';
import type { RoundStep } from '../../src/record/round.ts';
import { Sequencer } from '../../src/record/sequencer.ts';
import type { SequencerProcessSettings } from './sequencer-process.ts';

/** What the test hands over. The process stops at `step` when the file `trigger` exists, which it removes. */
export type PausedProcessSettings = SequencerProcessSettings &
  Readonly<{ step: RoundStep | PublicationStep; trigger: string }>;

const settings: PausedProcessSettings = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const signers = [
  ed25519Signer(settings.origin, createPrivateKey(settings.ed25519)),
  cosigner(settings.origin, SIGNATURE_TYPE.mlDsa44, createPrivateKey(settings.mlDsa44), () => 0),
];
// The test reads the code; a real process ends as well (src/main.ts).
const stopAt = (fault: Error & { code?: string }): void => {
  writeSync(1, `fault ${fault.code}\n`);
  process.exit(70);
};
const atStep = async (step: RoundStep | PublicationStep): Promise<void> => {
  if (step !== settings.step || !existsSync(settings.trigger)) return;
  rmSync(settings.trigger);
  writeSync(1, 'paused\n');
  process.kill(process.pid, 'SIGSTOP');
};
const sequencer = new Sequencer({
  connection: { connectionString: settings.url },
  origin: settings.origin,
  signers,
  journalFile: settings.journalFile,
  publicDirectory: settings.directory,
  clock: systemClock,
  onFault: stopAt,
  atStep,
});
await sequencer.start();
const { db } = openDatabase({ connectionString: settings.url, max: 2 });
const publication = new Publication({
  db,
  clock: systemClock,
  directory: settings.directory,
  keys: signers.map(({ key }) => key),
  releasedSize: () => sequencer.released?.size ?? -1,
  everyMs: 20,
  onFault: stopAt,
  atStep,
});
await publication.start();
writeSync(1, 'ready\n');
