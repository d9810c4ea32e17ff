import { setTimeout as delay } from 'node:timers/promises';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { type Command, UsageError } from './command.ts';
import type { CommandCall } from './command-call.ts';
import { EXIT, exitOf } from './exit-code.ts';
import { checkpointFacts, checkpointLines, faultLine, inLanguages } from './log-report.ts';
import { type MirrorResult, mirrorOnce } from './mirror.ts';
import { MOST_EVIDENCE } from './mirror-folder.ts';
import { serveMirror } from './mirror-serve.ts';

const EVERY_SECONDS = 60;
const FAULT = 1;

/** A full or unwritable disk: told, and tried again by a mirror that goes on. */
const isOfDisk = (error: unknown): error is Error =>
  error instanceof Error && 'syscall' in error && 'code' in error;

const exitOfResult = (result: MirrorResult): number => (result.ok ? EXIT.proven : exitOf(result.fault.code));

/** One result, for people. `before` is the last one: what did not change is not said again. */
function words(result: MirrorResult, before: MirrorResult | undefined, call: CommandCall): string {
  if (!result.ok) {
    if (before?.ok === false && before.fault.code === result.fault.code) return '';
    const { fault, evidence } = result;
    const isFull = evidence === undefined && exitOf(fault.code) === EXIT.contradicts;
    const full = isFull ? `    證據已達 ${MOST_EVIDENCE} 份，未再保存 evidence is full, not kept\n` : '';
    const kept = evidence === undefined ? full : `    證據保存於 evidence kept in ${evidence}\n`;
    return `${inLanguages('✘ 未收錄 · Not mirrored', call.languages)}\n${faultLine(fault, call.languages)}${kept}`;
  }
  const { from, opened } = result;
  const { size } = opened.checkpoint;
  if (before === undefined || !before.ok)
    return `✔ ${from} → ${size} ${inLanguages('已驗證並保存 verified and kept', call.languages)}\n${checkpointLines(opened, call.languages)}`;
  return size === from ? '' : `✔ ${from} → ${size}\n`;
}

const facts = (result: MirrorResult) => ({
  exit: exitOfResult(result),
  ...(result.ok
    ? { from: result.from, log: checkpointFacts(result.opened) }
    : { fault: result.fault, ...(result.evidence === undefined ? {} : { evidence: result.evidence }) }),
});

/** A port of `--serve`, or undefined when it was not asked for. */
function portOf(call: CommandCall): number | undefined {
  const port = call.number('serve', 0);
  if (port !== undefined && (!Number.isInteger(port) || port > 65_535))
    throw new UsageError('--serve is a port from 0 to 65535');
  return port;
}

/** `lianshu-verify mirror`: keeps a full verified copy of a log, and serves it. */
export const mirrorCommand: Command = {
  name: 'mirror',
  summary: { 'zh-Hant-TW': '保存並提供整份公卷的副本', en: 'keep and serve a verified copy of the log' },
  operands: [],
  options: {
    log: { type: 'string' },
    to: { type: 'string' },
    every: { type: 'string' },
    once: { type: 'boolean' },
    serve: { type: 'string' },
    host: { type: 'string' },
  },
  help: `  --log URL|DIR  the URL or directory that contains "checkpoint"             公卷的網址或目錄
  --to DIR       where the copy is kept; goes on where it stopped            副本的目錄
  --every S      look every S seconds (default ${EVERY_SECONDS})                             每隔幾秒查看
  --once         look once and end                                           只做一次
  --serve PORT   serve the copy: /checkpoint and /tile/…, as the log does    提供副本
  --host ADDR    where to listen, 127.0.0.1 unless told                      監聽位址

Every bundle and tile is proved against the signed tree before it is kept. A log that forks or goes back is
refused, and both signed checkpoints are kept below DIR/evidence. Exit codes
  0 complete   1 fault in this program   2 usage   3 not signed by whom you trust, or no quorum
  4 the checkpoint is malformed   7 log unreadable, or its files are not the signed tree
  8 forked, shorter than before, or under another name without a cross-link`,
  async run(call) {
    const to = call.text('to');
    if (to === undefined) throw new UsageError('--to DIR is needed');
    const port = portOf(call);
    const isOnce = call.flag('once');
    if (isOnce && port !== undefined) throw new UsageError('--once and --serve do not go together');
    const every = call.number('every', 1) ?? EVERY_SECONDS;
    const source = call.demandLog();
    const signal = isOnce ? undefined : call.surroundings.untilStopped?.();
    const context = {
      primitives: nodeNotePrimitives,
      source,
      trust: call.trust(),
      folder: call.path(to),
      progress: call.progress(),
      ...(signal === undefined ? {} : { signal }),
    };
    const host = call.text('host');
    const server =
      port === undefined
        ? undefined
        : await serveMirror({ folder: context.folder, port, ...(host === undefined ? {} : { host }) }).catch(
            (error: unknown) => {
              throw new UsageError(`--serve: ${error instanceof Error ? error.message : 'cannot listen'}`);
            },
          );
    if (server !== undefined) call.surroundings.err(`提供副本於 serving the copy at ${server.url}\n`);
    let last: MirrorResult | undefined;
    let exit: number = EXIT.undecided;
    do {
      try {
        const result = await mirrorOnce(context);
        const text = words(result, last, call);
        if (isOnce || text !== '')
          call.print(
            () => text,
            () => facts(result),
          );
        last = result;
        exit = exitOfResult(result);
      } catch (error) {
        if (signal?.aborted === true) break;
        if (!isOfDisk(error)) throw error;
        call.surroundings.err(`lianshu-verify mirror: ${error.message}\n`);
        exit = FAULT;
      }
      if (!isOnce) await delay(every * 1_000, undefined, signal && { signal }).catch(() => undefined);
    } while (!isOnce && signal?.aborted !== true);
    await server?.close();
    return exit;
  },
};
