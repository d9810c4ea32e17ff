import type { ParseArgsConfig } from 'node:util';
import type { CommandCall } from './command-call.ts';
import type { Localised } from './sentences.ts';

/** Everything a command takes from its surroundings. */
export type CliSurroundings = Readonly<{
  env: Readonly<Record<string, string | undefined>>;
  folder: string;
  /** The checkout or installation this program belongs to: only its own key and policy files are trusted unasked. */
  programFolder: string;
  /** The time now, epoch milliseconds. */
  nowMs(): number;
  out(text: string): unknown;
  err(text: string): unknown;
  isTerminal: boolean;
  /** For a command that goes on for ever: from the call on, the signal says when a person wants it to end. */
  untilStopped?(): AbortSignal;
}>;

/** The options of one command, in the words of `node:util` `parseArgs`. */
export type CommandOptions = NonNullable<ParseArgsConfig['options']>;

/**
 * One command of `lianshu-verify`, in a file of its own named `<name>-command.ts`. The table in `cli.ts` is the
 * only place that lists them; {@link CommandCall} reads the options all of them share.
 */
export type Command = Readonly<{
  name: string;
  /** One line for the list of commands. */
  summary: Localised;
  /** Operands as usage shows them, e.g. `['FILE']`; exactly so many are demanded. */
  operands: readonly string[];
  /** Its own options, beside the shared ones. */
  options: CommandOptions;
  /** Its own options and exit codes as `--help` shows them; the usage line and the shared options are added. */
  help: string;
  /**
   * Runs and returns the exit code. Throws {@link UsageError} for arguments that make no sense together; a fault of
   * the outside world is a code, never an exception.
   */
  run(call: CommandCall): Promise<number>;
}>;

/** Arguments, key file or policy cannot be used: exit 2 with this message. */
export class UsageError extends Error {}

/** Exit code for usage. */
export const USAGE = 2;
