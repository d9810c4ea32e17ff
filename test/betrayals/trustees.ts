/** The trustees' offline machine: both exports of the roll, a copy of the log, the case key and the tag key. */
import { createReadStream, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { formatIdentityFile } from '@lianshu/seal';
import { expect } from 'vitest';
import { runOpen } from '../../packages/seal/src/open-command.ts';
import { exportSealed } from '../../src/export-sealed.ts';
import { CASE, type House } from './betrayed-house.ts';

export interface Audit {
  readonly exit: number;
  readonly findings: Readonly<Record<string, number>>;
  readonly counted: number;
  readonly persons: number;
  /** Everything it printed. */
  readonly text: string;
  /** What `--out` keeps on that machine. */
  readonly kept: string;
}

/** Exports the roll, copies the log, and runs `lianshu-open audit` over both. */
export async function auditOf(house: Pick<House, 'platform' | 'verify'>, number = CASE): Promise<Audit> {
  const { platform } = house;
  const folder = mkdtempSync(join(platform.directory, 'trustees-'));
  const at = (name: string) => join(folder, name);
  for (const part of ['evidence', 'roster'])
    await exportSealed(platform.database.url, [part, number, '--out', at(part)], () => undefined);
  const mirrored = await house.verify('mirror', '--once', '--log', `${platform.url}/log`, '--to', at('log'));
  expect(mirrored.exit, mirrored.text).toBe(0);
  writeFileSync(at('case.key'), formatIdentityFile(platform.keys.trustees));
  writeFileSync(
    at('tag.key'),
    readFileSync(join(platform.directory, 'sealer', 'case-keys', `${number}.key`)),
  );
  writeFileSync(at('keys.txt'), platform.verifierKeys.join('\n'));
  let text = '';
  let kept = '';
  const say = (part: string) => {
    text += part;
  };
  const names = ['--identity', at('case.key'), '--tag-key', at('tag.key'), '--log', at('log')];
  const argv = [
    'audit',
    at('evidence'),
    at('roster'),
    ...names,
    '--keys',
    at('keys.txt'),
    '--out',
    at('found'),
  ];
  const exit = await runOpen([...argv, '--json'], {
    readText: (path) => readFile(path, 'utf8'),
    readBytes: (path) => readFile(path),
    readLines: (path) => createInterface({ input: createReadStream(path) }),
    write: async (_, content) => {
      kept += content;
    },
    print: say,
    complain: say,
  });
  return { ...(JSON.parse(text) as Omit<Audit, 'exit' | 'text' | 'kept'>), exit, text, kept };
}
