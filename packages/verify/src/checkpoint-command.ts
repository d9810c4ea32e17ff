import { equalBytes } from '@lianshu/statement';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import type { Command } from './command.ts';
import type { CommandCall } from './command-call.ts';
import type { Comparison as PageResult } from './compare-checkpoints.ts';
import { EXIT, exitOf } from './exit-code.ts';
import { LogRefusal } from './log-fault.ts';
import { checkpointFacts, checkpointLines, faultLine, said } from './log-report.ts';
import type { LogSource } from './log-source.ts';
import { readNoteFile } from './note-file.ts';
import { faultOf } from './read-record.ts';
import type { Localised } from './sentences.ts';
import { openEvidence } from './signed-evidence.ts';
import { proveConsistent } from './tree-proof.ts';
import { type OpenedCheckpoint, openTrusted } from './trusted-log.ts';

const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

/** As the page of `compare-checkpoints.ts` names them; only this command asks a log, and so has codes of its own for it. */
type Comparison =
  | Extract<PageResult['code'], 'same' | 'forked' | 'consistent' | 'different-logs'>
  | 'needs-log'
  | 'not-shown';

const FROM_LOG = { later: 'consistent', fork: 'forked', 'not-shown': 'not-shown' } as const;

const WORDS: Readonly<Record<Comparison, Readonly<{ exit: number; words: Localised }>>> = {
  same: { exit: EXIT.proven, words: both('✔ 兩者是同一棵樹', '✔ Both are the same tree') },
  consistent: {
    exit: EXIT.proven,
    words: both('✔ 已證明：一份是另一份的延續', '✔ Proven: one grew out of the other'),
  },
  forked: {
    exit: EXIT.contradicts,
    words: both(
      '⚠ 分岔：兩份都由公卷簽章，卻互相矛盾。請原樣保存兩份檔案，送交主管機關、見證人與其他監督者，並公開；任何人都能用這個指令覆核',
      '⚠ Fork: the log signed both and they contradict each other. Keep both files as they are, send them to the authority, the witnesses and other monitors, and make them public; anybody can repeat this command',
    ),
  },
  'needs-log': {
    exit: EXIT.undecided,
    words: both(
      '… 件數不同：請用 --log 提供公卷，以證明一份是另一份的延續',
      '… Of different sizes: give the log with --log to prove that one grew out of the other',
    ),
  },
  'not-shown': {
    exit: EXIT.filesWrong,
    words: both(
      '✘ 這份公卷的檔案不能證明兩者一致；不代表已分岔，請保存兩份檔案',
      '✘ This log’s files do not prove them consistent; that alone proves no fork. Keep both files',
    ),
  },
  'different-logs': {
    exit: EXIT.undecided,
    words: both('… 兩份屬於不同的公卷', '… They are of different logs'),
  },
};

async function compare(a: OpenedCheckpoint, b: OpenedCheckpoint, source?: LogSource): Promise<Comparison> {
  const [earlier, later] =
    a.checkpoint.size <= b.checkpoint.size ? [a.checkpoint, b.checkpoint] : [b.checkpoint, a.checkpoint];
  if (earlier.origin !== later.origin) return 'different-logs';
  if (earlier.size === later.size) return equalBytes(earlier.root, later.root) ? 'same' : 'forked';
  if (source === undefined) return 'needs-log';
  return FROM_LOG[await proveConsistent(nodeNotePrimitives.sha256, source, earlier, later)];
}

function openFile(call: CommandCall, path: string, open: typeof openTrusted): OpenedCheckpoint {
  const opened = open(nodeNotePrimitives, readNoteFile(call.path(path)), call.trust(), path);
  if (!opened.ok) throw new LogRefusal(opened.fault);
  return opened;
}

/** `lianshu-verify checkpoint A B`: whether two checkpoints (or receipts) are of one log. */
export const checkpointCommand: Command = {
  name: 'checkpoint',
  summary: { 'zh-Hant-TW': '比對兩份檢查點或收執', en: 'compare two checkpoints or receipts' },
  operands: ['A', 'B'],
  options: { log: { type: 'string' } },
  help: `  --log URL|DIR  where to find the tiles that prove that one grew out of      公卷的網址或目錄
                 the other, when their sizes differ

Exit codes
  0 of one log   1 fault in this program   2 usage   3 not signed by whom you trust
  4 not a checkpoint or receipt   7 the log cannot be read or does not prove it   8 proof of a fork
  9 not decided: other logs, or sizes differ and no --log`,
  async run(call) {
    const log = call.text('log');
    const source = log === undefined ? undefined : call.log(log);
    try {
      const [a, b] = call.operands.map((path) => openFile(call, path, openEvidence));
      if (a === undefined || b === undefined) return EXIT.undecided;
      const code = await compare(a, b, source);
      // A fork is proven by any key of the log; anything else is to be believed, and needs them all.
      if (code !== 'forked') for (const path of call.operands) openFile(call, path, openTrusted);
      const { exit, words } = WORDS[code];
      call.print(
        () =>
          `${said(words, call.languages)}\n\n${checkpointLines(a, call.languages)}\n${checkpointLines(b, call.languages)}`,
        () => ({ code, exit, a: checkpointFacts(a), b: checkpointFacts(b), words }),
      );
      return exit;
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
