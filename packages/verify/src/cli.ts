import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { checkReceipt, MAX_RECEIPT_BYTES } from './check-receipt.ts';
import { type CliArguments, HELP, parseArguments } from './cli-arguments.ts';
import { printVerdict } from './cli-output.ts';
import { followLog } from './follow-log.ts';
import { directoryLog, httpLog } from './node-log-source.ts';
import type { Progress } from './scan-log.ts';
import { findTrustedKeys } from './trusted-keys.ts';
import { OUTCOMES, type Verdict } from './verdict.ts';

/** Everything the command takes from its surroundings. */
export type CliSurroundings = Readonly<{
  env: Readonly<Record<string, string | undefined>>;
  folder: string;
  /** The checkout or installation this program belongs to: only its own key file is trusted unasked. */
  programFolder: string;
  nowMs: number;
  out(text: string): unknown;
  err(text: string): unknown;
  isTerminal: boolean;
}>;

const USAGE = 2;

/** How long one file of a log may take. They are static files: a slower answer is no answer. */
const FILE_TIMEOUT_MS = 10_000;

function progressBar({ err, isTerminal }: CliSurroundings): Progress {
  if (!isTerminal) return () => {};
  return (done, total) => {
    if (total < 5_000) return;
    const filled = Math.floor((done / total) * 30);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(30 - filled)}`;
    err(done < total ? `\r${bar} ${done}/${total}` : `\r${' '.repeat(60)}\r`);
  };
}

/** The file's bytes; one beyond the limit is enough to be told that it is too large. */
function readBounded(path: string): Uint8Array {
  return statSync(path).size > MAX_RECEIPT_BYTES
    ? new Uint8Array(MAX_RECEIPT_BYTES + 1)
    : new Uint8Array(readFileSync(path));
}

function logSource(log: string, folder: string) {
  return /^https?:\/\//.test(log)
    ? httpLog(new URL(log), FILE_TIMEOUT_MS)
    : directoryLog(resolve(folder, log));
}

async function judge(
  asked: CliArguments,
  file: Uint8Array,
  keys: Parameters<typeof checkReceipt>[2],
  surroundings: CliSurroundings,
): Promise<Verdict> {
  const primitives = nodeNotePrimitives;
  const verdict = checkReceipt(primitives, file, keys);
  if (asked.log === undefined) return verdict;
  const source = logSource(asked.log, surroundings.folder);
  const { nowMs } = surroundings;
  return followLog({ primitives, source, keys, nowMs, progress: progressBar(surroundings) }, verdict);
}

/** Runs `lianshu-verify` and returns its exit code ({@link OUTCOMES}; 2 for usage). */
export async function runCli(argv: readonly string[], surroundings: CliSurroundings): Promise<number> {
  const { out, err, folder } = surroundings;
  const asked = parseArguments(argv);
  if (asked === 'help') {
    out(HELP);
    return 0;
  }
  const fail = (problem: string): number => {
    err(`lianshu-verify: ${problem}\n`);
    return USAGE;
  };
  if ('problem' in asked) return fail(`${asked.problem} (--help)`);
  if (asked.log?.startsWith('http') && !URL.canParse(asked.log)) {
    return fail(`--log: not a URL: ${asked.log}`);
  }
  const trusted = findTrustedKeys(asked, surroundings);
  if ('problem' in trusted) return fail(trusted.problem);
  let file: Uint8Array;
  try {
    file = readBounded(resolve(folder, asked.file));
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
  const verdict = await judge(asked, file, trusted.keys, surroundings);
  out(printVerdict(verdict, asked, trusted));
  return OUTCOMES[verdict.code].exit;
}
