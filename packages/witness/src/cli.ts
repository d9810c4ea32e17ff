import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatVerifierKey } from '@lianshu/tlog';
import { FAULT_TEXTS, HELP } from './cli-texts.ts';
import { createKeyFile, readKeyFile } from './key-file.ts';
import { startWitness } from './start-witness.ts';
import { admitKeys, createWitnessState } from './state-file.ts';
import { LogListFault, readWatchedLogs } from './watched-logs.ts';
import { eventLine, type WitnessEvent } from './witness-event.ts';
import { WitnessFault } from './witness-fault.ts';

/** What the command takes from its surroundings. */
export type CliSurroundings = Readonly<{
  folder: string;
  /** Epoch milliseconds. */
  nowMs(): number;
  out(text: string): unknown;
  err(text: string): unknown;
  /** Aborts when a person or the system wants the witness to end. */
  untilStopped(): AbortSignal;
}>;

class UsageError extends Error {}

const DEFAULT_PORT = 7380;

const OPTIONS = {
  key: { type: 'string' },
  state: { type: 'string' },
  log: { type: 'string', multiple: true },
  policy: { type: 'string', multiple: true },
  port: { type: 'string' },
  host: { type: 'string' },
  name: { type: 'string' },
  evidence: { type: 'string' },
  'ml-dsa-44': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function read(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof read>['values'];

function files(values: Values, { folder }: CliSurroundings): Readonly<{ key: string; state: string }> {
  if (values.key === undefined) throw new UsageError('需要 --key FILE is needed');
  const key = resolve(folder, values.key);
  return { key, state: resolve(folder, values.state ?? `${key}.state`) };
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? DEFAULT_PORT);
  if (text !== undefined && !(/^\d{1,5}$/.test(text) && port < 65_536)) throw new UsageError('--port N');
  return port;
}

/** Makes a key, and its state with it: the only way a state comes to be. An existing state takes the key in. */
async function keygen(
  names: readonly string[],
  values: Values,
  surroundings: CliSurroundings,
): Promise<number> {
  const [name, ...rest] = names;
  if (name === undefined || rest.length > 0) throw new UsageError('keygen NAME --key FILE');
  const { key, state } = files(values, surroundings);
  const keys = await createKeyFile(key, name, values['ml-dsa-44'] === true).catch((error: unknown) => {
    throw error instanceof RangeError ? new UsageError(`NAME: ${JSON.stringify(name)}`) : error;
  });
  try {
    await createWitnessState(state, keys);
  } catch (error) {
    if (!(error instanceof WitnessFault && error.code === 'state-exists')) throw error;
    await admitKeys(state, keys);
  }
  surroundings.out(keys.map((one) => `${formatVerifierKey(one)}\n`).join(''));
  return 0;
}

async function serve(values: Values, surroundings: CliSurroundings): Promise<number> {
  const { folder, nowMs, out, err, untilStopped } = surroundings;
  const { key, state } = files(values, surroundings);
  const logs = await readWatchedLogs(
    values.log ?? [],
    (values.policy ?? []).map((path) => resolve(folder, path)),
  );
  if (logs.length === 0) throw new UsageError('需要 --log LOG is needed');
  const signers = await readKeyFile(key, () => Math.floor(nowMs() / 1000));
  const port = portOf(values.port);
  const halted = new AbortController();
  let reason: string | undefined;
  const onEvent = (event: WitnessEvent): void => {
    out(eventLine(event, nowMs()));
    if (event.kind !== 'halted') return;
    reason = event.code;
    halted.abort();
  };
  const witness = await startWitness({
    stateFile: state,
    signers,
    logs,
    port,
    host: values.host ?? '127.0.0.1',
    onEvent,
    ...(values.name === undefined ? {} : { operator: values.name }),
    ...(values.evidence === undefined ? {} : { evidence: resolve(folder, values.evidence) }),
  });
  for (const { key: own } of signers) out(`${formatVerifierKey(own)}\n`);
  out(`見證人就緒 listening: ${witness.url}\n`);
  const stop = AbortSignal.any([untilStopped(), halted.signal]);
  if (!stop.aborted)
    await new Promise<void>((done) => stop.addEventListener('abort', () => done(), { once: true }));
  await witness.close();
  if (reason === undefined) return 0;
  err(`lianshu-witness: ${reason}\n${FAULT_TEXTS['state-halted']}\n`);
  return 3;
}

/** Runs `lianshu-witness` and returns its exit code: see {@link HELP}. */
export async function runCli(argv: readonly string[], surroundings: CliSurroundings): Promise<number> {
  const { out, err } = surroundings;
  try {
    const { values, positionals } = read(argv);
    if (values.help === true || positionals[0] === 'help') {
      out(HELP);
      return 0;
    }
    const [command, ...names] = positionals;
    if (command === 'keygen') return await keygen(names, values, surroundings);
    if (command !== undefined)
      throw new UsageError(`沒有這個指令 no such command: ${JSON.stringify(command)}`);
    return await serve(values, surroundings);
  } catch (error) {
    if (error instanceof UsageError || error instanceof LogListFault) {
      err(`lianshu-witness: ${error.message}（--help）\n`);
      return 2;
    }
    if (error instanceof WitnessFault) {
      err(`lianshu-witness: ${error.code}: ${error.message}\n${FAULT_TEXTS[error.code]}\n`);
      return error.code.startsWith('key-') ? 2 : 3;
    }
    err(`lianshu-witness: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
