import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AUDIT_HELP, runAudit } from './audit-command.ts';
import { formatIdentityFile, generateCaseKey, parseIdentityFile } from './case-key.ts';
import { evidenceFiles, verifyCommand } from './evidence-files.ts';
import { openEvidence, openRoster } from './open-export.ts';
import { SealError } from './seal-error.ts';

/** What the command touches. Passed in, so that tests run it without a process. */
export interface OpenIo {
  readText(path: string): Promise<string>;
  readBytes(path: string): Promise<Uint8Array>;
  readLines(path: string): AsyncIterable<string>;
  /** Creates a file readable by its owner only; must not replace one. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  print(text: string): void;
  complain(text: string): void;
}

/** Exit codes of `lianshu-open`. */
export const EXIT = { opened: 0, notOpened: 1, usage: 2, fault: 3, differs: 4 } as const;

const HELP = `lianshu-open: open what the server sealed, on a machine that is not the server.

  lianshu-open evidence EXPORT --identity KEY --commitment L [--out DIR] [--json]
      Opens the evidence of one signature. With --out, writes into DIR: evidence.json, statement.txt,
      signature.p7s (or signature.sig) and certificate.pem, and prints the openssl command that verifies them.
      L is the record commitment of the receipt, 43 characters base64url.

  lianshu-open roster EXPORT --identity KEY [--out FILE] [--json]
      Opens the national IDs of a roster, one a line, sorted (the order tells nothing about signing).

${AUDIT_HELP}
  lianshu-open case-key --out FILE [--x25519] [--json]
      Makes a case key as an age identity file and prints its public recipient. Hybrid post-quantum
      (age 1.3 or later) unless --x25519.

KEY is an age identity file. Works offline; needs no server and no network.
What is opened is personal data (個人資料保護法): files are written readable by their owner only.

Exit codes: 0 opened, or all agrees · 1 not opened (wrong key, not in this export, damaged file) · 2 wrong usage ·
3 fault · 4 the audit found differences.
`;

const OPTIONS = {
  identity: { type: 'string' },
  commitment: { type: 'string' },
  'tag-key': { type: 'string' },
  log: { type: 'string' },
  keys: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
  x25519: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** One commitment in 64 begins with a hyphen, and is no option: `--commitment -x…` is read as `--commitment=-x…`. */
function joinCommitment(argv: readonly string[]): string[] {
  const at = argv.indexOf('--commitment');
  const value = argv[at + 1];
  return at < 0 || value === undefined || !/^-[A-Za-z0-9_-]{42}$/.test(value)
    ? [...argv]
    : [...argv.slice(0, at), `--commitment=${value}`, ...argv.slice(at + 2)];
}

/** Runs `lianshu-open` and returns its exit code. */
export async function runOpen(argv: readonly string[], io: OpenIo): Promise<number> {
  let args: Arguments;
  try {
    args = parseArgs({ args: joinCommitment(argv), options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return usage(io, error instanceof Error ? error.message : 'wrong arguments');
  }
  if (args.values.help === true) {
    io.print(HELP);
    return EXIT.opened;
  }
  try {
    return await dispatch(args, io);
  } catch (error) {
    const code = codeOf(error);
    if (args.values.json === true) io.print(`${JSON.stringify({ outcome: 'not-opened', code })}\n`);
    io.complain(`Not opened: ${REASONS[code] ?? code}\n`);
    return error instanceof SealError ? EXIT.notOpened : EXIT.fault;
  }
}

interface Arguments {
  readonly positionals: readonly string[];
  readonly values: {
    readonly identity?: string;
    readonly commitment?: string;
    readonly 'tag-key'?: string;
    readonly log?: string;
    readonly keys?: string;
    readonly out?: string;
    readonly json?: boolean;
    readonly x25519?: boolean;
    readonly help?: boolean;
  };
}

async function dispatch({ positionals, values }: Arguments, io: OpenIo): Promise<number> {
  const [command, exportPath, ...rest] = positionals;
  if (command === 'audit') return auditRoll(positionals.slice(1), values, io);
  if (rest.length > 0) return usage(io, 'too many arguments');
  if (command === 'case-key') {
    if (values.out === undefined || exportPath !== undefined) return usage(io, 'case-key needs --out FILE');
    return makeCaseKey(values.out, values, io);
  }
  if (exportPath === undefined || values.identity === undefined)
    return usage(io, 'an export file and --identity are needed');
  const identities = parseIdentityFile(await io.readText(values.identity));
  if (command === 'roster') return printRoster(exportPath, identities, values, io);
  if (command !== 'evidence') return usage(io, 'the commands are: evidence, roster, audit, case-key');
  if (!/^[A-Za-z0-9_-]{43}$/.test(values.commitment ?? ''))
    return usage(io, '--commitment needs 43 characters');
  const commitment = Buffer.from(values.commitment ?? '', 'base64url');
  return writeEvidence(exportPath, { identities, commitment }, values, io);
}

async function auditRoll(
  [evidence, roster, ...more]: readonly string[],
  values: Arguments['values'],
  io: OpenIo,
): Promise<number> {
  const { identity, log, keys, out, 'tag-key': tagKey } = values;
  const isWhole = evidence !== undefined && roster !== undefined && more.length === 0;
  if (!isWhole || identity === undefined || tagKey === undefined || log === undefined || keys === undefined)
    return usage(io, 'audit needs both exports, --identity, --tag-key, --log and --keys');
  const files = { evidence, roster, identity, tagKey, log, keys, ...(out === undefined ? {} : { out }) };
  return (await runAudit(files, io, values.json === true)) ? EXIT.opened : EXIT.differs;
}

async function writeEvidence(
  exportPath: string,
  key: { identities: readonly string[]; commitment: Uint8Array },
  values: Arguments['values'],
  io: OpenIo,
): Promise<number> {
  const record = await openEvidence(io.readLines(exportPath), key.identities, key.commitment);
  if (record === null) {
    if (values.json === true) io.print(`${JSON.stringify({ outcome: 'not-in-this-export' })}\n`);
    io.complain('Not opened: this export holds no record with that commitment.\n');
    return EXIT.notOpened;
  }
  const files = evidenceFiles(record);
  if (values.out === undefined) {
    io.print(files['evidence.json']);
    return EXIT.opened;
  }
  for (const [name, content] of Object.entries(files)) await io.write(join(values.out, name), content);
  const command = verifyCommand(record);
  if (values.json === true)
    io.print(`${JSON.stringify({ outcome: 'opened', files: Object.keys(files), verify: command })}\n`);
  else io.print(`Opened into ${values.out}. Verify there with:\n  ${command}\n`);
  return EXIT.opened;
}

async function printRoster(
  exportPath: string,
  identities: readonly string[],
  values: Arguments['values'],
  io: OpenIo,
): Promise<number> {
  const ids: string[] = [];
  for await (const id of openRoster(io.readLines(exportPath), identities)) {
    ids.push(id);
    if (ids.length % 10_000 === 0) io.complain(`${ids.length} opened …\n`);
  }
  ids.sort();
  const content = values.json === true ? `${JSON.stringify({ outcome: 'opened', ids })}\n` : lines(ids);
  if (values.out === undefined) io.print(content);
  else await io.write(values.out, content);
  io.complain(`${ids.length} records opened.\n`);
  return EXIT.opened;
}

async function makeCaseKey(path: string, values: Arguments['values'], io: OpenIo): Promise<number> {
  const key = await generateCaseKey(values.x25519 === true ? 'x25519' : 'hybrid');
  await io.write(path, formatIdentityFile(key));
  io.print(values.json === true ? `${JSON.stringify({ recipient: key.recipient })}\n` : `${key.recipient}\n`);
  return EXIT.opened;
}

const REASONS: Readonly<Record<string, string>> = {
  'no-identity': 'this key does not open this export.',
  'identity-malformed': 'the identity file is not an age identity file.',
  'export-malformed': 'the export file is damaged, or of another part (evidence / roster).',
  'export-truncated': 'the export file is incomplete: its end line is missing or counts differently.',
  'record-unreadable': 'a record was changed after it was sealed, or moved to another place.',
  'record-malformed': 'a record does not have the shape of its format.',
  'epoch-malformed': 'an epoch key belongs to another case or part.',
  'tag-key-malformed': 'the tag key is not 32 bytes.',
  'log-incomplete': 'the copy of the log lacks a file.',
  'log-not-signed': 'no given key signed the copy of the log.',
  'log-differs': 'the copy of the log is not the tree that was signed.',
  ENOENT: 'a file does not exist.',
  EEXIST: 'a file to be written exists already; nothing is replaced.',
  EACCES: 'a file may not be read or written.',
};

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'fault';
}

function usage(io: OpenIo, reason: string): number {
  io.complain(`${reason}\nTry: lianshu-open --help\n`);
  return EXIT.usage;
}

function lines(rows: readonly string[]): string {
  return rows.map((row) => `${row}\n`).join('');
}
