import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { formatVerifierKey } from '@lianshu/tlog';
import { CEREMONIES, type Said, type Step } from './ceremony-scripts.ts';
import { withDemonstration } from './left-by-demo.ts';
import { operatorKeyStore } from './operator-keys.ts';
import { type Config, ConfigFault } from './platform/config.ts';
import { openDatabase } from './platform/db/index.ts';
import { createKeyFile, KeyFault } from './platform/key-file.ts';
import { type Clock, systemClock, taipeiTimestamp } from './platform/time.ts';
import { logSigners, publicRecord, recordCeremony } from './record/index.ts';

/** `lianshu ceremony`: prints what to say and do, and writes down what was answered. */
const HELP = `lianshu ceremony log-keys|rotation   金鑰儀式：逐步提示並記錄  prompts and records a key ceremony

  --out FILE       the transcript, ceremony-NAME-DATE.txt unless told; never over another file   紀錄檔
  --record         enter the transcript's SHA-256 in the record (key-event)                      摘要寫入公卷
  --answers FILE   answers, a line each, instead of the keyboard                                 由檔案回答

Who was there is asked by capacity, stays in the transcript and never enters the record.
lianshu ceremony case-key 尚未提供 is not built yet.`;

/** Where lines go to and answers come from. */
export type CeremonyIo = Readonly<{
  say: (line: string) => void;
  /** The next answer; undefined when there is none any more. */
  ask: (prompt: string) => Promise<string | undefined>;
  clock: Clock;
}>;

/** How it ended; the transcript is whole in both cases. */
export type CeremonyResult = Readonly<{ isComplete: boolean; transcript: string }>;

const NO_MORE = 3;

/** A digest in groups of four, as it is read aloud. */
export const spoken = (hex: string): string => (hex.match(/.{1,4}/g) ?? []).join(' ');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const fill = (text: string, facts: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '');

/** Whether an answer is one to this step. */
function fits({ answer }: Step, given: string, earlier: ReadonlyMap<string, string>): boolean {
  switch (answer.kind) {
    case 'yes':
      return /^(是|y|yes)$/i.test(given);
    case 'words':
      return given.split(/[、,，]/).filter((word) => word.trim() !== '').length >= answer.least;
    case 'same-as':
      return given !== '' && given === earlier.get(answer.step);
    default:
      return answer satisfies never;
  }
}

/**
 * Goes through the steps. An answer that does not fit is asked for again, three times; then, and when nobody answers
 * any more, the ceremony is broken off, which the transcript says.
 */
export async function performCeremony(
  name: keyof typeof CEREMONIES,
  /** `keys` is asked when they are shown: a ceremony may make them. It may throw. */
  facts: Readonly<{ origin: string; store: string; keys: () => readonly string[] }>,
  io: CeremonyIo,
): Promise<CeremonyResult> {
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
    io.say(line);
  };
  const now = (): string => taipeiTimestamp(io.clock.nowMs());
  write(`連署 金鑰儀式紀錄 · Lianshu key ceremony: ${name}`);
  write(`公卷 log: ${facts.origin}`);
  write(`開始 begun: ${now()}`);
  const answers = new Map<string, string>();
  for (const [i, step] of CEREMONIES[name].entries()) {
    const both: Said = step.say;
    const about = { origin: facts.origin, store: facts.store };
    write(`\n${i + 1}. ${fill(both['zh-Hant-TW'], about)}\n   ${fill(both.en, about)}`);
    const shown = step.shows === 'keys' ? keyLines(facts.keys) : [];
    for (const line of shown ?? []) write(line);
    const given = shown === undefined ? undefined : await answerTo(step, answers, io);
    if (given === undefined) {
      write(`\n中止 broken off: ${now()}`);
      return { isComplete: false, transcript: `${lines.join('\n')}\n` };
    }
    answers.set(step.id, given);
    // What was typed is on the screen already.
    lines.push(`   → ${given}  (${now()})`);
  }
  write(`\n完成 completed: ${now()}`);
  return { isComplete: true, transcript: `${lines.join('\n')}\n` };
}

/** The keys as they are read aloud; undefined when they cannot be had, which breaks the ceremony off. */
function keyLines(keys: () => readonly string[]): readonly string[] | undefined {
  try {
    return keys().map((key) => {
      const start = key.length > 100 ? `${key.slice(0, 97)}…` : key;
      return `   ${start}\n     SHA-256 ${spoken(sha256(key))}`;
    });
  } catch (error) {
    if (error instanceof KeyFault) return undefined;
    throw error;
  }
}

async function answerTo(
  step: Step,
  earlier: ReadonlyMap<string, string>,
  io: CeremonyIo,
): Promise<string | undefined> {
  for (let tries = 0; tries < NO_MORE; tries++) {
    const typed = await io.ask(step.answer.kind === 'yes' ? '   是 yes? ' : '   > ');
    if (typed === undefined) return undefined;
    const given = typed.trim().slice(0, 500);
    if (fits(step, given, earlier)) return given;
    io.say('   不符，請再回答一次。That is no answer to this step; please answer again.');
  }
  return undefined;
}

/** Runs the command; resolves to the exit code: 0 completed, 3 broken off. @throws {ConfigFault | KeyFault} */
export async function runCeremony(
  told: Config,
  withDatabase: (use: (connectionString: string) => Promise<void>) => Promise<void>,
  args: readonly string[],
  say: (line: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      record: { type: 'boolean' },
      answers: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [name] = positionals;
  if (values.help || name === undefined) {
    say(HELP);
    return 0;
  }
  if (name === 'case-key')
    throw new ConfigFault('案件金鑰的儀式尚未提供。The ceremony for a case key is not built yet.');
  if (name !== 'log-keys' && name !== 'rotation')
    throw new ConfigFault(`沒有這個儀式 There is no ceremony ${name}: log-keys, rotation`);
  const config = withDemonstration(told);
  const origin = config.logOrigin;
  if (origin === undefined)
    throw new ConfigFault(
      '請設定 LIANSHU_LOG_ORIGIN：公卷的名稱，例如 lianshu.example/log。LIANSHU_LOG_ORIGIN must be set: the log’s name.',
    );
  const clock = systemClock;
  const store = operatorKeyStore(config);
  const date = taipeiTimestamp(clock.nowMs()).slice(0, 10);
  const out = resolve(values.out ?? `ceremony-${name}-${date}.txt`);
  // Better now than after an hour of it.
  if (existsSync(out)) throw new ConfigFault(`${out} 已存在 is there already; choose another with --out`);
  const source = answersFrom(values.answers);
  try {
    const keys = () => logSigners(store, origin, clock).map(({ key }) => formatVerifierKey(key));
    const facts = { origin, store: store.name, keys };
    const { isComplete, transcript } = await performCeremony(name, facts, { say, ask: source.ask, clock });
    createKeyFile(out, Buffer.from(transcript));
    const digest = sha256(transcript);
    say(`\n紀錄檔 transcript: ${out}\nSHA-256 ${spoken(digest)}`);
    if (!isComplete) return 3;
    if (values.record) await withDatabase((url) => enter(url, clock, name, digest, say));
    return 0;
  } finally {
    source.close();
  }
}

async function enter(
  connectionString: string,
  clock: Clock,
  purpose: string,
  transcriptSha256: string,
  say: (line: string) => void,
): Promise<void> {
  const owner = openDatabase({ connectionString, applicationName: 'lianshu ceremony', max: 1 });
  try {
    await recordCeremony({ db: owner.db, clock, record: publicRecord([]) }, { purpose, transcriptSha256 });
    say('摘要已寫入公卷。The digest is entered in the record.');
  } finally {
    await owner.close();
  }
}

function answersFrom(file: string | undefined): Readonly<Pick<CeremonyIo, 'ask'> & { close(): void }> {
  if (file !== undefined) {
    const lines = readFileSync(resolve(file), 'utf8').split('\n');
    return { ask: async () => lines.shift(), close: () => undefined };
  }
  // Lines in order, also when they come faster than they are asked for.
  const terminal = createInterface({ input: process.stdin });
  const lines = terminal[Symbol.asyncIterator]();
  return {
    ask: async (prompt) => {
      process.stderr.write(prompt);
      const { value, done } = await lines.next();
      return done === true ? undefined : value;
    },
    close: () => terminal.close(),
  };
}
