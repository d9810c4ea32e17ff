import { readFileSync, statSync } from 'node:fs';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { checkReceipt, MAX_RECEIPT_BYTES } from './check-receipt.ts';
import { type Command, UsageError } from './command.ts';
import { followLog } from './follow-log.ts';
import { judge } from './receipt-judgement.ts';
import { printVerdict } from './receipt-output.ts';
import { receiptWitnesses } from './receipt-witnesses.ts';

/** The file's bytes; one beyond the limit is enough to be told that it is too large. */
function readBounded(path: string): Uint8Array {
  try {
    return statSync(path).size > MAX_RECEIPT_BYTES
      ? new Uint8Array(MAX_RECEIPT_BYTES + 1)
      : new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `lianshu-verify receipt FILE`: what a receipt or promise proves, and what became of it. */
export const receiptCommand: Command = {
  name: 'receipt',
  summary: { 'zh-Hant-TW': '驗證收執或承諾書', en: 'check a receipt or a signed promise' },
  operands: ['FILE'],
  options: { log: { type: 'string' }, 'require-witnesses': { type: 'boolean' } },
  help: `  --log URL|DIR  ask the published log what became of it: the URL or         向公布的公卷查詢
                 directory that contains "checkpoint"
  --require-witnesses  not proven (3) unless the policy's quorum cosigned    須達見證法定人數
                 the receipt's checkpoint and, with --log, the published one; not decided (9)
                 if the quorum saw that one more than an hour ago            （一小時內）

Exit codes  0 proven   1 fault in this program   2 usage   3 not proven   4 not a receipt or malformed
            5 excluded or refused   6 promise broken   7 log unreadable or its files wrong
            8 log contradicts the receipt   9 not decided yet (held, promise open, log behind)`,
  async run(call) {
    const log = call.text('log');
    const source = log === undefined ? undefined : call.log(log);
    const trusted = call.trustedKeys();
    const trust = call.trust();
    const isStrict = call.flag('require-witnesses');
    if (isStrict && trust.policy === undefined) {
      throw new UsageError('--require-witnesses needs a policy: --policy FILE');
    }
    const file = readBounded(call.path(call.operands[0] ?? ''));
    const primitives = nodeNotePrimitives;
    const alone = checkReceipt(primitives, file, trust);
    const nowMs = call.surroundings.nowMs();
    const verdict =
      source === undefined
        ? alone
        : await followLog({ primitives, source, trust, nowMs, progress: call.progress() }, alone);
    const witnesses = 'receipt' in verdict ? receiptWitnesses(primitives, file, trust) : undefined;
    const judgement = judge(verdict, witnesses, isStrict);
    call.surroundings.out(printVerdict(verdict, call, trusted, judgement));
    return judgement.exit;
  },
};
