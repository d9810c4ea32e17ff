import { checkpointCommand } from './checkpoint-command.ts';
import { type CliSurroundings, type Command, USAGE, UsageError } from './command.ts';
import { CommandCall, SHARED_HELP } from './command-call.ts';
import { countCommand } from './count-command.ts';
import { logCommand } from './log-command.ts';
import { mirrorCommand } from './mirror-command.ts';
import { monitorCommand } from './monitor-command.ts';
import { receiptCommand } from './receipt-command.ts';
import { stampCommand } from './stamp-command.ts';

/** The commands of `lianshu-verify`, in the order in which help lists them. To add one, add a file and a line. */
const COMMANDS: readonly Command[] = [
  receiptCommand,
  logCommand,
  countCommand,
  monitorCommand,
  mirrorCommand,
  checkpointCommand,
  stampCommand,
];

const usageOf = ({ name, operands }: Command): string => ['lianshu-verify', name, ...operands].join(' ');

function generalHelp(): string {
  const width = Math.max(...COMMANDS.map((command) => usageOf(command).length));
  const lines = COMMANDS.map((command) => {
    const { 'zh-Hant-TW': zh, en } = command.summary;
    return `  ${usageOf(command).padEnd(width)}  ${zh}  ${en}\n`;
  });
  return `lianshu-verify  不經伺服器驗證公卷  verifies the public record without the server\n\n${lines.join('')}
  lianshu-verify COMMAND --help  各指令的選項與結束代碼  options and exit codes of a command\n`;
}

const commandHelp = (command: Command): string => {
  const { 'zh-Hant-TW': zh, en } = command.summary;
  return `${usageOf(command)}  ${zh}  ${en}\n\n${command.help}\n\n${SHARED_HELP}`;
};

/** Runs `lianshu-verify` and returns its exit code: 2 for usage, else what the command's help says. */
export async function runCli(argv: readonly string[], surroundings: CliSurroundings): Promise<number> {
  const { out, err } = surroundings;
  const [name, ...args] = argv;
  if (name === undefined) {
    err(generalHelp());
    return USAGE;
  }
  if (['--help', '-h', 'help'].includes(name)) {
    const asked = COMMANDS.find((command) => command.name === args[0]);
    out(asked === undefined ? generalHelp() : commandHelp(asked));
    return 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    err(
      `lianshu-verify: 沒有這個指令 no such command: ${JSON.stringify(name.slice(0, 40))}\n\n${generalHelp()}`,
    );
    return USAGE;
  }
  try {
    const call = new CommandCall(command, args, surroundings);
    if (!call.wantsHelp) return await command.run(call);
    out(commandHelp(command));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err(`lianshu-verify ${command.name}: ${error.message} (--help)\n`);
    return USAGE;
  }
}
