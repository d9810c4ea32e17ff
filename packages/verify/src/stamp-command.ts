import { MAX_TIME_STAMP_BYTES, type TimeStampCode } from '@lianshu/pki';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import type { Command } from './command.ts';
import { EXIT, exitOf } from './exit-code.ts';
import { checkpointFacts, checkpointLines, faultLine, inLanguages, said } from './log-report.ts';
import { readNoteFile } from './note-file.ts';
import type { Localised } from './sentences.ts';
import { checkStamp, type StampVerdict } from './stamp.ts';
import { pinnedCertificates, readBounded } from './stamp-trust.ts';
import { openTrusted } from './trusted-log.ts';

const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

const WORDS: Readonly<Record<TimeStampCode | 'stamped', Localised>> = {
  stamped: both('✔ 已證明：檢查點當時已經存在', '✔ Proven: the checkpoint existed at that time'),
  'time-stamp-malformed': both('✘ 時戳格式錯誤', '✘ Not a time-stamp, or malformed'),
  'time-stamp-refused': both('✘ 時戳服務拒絕', '✘ The authority refused to stamp'),
  'time-stamp-other-digest': both('✘ 時戳不是蓋在這份檢查點上', '✘ The stamp is over something else'),
  'time-stamp-nonce': both('✘ 時戳不是對這次請求的回覆', '✘ The stamp answers another request'),
  'time-stamp-policy': both('✘ 時戳政策不同', '✘ The stamp is under another policy'),
  'time-stamp-signer-unknown': both(
    '✘ 不是您信任的時戳服務所簽',
    '✘ Not signed by a time-stamp authority you trust',
  ),
  'time-stamp-certificate': both(
    '✘ 簽章的憑證不能用於時戳，或當時無效',
    '✘ The certificate is not for time-stamps, or was not valid then',
  ),
  'time-stamp-signature': both('✘ 時戳的簽章不符', '✘ The signature of the stamp does not hold'),
};

const LIMIT = both(
  '未證明：檢查點當時是否也對別人出示。時間是時戳服務的陳述。',
  'Not proved: that others were shown it then. The time is the authority’s word.',
);

function exitOfStamp({ code }: StampVerdict): number {
  if (code === 'stamped') return EXIT.proven;
  return code === 'time-stamp-malformed' ? EXIT.malformed : EXIT.notTrusted;
}

/** `lianshu-verify stamp STAMP CHECKPOINT`: when a published checkpoint existed, by an outside authority's word. */
export const stampCommand: Command = {
  name: 'stamp',
  summary: { 'zh-Hant-TW': '驗證檢查點的時戳', en: 'check the time-stamp of a checkpoint' },
  operands: ['STAMP', 'CHECKPOINT'],
  options: { tsa: { type: 'string' } },
  help: `  STAMP and CHECKPOINT are /log/stamps/<size>.tsr and /log/stamps/<size>.checkpoint of the log.
  --tsa FILE     the time-stamp authority's certificate (PEM or DER) you        時戳服務的憑證
                 trust; else LIANSHU_TSA_CERTIFICATE, else .lianshu/time-stamp.pem of the checkout

Exit codes
  0 proven   1 fault in this program   2 usage   3 checkpoint or stamp not signed by whom you trust, or the
  stamp is over something else   4 not a checkpoint or not a time-stamp`,
  async run(call) {
    const [stampPath = '', checkpointPath = ''] = call.operands;
    const certificates = pinnedCertificates(call);
    const stamp = readBounded(call.path(stampPath), MAX_TIME_STAMP_BYTES);
    const note = readNoteFile(call.path(checkpointPath));
    const opened = openTrusted(nodeNotePrimitives, note, call.trust(), checkpointPath);
    if (!opened.ok) {
      const exit = exitOf(opened.fault.code);
      call.print(
        () => faultLine(opened.fault, call.languages),
        () => ({ exit, faults: [opened.fault] }),
      );
      return exit;
    }
    const verdict = checkStamp(stamp, note, certificates);
    const exit = exitOfStamp(verdict);
    const head = said(WORDS[verdict.code], call.languages);
    const lines =
      'time' in verdict
        ? `  ${inLanguages('時間 time', call.languages)}: ${verdict.time}\n`
        : `  ${verdict.detail}\n`;
    const limit = exit === EXIT.proven ? `  ${said(LIMIT, call.languages)}\n` : '';
    call.print(
      () => `${head}\n\n${lines}${limit}${checkpointLines(opened, call.languages)}`,
      () => ({ exit, ...verdict, log: checkpointFacts(opened) }),
    );
    return exit;
  },
};
