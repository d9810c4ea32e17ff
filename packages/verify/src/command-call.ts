import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type CliSurroundings, type Command, type CommandOptions, UsageError } from './command.ts';
import type { LogSource } from './log-source.ts';
import { directoryLog, httpLog } from './node-log-source.ts';
import type { Progress } from './scan-log.ts';
import { findTrustedKeys, type TrustedKeys } from './trusted-keys.ts';
import type { Trust } from './trusted-log.ts';
import { findPolicy } from './trusted-policy.ts';

export type Language = 'zh-Hant-TW' | 'en';

/** The options every command has. */
const SHARED_OPTIONS: CommandOptions = {
  key: { type: 'string', multiple: true },
  keys: { type: 'string', multiple: true },
  policy: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

/** The shared options as `--help` shows them. */
export const SHARED_HELP = `  --key VKEY     trust this verifier key (name+id+base64); may be repeated   信任這把公開金鑰
  --keys FILE    trust the keys in FILE, one a line, # comments              信任檔案內的金鑰
  --policy FILE  witnesses and quorum (c2sp.org/tlog-policy)                 見證人與法定人數
  --json         machine-readable result                                     機器可讀
  --lang zh|en   one language only (default: both)                           只用一種語言
  --help         this text                                                   這份說明

Without --key and --keys: the file named by LIANSHU_KEYS, else .lianshu/keys.txt of the checkout
this program runs from; without --policy likewise LIANSHU_POLICY, else .lianshu/policy.txt. Keys beside
a receipt are never taken unasked: they must come from a place you trust, never from whoever gave you
the receipt or serves the log.
`;

const LANGUAGES: Readonly<Record<string, readonly Language[]>> = {
  zh: ['zh-Hant-TW'],
  en: ['en'],
  both: ['zh-Hant-TW', 'en'],
};

/** How long one file of a log may take. They are static files: a slower answer is no answer. */
const FILE_TIMEOUT_MS = 10_000;

/** One use of a command: its arguments, read and checked, and what it may touch. */
export class CommandCall {
  readonly surroundings: CliSurroundings;
  readonly operands: readonly string[];
  readonly json: boolean;
  readonly languages: readonly Language[];
  readonly #values: Readonly<Record<string, unknown>>;

  /** Reads the arguments after the command's name. Throws {@link UsageError}. */
  constructor(command: Command, args: readonly string[], surroundings: CliSurroundings) {
    const { values, positionals } = readArguments(command, args);
    this.surroundings = surroundings;
    this.operands = positionals;
    this.#values = values;
    this.json = values['json'] === true;
    const languages = LANGUAGES[typeof values['lang'] === 'string' ? values['lang'] : 'both'];
    if (languages === undefined) throw new UsageError('--lang is zh or en');
    this.languages = languages;
    if (this.wantsHelp) return;
    const { operands } = command;
    if (positionals.length !== operands.length) {
      throw new UsageError(
        operands.length === 0 ? 'takes no operand' : `exactly ${operands.join(' and ')} is needed`,
      );
    }
  }

  get wantsHelp(): boolean {
    return this.flag('help');
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  /** The value of an option, or undefined when it was not given. */
  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** The values of an option that may be repeated. */
  texts(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** The value of an option that is a number of at least `least`. */
  number(name: string, least: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!/^\d{1,9}(\.\d{1,3})?$/.test(text) || value < least) {
      throw new UsageError(`--${name} is a number of at least ${least}`);
    }
    return value;
  }

  /** A path as the person means it: relative to where the command was started. */
  path(path: string): string {
    return resolve(this.surroundings.folder, path);
  }

  /** The log named by `--log`, or by `text`: a URL, or a directory that contains `checkpoint`. */
  log(text: string): LogSource {
    if (!/^https?:/.test(text)) return directoryLog(this.path(text));
    if (!URL.canParse(text)) throw new UsageError(`--log: not a URL: ${text}`);
    return httpLog(new URL(text), FILE_TIMEOUT_MS);
  }

  /** The log named by `--log`, which must be given. */
  demandLog(): LogSource {
    const log = this.text('log');
    if (log === undefined) throw new UsageError('--log URL|DIR is needed');
    return this.log(log);
  }

  /** The keys to trust and where they came from. */
  trustedKeys(): TrustedKeys {
    return findTrustedKeys({ keys: this.texts('key'), keyFiles: this.texts('keys') }, this.surroundings);
  }

  /**
   * Keys and policy together. Keys named on the command line alone speak for the log: the policy then only names
   * witnesses, and one that was not named itself applies only to a log it lists.
   */
  trust(): Trust {
    const { keys } = this.trustedKeys();
    const found = findPolicy(this.text('policy'), this.surroundings);
    if (found === undefined) return { keys };
    const { policy, named } = found;
    const narrow = this.texts('key').length + this.texts('keys').length > 0;
    if (!narrow) return { keys, policy };
    const lists = policy.logs.some((log) => keys.some(({ name }) => name === log.key.name));
    return named || lists ? { keys, policy: { ...policy, logs: [] } } : { keys };
  }

  /** A bar on the terminal for long work; nothing where standard error is no terminal or `--json` was asked. */
  progress(): Progress {
    const { err, isTerminal } = this.surroundings;
    if (!isTerminal) return () => {};
    return (done, total) => {
      if (total < 5_000) return;
      const filled = Math.floor((done / total) * 30);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(30 - filled)}`;
      err(done < total ? `\r${bar} ${done}/${total}` : `\r${' '.repeat(60)}\r`);
    };
  }

  /** Prints a text, or with `--json` one JSON document in its place. */
  print(text: () => string, document: () => unknown): void {
    this.surroundings.out(this.json ? `${JSON.stringify(document(), null, 2)}\n` : text());
  }
}

function readArguments(command: Command, args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...SHARED_OPTIONS, ...command.options },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
