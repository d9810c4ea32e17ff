import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { runOpen } from './open-command.ts';
import { writePrivately } from './private-file.ts';

/** Runs `lianshu-open` on real files and streams. */
export function openMain(argv: readonly string[]): Promise<number> {
  return runOpen(argv, {
    readText: (path) => readFile(path, 'utf8'),
    readBytes: (path) => readFile(path),
    readLines: (path) =>
      createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY }),
    write: writePrivately,
    print: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
  });
}
