/**
 * The right to replace public files. A sequencer that was paused and resumes after another took over may be in the
 * middle of a publication, with an older checkpoint in hand: asking "am I still the one?" and then renaming leaves a
 * gap between the two. So the right is a folder: every replacing file is written inside it and renamed out of it, and
 * taking over moves that folder away. What the file system then refuses cannot have been a matter of timing.
 */
import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from './public-files.ts';
import { RecordFault } from './record-fault.ts';

/** Held by one process per public folder. */
export type PublicationFence = Readonly<{
  /**
   * Replaces a file that changes with every publication: it appears whole or not at all, and survives a power cut.
   * @throws {RecordFault} `another-sequencer` when somebody else has taken the right; the file is as they left it.
   */
  replace(path: string, bytes: Uint8Array): Promise<void>;
  /** Gives the right back; nothing more can be replaced with it. */
  release(): Promise<void>;
}>;

const HELD = /^\.replacing-/;
const GONE = /^\.replaced-/;

/**
 * Takes the right for `directory` from whoever has it. `isTheOne` says whether this process still is the sequencer
 * (it is, unless told), and is asked last: one that was paused since it began takes nothing from its successor.
 * @throws {RecordFault} `another-sequencer` when it is not; whoever publishes goes on.
 */
export async function takeFence(
  directory: string,
  isTheOne: () => Promise<boolean> = async () => true,
): Promise<PublicationFence> {
  await mkdir(directory, { recursive: true });
  const mine = await mkdtemp(join(directory, '.replacing-'));
  if (!(await isTheOne())) {
    await rm(mine, { recursive: true, force: true });
    throw new RecordFault('another-sequencer', `this process may no longer publish in ${directory}`);
  }
  await takeFromOthers(directory, basename(mine));
  return {
    async replace(path, bytes) {
      const target = join(directory, path);
      await mkdir(dirname(target), { recursive: true });
      const unfinished = join(mine, path.replaceAll('/', '+'));
      try {
        await write(unfinished, bytes);
        await rename(unfinished, target);
      } catch (error) {
        if (await isThere(mine)) throw error;
        throw new RecordFault(
          'another-sequencer',
          `another sequencer publishes in ${directory} now; ${path} stays as it left it`,
          error,
        );
      }
      await syncFolder(dirname(target));
    },
    release: () => rm(mine, { recursive: true, force: true }),
  };
}

/** Moving a folder is one step for all that is in it; removing what was moved may take its time, or fail. */
async function takeFromOthers(directory: string, mine: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!HELD.test(name) || name === mine) continue;
    await rename(join(directory, name), join(directory, name.replace(HELD, '.replaced-'))).catch(
      async (error: unknown) => {
        if (await isThere(join(directory, name))) throw error;
      },
    );
  }
  await syncFolder(directory);
  for (const name of await readdir(directory)) {
    if (GONE.test(name))
      await rm(join(directory, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function write(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o644);
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}
