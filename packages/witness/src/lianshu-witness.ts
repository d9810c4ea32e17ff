import { runCli } from './cli.ts';

/** Runs the command on this process: its arguments, streams, clock and signals. */
export function runMain(): Promise<number> {
  return runCli(process.argv.slice(2), {
    folder: process.cwd(),
    nowMs: () => Date.now(),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    untilStopped: () => {
      const stop = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
      return stop.signal;
    },
  });
}
