import { setTimeout as pause } from 'node:timers/promises';
import { parseVerifierKey, type VerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { alertWords } from './alert.ts';
import { type Command, UsageError } from './command.ts';
import type { CommandCall } from './command-call.ts';
import { siteOf } from './count-command.ts';
import { EXIT, exitOf } from './exit-code.ts';
import { faultLine, said } from './log-report.ts';
import { Monitor, type RoundResult } from './monitor.ts';
import { type KeptAlert, MonitorState, putAside } from './monitor-state.ts';
import { type AlertChange, type AlertPost, MOST_UNSENT, postAlerts } from './post-alerts.ts';
import { faultOf } from './read-record.ts';
import { lockState } from './state-lock.ts';
import { registryKeys } from './trust.ts';

const EVERY_S = 10;
const PUBLISH_EVERY_S = 60;
/** With witnesses a quiet log is cosigned anew every five minutes; without, the day mark is its only sign of life. */
const STALL_S = { witnessed: 900, alone: 26 * 3600 };
const QUORUM_WITHIN_S = 30;

function proofKeys(call: CommandCall): readonly VerifierKey[] {
  return call.texts('proof-key').map((text) => {
    const key = parseVerifierKey(sha256, text);
    if (key === undefined) throw new UsageError('--proof-key: no verifier key');
    return key;
  });
}

function postUrl(call: CommandCall): URL | undefined {
  const text = call.text('post');
  if (text === undefined) return undefined;
  if (!/^https?:/.test(text) || !URL.canParse(text)) throw new UsageError('--post: not an http(s) URL');
  return new URL(text);
}

/** Without it a mark of relief would stand before the words of an alarm. */
const NO_LONGER = { 'zh-Hant-TW': '警示解除，以下情形已不存在', en: 'over: this is no longer so' };

const line = (mark: string, alert: KeptAlert, call: CommandCall): string =>
  `${mark} ${alert.until ?? alert.since}  ${alert.code}  ${alert.until === undefined ? '' : `${said(NO_LONGER, call.languages)}: `}${said(alertWords(alert.code), call.languages)}: ${alert.detail}\n`;

/** The changes of a round in the order they are told. */
const changesOf = ({
  raised,
  worse,
  over,
}: RoundResult): readonly Readonly<{ state: AlertChange; alert: KeptAlert }>[] => [
  ...raised.map((alert) => ({ state: 'raised' as const, alert })),
  ...worse.map((alert) => ({ state: 'worse' as const, alert })),
  ...over.map((alert) => ({ state: 'over' as const, alert })),
];

const MARKS: Readonly<Record<AlertChange, string>> = { raised: '⚠', worse: '⚠⚠', over: '✔' };

/** Prints what changed: lines for people, or one JSON document a line. */
function tell(result: RoundResult, call: CommandCall): void {
  const { out } = call.surroundings;
  for (const { state, alert } of changesOf(result)) {
    if (call.json) out(`${JSON.stringify({ state, ...alert, words: alertWords(alert.code) })}\n`);
    else out(line(MARKS[state], alert, call));
  }
}

async function post(
  url: URL | undefined,
  state: MonitorState,
  origin: string,
  result: RoundResult,
): Promise<void> {
  if (url === undefined) return;
  const posts = changesOf(result).map((change): AlertPost => ({ v: 1, origin, ...change }));
  const queue = [...state.memory.unsent, ...posts].slice(-MOST_UNSENT);
  if (queue.length === 0) return;
  // Written before sending: a monitor killed while it sends tells twice rather than not at all.
  state.save({ ...state.memory, unsent: queue });
  state.save({ ...state.memory, unsent: await postAlerts(url, queue) });
}

const openLine = ({ open, size }: RoundResult): string =>
  open.length === 0
    ? `✔ 沒有警示 no alerts${size === undefined ? '' : ` @ ${size}`}\n`
    : `⚠ 警示 alerts open: ${open.length}\n`;

function openMonitor(call: CommandCall, path: string): Readonly<{ monitor: Monitor; state: MonitorState }> {
  const log = call.text('log') ?? '';
  const source = call.demandLog();
  const api = call.text('api') ?? (source.live ? siteOf(log) : undefined);
  const trust = call.trust();
  const promises = call.text('promises');
  if (call.flag('begin-anew'))
    putAside(path, new Date(call.surroundings.nowMs()).toISOString().replace(/\D/g, ''));
  const state = new MonitorState(path);
  const stall = call.number('stall', 1) ?? (trust.policy === undefined ? STALL_S.alone : STALL_S.witnessed);
  const monitor = Monitor.open({
    primitives: nodeNotePrimitives,
    source,
    trust,
    progress: call.progress(),
    state,
    ...(api === undefined ? {} : { site: call.log(api) }),
    ...(promises === undefined ? {} : { promises: call.path(promises) }),
    proofKeys: [...proofKeys(call), ...registryKeys(trust)],
    sourceOf: (url) => call.log(url),
    nowMs: () => call.surroundings.nowMs(),
    publishEveryMs: 1000 * (call.number('publish-every', 0) ?? PUBLISH_EVERY_S),
    stallMs: 1000 * stall,
    quorumWithinMs: 1000 * (call.number('quorum-within', 0) ?? QUORUM_WITHIN_S),
  });
  return { monitor, state };
}

async function watch(call: CommandCall): Promise<number> {
  const url = postUrl(call);
  const everyMs = 1000 * (call.number('every', 0.1) ?? EVERY_S);
  const path = call.path(call.text('state') ?? 'lianshu-monitor.json');
  const unlock = lockState(path);
  try {
    return await watchLocked(call, { ...openMonitor(call, path), url, everyMs });
  } finally {
    unlock();
  }
}

type Watch = Readonly<{ monitor: Monitor; state: MonitorState; url: URL | undefined; everyMs: number }>;

async function watchLocked(call: CommandCall, { monitor, state, url, everyMs }: Watch): Promise<number> {
  const signal = call.flag('once') ? undefined : call.surroundings.untilStopped?.();
  for (let isFirst = true; ; isFirst = false) {
    const report = async (result: RoundResult): Promise<void> => {
      tell(result, call);
      await post(url, state, monitor.origin, result);
    };
    const result = await monitor.round(report);
    if (isFirst && !call.json) call.surroundings.out(openLine(result));
    if (signal !== undefined) await pause(everyMs, undefined, { signal }).catch(() => undefined);
    if (signal === undefined || signal.aborted) return result.open.length > 0 ? EXIT.alarms : EXIT.proven;
  }
}

/** `lianshu-verify monitor`: watches a log and everything that shows its numbers, and tells when something is wrong. */
export const monitorCommand: Command = {
  name: 'monitor',
  summary: { 'zh-Hant-TW': '持續監看公卷並警示', en: 'watch the log and alert' },
  operands: [],
  options: {
    log: { type: 'string' },
    api: { type: 'string' },
    state: { type: 'string' },
    every: { type: 'string' },
    once: { type: 'boolean' },
    'begin-anew': { type: 'boolean' },
    post: { type: 'string' },
    promises: { type: 'string' },
    'proof-key': { type: 'string', multiple: true },
    'publish-every': { type: 'string' },
    stall: { type: 'string' },
    'quorum-within': { type: 'string' },
  },
  help: `  --log URL|DIR      the URL or directory that contains "checkpoint"         公卷的網址或目錄
  --api URL          the site whose API and pages are compared too           網站位址
  --state FILE       what was seen; beside it FILE.entries, a copy of        監看狀態
                     the log, and FILE.evidence (default: lianshu-monitor.json)
  --every SECONDS    between two looks, 10 unless told                       間隔秒數
  --once             look once and exit                                      只看一次
  --begin-anew       put the state aside, deleting nothing, and begin with   另起新的監看
                     the log as it is now: for another log or other keys
  --post URL         send each alert as JSON, retried until taken            送出警示
  --promises DIR     promises and receipts to hold against the log           承諾書與收執的目錄
  --proof-key VKEY   key of the registry, whose signature acts such as       戶政機關的公鑰
                     check-result must carry; may be repeated. Keys named
                     …/registry in the key list are taken too
  --publish-every S  how often the log is published, 60 unless told          公布間隔
  --stall S          how old the newest cosignature may be: 900; without     停滯門檻
                     a policy, how long nothing may be new: 93600
  --quorum-within S  how long the quorum may be missing, 30 unless told      法定人數容忍時間

Exit codes of --once (and when stopped)
  0 no alert is open   1 fault in this program   2 usage
  3 these keys do not vouch for the state   7 the state is not what it was   11 alerts are open`,
  async run(call) {
    try {
      return await watch(call);
    } catch (error) {
      const fault = faultOf(error);
      call.print(
        () => faultLine(fault, call.languages),
        () => ({ exit: exitOf(fault.code), faults: [fault] }),
      );
      return exitOf(fault.code);
    }
  },
};
