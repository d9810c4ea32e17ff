/** 故障: what is done to a house while people sign. Each ends with its cause repaired; the house recovers by itself. */
import { pause } from '../../src/platform/time.ts';
import type { SeededRandom } from './seeded-random.ts';
import { ALL_STEPS, roleOf } from './steps.ts';
import type { World } from './world.ts';

/** What can happen, by name. */
export const FAULT_KINDS = [
  'kill-public',
  'kill-sequencer',
  'kill-both',
  'kill-at-step',
  'kill-backend',
  'kill-postgres',
  'end-sessions',
  'files-full',
  'database-full',
  'clock-back-small',
  'clock-back-big',
  'paused-sequencer',
  'witnesses-away',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** These need a disk that can be filled. */
export const DISK_FAULTS: ReadonlySet<FaultKind> = new Set(['files-full', 'database-full']);

/** Does one; resolves when its cause is gone. */
export async function inject(kind: FaultKind, world: World, random: SeededRandom): Promise<void> {
  world.note(`fault ${kind}`);
  await FAULTS[kind](world, random);
  world.note(`${kind} is over`);
}

const FAULTS: Readonly<Record<FaultKind, (world: World, random: SeededRandom) => Promise<void>>> = {
  'kill-public': async (world) => world.signal('public', 'SIGKILL'),
  'kill-sequencer': async (world) => world.signal('sequencer', 'SIGKILL'),
  'kill-both': async (world) => {
    world.signal('public', 'SIGKILL');
    world.signal('sequencer', 'SIGKILL');
  },
  'kill-at-step': async (world, random) => {
    const step = random.pick(ALL_STEPS);
    // It may never come in what is left of the load; then nothing happens.
    await world.arm(roleOf(step), { step, skip: random.between(0, 2), signal: 'SIGKILL' }, 400);
  },
  'kill-backend': async (world, random) => {
    const backends = await sessions(world, "application_name like 'lianshu%'");
    if (backends.length > 0) kill(random.pick(backends));
    await world.until(() => world.ground.server.answers(), 30_000);
  },
  'kill-postgres': async (world, random) => {
    await world.ground.server.kill();
    await pause(random.between(0, 120));
    await world.ground.server.start();
  },
  'end-sessions': async (world, random) => {
    const whose = random.pick(['lianshu sequencer', 'lianshu public', 'lianshu%']);
    await world.ground.server
      .query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name like $2',
        [world.name, whose],
      )
      .catch(() => []);
  },
  'files-full': async (world, random) => {
    world.ground.disks?.files.fill();
    await pause(random.between(150, 500));
    world.ground.disks?.files.free();
  },
  'database-full': async (world, random) => {
    const { server, disks } = world.ground;
    disks?.database.fill();
    await pause(random.between(150, 500));
    disks?.database.free();
    // It may have ended itself where its journal of changes found no room.
    if (!server.isRunning) await server.start();
    await world.until(() => server.answers(), 30_000);
  },
  'clock-back-small': async (world, random) => {
    world.setClock(-random.between(100, 2_000));
    await pause(random.between(100, 500));
    world.setClock(0);
  },
  'clock-back-big': async (world, random) => {
    world.setClock(-3_600_000 * random.between(1, 12));
    await pause(random.between(100, 500));
    world.setClock(0);
  },
  'paused-sequencer': pauseSequencer,
  'witnesses-away': async (world, random) => {
    const away = world.witnesses.slice(random.between(0, 2));
    await Promise.all(away.map((witness) => witness.stop()));
    await pause(random.between(100, 600));
    await Promise.all(away.map((witness) => witness.start()));
  },
};

/**
 * A sequencer that stands still, in the middle of anything, loses its session; another takes over and works; then
 * the old one goes on. It must find out and end; the observer and the final log say whether it did harm.
 */
async function pauseSequencer(world: World, random: SeededRandom): Promise<void> {
  const step = random.pick(ALL_STEPS.filter((one) => roleOf(one) === 'sequencer'));
  const armed = { step, skip: random.between(0, 1), signal: 'SIGSTOP' } as const;
  if (random.chance(25) || !(await world.arm('sequencer', armed, 500))) world.signal('sequencer', 'SIGSTOP');
  const old = world.detach('sequencer');
  if (old === undefined) return;
  // One that was stopped while it started never was the one sequencer: when it goes on it waits for the lock.
  const wasTheOne = old.isReady;
  const sessionsOf = () => sessions(world, "application_name = 'lianshu sequencer'");
  for (const pid of await sessionsOf())
    await world.ground.server.query('select pg_terminate_backend($1)', [pid]).catch(() => []);
  await world.untilReady();
  await pause(random.between(100, 600));
  world.note('the old sequencer goes on');
  let isGone = false;
  void old.ended.then(() => {
    isGone = true;
  });
  const goesOn = () => {
    // Again and again: stopped from outside just before it stopped itself, it stands still a second time.
    if (!isGone) old.signal('SIGCONT');
    return isGone;
  };
  if (await world.until(goesOn, wasTheOne ? 15_000 : 500)) return;
  if (wasTheOne) world.alarms.push(`an old sequencer went on for fifteen seconds after ${step}`);
  old.signal('SIGKILL');
}

async function sessions(world: World, which: string): Promise<readonly number[]> {
  const rows = await world.ground.server
    .query<{ pid: number }>(`select pid from pg_stat_activity where datname = $1 and ${which}`, [world.name])
    .catch(() => []);
  return rows.map(({ pid }) => pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended a moment before.
  }
}
