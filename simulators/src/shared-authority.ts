import { mkdir, rmdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SimulatedAuthority } from './ca/authority.ts';
import { hasSavedAuthority } from './ca/authority-file.ts';
import { cast } from './people.ts';

const CACHE = fileURLToPath(new URL('../../.lianshu/cache/simulators/', import.meta.url));

let shared: Promise<SimulatedAuthority> | undefined;

/**
 * One authority for all tests of a process, with a `current` card for everyone of the cast and a handful of
 * spare keys. Keys are cached in `.lianshu/cache/simulators/`, since two RSA-4096 keys take seconds;
 * revocations and cards made by tests stay in memory.
 */
export function sharedAuthority(): Promise<SimulatedAuthority> {
  shared ??= whileOthersWait(() =>
    SimulatedAuthority.open(CACHE, { spareKeys: 4 }, async (authority) => {
      for (const person of Object.values(cast)) await authority.issueCard(person);
    }),
  );
  return shared;
}

/** Test files run in parallel processes: one makes the keys, the others wait for it, at most a minute. */
async function whileOthersWait<T>(work: () => Promise<T>): Promise<T> {
  const lock = `${CACHE}lock`;
  await mkdir(CACHE, { recursive: true, mode: 0o700 });
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (await hasSavedAuthority(CACHE)) return work();
    try {
      await mkdir(lock);
    } catch {
      await delay(50);
      continue;
    }
    return work().finally(() => rmdir(lock));
  }
  return work();
}
