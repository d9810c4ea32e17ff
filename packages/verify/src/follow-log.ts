import { type JsonValue, parseCanonicalJson } from '@lianshu/statement';
import {
  type Checkpoint,
  MAX_NOTE_BYTES,
  type NotePrimitives,
  openCheckpoint,
  toBase64,
} from '@lianshu/tlog';
import { OriginChain } from './cross-link.ts';
import { LogRefusal } from './log-fault.ts';
import { type LogSource, LogSourceError } from './log-source.ts';
import { headWitnesses } from './receipt-witnesses.ts';
import { type Progress, scanLog } from './scan-log.ts';
import { checkpointKeys, type Trust } from './trust.ts';
import type { LogFacts, PromiseFacts, ReceiptFacts, ReceiptVerdict, Standing, Verdict } from './verdict.ts';

/** What following a log needs besides the file: where it is, whom to trust, what time it is. */
export type FollowContext = Readonly<{
  primitives: NotePrimitives;
  source: LogSource;
  trust: Trust;
  nowMs: number;
  progress: Progress;
}>;

type Entry = Readonly<Record<string, JsonValue>>;

function parseEntry(bytes: Uint8Array): Entry | undefined {
  const parsed = parseCanonicalJson(bytes);
  const isObject = parsed.ok && typeof parsed.value === 'object' && parsed.value !== null;
  return isObject && !Array.isArray(parsed.value) ? (parsed.value as Entry) : undefined;
}

/** A code or ground as it may be shown: short, and nothing in it that would steer a terminal. */
const word = (value: JsonValue | undefined): string =>
  typeof value === 'string' && /^[^\p{C}\p{Zl}\p{Zp}]{1,128}$/u.test(value) ? value : '?';

/**
 * Follows one signature through the entries after its own: `settled` decides a held one (the first such entry),
 * `void` of its own or its settling entry excludes it. By the rule of trust.md §1:
 * counted = signatures + settled as counted − void.
 */
class StandingFold {
  readonly #caseNumber: string;
  #own: Readonly<{ index: number; held: boolean }> | undefined;
  #settled: Readonly<{ at: number; refusal?: string }> | undefined;
  #void: Readonly<{ at: number; ground: string }> | undefined;

  constructor(caseNumber: string) {
    this.#caseNumber = caseNumber;
  }

  begin(index: number, held: boolean): void {
    this.#own ??= { index, held };
  }

  get index(): number | undefined {
    return this.#own?.index;
  }

  take(at: number, entry: Entry): void {
    if (this.#own === undefined || entry['case'] !== this.#caseNumber || at <= this.#own.index) return;
    const target = entry['index'];
    // Without this an entry that names nothing would be about whatever has not been settled.
    if (typeof target !== 'number') return;
    if (entry['kind'] === 'settled' && this.#own.held && target === this.#own.index) {
      const refused = entry['outcome'] !== 'counted';
      this.#settled ??= { at, ...(refused ? { refusal: word(entry['code']) } : {}) };
    }
    if (entry['kind'] === 'void' && (target === this.#own.index || target === this.#settled?.at)) {
      this.#void ??= { at, ground: word(entry['ground']) };
    }
  }

  result(): Standing {
    if (this.#void !== undefined) return { code: 'excluded', ...this.#void };
    if (!this.#own?.held) return { code: 'counted' };
    if (this.#settled === undefined) return { code: 'held' };
    const { at, refusal } = this.#settled;
    return refusal === undefined ? { code: 'counted' } : { code: 'refused', at, reason: refusal };
  }
}

const mayMatter = (text: string): boolean =>
  text.includes('"kind":"void"') || text.includes('"kind":"settled"');

const latin = new TextDecoder('latin1');

async function followReceipt(
  context: FollowContext,
  checkpoint: Checkpoint,
  log: LogFacts,
  receipt: ReceiptFacts,
): Promise<Verdict> {
  const otherOrigin = { code: 'log-other-origin', detail: checkpoint.origin } as const;
  const chain = new OriginChain(receipt.origin);
  if (checkpoint.size < receipt.size)
    return chain.origin === checkpoint.origin ? { code: 'log-behind', receipt, log } : otherOrigin;
  const fold = new StandingFold(receipt.caseNumber);
  fold.begin(receipt.index, receipt.held);
  const visit = (at: number, bytes: Uint8Array): void => {
    // A link that lies within the receipt's own tree counts too: the roots will then contradict each other.
    if (at >= receipt.index) chain.take(at, bytes);
    const entry = mayMatter(latin.decode(bytes)) ? parseEntry(bytes) : undefined;
    if (entry !== undefined) fold.take(at, entry);
  };
  const { primitives, source, progress } = context;
  const range = { from: receipt.index, earlier: receipt.size };
  const earlier = await scanLog(primitives.sha256, source, checkpoint, range, visit, progress);
  if (chain.origin !== checkpoint.origin) return otherOrigin;
  if (earlier === undefined || toBase64(earlier) !== receipt.root) {
    return { code: 'log-contradicts-receipt', receipt, log };
  }
  return { ...fold.result(), receipt, log };
}

async function followPromise(
  context: FollowContext,
  checkpoint: Checkpoint,
  log: LogFacts,
  promise: PromiseFacts,
): Promise<Verdict> {
  const fold = new StandingFold(promise.caseNumber);
  const chain = new OriginChain(promise.origin);
  const visit = (at: number, bytes: Uint8Array): void => {
    chain.take(at, bytes);
    const text = latin.decode(bytes);
    const isOwn = text.includes(promise.commitment);
    const entry = isOwn || mayMatter(text) ? parseEntry(bytes) : undefined;
    if (entry === undefined) return;
    const sameCase = entry['case'] === promise.caseNumber;
    const kind = entry['kind'];
    const isSignature = kind === 'joint-signature' || kind === 'proposal-signature' || kind === 'held';
    if (isSignature && sameCase && entry['commitment'] === promise.commitment)
      fold.begin(at, kind === 'held');
    else fold.take(at, entry);
  };
  const { primitives, source, progress } = context;
  await scanLog(primitives.sha256, source, checkpoint, { from: 0 }, visit, progress);
  if (chain.origin !== checkpoint.origin) return { code: 'log-other-origin', detail: checkpoint.origin };
  if (fold.index !== undefined) {
    return { code: 'promise-kept', promise, log, at: fold.index, standing: fold.result() };
  }
  const dueMs = Date.parse(promise.publishBy);
  if (context.nowMs <= dueMs) return { code: 'promise-not-due', promise, log };
  // A copy proves absence only if a signed time shows that it was made after the promise fell due.
  const lateEnough = source.live || (log.asOf !== undefined && Date.parse(log.asOf) > dueMs);
  return { code: lateEnough ? 'promise-broken' : 'promise-undecided', promise, log };
}

async function follow(context: FollowContext, verdict: ReceiptVerdict): Promise<Verdict> {
  if (verdict.code !== 'included' && verdict.code !== 'promised') return verdict;
  const bytes = await context.source.read('checkpoint', MAX_NOTE_BYTES);
  // A byte-order mark before the checkpoint is no part of it, and must not be taken away unseen.
  const note = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const opened = openCheckpoint(context.primitives, note, checkpointKeys(context.trust));
  if (!opened.ok) return { code: 'log-bad-checkpoint', detail: opened.code };
  const { checkpoint } = opened;
  const times = opened.verified.flatMap(({ timestamp }) => (timestamp === undefined ? [] : [timestamp]));
  const latest = Math.max(0, ...times);
  const asOf = latest > 0 && latest < 8.64e12 ? { asOf: new Date(latest * 1000).toISOString() } : {};
  const witnesses = headWitnesses(context.primitives, note, context.trust, context.nowMs);
  const seen = witnesses === undefined ? {} : { witnesses };
  const log: LogFacts = { size: checkpoint.size, root: toBase64(checkpoint.root), ...asOf, ...seen };
  return verdict.code === 'included'
    ? followReceipt(context, checkpoint, log, verdict.receipt)
    : followPromise(context, checkpoint, log, verdict.promise);
}

/**
 * Asks the published log what became of a receipt or promise that {@link checkReceipt} found good. The log's
 * checkpoint must be signed by a trusted key; all entries from the receipt's on are read and must hash to it, and
 * the receipt's own checkpoint must be an earlier state of the same tree; a log under another name by now must say
 * so in its entries (ADR 0026). A log that cannot be read, or whose
 * files do not add up, is a coded verdict, never an exception.
 *
 * Not proven: that the log showed the same tree to others. That is the witnesses' part: with a policy, the facts say
 * which of them cosigned the very checkpoint that decided, and when; the caller judges (`receipt-judgement.ts`).
 */
export async function followLog(context: FollowContext, verdict: ReceiptVerdict): Promise<Verdict> {
  try {
    return await follow(context, verdict);
  } catch (error) {
    if (error instanceof LogRefusal) return { code: 'log-files-wrong', detail: error.message };
    if (!(error instanceof LogSourceError)) throw error;
    const code = error.code === 'log-not-found' ? 'log-unreachable' : error.code;
    return { code, detail: error.message };
  }
}
