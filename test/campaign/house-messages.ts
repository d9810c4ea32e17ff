/** What a process of the house and its parent tell each other. */
import type { CrashStep, Surface } from '../../src/serve.ts';

/** A process ends itself (`kill -9`) or stops itself (SIGSTOP) at a step, once it has met it `skip` times more. */
export type Armed = Readonly<{ step: CrashStep; skip: number; signal: 'SIGKILL' | 'SIGSTOP' }>;

/** The file a process reads at its start. */
export type HouseSettings = Readonly<{
  connectionString: string;
  dataDirectory: string;
  witnessPolicy: string;
  surfaces: readonly Surface[];
  poolFile: string;
  /** Commitments the sealer holds at first. */
  held: readonly string[];
  /** This house's time minus the machine's. */
  clockOffsetMs: number;
  publishEveryMs: number;
  /** How often held signatures are settled, beside the program's own job. */
  settleEveryMs: number;
}>;

/** To a process. */
export type ToHouse = Readonly<{ clockOffsetMs: number }> | Armed;

/** From a process. `refused`: it did not start, or stopped, because going on would be unsafe. */
export type FromHouse =
  | Readonly<{ kind: 'ready'; url: string }>
  | Readonly<{ kind: 'warned'; message: string }>
  | Readonly<{ kind: 'step'; step: CrashStep; signal: Armed['signal'] }>
  | Readonly<{ kind: 'refused'; code: string; message: string }>;

/** As `lianshu serve` ends when it would be unsafe to go on. */
export const EXIT_UNSAFE = 3;
