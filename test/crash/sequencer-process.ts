/**
 * A sequencer with a fast publication clock as a process of its own, to be killed: reads its settings from the
 * file named in the first argument and says `ready` on standard output.
 */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SIGNATURE_TYPE } from '@lianshu/tlog';
import { cosigner, ed25519Signer } from '@lianshu/tlog/node';
import { openDatabase } from '../../src/platform/db/index.ts';
import { systemClock } from '../../src/platform/time.ts';
// Not through the face: it has pages, which Node does not read unbuilt.
import { Publication } from '../../src/record/publication.ts';
import { Sequencer } from '../../src/record/sequencer.ts';

/** What the test hands over. */
export type SequencerProcessSettings = Readonly<{
  url: string;
  origin: string;
  ed25519: string;
  mlDsa44: string;
  journalFile: string;
  directory: string;
}>;

const settings: SequencerProcessSettings = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const signers = [
  ed25519Signer(settings.origin, createPrivateKey(settings.ed25519)),
  cosigner(settings.origin, SIGNATURE_TYPE.mlDsa44, createPrivateKey(settings.mlDsa44), () => 0),
];
const stopAt = (fault: Error): void => {
  console.error(fault);
  process.exit(70);
};
const sequencer = new Sequencer({
  connection: { connectionString: settings.url },
  origin: settings.origin,
  signers,
  journalFile: settings.journalFile,
  publicDirectory: settings.directory,
  clock: systemClock,
  onFault: stopAt,
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
});
await publication.start();
console.log('ready');
