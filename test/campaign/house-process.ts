/**
 * One process of the house as a campaign runs it: the program's own `serve` with some surfaces, a clock that the
 * parent moves, a sealer that replays, and steps at which it kills or stops itself. Its settings are the file
 * named in the first argument; it tells lines on standard output and is told lines on standard input.
 */
import { readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { readConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { pause } from '../../src/platform/time.ts';
import { RecordFault } from '../../src/record/index.ts';
import { StartRefused } from '../../src/record/start-refused.ts';
import { type CrashStep, serve } from '../../src/serve.ts';
import { settleHeld } from '../../src/signing/index.ts';
import {
  type Armed,
  EXIT_UNSAFE,
  type FromHouse,
  type HouseSettings,
  type ToHouse,
} from './house-messages.ts';
import { CAMPAIGN_ORIGIN, readPool } from './pool.ts';
import { replayedSealer } from './replayed-sealer.ts';

const settings: HouseSettings = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
let { clockOffsetMs } = settings;
const clock = { nowMs: () => Date.now() + clockOffsetMs };
const sealer = replayedSealer(readPool(settings.poolFile), new Set(settings.held));

/** At once and not by the event loop: a process that ends itself next has still said why. */
const tell = (message: FromHouse): void => {
  writeSync(1, `${JSON.stringify(message)}\n`);
};

const armed = new Map<CrashStep, Armed>();
const told = createInterface({ input: process.stdin });
told.on('line', (line) => {
  const message: ToHouse = JSON.parse(line);
  if ('step' in message) armed.set(message.step, message);
  else clockOffsetMs = message.clockOffsetMs;
});
// Without a parent there is nobody to serve.
told.on('close', () => process.kill(process.pid, 'SIGKILL'));

const atStep = async (step: CrashStep): Promise<void> => {
  const waiting = armed.get(step);
  if (waiting === undefined) return;
  armed.set(step, { ...waiting, skip: waiting.skip - 1 });
  if (waiting.skip > 0) return;
  armed.delete(step);
  tell({ kind: 'step', step, signal: waiting.signal });
  process.kill(process.pid, waiting.signal);
  // SIGSTOP takes effect at once; the next line runs after SIGCONT.
};

/** What a start refused says of itself: each thing that must not be, in one word. */
const codeOf = (error: unknown): string => {
  if (error instanceof StartRefused)
    return error.findings.flatMap(({ code, severity }) => (severity === 'refuse' ? [code] : [])).join('+');
  return error instanceof RecordFault ? error.code : 'fault';
};

const refuse = (error: unknown): never => {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  tell({ kind: 'refused', code, message });
  return process.exit(error instanceof RecordFault ? EXIT_UNSAFE : 1);
};

try {
  const { connectionString, surfaces } = settings;
  const running = await serve({
    config: readConfig({
      LIANSHU_DATA: settings.dataDirectory,
      LIANSHU_WITNESS_POLICY: settings.witnessPolicy,
      LIANSHU_LOG_LEVEL: 'silent',
      PORT: '0',
    }),
    connectionString,
    logOrigin: CAMPAIGN_ORIGIN,
    publishEveryMs: settings.publishEveryMs,
    sealer,
    surfaces: new Set(surfaces),
    isDemo: true,
    clock,
    signingsPerMinute: 1_000_000,
    atStep,
    onFault: refuse,
    warn: (message) => tell({ kind: 'warned', message }),
  });
  if (surfaces.includes('jobs')) {
    const { db } = openDatabase({ connectionString, max: 2 });
    void (async () => {
      for (;;) {
        const { record } = running;
        await settleHeld({
          db,
          clock,
          record,
          sealer,
          atStep,
          onStuck: () => undefined,
          goneKeys: new Set(),
        }).catch(() => undefined);
        await pause(settings.settleEveryMs);
      }
    })();
  }
  tell({ kind: 'ready', url: running.url });
} catch (error) {
  refuse(error);
}
