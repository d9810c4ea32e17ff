#!/usr/bin/env node
import { fileURLToPath } from 'node:url';

// Plain JavaScript that old versions of Node can read, so that they say something useful.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `lianshu-verify needs Node 24 or later (this is ${process.versions.node}). 需要 Node 24 以上。`,
  );
  process.exitCode = 1;
} else {
  const { runCli } = await import('../src/cli.ts');
  process.exitCode = await runCli(process.argv.slice(2), {
    env: process.env,
    folder: process.cwd(),
    programFolder: fileURLToPath(new URL('../../..', import.meta.url)),
    nowMs: () => Date.now(),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    untilStopped: () => {
      const stop = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stop.abort());
      return stop.signal;
    },
  });
}
