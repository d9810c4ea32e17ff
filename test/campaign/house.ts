/** One process of the house as its parent sees it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { FromHouse, HouseSettings, ToHouse } from './house-messages.ts';

/** How a process ended; `refused` when it said itself that it must not go on. */
export type End = Readonly<{
  signal: NodeJS.Signals | null;
  status: number | null;
  refused: Readonly<{ code: string; message: string }> | undefined;
}>;

/** A started process. Whoever starts one ends it. */
export class HouseProcess {
  readonly #child: ChildProcess;
  /** The address of its public surface (empty without one); undefined when it ended before it was ready. */
  readonly ready: Promise<string | undefined>;
  readonly ended: Promise<End>;
  isReady = false;

  constructor(
    program: string,
    settingsFile: string,
    settings: HouseSettings,
    hear: Readonly<{ step: (step: string) => void; warning: (message: string) => void }>,
  ) {
    writeFileSync(settingsFile, JSON.stringify(settings));
    // Compiled code is kept beside the program: the second start and all others skip the compiler.
    const env = { ...process.env, NODE_COMPILE_CACHE: `${program}.cache` };
    const child = spawn(process.execPath, [program, settingsFile], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    child.stdin?.on('error', () => undefined);
    let refused: End['refused'];
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000);
    });
    let readyWith: (url: string | undefined) => void = () => undefined;
    this.ready = new Promise((resolve) => {
      readyWith = resolve;
    });
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      const message: FromHouse = JSON.parse(line);
      if (message.kind === 'step') {
        // It has said this as its last word.
        if (message.signal === 'SIGKILL') this.isReady = false;
        hear.step(message.step);
      }
      if (message.kind === 'warned') hear.warning(message.message);
      if (message.kind === 'refused') refused = message;
      if (message.kind !== 'ready') return;
      this.isReady = true;
      readyWith(message.url);
    });
    this.ended = new Promise((resolve) =>
      child.once('close', (status, signal) => {
        this.isReady = false;
        readyWith(undefined);
        // An exception nobody caught: as bad as a refusal, and to be read.
        if (refused === undefined && signal === null && status !== 0)
          refused = { code: 'uncaught', message: said };
        resolve({ status, signal, refused });
      }),
    );
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  tell(message: ToHouse): void {
    this.#child.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
