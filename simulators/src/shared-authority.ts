import { fileURLToPath } from 'node:url';
import { SimulatedAuthority } from './ca/authority.ts';
import { cast } from './people.ts';

const CACHE = fileURLToPath(new URL('../../.lianshu/cache/simulators/', import.meta.url));

let shared: Promise<SimulatedAuthority> | undefined;

/**
 * One authority for all tests of a process, with a `current` card for everyone of the cast and a handful of
 * spare keys. Keys are cached in `.lianshu/cache/simulators/`, since two RSA-4096 keys take seconds;
 * revocations and cards made by tests stay in memory.
 */
export function sharedAuthority(): Promise<SimulatedAuthority> {
  shared ??= SimulatedAuthority.open(CACHE, { spareKeys: 4 }, async (authority) => {
    for (const person of Object.values(cast)) await authority.issueCard(person);
  });
  return shared;
}
