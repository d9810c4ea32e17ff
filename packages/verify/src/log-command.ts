import { equalBytes } from '@lianshu/statement';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import type { Command } from './command.ts';
import type { CommandCall, Language } from './command-call.ts';
import { originAfter } from './cross-link.ts';
import { EXIT, exitOf } from './exit-code.ts';
import { type LogFault, LogRefusal } from './log-fault.ts';
import {
  anomalyLine,
  checkpointFacts,
  checkpointLines,
  faultLine,
  inLanguages,
  recordFacts,
  recordLines,
} from './log-report.ts';
import { checkStamps, type StampFacts, stampedSizes } from './log-stamps.ts';
import { readNoteFile, writeWhole } from './note-file.ts';
import { faultOf, openPublished, type Record, type RecordContext, readRecord } from './read-record.ts';
import { pinnedCertificates } from './stamp-trust.ts';
import { type OpenedCheckpoint, openTrusted, type Trust } from './trusted-log.ts';

function openSaved(call: CommandCall, trust: Trust): OpenedCheckpoint | undefined {
  const path = call.text('from');
  if (path === undefined) return undefined;
  const opened = openTrusted(nodeNotePrimitives, readNoteFile(call.path(path)), trust, path);
  if (!opened.ok) throw new LogRefusal(opened.fault);
  return opened;
}

/** That the published log is not shorter than the saved one. */
function demandLater(saved: OpenedCheckpoint, now: OpenedCheckpoint, live: boolean): void {
  const [from, to] = [saved.checkpoint, now.checkpoint];
  const detail = `${from.origin} ${from.size} → ${to.origin} ${to.size}`;
  if (from.size > to.size)
    throw new LogRefusal({ code: live ? 'log-rolled-back' : 'log-older-copy', detail });
}

/** That the log bears the saved name, or says in its entries that it once did (ADR 0026). */
function demandSameLog(saved: OpenedCheckpoint, now: OpenedCheckpoint, { fold }: Record): void {
  const [from, to] = [saved.checkpoint.origin, now.checkpoint.origin];
  if (originAfter(from, fold.acts) === to) return;
  throw new LogRefusal({ code: 'log-other-origin', detail: `${from} → ${to}` });
}

type Outcome = Readonly<{
  exit: number;
  opened?: OpenedCheckpoint;
  record?: Record;
  faults: readonly LogFault[];
  stamps?: StampFacts;
}>;

/** Sizes that have a stamp. Unless stamps are to be checked, an index that cannot be read is no fault of the log's. */
async function sizesWithStamp(
  call: CommandCall,
  context: RecordContext,
): Promise<readonly number[] | undefined> {
  try {
    return await stampedSizes(context.source);
  } catch (error) {
    if (call.text('tsa') !== undefined) throw error;
    // Throws on what is no fault of the source.
    faultOf(error);
    return undefined;
  }
}

async function stampsOf(
  call: CommandCall,
  context: RecordContext,
  record: Record,
  sizes: readonly number[] | undefined,
): Promise<StampFacts | undefined> {
  if (call.text('tsa') === undefined || sizes === undefined)
    return sizes && { sizes: sizes.length, checked: 0 };
  return checkStamps(context, record, { sizes, certificates: pinnedCertificates(call) });
}

function stampLine(stamps: StampFacts | undefined, languages: readonly Language[]): string {
  const { sizes = 0, checked = 0, first, last } = stamps ?? {};
  const what =
    checked > 0
      ? `${checked} ✔ (${first} – ${last})`
      : sizes > 0
        ? `${sizes} ${inLanguages('（未驗證：請用 --tsa） stamps present, not checked: give --tsa', languages)}`
        : stamps === undefined
          ? inLanguages('目錄無法讀取 their index cannot be read', languages)
          : '0';
  return `  ${inLanguages('時戳 time-stamps', languages)}: ${what}\n`;
}

async function judge(context: RecordContext, call: CommandCall): Promise<Outcome> {
  let opened: OpenedCheckpoint | undefined;
  try {
    const saved = openSaved(call, context.trust);
    // Before the checkpoint: so no stamp is rightly of a larger tree.
    const stamped = await sizesWithStamp(call, context);
    opened = await openPublished(context);
    if (saved !== undefined) demandLater(saved, opened, context.source.live);
    const earlier = saved?.checkpoint;
    const isLater = earlier === undefined ? [] : [earlier.size];
    const record = await readRecord(context, opened, new Set([...isLater, ...(stamped ?? [])]));
    const stamps = await stampsOf(call, context, record, stamped);
    const faults = [...record.malformed];
    if (saved !== undefined) demandSameLog(saved, opened, record);
    if (
      earlier !== undefined &&
      !equalBytes(record.roots.get(earlier.size) ?? new Uint8Array(), earlier.root)
    ) {
      faults.unshift({ code: 'log-forked', detail: `${earlier.size} / ${opened.checkpoint.size}` });
    }
    if (opened.quorum?.reached === false)
      faults.unshift({
        code: 'quorum-missing',
        file: 'checkpoint',
        detail: opened.quorum.missing.join(', '),
      });
    const [first] = faults;
    const { anomalies } = record.fold;
    const exit = first !== undefined ? exitOf(first.code) : anomalies.length > 0 ? EXIT.differs : EXIT.proven;
    return { exit, opened, record, faults, ...(stamps === undefined ? {} : { stamps }) };
  } catch (error) {
    const fault = faultOf(error);
    return { exit: exitOf(fault.code), ...(opened === undefined ? {} : { opened }), faults: [fault] };
  }
}

/** Anomalies printed one by one; `--json` has them all. */
const SHOWN_ANOMALIES = 20;

function report({ exit, opened, record, faults, stamps }: Outcome, call: CommandCall): string {
  const { languages } = call;
  const anomalies = record?.fold.anomalies ?? [];
  const more = anomalies.length - SHOWN_ANOMALIES;
  return [
    exit === EXIT.proven
      ? `${inLanguages('✔ 已證明：全部檔案就是簽章的公卷 · Proven: all files are the signed log', languages)}\n\n`
      : `${inLanguages('✘ 未證明 · Not proven', languages)}\n\n`,
    ...faults.map((fault) => faultLine(fault, languages)),
    ...anomalies.slice(0, SHOWN_ANOMALIES).map((anomaly) => anomalyLine(anomaly, languages)),
    more > 0 ? `  … +${more}\n` : '',
    opened === undefined ? '' : checkpointLines(opened, call.languages),
    record === undefined ? '' : recordLines(record, languages),
    record === undefined ? '' : stampLine(stamps, languages),
  ].join('');
}

/** `lianshu-verify log`: every file of the log against its signed checkpoint, and against one saved earlier. */
export const logCommand: Command = {
  name: 'log',
  summary: { 'zh-Hant-TW': '驗證整份公卷', en: 'verify the whole log' },
  operands: [],
  options: {
    log: { type: 'string' },
    from: { type: 'string' },
    save: { type: 'string' },
    tsa: { type: 'string' },
  },
  help: `  --log URL|DIR  the URL or directory that contains "checkpoint"             公卷的網址或目錄
  --from FILE    a checkpoint (or receipt) kept from earlier: prove that      先前保存的檢查點
                 the log only grew since
  --tsa FILE     check every published time-stamp too, by this certificate    時戳服務的憑證
                 of the authority (PEM or DER)
  --save FILE    keep the checkpoint when everything holds, for --from        保存檢查點

Reads every tile and entry. Exit codes
  0 proven   1 fault in this program   2 usage   3 not signed by whom you trust, or no quorum
  4 an entry or the checkpoint is malformed   7 log unreadable, or its files are not the signed tree
  8 forked or shorter than the saved checkpoint   9 this copy is older than the saved checkpoint
  10 the entries contradict each other`,
  async run(call) {
    const source = call.demandLog();
    const trust = call.trust();
    const context = { primitives: nodeNotePrimitives, source, trust, progress: call.progress() };
    const outcome = await judge(context, call);
    const { exit, opened, record, faults, stamps } = outcome;
    const save = call.text('save');
    if (save !== undefined && exit === EXIT.proven && opened !== undefined)
      writeWhole(call.path(save), opened.note);
    call.print(
      () => report(outcome, call),
      () => ({
        exit,
        faults,
        ...(opened === undefined ? {} : { log: checkpointFacts(opened) }),
        ...(stamps === undefined ? {} : { stamps }),
        ...(record === undefined ? {} : { ...recordFacts(record.fold), anomalies: record.fold.anomalies }),
      }),
    );
    return exit;
  },
};
